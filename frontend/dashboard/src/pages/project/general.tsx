// What a project is called, where its reports come from, who sees it, and its end.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { call } from "../../api/client.ts";
import type { ProjectItem } from "../../api/types.ts";
import type { PageProps } from "../../routing/pages.ts";
import { HOME, PROJECTS } from "../../routing/paths.ts";
import { go } from "../../routing/router.ts";
import { attempt } from "../../store/attempt.ts";
import { may } from "../../store/rights.ts";
import { changeSettings } from "../../store/project_settings.ts";
import { say } from "../../store/toasts.ts";
import { loadProjects } from "../../store/workspace.ts";
import { Confirm } from "../../ui/confirm.tsx";
import { CopyButton } from "../../ui/copy.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Field } from "../../ui/field.tsx";
import { useForm } from "../../ui/form.tsx";
import { day } from "../../ui/moment.tsx";
import { Section } from "../../ui/section.tsx";
import { t } from "../../words/words.ts";
import { SettingsPage } from "./frame.tsx";

export function General({ params }: PageProps): JSX.Element {
  return (
    <SettingsPage params={params} part="general">
      {(project) =>
        may("projects:write", project.id) ? (
          <>
            <About project={project} />
            <Code project={project} />
            <Privacy project={project} />
            <ReporterMails project={project} />
            <End project={project} />
          </>
        ) : (
          <>
            <Told project={project} />
            <Code project={project} />
          </>
        )
      }
    </SettingsPage>
  );
}

interface Of {
  readonly project: ProjectItem;
}

/** To read only. */
function Told({ project }: Of): JSX.Element {
  const facts = [
    [t("project.name"), project.name],
    [t("project.domain"), project.domain || t("settings.no_domain")],
    [t("settings.who"), t(project.isPrivate ? "settings.private" : "settings.everybody")],
    [t("settings.mails"), t(project.settings["reporterMails"] === false ? "settings.mails_off" : "settings.mails_on")],
  ] as const;
  return (
    <Section title={t("settings.about")} hint={t("settings.since", { day: day(Date.parse(project.createdAt)) })}>
      <Facts facts={facts} />
    </Section>
  );
}

function About({ project }: Of): JSX.Element {
  const form = useForm(async (told) => {
    await call("PATCH /projects/{project_id}", { path: { project_id: project.id }, body: { name: told("name"), domain: told("domain") } });
    await loadProjects();
    say(t("settings.saved"));
  });
  return (
    <Section title={t("settings.about")} hint={t("settings.since", { day: day(Date.parse(project.createdAt)) })}>
      <form class="stack" onSubmit={form.onSubmit} noValidate>
        <Field name="name" label={t("project.name")} value={project.name} refusal={form.refusal} takesAll />
        <Field name="domain" label={t("project.domain")} hint={t("project.domain_hint")} placeholder="shop.example.com" value={project.domain} refusal={form.refusal} isOptional />
        <p>
          <button type="submit" class="button primary" disabled={form.isSending}>
            {t("settings.save")}
          </button>
        </p>
      </form>
    </Section>
  );
}

function Code({ project }: Of): JSX.Element {
  return (
    <Section title={t("settings.code")} hint={t("settings.code_hint", { code: project.code })}>
      <p class="beside">
        <code>{project.code}</code>
        <CopyButton text={project.code} label={t("settings.copy")} />
      </p>
      <details class="rights">
        <summary class="muted">{t("settings.id")}</summary>
        <p class="beside">
          <code class="whole">{project.id}</code>
          <CopyButton text={project.id} label={t("settings.copy")} />
        </p>
      </details>
    </Section>
  );
}

function Privacy({ project }: Of): JSX.Element {
  const [isPrivate, setPrivate] = useState(project.isPrivate);
  const set = async (wanted: boolean): Promise<void> => {
    setPrivate(wanted);
    const send = (): Promise<unknown> => call("PATCH /projects/{project_id}", { path: { project_id: project.id }, body: { is_private: wanted } });
    if (!(await attempt(send, () => setPrivate(!wanted)))) return;
    await loadProjects();
    say(t(wanted ? "settings.private_on" : "settings.private_off"));
  };
  return (
    <Section title={t("settings.who")} hint={t("settings.private_hint")}>
      <label class="check">
        <input type="checkbox" checked={isPrivate} onChange={(event) => void set(event.currentTarget.checked)} />
        {t("settings.private")}
      </label>
    </Section>
  );
}

function ReporterMails({ project }: Of): JSX.Element {
  const [isOn, setOn] = useState(project.settings["reporterMails"] !== false);
  const set = async (wanted: boolean): Promise<void> => {
    setOn(wanted);
    if (!(await attempt(() => changeSettings(project.id, { reporterMails: wanted }), () => setOn(!wanted)))) return;
    await loadProjects();
    say(t(wanted ? "settings.mails_on" : "settings.mails_off"));
  };
  return (
    <Section title={t("settings.mails")} hint={t("settings.mails_hint")}>
      <label class="check">
        <input type="checkbox" checked={isOn} onChange={(event) => void set(event.currentTarget.checked)} />
        {t("settings.mails_do")}
      </label>
    </Section>
  );
}

function End({ project }: Of): JSX.Element {
  const [asked, setAsked] = useState<"delete" | "purge" | null>(null);
  const path = { project_id: project.id };
  const restore = async (): Promise<void> => {
    if (await attempt(() => call("POST /projects/{project_id}/restore", { path }))) await loadProjects();
  };
  const remove = async (): Promise<void> => {
    await call("DELETE /projects/{project_id}", { path });
    go(PROJECTS);
    await loadProjects();
    say(t("settings.deleted", { name: project.name }), () => void restore());
  };
  const purge = async (): Promise<void> => {
    await call("DELETE /projects/{project_id}", { path, query: { permanent: true } });
    go(HOME);
    await loadProjects();
    say(t("settings.purged", { name: project.name }));
  };
  return (
    <Section title={t("settings.end")} hint={t("settings.end_hint")}>
      <p class="beside">
        <button type="button" class="button small danger" onClick={() => setAsked("delete")}>
          {t("settings.delete")}
        </button>
        <button type="button" class="button small danger" onClick={() => setAsked("purge")}>
          {t("settings.purge")}
        </button>
      </p>
      {asked === "delete" && (
        <Confirm title={t("settings.delete_title", { name: project.name })} verb={t("settings.delete")} onDo={remove} onClose={() => setAsked(null)}>
          <p>{t("settings.delete_text")}</p>
        </Confirm>
      )}
      {asked === "purge" && (
        <Confirm title={t("settings.purge_title", { name: project.name })} verb={t("settings.purge")} word={project.code} onDo={purge} onClose={() => setAsked(null)}>
          <p>{t("settings.purge_text")}</p>
        </Confirm>
      )}
    </Section>
  );
}

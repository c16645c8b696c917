// How long reports are kept, all of them as a file, and a reporter's personal data taken out.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { call } from "../../api/client.ts";
import { download } from "../../api/download.ts";
import type { ProjectItem, RetentionItem } from "../../api/types.ts";
import type { PageProps } from "../../routing/pages.ts";
import { attempt } from "../../store/attempt.ts";
import { may } from "../../store/rights.ts";
import { say } from "../../store/toasts.ts";
import { Confirm } from "../../ui/confirm.tsx";
import { Field } from "../../ui/field.tsx";
import { useForm } from "../../ui/form.tsx";
import { type Loaded, useLoaded, WhenLoaded } from "../../ui/loaded.tsx";
import { day } from "../../ui/moment.tsx";
import { Section } from "../../ui/section.tsx";
import { t } from "../../words/words.ts";
import { SettingsPage } from "./frame.tsx";

export function Data({ params }: PageProps): JSX.Element {
  return (
    <SettingsPage params={params} part="data">
      {(project) => (
        <>
          <Retention project={project} />
          {may("exports:read", project.id) && <Export project={project} />}
          {may("reports:delete", project.id) && <Erasure project={project} />}
        </>
      )}
    </SettingsPage>
  );
}

interface Of {
  readonly project: ProjectItem;
}

function Retention({ project }: Of): JSX.Element {
  const kept = useLoaded(() => call("GET /projects/{project_id}/retention", { path: { project_id: project.id } }));
  if (!may("projects:write", project.id)) {
    return (
      <Section title={t("data.retention")}>
        <WhenLoaded of={kept} rows={1}>{(found) => <Kept found={found} />}</WhenLoaded>
      </Section>
    );
  }
  return (
    <Section title={t("data.retention")} hint={t("data.retention_hint")}>
      <WhenLoaded of={kept} rows={3}>
        {(found) => <RetentionForm project={project} found={found} kept={kept} />}
      </WhenLoaded>
    </Section>
  );
}

/** To read only. */
function Kept({ found }: { readonly found: RetentionItem }): JSX.Element {
  const { days, includeOpen, beginsAt } = found;
  return (
    <>
      <p>{days === null ? t("data.kept") : t(includeOpen ? "data.kept_none" : "data.kept_closed", { count: days })}</p>
      {beginsAt !== null && <p class="hint">{t("data.begins", { day: day(Date.parse(beginsAt)) })}</p>}
    </>
  );
}

interface RetentionProps extends Of {
  readonly found: RetentionItem;
  readonly kept: Loaded<RetentionItem>;
}

function RetentionForm({ project, found, kept }: RetentionProps): JSX.Element {
  const [isLimited, setLimited] = useState(found.days !== null);
  const { refusal, isSending, onSubmit } = useForm(async (told) => {
    const body = { days: isLimited ? Number(told("days")) : null, include_open: isLimited && told("include_open") === "on" };
    const now = await call("PUT /projects/{project_id}/retention", { path: { project_id: project.id }, body });
    kept.set(() => now);
    say(t("settings.saved"));
  });
  return (
    <form class="stack" onSubmit={onSubmit} noValidate>
      <label class="check">
        <input type="checkbox" checked={isLimited} onChange={(event) => setLimited(event.currentTarget.checked)} />
        {t("data.limit")}
      </label>
      {isLimited && (
        <>
          <Field name="days" type="number" label={t("data.days")} hint={t("data.days_hint")} value={String(found.days ?? 365)} refusal={refusal} takesAll />
          <label class="check">
            <input type="checkbox" name="include_open" defaultChecked={found.includeOpen} />
            {t("data.include_open")}
          </label>
        </>
      )}
      {found.beginsAt !== null && <p class="hint">{t("data.begins", { day: day(Date.parse(found.beginsAt)) })}</p>}
      <p>
        <button type="submit" class="button primary" disabled={isSending}>
          {t("settings.save")}
        </button>
      </p>
    </form>
  );
}

function Export({ project }: Of): JSX.Element {
  return (
    <Section
      title={t("data.export")}
      hint={t("data.export_hint")}
      action={
        <button type="button" class="button small" onClick={() => void attempt(() => download(`/projects/${project.id}/export`))}>
          {t("data.export_do")}
        </button>
      }
    />
  );
}

function Erasure({ project }: Of): JSX.Element {
  const [isAsked, setAsked] = useState(false);
  const erase = async (told: (name: string) => string): Promise<void> => {
    const body = { reporter_identifier: told("reporter_identifier"), attachments: told("attachments") === "on" };
    const erased = await call("POST /projects/{project_id}/reporters/erase", { path: { project_id: project.id }, body });
    say(t("data.erased", { count: erased.reports }));
  };
  const button = (
    <button type="button" class="button small danger" onClick={() => setAsked(true)}>
      {t("data.erase_do")}
    </button>
  );
  return (
    <Section title={t("data.erase")} hint={t("data.erase_hint")} action={button}>
      {isAsked && (
        <Confirm title={t("data.erase")} verb={t("data.erase_do")} onDo={erase} onClose={() => setAsked(false)}>
          <p>{t("data.erase_text")}</p>
          <Field name="reporter_identifier" label={t("data.reporter")} placeholder="ann@example.com" refusal={null} isFirst />
          <label class="check">
            <input type="checkbox" name="attachments" />
            {t("data.attachments")}
          </label>
        </Confirm>
      )}
    </Section>
  );
}

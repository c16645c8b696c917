// The organization itself: its name, its data to take along, whose it is, and its end.
import type { JSX } from "preact";
import { call } from "../../api/client.ts";
import { download } from "../../api/download.ts";
import type { OrganizationItem } from "../../api/types.ts";
import type { PageProps } from "../../routing/pages.ts";
import { organizationPath } from "../../routing/paths.ts";
import { go } from "../../routing/router.ts";
import { attempt } from "../../store/attempt.ts";
import { may } from "../../store/rights.ts";
import { say } from "../../store/toasts.ts";
import { loadOrganizations, loadProjects } from "../../store/workspace.ts";
import { Field } from "../../ui/field.tsx";
import { useForm } from "../../ui/form.tsx";
import { Section } from "../../ui/section.tsx";
import { t } from "../../words/words.ts";
import { Endings } from "./endings.tsx";
import { OrganizationPage } from "./frame.tsx";

export function OrganizationSettings(page: PageProps): JSX.Element {
  return (
    <OrganizationPage {...page} part="settings">
      {(organization) => (
        <>
          {may("organizations:write", organization.id) ? <Name organization={organization} /> : <Role organization={organization} />}
          {may("exports:read", organization.id) && <TakeAlong organization={organization} />}
          {!organization.isPersonal && <Endings organization={organization} />}
        </>
      )}
    </OrganizationPage>
  );
}

function Role({ organization }: { readonly organization: OrganizationItem }): JSX.Element {
  return (
    <Section title={t("members.role")}>
      <p>{t("organization.your_role", { role: t(`role.${organization.role}`) })}</p>
    </Section>
  );
}

function Name({ organization }: { readonly organization: OrganizationItem }): JSX.Element {
  const { refusal, isSending, onSubmit } = useForm(async (told) => {
    const body = { name: told("name"), slug: told("slug") };
    const changed = await call("PATCH /organizations/{organization_id}", { path: { organization_id: organization.id }, body });
    await Promise.all([loadOrganizations(), loadProjects()]);
    say(t("account.saved"));
    if (changed.slug !== organization.slug) go(organizationPath(changed.slug, "settings"), { replace: true });
  });
  return (
    <Section title={t("organization.name")}>
      <form class="stack" onSubmit={onSubmit} noValidate>
        <Field name="name" label={t("organization.called")} value={organization.name} refusal={refusal} takesAll />
        <Field name="slug" label={t("organization.slug")} value={organization.slug} hint={t("organization.slug_hint")} refusal={refusal} />
        <p>
          <button type="submit" class="button primary" disabled={isSending}>
            {t("account.save")}
          </button>
        </p>
      </form>
    </Section>
  );
}

function TakeAlong({ organization }: { readonly organization: OrganizationItem }): JSX.Element {
  const button = (
    <button type="button" class="button small" onClick={() => void attempt(() => download(`/organizations/${organization.id}/export`))}>
      {t("account.export_do")}
    </button>
  );
  return <Section title={t("organization.export")} hint={t("organization.export_hint")} action={button} />;
}

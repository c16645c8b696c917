// An organization of one's own: a name is all that it takes.
import type { JSX } from "preact";
import { call } from "../../api/client.ts";
import { organizationPath } from "../../routing/paths.ts";
import { go } from "../../routing/router.ts";
import { useTitle } from "../../shell/title.ts";
import { loadOrganizations } from "../../store/workspace.ts";
import { Field } from "../../ui/field.tsx";
import { useForm } from "../../ui/form.tsx";
import { t } from "../../words/words.ts";

export function NewOrganization(): JSX.Element {
  useTitle(t("organization.new"));
  const { refusal, isSending, onSubmit } = useForm(async (told) => {
    const made = await call("POST /organizations", { body: { name: told("name") } });
    await loadOrganizations();
    go(organizationPath(made.slug));
  });
  return (
    <div class="page narrow">
      <h1>{t("organization.new")}</h1>
      <p class="lead">{t("organization.new_lead")}</p>
      <form class="stack" onSubmit={onSubmit} noValidate>
        <Field name="name" label={t("organization.called")} placeholder={t("organization.example")} refusal={refusal} isFirst />
        <p>
          <button type="submit" class="button primary" disabled={isSending}>
            {t("organization.create")}
          </button>
        </p>
      </form>
    </div>
  );
}

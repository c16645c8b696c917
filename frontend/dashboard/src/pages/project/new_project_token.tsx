// A new token of the project: what it is for, what it may do, when it ends.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { call } from "../../api/client.ts";
import type { CreatedCamelTokenItem, ProjectItem, Scope } from "../../api/types.ts";
import { endOf, lifetimes, PROPOSED_DAYS } from "../../tokens/lifetimes.ts";
import { Scopes } from "../../tokens/scopes.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { useForm } from "../../ui/form.tsx";
import { Select } from "../../ui/select.tsx";
import { t } from "../../words/words.ts";

/** All that such a token can ever do. */
const OFFERED: readonly Scope[] = ["reports:read", "reports:create", "reports:write", "comments:write", "projects:read", "stats:read"];
const MOST_NEED: readonly Scope[] = ["reports:read", "reports:create"];

interface NewTokenProps {
  readonly project: ProjectItem;
  readonly onMinted: (token: CreatedCamelTokenItem) => void;
  readonly onClose: () => void;
}

export function NewProjectToken({ project, onMinted, onClose }: NewTokenProps): JSX.Element {
  const [scopes, setScopes] = useState(MOST_NEED);
  const [days, setDays] = useState(PROPOSED_DAYS);
  const form = useForm(async (told) => {
    const expires_in_days = days === "" ? null : Number(days);
    onMinted(await call("POST /projects/{project_id}/tokens", { path: { project_id: project.id }, body: { name: told("name"), expires_in_days, scopes } }));
  });
  return (
    <Dialog title={t("tokens.new")} onClose={onClose}>
      <form class="stack" onSubmit={form.onSubmit} noValidate>
        <Field name="name" label={t("tokens.name")} placeholder={t("tokens.name_example")} hint={t("tokens.name_hint")} refusal={form.refusal} isFirst />
        <Scopes title={t("tokens.rights")} offered={OFFERED} chosen={scopes} onChange={setScopes} />
        <Select label={t("tokens.expiry")} options={lifetimes()} value={days} hint={endOf(days)} onPick={setDays} />
        <p class="dialog-do">
          <button type="submit" class="button primary" disabled={form.isSending || scopes.length === 0}>
            {t("tokens.create")}
          </button>
          <button type="button" class="button quiet" onClick={onClose}>
            {t("confirm.cancel")}
          </button>
        </p>
      </form>
    </Dialog>
  );
}

// An invitation by mail: to the whole organization, or to one of its projects.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { call } from "../../api/client.ts";
import type { InvitationItem, OrganizationItem } from "../../api/types.ts";
import { say } from "../../store/toasts.ts";
import { projects } from "../../store/workspace.ts";
import { Field } from "../../ui/field.tsx";
import { useForm } from "../../ui/form.tsx";
import { Section } from "../../ui/section.tsx";
import { Select } from "../../ui/select.tsx";
import { type Key, t } from "../../words/words.ts";
import { ROLES } from "./frame.tsx";

const PROJECT_ROLES = ["admin", "editor", "viewer"] as const;
const EVERYWHERE = "";

interface InviteProps {
  readonly organization: OrganizationItem;
  readonly onInvited: (invitation: InvitationItem) => void;
}

export function Invite({ organization, onInvited }: InviteProps): JSX.Element {
  const [where, setWhere] = useState(EVERYWHERE);
  const { refusal, isSending, onSubmit } = useForm(async (told, form) => {
    const body = { email: told("email"), role: told("role"), ...(where === EVERYWHERE ? {} : { project_id: where }) };
    onInvited(await call("POST /organizations/{organization_id}/invitations", { path: { organization_id: organization.id }, body }));
    say(t("members.invited", { email: body.email }));
    form.reset();
  });
  const places = [[EVERYWHERE, t("members.everywhere")] as const, ...projectsOf(organization).map(({ id, name }) => [id, name] as const)];
  const own = ROLES.indexOf(organization.role);
  const roles: readonly string[] = where === EVERYWHERE ? ROLES.filter((_, at) => at >= own) : PROJECT_ROLES;
  return (
    <Section title={t("members.invite")} hint={t("members.invite_hint")}>
      <form class="stack" onSubmit={onSubmit} noValidate>
        <Field name="email" type="email" label={t("members.email")} placeholder="bob@example.com" refusal={refusal} takesAll />
        {places.length > 1 && <Select label={t("members.where")} options={places} value={where} onPick={setWhere} />}
        <Select key={where} name="role" label={t("members.role")} options={roles.map((role) => [role, t(`role.${role}` as Key)] as const)} value="viewer" />
        <p>
          <button type="submit" class="button primary" disabled={isSending}>
            {t("members.invite_do")}
          </button>
        </p>
      </form>
    </Section>
  );
}

function projectsOf(organization: OrganizationItem): readonly { readonly id: string; readonly name: string }[] {
  return projects.value.filter((project) => project.organizationId === organization.id);
}

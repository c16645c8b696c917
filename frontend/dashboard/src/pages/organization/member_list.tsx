// Members and their roles: changed as they are chosen, with the way back; removed after a question.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { call } from "../../api/client.ts";
import type { OrganizationItem, OrganizationMemberItem, OrganizationRole } from "../../api/types.ts";
import { attempt } from "../../store/attempt.ts";
import { say } from "../../store/toasts.ts";
import { loadOrganizations, me } from "../../store/workspace.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { Item } from "../../ui/item.tsx";
import { useFollowed, useLoaded, WhenLoaded } from "../../ui/loaded.tsx";
import { day } from "../../ui/moment.tsx";
import { Section } from "../../ui/section.tsx";
import { Select } from "../../ui/select.tsx";
import { t } from "../../words/words.ts";
import { ROLES } from "./frame.tsx";

export function MemberList({ organization }: { readonly organization: OrganizationItem }): JSX.Element {
  const members = useFollowed(useLoaded(() => call("GET /organizations/{organization_id}/members", { path: { organization_id: organization.id } })), "member.", "invitation.accepted");
  const path = (member: OrganizationMemberItem) => ({ organization_id: organization.id, member_id: member.id });
  const put = async (member: OrganizationMemberItem, role: OrganizationRole): Promise<void> => {
    const takeBack = members.set((all) => all.map((each) => (each.id === member.id ? { ...each, role } : each)));
    const send = (): Promise<unknown> => call("PATCH /organizations/{organization_id}/members/{member_id}", { path: path(member), body: { role } });
    if (!(await attempt(send, takeBack))) return;
    say(t("members.changed", { name: nameOf(member), role: t(`role.${role}`) }), () => void put({ ...member, role }, member.role));
    if (member.userId === me.value?.id) void loadOrganizations();
  };
  const remove = async (member: OrganizationMemberItem): Promise<void> => {
    await call("DELETE /organizations/{organization_id}/members/{member_id}", { path: path(member) });
    members.set((all) => all.filter((each) => each.id !== member.id));
    say(t("members.removed", { name: nameOf(member) }));
  };
  return (
    <Section title={t("organization.members")} hint={t("members.lead")}>
      <WhenLoaded of={members}>
        {(found) => (
          <ul class="items">
            {found.map((member) => (
              <Member key={member.id} member={member} own={organization.role} onRole={(role) => void put(member, role)} onRemove={() => remove(member)} />
            ))}
          </ul>
        )}
      </WhenLoaded>
    </Section>
  );
}

interface MemberProps {
  readonly member: OrganizationMemberItem;
  readonly own: OrganizationRole;
  readonly onRole: (role: OrganizationRole) => void;
  readonly onRemove: () => Promise<void>;
}

function Member({ member, own, onRole, onRemove }: MemberProps): JSX.Element {
  const [isAsked, setAsked] = useState(false);
  const name = nameOf(member);
  const isAbove = ROLES.indexOf(member.role) < ROLES.indexOf(own);
  const isMe = member.userId === me.value?.id;
  const roles = ROLES.filter((role) => role === member.role || ROLES.indexOf(role) >= ROLES.indexOf(own));
  const facts = [member.email, t("members.since", { day: day(Date.parse(member.createdAt)) })];
  const actions = (
    <>
      {isAbove ? t(`role.${member.role}`) : <Select label={t("members.role_of", { name })} options={roles.map((role) => [role, t(`role.${role}`)] as const)} value={member.role} isBare onPick={onRole} />}
      {!isMe && !isAbove && (
        <button type="button" class="button small danger" onClick={() => setAsked(true)}>
          {t("members.remove")}
          <span class="sr"> {name}</span>
        </button>
      )}
    </>
  );
  const title = (
    <>
      <bdi>{name}</bdi>
      {isMe && <span class="tag good">{t("members.you")}</span>}
    </>
  );
  return (
    <Item icon={<Avatar name={name} size={24} />} name={title} facts={facts} actions={actions}>
      {isAsked && (
        <Confirm title={t("members.remove_title", { name })} verb={t("members.remove")} onDo={onRemove} onClose={() => setAsked(false)}>
          <p>{t("members.remove_text")}</p>
        </Confirm>
      )}
    </Item>
  );
}

function nameOf(member: OrganizationMemberItem): string {
  return member.displayName ?? member.email;
}

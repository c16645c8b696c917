// Who has a role in this project alone, and who was invited to one; the organization's people come besides.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { call } from "../../api/client.ts";
import type { MemberItem, ProjectItem, ProjectRole } from "../../api/types.ts";
import type { PageProps } from "../../routing/pages.ts";
import { organizationPath } from "../../routing/paths.ts";
import { Empty } from "../../shell/states.tsx";
import { attempt } from "../../store/attempt.ts";
import { loadMembers } from "../../store/members.ts";
import { may } from "../../store/rights.ts";
import { say } from "../../store/toasts.ts";
import { me } from "../../store/workspace.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { Field } from "../../ui/field.tsx";
import { useForm } from "../../ui/form.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Item } from "../../ui/item.tsx";
import { holds, type Loaded, useFollowed, useLoaded, WhenLoaded } from "../../ui/loaded.tsx";
import { day } from "../../ui/moment.tsx";
import { Section } from "../../ui/section.tsx";
import { Select } from "../../ui/select.tsx";
import { t } from "../../words/words.ts";
import { SettingsPage } from "./frame.tsx";

const ROLES: readonly ProjectRole[] = ["admin", "editor", "viewer"];

export function ProjectMembers({ params }: PageProps): JSX.Element {
  return (
    <SettingsPage params={params} part="members">
      {(project) => <People project={project} />}
    </SettingsPage>
  );
}

function People({ project }: { readonly project: ProjectItem }): JSX.Element {
  const members = useFollowed(useLoaded(() => call("GET /projects/{project_id}/members", { path: { project_id: project.id } })), "member.", "invitation.");
  const others = t("project_members.organization");
  const hint = (
    <>
      {t("project_members.lead")} {may("organization_members:read", project.id) ? <a href={organizationPath(project.organizationSlug)}>{others}</a> : others}
    </>
  );
  return (
    <>
      <Section title={t("settings.members")} hint={hint}>
        <WhenLoaded of={members} rows={2}>
          {(found) => <List project={project} found={found} members={members} />}
        </WhenLoaded>
      </Section>
      {may("members:write", project.id) && <Invite project={project} onInvited={(made) => members.set((all) => (holds(all, made) ? all : [...all, made]))} />}
    </>
  );
}

interface ListProps {
  readonly project: ProjectItem;
  readonly found: readonly MemberItem[];
  readonly members: Loaded<readonly MemberItem[]>;
}

function List({ project, found, members }: ListProps): JSX.Element {
  const pathOf = (member: MemberItem): { project_id: string; member_id: string } => ({ project_id: project.id, member_id: member.id });
  const put = async (member: MemberItem, role: ProjectRole): Promise<void> => {
    const takeBack = members.set((all) => all.map((each) => (each.id === member.id ? { ...each, role } : each)));
    const send = (): Promise<unknown> => call("PATCH /projects/{project_id}/members/{member_id}", { path: pathOf(member), body: { role } });
    if (!(await attempt(send, takeBack))) return;
    say(t("members.changed", { name: nameOf(member), role: t(`role.${role}`) }), () => void put({ ...member, role }, member.role));
  };
  const remove = async (member: MemberItem): Promise<void> => {
    await call("DELETE /projects/{project_id}/members/{member_id}", { path: pathOf(member) });
    members.set((all) => all.filter((each) => each.id !== member.id));
    say(t(isWaiting(member) ? "members.taken_back" : "members.removed", { name: nameOf(member), email: member.email }));
    void loadMembers(project);
  };
  if (found.length === 0) return <Empty icon="user" title={t("project_members.none")} text={t("project_members.none_text")} />;
  return (
    <ul class="items">
      {found.map((member) => (
        <Member key={member.id} member={member} isFixed={!may("members:write", project.id)} onRole={(role) => void put(member, role)} onRemove={() => remove(member)} />
      ))}
    </ul>
  );
}

interface MemberProps {
  readonly member: MemberItem;
  /** What it is can be read only. */
  readonly isFixed: boolean;
  readonly onRole: (role: ProjectRole) => void;
  readonly onRemove: () => Promise<void>;
}

function Member({ member, isFixed, onRole, onRemove }: MemberProps): JSX.Element {
  const [isAsked, setAsked] = useState(false);
  const name = nameOf(member);
  const waits = isWaiting(member);
  return (
    <Item
      icon={waits ? <Icon name="clock" /> : <Avatar name={name} size={24} />}
      name={
        <>
          <bdi>{name}</bdi>
          {member.userId === me.value?.id && <span class="tag">{t("members.you")}</span>}
          {waits && <span class="tag">{t("project_members.invited")}</span>}
        </>
      }
      facts={[...(waits ? [] : [member.email]), t("members.since", { day: day(Date.parse(member.inviteAcceptedAt ?? member.createdAt)) })]}
      actions={
        isFixed ? (
          t(`role.${member.role}`)
        ) : (
        <>
          <Select isBare label={t("members.role_of", { name })} options={ROLES.map((role) => [role, t(`role.${role}`)] as const)} value={member.role} onPick={onRole} />
          <button type="button" class="button small danger" onClick={() => setAsked(true)}>
            {t(waits ? "members.take_back" : "members.remove")}
            <span class="sr"> {name}</span>
          </button>
        </>
        )
      }
    >
      {isAsked && (
        <Confirm title={t(waits ? "project_members.take_back_title" : "members.remove_title", { name })} verb={t(waits ? "members.take_back" : "members.remove")} onDo={onRemove} onClose={() => setAsked(false)}>
          <p>{t(waits ? "project_members.take_back_text" : "project_members.remove_text")}</p>
        </Confirm>
      )}
    </Item>
  );
}

interface InviteProps {
  readonly project: ProjectItem;
  readonly onInvited: (member: MemberItem) => void;
}

function Invite({ project, onInvited }: InviteProps): JSX.Element {
  const { refusal, isSending, onSubmit } = useForm(async (told, form) => {
    const email = told("email");
    const role = ROLES.find((each) => each === told("role")) ?? "viewer";
    onInvited(await call("POST /projects/{project_id}/members", { path: { project_id: project.id }, body: { email, role } }));
    say(t("members.invited", { email }));
    form.reset();
  });
  return (
    <Section title={t("members.invite")} hint={t("members.invite_hint")}>
      <form class="stack" onSubmit={onSubmit} noValidate>
        <Field name="email" type="email" label={t("members.email")} placeholder="bob@example.com" refusal={refusal} takesAll />
        <Select name="role" label={t("members.role")} hint={t("project_members.roles")} options={ROLES.map((role) => [role, t(`role.${role}`)] as const)} value="viewer" />
        <p>
          <button type="submit" class="button primary" disabled={isSending}>
            {t("members.invite_do")}
          </button>
        </p>
      </form>
    </Section>
  );
}

const isWaiting = (member: MemberItem): boolean => member.userId === null;

function nameOf(member: MemberItem): string {
  return member.displayName ?? member.email;
}

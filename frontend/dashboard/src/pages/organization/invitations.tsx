// Invitations that wait for an answer.
import type { JSX } from "preact";
import { call } from "../../api/client.ts";
import type { InvitationItem, OrganizationItem } from "../../api/types.ts";
import { attempt } from "../../store/attempt.ts";
import { say } from "../../store/toasts.ts";
import { Icon } from "../../ui/icon.tsx";
import { Item } from "../../ui/item.tsx";
import { type Loaded, WhenLoaded } from "../../ui/loaded.tsx";
import { day, Moment } from "../../ui/moment.tsx";
import { Section } from "../../ui/section.tsx";
import { type Key, t } from "../../words/words.ts";

interface InvitationsProps {
  readonly organization: OrganizationItem;
  readonly invitations: Loaded<readonly InvitationItem[]>;
}

export function Invitations({ organization, invitations }: InvitationsProps): JSX.Element {
  const revoke = async (invitation: InvitationItem): Promise<void> => {
    const takeBack = invitations.set((all) => all.filter((each) => each.id !== invitation.id));
    const path = { organization_id: organization.id, invitation_id: invitation.id };
    const send = (): Promise<unknown> => call("DELETE /organizations/{organization_id}/invitations/{invitation_id}", { path });
    if (await attempt(send, takeBack)) say(t("members.taken_back", { email: invitation.email }));
  };
  return (
    <Section title={t("members.waiting")}>
      <WhenLoaded of={invitations} rows={2}>
        {(found) =>
          found.length === 0 ? (
            <p class="hint">{t("members.none_waiting")}</p>
          ) : (
            <ul class="items">
              {found.map((invitation) => (
                <Waiting key={invitation.id} invitation={invitation} onTakeBack={() => void revoke(invitation)} />
              ))}
            </ul>
          )
        }
      </WhenLoaded>
    </Section>
  );
}

function Waiting({ invitation, onTakeBack }: { readonly invitation: InvitationItem; readonly onTakeBack: () => void }): JSX.Element {
  const role = t(`role.${invitation.role}` as Key);
  const facts = [
    invitation.projectName === null ? role : t("members.role_in", { role, project: invitation.projectName }),
    <>
      {t("members.invited_by", { name: invitation.invitedBy })} <Moment at={Date.parse(invitation.createdAt)} />
    </>,
    t("tokens.ends", { day: day(Date.parse(invitation.expiresAt)) }),
  ];
  const button = (
    <button type="button" class="button small danger" onClick={onTakeBack}>
      {t("members.take_back")}
      <span class="sr"> {invitation.email}</span>
    </button>
  );
  return <Item icon={<Icon name="clock" />} name={<bdi>{invitation.email}</bdi>} facts={facts} actions={button} />;
}

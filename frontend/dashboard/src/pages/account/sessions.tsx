// Where one is logged in, and the end of that.
import type { JSX } from "preact";
import { call } from "../../api/client.ts";
import type { SessionItem } from "../../api/types.ts";
import { attempt } from "../../store/attempt.ts";
import { say } from "../../store/toasts.ts";
import { Icon } from "../../ui/icon.tsx";
import { Item } from "../../ui/item.tsx";
import { useFollowed, useLoaded, WhenLoaded } from "../../ui/loaded.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Section } from "../../ui/section.tsx";
import { t } from "../../words/words.ts";
import { AccountPage } from "./frame.tsx";

export function Sessions(): JSX.Element {
  const sessions = useFollowed(useLoaded(() => call("GET /auth/sessions")), "session.", "account.login.success");
  const end = async (session: SessionItem): Promise<void> => {
    const send = (): Promise<unknown> => call("DELETE /auth/sessions/{session_id}", { path: { session_id: session.id } });
    const takeBack = sessions.set((all) => all.filter((each) => each.id !== session.id));
    if (await attempt(send, takeBack)) say(t("sessions.ended", { client: session.client }));
  };
  const endOthers = async (): Promise<void> => {
    const takeBack = sessions.set((all) => all.filter((each) => each.isCurrent));
    if (await attempt(() => call("DELETE /auth/sessions"), takeBack)) say(t("sessions.others_ended"));
  };
  const hasOthers = sessions.value?.some((each) => !each.isCurrent) ?? false;
  return (
    <AccountPage part="sessions">
      <Section
        title={t("account.sessions")}
        hint={t("sessions.lead")}
        action={
          hasOthers && (
            <button type="button" class="button small danger" onClick={() => void endOthers()}>
              {t("sessions.end_others")}
            </button>
          )
        }
      >
        <WhenLoaded of={sessions}>
          {(found) => (
            <ul class="items">
              {found.map((session) => (
                <Session key={session.id} session={session} onEnd={() => void end(session)} />
              ))}
            </ul>
          )}
        </WhenLoaded>
      </Section>
    </AccountPage>
  );
}

function Session({ session, onEnd }: { readonly session: SessionItem; readonly onEnd: () => void }): JSX.Element {
  const facts = [
    session.ip,
    <>
      {t("sessions.seen")} <Moment at={Date.parse(session.lastSeenAt)} />
    </>,
    <>
      {t("sessions.since")} <Moment at={Date.parse(session.createdAt)} />
    </>,
  ];
  const button = (
    <button type="button" class="button small" onClick={onEnd}>
      {t("sessions.end")}
      <span class="sr"> {session.client}</span>
    </button>
  );
  const name = (
    <>
      <span title={session.userAgent}>{session.client}</span>
      {session.isCurrent && <span class="tag good">{t("sessions.current")}</span>}
    </>
  );
  return <Item icon={<Icon name="user" />} name={name} facts={facts} {...(session.isCurrent ? {} : { actions: button })} />;
}

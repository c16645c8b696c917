// What happened to one's account, and by its hand.
import type { JSX } from "preact";
import { call } from "../../api/client.ts";
import { EventLog, type Group } from "../../ui/event_log.tsx";
import { Section } from "../../ui/section.tsx";
import { t } from "../../words/words.ts";
import { AccountPage } from "./frame.tsx";

const GROUPS: readonly Group[] = ["account.", "session.", "device.", "token.", "organization.", "member.", "invitation.", "project.", "key.", "webhook.", "label.", "share_link.", "report."];

export function Events(): JSX.Element {
  return (
    <AccountPage part="events">
      <Section title={t("account.events")} hint={t("events.lead")}>
        <EventLog groups={GROUPS} load={(wish) => call("GET /auth/events", { query: wish })} />
      </Section>
    </AccountPage>
  );
}

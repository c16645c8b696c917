// What happened to one's account, and by its hand.
import type { JSX } from "preact";
import { call } from "../../api/client.ts";
import { EventLog } from "../../ui/event_log.tsx";
import { Section } from "../../ui/section.tsx";
import { t } from "../../words/words.ts";
import { AccountPage } from "./frame.tsx";

export function Events(): JSX.Element {
  return (
    <AccountPage part="events">
      <Section title={t("account.events")} hint={t("events.lead")}>
        <EventLog load={(cursor) => call("GET /auth/events", { query: cursor === null ? {} : { cursor } })} />
      </Section>
    </AccountPage>
  );
}

// What happened in the organization, and who did it.
import type { JSX } from "preact";
import { call } from "../../api/client.ts";
import type { OrganizationItem } from "../../api/types.ts";
import type { PageProps } from "../../routing/pages.ts";
import { EventLog, type Group } from "../../ui/event_log.tsx";
import { useFollowed, useLoaded } from "../../ui/loaded.tsx";
import { Section } from "../../ui/section.tsx";
import { t } from "../../words/words.ts";
import { OrganizationPage } from "./frame.tsx";

const GROUPS: readonly Group[] = ["organization.", "member.", "invitation.", "project.", "key.", "token.", "webhook.", "label.", "share_link.", "report."];

export function OrganizationEvents(page: PageProps): JSX.Element {
  return (
    <OrganizationPage {...page} part="events">
      {(organization) => <Log organization={organization} />}
    </OrganizationPage>
  );
}

function Log({ organization }: { readonly organization: OrganizationItem }): JSX.Element {
  const path = { organization_id: organization.id };
  const members = useFollowed(useLoaded(() => call("GET /organizations/{organization_id}/members", { path })), "member.", "invitation.accepted");
  const nameOf = (id: string): string | undefined => members.value?.find((each) => each.userId === id)?.displayName ?? undefined;
  return (
    <Section title={t("organization.events")} hint={t("organization.events_hint")}>
      <EventLog groups={GROUPS} load={(wish) => call("GET /organizations/{organization_id}/events", { path, query: wish })} nameOf={nameOf} />
    </Section>
  );
}

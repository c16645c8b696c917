// Who belongs to the organization, with which role, and who is invited.
import type { JSX } from "preact";
import { call } from "../../api/client.ts";
import type { OrganizationItem } from "../../api/types.ts";
import type { PageProps } from "../../routing/pages.ts";
import { may } from "../../store/rights.ts";
import { organizations } from "../../store/workspace.ts";
import { holds, useFollowed, useLoaded } from "../../ui/loaded.tsx";
import { OrganizationPage } from "./frame.tsx";
import { Invitations } from "./invitations.tsx";
import { Invite } from "./invite.tsx";
import { MemberList } from "./member_list.tsx";
import { OrganizationSettings } from "./settings.tsx";

export function OrganizationMembers(page: PageProps): JSX.Element {
  const organization = organizations.value.find((each) => each.slug === page.params["organization"]);
  if (organization !== undefined && !may("organization_members:read", organization.id)) return <OrganizationSettings {...page} />;
  return (
    <OrganizationPage {...page} part="members">
      {(found) => <People organization={found} />}
    </OrganizationPage>
  );
}

function People({ organization }: { readonly organization: OrganizationItem }): JSX.Element {
  const path = { organization_id: organization.id };
  const invitations = useFollowed(useLoaded(() => call("GET /organizations/{organization_id}/invitations", { path })), "invitation.");
  return (
    <>
      <MemberList organization={organization} />
      {may("organization_members:write", organization.id) && <Invite organization={organization} onInvited={(made) => invitations.set((all) => (holds(all, made) ? all : [made, ...all]))} />}
      <Invitations organization={organization} invitations={invitations} />
    </>
  );
}

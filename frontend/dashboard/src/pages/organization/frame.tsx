// An organization, in the parts that one may see.
import type { JSX } from "preact";
import type { OrganizationItem, OrganizationRole, Permission } from "../../api/types.ts";
import type { PageProps } from "../../routing/pages.ts";
import { organizationPath } from "../../routing/paths.ts";
import { Missing } from "../../shell/missing.tsx";
import { useTitle } from "../../shell/title.ts";
import { may } from "../../store/rights.ts";
import { organizations } from "../../store/workspace.ts";
import { Tabs } from "../../ui/tabs.tsx";
import { type Key, t } from "../../words/words.ts";

const PARTS = ["members", "policies", "events", "settings"] as const;
export type Part = (typeof PARTS)[number];
const OPENED_BY: Readonly<Record<Part, Permission | null>> = {
  members: "organization_members:read",
  policies: "organizations:read",
  events: "events:read",
  settings: null,
};

/** From the highest to the lowest. */
export const ROLES = ["owner", "admin", "member", "viewer"] as const satisfies readonly OrganizationRole[];

interface FrameProps extends PageProps {
  readonly part: Part;
  readonly children: (organization: OrganizationItem) => JSX.Element;
}

export function OrganizationPage({ params, part, children }: FrameProps): JSX.Element {
  const organization = organizations.value.find((each) => each.slug === params["organization"]);
  const word = (each: Part): string => t(`organization.${each}` satisfies Key);
  useTitle(organization === undefined ? "" : `${word(part)} · ${organization.name}`);
  if (organization === undefined) return <Missing />;
  const open = openIn(organization);
  if (!open.includes(part)) return <Missing />;
  const tabs = open.map((each) => ({ href: organizationPath(organization.slug, each === open[0] ? "" : each), text: word(each) }));
  return (
    <div class="page settings">
      <h1 dir="auto">{organization.name}</h1>
      <Tabs label={organization.name} tabs={tabs} />
      {children(organization)}
    </div>
  );
}

/** Who may not read the members begins with the settings. */
function openIn({ id }: OrganizationItem): readonly Part[] {
  const open = PARTS.filter((part) => {
    const permission = OPENED_BY[part];
    return permission === null || may(permission, id);
  });
  return open.includes("members") ? open : open.toReversed();
}

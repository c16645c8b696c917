// The organization's pages travel as one file.
export { NewOrganization } from "./new_organization.tsx";
export { OrganizationEvents } from "./events.tsx";
export { OrganizationMembers } from "./members.tsx";
export { OrganizationPolicies } from "./policies.tsx";
export { OrganizationSettings } from "./settings.tsx";

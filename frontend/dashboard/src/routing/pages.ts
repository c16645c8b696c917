// The table of pages. Those between which somebody goes all day are there at once, settings are loaded when first opened.
import type { ComponentType } from "preact";
import { Bug, Home, Inbox, List, NewProject, Projects, Triage } from "../pages/bugs.ts";
import { loadSettingsWords } from "../words/words.ts";
import type { Params } from "./match.ts";

export interface PageProps {
  readonly params: Params;
}
export type Page = ComponentType<PageProps>;

export type Load = () => Promise<{ readonly default: Page }>;
export type Route = { readonly pattern: string } & ({ readonly page: Page } | { readonly load: Load });

const settings = async (): Promise<typeof import("../pages/settings.ts")> => (await Promise.all([import("../pages/settings.ts"), loadSettingsWords()]))[0];

export const routes: readonly Route[] = [
  { pattern: "/app", page: Home },
  { pattern: "/app/projects", page: Projects },
  { pattern: "/app/inbox", page: Inbox },
  { pattern: "/app/new", page: NewProject },
  { pattern: "/app/p/:organization/:code", page: List },
  { pattern: "/app/p/:organization/:code/triage", page: Triage },
  { pattern: "/app/p/:organization/:code/:number", page: Bug },
  { pattern: "/app/p/:organization/:code/settings/general", load: async () => ({ default: (await settings()).General }) },
  { pattern: "/app/p/:organization/:code/settings/install", load: async () => ({ default: (await settings()).Install }) },
  { pattern: "/app/p/:organization/:code/settings/widget", load: async () => ({ default: (await settings()).Widget }) },
  { pattern: "/app/p/:organization/:code/settings/keys", load: async () => ({ default: (await settings()).Keys }) },
  { pattern: "/app/p/:organization/:code/settings/tokens", load: async () => ({ default: (await settings()).ProjectTokens }) },
  { pattern: "/app/p/:organization/:code/settings/members", load: async () => ({ default: (await settings()).ProjectMembers }) },
  { pattern: "/app/p/:organization/:code/settings/webhooks", load: async () => ({ default: (await settings()).Webhooks }) },
  { pattern: "/app/p/:organization/:code/settings/labels", load: async () => ({ default: (await settings()).Labels }) },
  { pattern: "/app/p/:organization/:code/settings/data", load: async () => ({ default: (await settings()).Data }) },
  { pattern: "/app/account", load: async () => ({ default: (await settings()).Profile }) },
  { pattern: "/app/account/security", load: async () => ({ default: (await settings()).Security }) },
  { pattern: "/app/account/sessions", load: async () => ({ default: (await settings()).Sessions }) },
  { pattern: "/app/account/tokens", load: async () => ({ default: (await settings()).Tokens }) },
  { pattern: "/app/account/tokens/new", load: async () => ({ default: (await settings()).NewToken }) },
  { pattern: "/app/account/notifications", load: async () => ({ default: (await settings()).Notifications }) },
  { pattern: "/app/account/events", load: async () => ({ default: (await settings()).Events }) },
  { pattern: "/app/new-organization", load: async () => ({ default: (await settings()).NewOrganization }) },
  { pattern: "/app/o/:organization", load: async () => ({ default: (await settings()).OrganizationMembers }) },
  { pattern: "/app/o/:organization/policies", load: async () => ({ default: (await settings()).OrganizationPolicies }) },
  { pattern: "/app/o/:organization/events", load: async () => ({ default: (await settings()).OrganizationEvents }) },
  { pattern: "/app/o/:organization/settings", load: async () => ({ default: (await settings()).OrganizationSettings }) },
];

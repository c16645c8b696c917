// What the person may do in a project or an organization, as the server tells it: what would be refused is not offered.
import { computed } from "@preact/signals";
import type { Permission } from "../api/types.ts";
import { organizations, projects } from "./workspace.ts";

const rights = computed(() => new Map([...projects.value, ...organizations.value].map(({ id, permissions }) => [id, permissions])));

export function may(permission: Permission, placeId: string): boolean {
  return rights.value.get(placeId)?.includes(permission) ?? false;
}

/** Where the person may make a project: everybody has an organization of their own. */
export const creatableIn = computed(() => organizations.value.filter(({ id }) => may("projects:create", id)));

// What the person may do in a project, as the server tells it: what would be refused is not offered.
import { computed } from "@preact/signals";
import type { Permission } from "../api/types.ts";
import { organizations, projects } from "./workspace.ts";

const rights = computed(() => new Map(projects.value.map(({ id, permissions }) => [id, permissions])));

export function may(permission: Permission, projectId: string): boolean {
  return rights.value.get(projectId)?.includes(permission) ?? false;
}

/** Where the person may make a project. */
export const creatableIn = computed(() => organizations.value.filter(({ role }) => role !== "viewer"));

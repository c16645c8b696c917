// Who is here, and what there is to see: loaded once, and again when the stream says so.
import { computed, signal } from "@preact/signals";
import { call } from "../api/client.ts";
import type { LabelItem, OrganizationItem, ProjectItem, User } from "../api/types.ts";

export interface Person {
  readonly id: string;
  readonly name: string;
}

export const me = signal<User | null>(null);
export const organizations = signal<readonly OrganizationItem[]>([]);
export const projects = signal<readonly ProjectItem[]>([]);
export const workspaceState = signal<"loading" | "ready" | "failed">("loading");
const members = signal<ReadonlyMap<string, readonly Person[]>>(new Map());
const labels = signal<ReadonlyMap<string, readonly LabelItem[]>>(new Map());

const names = computed(() => {
  const found = new Map<string, string>();
  for (const people of members.value.values()) for (const person of people) found.set(person.id, person.name);
  if (me.value !== null) found.set(me.value.id, me.value.name);
  return found;
});

export function personName(id: string): string | undefined {
  return names.value.get(id);
}

export function membersOf(projectId: string): readonly Person[] {
  return members.value.get(projectId) ?? [];
}

export function labelsOf(projectId: string): readonly LabelItem[] {
  return labels.value.get(projectId) ?? [];
}

export function labelOf(projectId: string, name: string): LabelItem | undefined {
  const wanted = name.toLowerCase();
  return labelsOf(projectId).find((label) => label.name.toLowerCase() === wanted);
}

export function projectAt(organizationSlug: string, code: string): ProjectItem | undefined {
  const wanted = code.toUpperCase();
  return projects.value.find((each) => each.organizationSlug === organizationSlug && each.code === wanted);
}

export async function loadWorkspace(): Promise<void> {
  try {
    await Promise.all([loadMe(), loadOrganizations(), loadProjects()]);
    workspaceState.value = "ready";
  } catch {
    workspaceState.value = "failed";
  }
}

export async function loadMe(): Promise<void> {
  me.value = await call("GET /auth/me");
}

export async function loadOrganizations(): Promise<void> {
  organizations.value = await call("GET /organizations");
}

export async function loadProjects(): Promise<void> {
  projects.value = await call("GET /projects");
}

export async function loadLabels(projectId: string): Promise<void> {
  const found = await call("GET /projects/{project_id}/labels", { path: { project_id: projectId } });
  labels.value = new Map(labels.value).set(projectId, found);
}

/** Who may be assigned: the project's own members, and those of its organization that the caller may read. */
export async function loadMembers(project: ProjectItem): Promise<void> {
  const asked = await Promise.allSettled([
    call("GET /projects/{project_id}/members", { path: { project_id: project.id } }),
    project.permissions.includes("organization_members:read") ? call("GET /organizations/{organization_id}/members", { path: { organization_id: project.organizationId } }) : [],
  ]);
  const found = new Map<string, Person>();
  if (me.value !== null) found.set(me.value.id, me.value);
  for (const answer of asked) {
    if (answer.status === "rejected") continue;
    for (const member of answer.value) {
      if (member.userId !== null && member.displayName !== null) {
        found.set(member.userId, { id: member.userId, name: member.displayName });
      }
    }
  }
  const sorted = [...found.values()].sort((one, other) => one.name.localeCompare(other.name));
  members.value = new Map(members.value).set(project.id, sorted);
}

// Who works on a project's bugs, and what everybody is called.
import { computed, signal } from "@preact/signals";
import { call } from "../api/client.ts";
import type { ProjectItem } from "../api/types.ts";
import { may } from "./rights.ts";
import { me } from "./workspace.ts";

export interface Person {
  readonly id: string;
  readonly name: string;
}

const members = signal<ReadonlyMap<string, readonly Person[]>>(new Map());

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

/** Who may be assigned: the project's own members, and those of its organization that the caller may read. */
export async function loadMembers({ id, organizationId }: ProjectItem): Promise<void> {
  const asked = await Promise.allSettled([
    call("GET /projects/{project_id}/members", { path: { project_id: id } }),
    may("organization_members:read", organizationId) ? call("GET /organizations/{organization_id}/members", { path: { organization_id: organizationId } }) : [],
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
  members.value = new Map(members.value).set(id, sorted);
}

// Who is here, and what there is to see: loaded once, and again when the stream says so.
import { signal } from "@preact/signals";
import { call } from "../api/client.ts";
import type { LabelItem, OrganizationItem, ProjectItem, User } from "../api/types.ts";
import { newest } from "./newest.ts";

export const me = signal<User | null>(null);
export const organizations = signal<readonly OrganizationItem[]>([]);
export const projects = signal<readonly ProjectItem[]>([]);
export const workspaceState = signal<"loading" | "ready" | "failed">("loading");
const labels = signal<ReadonlyMap<string, readonly LabelItem[]>>(new Map());

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

export const loadMe = newest(() => call("GET /auth/me"), (found) => (me.value = found));
export const loadOrganizations = newest(() => call("GET /organizations"), (found) => (organizations.value = found));
export const loadProjects = newest(() => call("GET /projects"), (found) => (projects.value = found));

export async function loadLabels(projectId: string): Promise<void> {
  const found = await call("GET /projects/{project_id}/labels", { path: { project_id: projectId } });
  labels.value = new Map(labels.value).set(projectId, found);
}

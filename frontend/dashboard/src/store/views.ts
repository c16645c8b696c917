// A project's saved views: somebody's own, and those that the project shares.
import { signal } from "@preact/signals";
import { call } from "../api/client.ts";
import type { ViewBody, ViewItem, ViewPatch } from "../api/types.ts";

const views = signal<ReadonlyMap<string, readonly ViewItem[]>>(new Map());

export function viewsOf(projectId: string): readonly ViewItem[] {
  return views.value.get(projectId) ?? [];
}

export async function loadViews(projectId: string): Promise<void> {
  const found = await call("GET /projects/{project_id}/views", { path: { project_id: projectId } });
  views.value = new Map(views.value).set(projectId, found);
}

export async function saveView(projectId: string, body: ViewBody): Promise<void> {
  await call("POST /projects/{project_id}/views", { path: { project_id: projectId }, body });
  await loadViews(projectId);
}

export async function changeView({ id, projectId }: ViewItem, body: ViewPatch): Promise<void> {
  await call("PATCH /projects/{project_id}/views/{view_id}", { path: { project_id: projectId, view_id: id }, body });
  await loadViews(projectId);
}

export async function deleteView({ id, projectId }: ViewItem): Promise<void> {
  await call("DELETE /projects/{project_id}/views/{view_id}", { path: { project_id: projectId, view_id: id } });
  await loadViews(projectId);
}

export async function countView({ id, projectId }: ViewItem): Promise<number> {
  return (await call("GET /projects/{project_id}/views/{view_id}/count", { path: { project_id: projectId, view_id: id } })).total;
}

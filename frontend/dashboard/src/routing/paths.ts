// Every address of the app, made in one place.
import type { ProjectItem } from "../api/types.ts";

export const HOME = "/app";
export const NEW_PROJECT = "/app/new";
export const ACCOUNT = "/app/account";

type Named = Pick<ProjectItem, "organizationSlug" | "code">;

export function projectPath({ organizationSlug, code }: Named): string {
  return `/app/p/${encodeURIComponent(organizationSlug)}/${code}`;
}

export function bugPath(project: Named, number: number): string {
  return `${projectPath(project)}/${number}`;
}

export function organizationPath(slug: string): string {
  return `/app/o/${encodeURIComponent(slug)}`;
}

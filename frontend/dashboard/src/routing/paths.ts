// Every address of the app, made in one place.
import type { ProjectItem } from "../api/types.ts";

export const HOME = "/app";
export const INBOX = "/app/inbox";
export const NEW_PROJECT = "/app/new";
export const PROJECTS = "/app/projects";
export const ACCOUNT = "/app/account";
export const NEW_TOKEN = "/app/account/tokens/new";
export const NEW_ORGANIZATION = "/app/new-organization";

type Named = Pick<ProjectItem, "organizationSlug" | "code">;

export function projectPath({ organizationSlug, code }: Named): string {
  return `/app/p/${encodeURIComponent(organizationSlug)}/${code}`;
}

export function bugPath(project: Named, number: number): string {
  return `${projectPath(project)}/${number}`;
}

/** A plain page with the project's widget on it. */
export function testPagePath({ organizationSlug, code }: Named): string {
  return `/widget/test?project=${encodeURIComponent(organizationSlug)}/${code}`;
}

export function settingsPath(project: Named, part = "general"): string {
  return `${projectPath(project)}/settings/${part}`;
}

export function triagePath(project: Named): string {
  return `${projectPath(project)}/triage`;
}

export function accountPath(part: string): string {
  return `${ACCOUNT}/${part}`;
}

export function organizationPath(slug: string, part = ""): string {
  return `/app/o/${encodeURIComponent(slug)}${part === "" ? "" : `/${part}`}`;
}

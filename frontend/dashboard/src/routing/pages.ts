// The table of pages. Each is a chunk of its own, loaded when it is first opened.
import type { ComponentType } from "preact";
import type { Params } from "./match.ts";

export interface PageProps {
  readonly params: Params;
}
export type Page = ComponentType<PageProps>;

interface Route {
  readonly pattern: string;
  readonly load: () => Promise<{ readonly default: Page }>;
}

export const routes: readonly Route[] = [
  { pattern: "/app", load: () => import("../pages/home/home.tsx") },
  { pattern: "/app/new", load: () => import("../pages/project/new_project.tsx") },
  { pattern: "/app/p/:organization/:code", load: () => import("../pages/list/list.tsx") },
];

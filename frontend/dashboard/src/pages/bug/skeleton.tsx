// The page before anything is known but its number: everything will stand where it stands here.
import type { JSX } from "preact";
import type { ProjectItem } from "../../api/types.ts";
import { Skeleton } from "../../shell/states.tsx";
import { Crumbs } from "./head.tsx";

export function BugSkeleton({ project, number }: { readonly project: ProjectItem; readonly number: number }): JSX.Element {
  return (
    <article class="bug" aria-busy="true">
      <header class="bug-bar">
        <Crumbs project={project} trackingId={`${project.code}-${number}`} />
      </header>
      <Skeleton rows={12} />
    </article>
  );
}

import type { ProjectItem } from "../../api/types.ts";
import type { Known } from "../../query/completion.ts";
import type { Bug } from "../../store/bug.ts";
import { matching } from "../../store/bugs.ts";
import { membersOf } from "../../store/members.ts";
import { labelsOf } from "../../store/workspace.ts";

/** What a query of this project can name. */
export function knownOf(project: ProjectItem): Known {
  const bugs = matching(project.id, () => true);
  return {
    people: membersOf(project.id),
    labels: labelsOf(project.id).map((label) => label.name),
    browsers: often(bugs, (bug) => bug.browser),
    systems: often(bugs, (bug) => bug.os),
  };
}

function often(bugs: readonly Bug[], of: (bug: Bug) => string | null): readonly string[] {
  const counts = new Map<string, number>();
  for (const bug of bugs) {
    const value = of(bug);
    if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].sort((one, other) => other[1] - one[1]).map(([value]) => value);
}

import { type ReadonlySignal, useComputed } from "@preact/signals";
import type { JSX } from "preact";
import type { ProjectItem } from "../../api/types.ts";
import { parse } from "../../query/language.ts";
import { testOf } from "../../query/meaning.ts";
import { revision } from "../../store/bugs.ts";
import { copyOf } from "../../store/sync.ts";
import { me } from "../../store/workspace.ts";
import { now } from "../../ui/moment.tsx";
import { number, t } from "../../words/words.ts";
import { matching } from "./finding.ts";
import { type View, VIEWS } from "./views.ts";

interface ViewTabsProps {
  readonly project: ProjectItem;
  readonly text: ReadonlySignal<string>;
  readonly onChoose: (query: string) => void;
}

export function ViewTabs({ project, text, onChoose }: ViewTabsProps): JSX.Element {
  return (
    <nav class="views" aria-label={t("list.views")}>
      {VIEWS.map((view) => (
        <ViewTab key={view.query} view={view} project={project} isHere={text.value.trim() === view.query} onChoose={onChoose} />
      ))}
    </nav>
  );
}

interface ViewTabProps {
  readonly view: View;
  readonly project: ProjectItem;
  readonly isHere: boolean;
  readonly onChoose: (query: string) => void;
}

function ViewTab({ view, project, isHere, onChoose }: ViewTabProps): JSX.Element {
  const count = useComputed(() => countOf(view, project.id));
  return (
    <a
      class="view"
      href={`?q=${encodeURIComponent(view.query)}`}
      {...(isHere ? { "aria-current": "true" } : {})}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        onChoose(view.query);
      }}
    >
      {t(view.word)}
      {count.value !== null && <span class="view-count">{number(count.value)}</span>}
    </a>
  );
}

/** Null while that is not known. */
function countOf({ query }: View, projectId: string): number | null {
  void revision.value;
  if (copyOf(projectId).state.value !== "ready") return null;
  return matching(projectId, testOf(parse(query), { me: me.value?.id ?? null, now: now.value, isTyping: false })).length;
}

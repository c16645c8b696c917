import { type ReadonlySignal, useComputed } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { ProjectItem, ViewItem } from "../../api/types.ts";
import { parseOrNull } from "../../query/language.ts";
import { isAnsweredHere, testOf } from "../../query/meaning.ts";
import { matching, revision } from "../../store/bugs.ts";
import { membersOf } from "../../store/members.ts";
import { copyOf } from "../../store/sync.ts";
import { countView, viewsOf } from "../../store/views.ts";
import { me } from "../../store/workspace.ts";
import { Icon } from "../../ui/icon.tsx";
import { now } from "../../ui/moment.tsx";
import { number, t } from "../../words/words.ts";
import { VIEWS } from "./views.ts";

interface ViewTabsProps {
  readonly project: ProjectItem;
  readonly text: ReadonlySignal<string>;
  readonly onChoose: (query: string) => void;
}

export function ViewTabs({ project, text, onChoose }: ViewTabsProps): JSX.Element {
  const here = text.value.trim();
  return (
    <nav class="views" aria-label={t("list.views")}>
      {VIEWS.map(({ query, word }) => (
        <ViewTab key={query} name={t(word)} query={query} project={project} isHere={here === query} onChoose={onChoose} />
      ))}
      {viewsOf(project.id).map((view) => (
        <ViewTab key={view.id} name={view.name} query={view.query} view={view} project={project} isHere={here === view.query} onChoose={onChoose} />
      ))}
    </nav>
  );
}

interface ViewTabProps {
  readonly name: string;
  readonly query: string;
  /** One that was saved. */
  readonly view?: ViewItem;
  readonly project: ProjectItem;
  readonly isHere: boolean;
  readonly onChoose: (query: string) => void;
}

function ViewTab({ name, query, view, project, isHere, onChoose }: ViewTabProps): JSX.Element {
  const local = useComputed(() => countOf(query, project.id)).value;
  const remote = useRemoteCount(view, local);
  const count = local ?? remote;
  const choose = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    onChoose(query);
  };
  return (
    <a class="view" href={`?q=${encodeURIComponent(query)}`} title={query} {...(isHere ? { "aria-current": "true" } : {})} onClick={choose}>
      {view?.isShared === true && <Icon name="user" size={12} />}
      <bdi>{name}</bdi>
      {count !== null && <span class="view-count">{number(count)}</span>}
    </a>
  );
}

/** Null where the open bugs in memory do not tell. */
function countOf(text: string, projectId: string): number | null {
  void revision.value;
  const query = parseOrNull(text);
  if (query === null || !isAnsweredHere(query) || copyOf(projectId).state.value !== "ready") return null;
  return matching(projectId, testOf(query, { me: me.value?.id ?? null, now: now.value, people: membersOf(projectId), isTyping: false })).length;
}

/** The server's, as it was when the list was opened. */
function useRemoteCount(view: ViewItem | undefined, local: number | null): number | null {
  const [count, setCount] = useState<number | null>(null);
  const isWanted = view !== undefined && local === null;
  useEffect(() => {
    if (isWanted && view !== undefined) void countView(view).then(setCount, () => undefined);
  }, [view?.id, view?.query, isWanted]);
  return count;
}

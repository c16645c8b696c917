// A project's bugs: what is listed is the query, and the query is in the address.
import { type ReadonlySignal, type Signal, useComputed, useSignal, useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { call } from "../../api/client.ts";
import type { ProjectItem } from "../../api/types.ts";
import { useShortcuts } from "../../keys/keys.ts";
import type { PageProps } from "../../routing/pages.ts";
import { triagePath } from "../../routing/paths.ts";
import { query, setQuery } from "../../routing/router.ts";
import { Missing } from "../../shell/missing.tsx";
import { Failed, Skeleton } from "../../shell/states.tsx";
import { useTitle } from "../../shell/title.ts";
import { bugWithId } from "../../store/bugs.ts";
import type { Bug } from "../../store/bug.ts";
import { loadMembers } from "../../store/members.ts";
import { may } from "../../store/rights.ts";
import { copyOf, MOST_KEPT, retrySync, sync } from "../../store/sync.ts";
import { loadViews } from "../../store/views.ts";
import { loadLabels, projectAt } from "../../store/workspace.ts";
import { Icon } from "../../ui/icon.tsx";
import { number, t } from "../../words/words.ts";
import { SettingsLink } from "../project/settings_link.tsx";
import { Board } from "./board.tsx";
import { BulkBar } from "./bulk_bar.tsx";
import { Choice } from "./choice.ts";
import { inColumns } from "./columns_of.ts";
import { type Finding, find } from "./finding.ts";
import { knownOf } from "./known.ts";
import { ListMenu } from "./list_menu.tsx";
import { focusRows, useListKeys } from "./list_keys.ts";
import { NoBugs } from "./no_bugs.tsx";
import { Peek } from "./peek.tsx";
import { QueryBar } from "./query_bar.tsx";
import { Rows } from "./rows.tsx";
import { sorted } from "./sorting.ts";
import { DEFAULT_QUERY } from "./views.ts";
import { ViewMenu } from "./view_menu.tsx";
import { ViewTabs } from "./view_tabs.tsx";
import { Waiting } from "./waiting.tsx";

const cursors = new Map<string, string | null>();
const LAYOUT = "as";
const BOARD = "board";
const ADDRESS_PAUSE_MILLISECONDS = 250;

export default function ListPage({ params }: PageProps): JSX.Element {
  const project = projectAt(params["organization"] ?? "", params["code"] ?? "");
  useTitle(project?.name ?? "");
  return project === undefined ? <Missing /> : <ProjectList key={project.id} project={project} />;
}

function ProjectList({ project }: { readonly project: ProjectItem }): JSX.Element {
  const copy = copyOf(project.id);
  const isEmpty = useIsEmpty(project);
  useEffect(() => {
    void sync(project.id);
    void loadLabels(project.id).catch(() => undefined);
    void loadMembers(project);
    void loadViews(project.id).catch(() => undefined);
  }, [project.id]);
  if (copy.state.value === "failed") return <Failed onRetry={() => retrySync(project.id)} />;
  if (isEmpty) return <Waiting project={project} />;
  return <Bugs project={project} />;
}

/** Whether it never had a report; once so, it stays until the page is left, so that the light can turn green. */
function useIsEmpty(project: ProjectItem): boolean {
  const [isEmpty, setEmpty] = useState(false);
  const copy = copyOf(project.id);
  const mayBe = copy.state.value === "ready" && copy.open.value === 0;
  useEffect(() => {
    if (!mayBe) return;
    void call("GET /reports", { query: { project_id: project.id, page_size: 1 } }).then(
      ({ total }) => setEmpty(total === 0),
      () => undefined,
    );
  }, [mayBe]);
  return isEmpty;
}

/** What is peeked at is in the address, too. */
function usePeek(choice: Choice, finding: Finding): Signal<boolean> {
  const asked = useMemo(() => query.peek().get("peek"), []);
  const isPeeking = useSignal(asked !== null);
  const isThere = finding.bugs.value.length > 0;
  useEffect(() => {
    const bug = finding.bugs.peek().find((each) => each.trackingId === asked);
    if (bug !== undefined) choice.put(bug.id);
  }, [isThere]);
  useSignalEffect(() => {
    const code = isPeeking.value && choice.cursor.value !== null ? (bugWithId(choice.cursor.value)?.trackingId ?? null) : null;
    if (isPeeking.value && code === null) return undefined;
    const timer = setTimeout(() => query.peek().get("peek") !== code && setQuery({ peek: code }), ADDRESS_PAUSE_MILLISECONDS);
    return () => clearTimeout(timer);
  });
  return isPeeking;
}

function Bugs({ project }: { readonly project: ProjectItem }): JSX.Element {
  const text = useQueryText();
  const finding = useMemo(() => find(project, text), []);
  useEffect(() => finding.end, []);
  const isBoard = useComputed(() => query.value.get(LAYOUT) === BOARD);
  const ordered = useComputed(() => (isBoard.value ? inColumns(finding.bugs.value) : finding.bugs.value));
  const choice = useChoice(project, ordered);
  const isPeeking = usePeek(choice, finding);
  const set = (wanted: string): void => {
    text.value = wanted;
  };
  useListKeys({ project, choice, isPeeking });
  const turn = (): void => setQuery({ [LAYOUT]: isBoard.value ? null : BOARD });
  useShortcuts([{ key: "b", word: "board.key_turn", group: "list.keys", run: turn }]);
  return (
    <div class="list">
      <header class="list-head">
        <h1 dir="auto">{project.name}</h1>
        <ViewTabs project={project} text={text} onChoose={set} />
      </header>
      <div class="list-tools">
        <QueryBar text={text} mistake={finding.mistake.value} known={() => knownOf(project)} onLeave={focusRows} />
        <Count finding={finding} />
        <ViewMenu project={project} text={text} />
        {may("reports:write", project.id) && (
          <a class="icon-button" href={triagePath(project)} aria-label={t("mode.enter")} title={`${t("mode.enter")} (t)`}>
            <Icon name="triage" />
          </a>
        )}
        <button type="button" class="icon-button" aria-label={t(isBoard.value ? "board.show_table" : "board.show")} title={`${t(isBoard.value ? "board.show_table" : "board.show")} (b)`} onClick={turn}>
          <Icon name={isBoard.value ? "list" : "board"} />
        </button>
        {!isBoard.value && <ListMenu choice={choice} />}
        <SettingsLink project={project} />
      </div>
      <Notices project={project} finding={finding} />
      <div class="list-body">
        <Found project={project} finding={finding} choice={choice} text={text} isBoard={isBoard.value} />
        <Peeking project={project} bugs={ordered} choice={choice} isPeeking={isPeeking} />
      </div>
      <BulkBar project={project} choice={choice} />
    </div>
  );
}

/** Whoever comes back from a bug is where they were. */
function useChoice(project: ProjectItem, bugs: ReadonlySignal<readonly Bug[]>): Choice {
  const choice = useMemo(() => new Choice(bugs, cursors.get(project.id) ?? null), []);
  useEffect(() => () => void cursors.set(project.id, choice.cursor.peek()), []);
  return choice;
}

interface FoundProps {
  readonly project: ProjectItem;
  readonly finding: Finding;
  readonly choice: Choice;
  readonly text: Signal<string>;
  readonly isBoard: boolean;
}

function Found({ project, finding, choice, text, isBoard }: FoundProps): JSX.Element {
  const isLoading = copyOf(project.id).state.value === "loading" || finding.isAsking.value;
  if (finding.bugs.value.length > 0) {
    if (isBoard) return <Board project={project} bugs={finding.bugs} choice={choice} text={text} onNearEnd={finding.more} />;
    return <Rows project={project} bugs={finding.bugs} choice={choice} text={text} onSort={(sort) => (text.value = sorted(text.value, sort))} onNearEnd={finding.more} />;
  }
  if (isLoading) return <Skeleton rows={12} />;
  if (finding.hasFailed.value) return <Failed onRetry={finding.retry} />;
  return <NoBugs text={text} />;
}

interface PeekingProps {
  readonly project: ProjectItem;
  readonly bugs: ReadonlySignal<readonly Bug[]>;
  readonly choice: Choice;
  readonly isPeeking: Signal<boolean>;
}

/** Alone in following the cursor. */
function Peeking({ project, bugs, choice, isPeeking }: PeekingProps): JSX.Element | null {
  const bug = isPeeking.value ? bugs.value[choice.index] : undefined;
  return bug === undefined ? null : <Peek bug={bug} project={project} onClose={() => (isPeeking.value = false)} />;
}

function Count({ finding }: { readonly finding: Finding }): JSX.Element {
  const { count, isCapped } = finding.total.value;
  return (
    <span class="list-count muted" role="status">
      {finding.isAsking.value ? t("list.searching") : t("list.count", { count }) + (isCapped ? "+" : "")}
    </span>
  );
}

/** What else is to be known of what is listed. */
function Notices({ project, finding }: { readonly project: ProjectItem; readonly finding: Finding }): JSX.Element | null {
  const copy = copyOf(project.id);
  if (copy.state.value === "large") return <p class="list-notice">{t("list.large", { open: number(copy.open.value), most: number(MOST_KEPT) })}</p>;
  if (finding.hasFailed.value && finding.bugs.value.length > 0) return <p class="list-notice">{t("list.partial")}</p>;
  return null;
}

/** Typed here at once, in the address a moment later; and the other way when the address changes by itself. */
function useQueryText(): Signal<string> {
  const asked = query.value.get("q") ?? DEFAULT_QUERY;
  const text = useSignal(asked);
  const written = useSignal(asked);
  useEffect(() => {
    if (asked !== written.peek()) {
      written.value = asked;
      text.value = asked;
    }
  }, [asked]);
  useSignalEffect(() => {
    const wanted = text.value;
    if (wanted === written.peek()) return undefined;
    const timer = setTimeout(() => {
      written.value = wanted;
      setQuery({ q: wanted === DEFAULT_QUERY ? null : wanted });
    }, ADDRESS_PAUSE_MILLISECONDS);
    return () => clearTimeout(timer);
  });
  return text;
}

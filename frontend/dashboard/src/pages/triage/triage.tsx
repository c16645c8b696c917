// Triage mode: one untriaged bug after the other, the next one as soon as something was decided of this one.
import { signal, useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type { ProjectItem } from "../../api/types.ts";
import type { PageProps } from "../../routing/pages.ts";
import { projectPath } from "../../routing/paths.ts";
import { query, setQuery } from "../../routing/router.ts";
import { Missing } from "../../shell/missing.tsx";
import { Empty, Failed, Skeleton } from "../../shell/states.tsx";
import { useTitle } from "../../shell/title.ts";
import { allBugs } from "../../store/bugs.ts";
import { loadMembers } from "../../store/members.ts";
import { may } from "../../store/rights.ts";
import { copyOf, retrySync, sync } from "../../store/sync.ts";
import { loadLabels, projectAt } from "../../store/workspace.ts";
import { number, t } from "../../words/words.ts";
import { BugView } from "../bug/bug.tsx";
import { readAhead } from "../bug/loading.ts";
import { Choice } from "../list/choice.ts";
import { type Finding, find } from "../list/finding.ts";
import { Decisions, useDecisionKeys } from "./decisions.tsx";

/** Whoever waited longest comes first. */
const UNTRIAGED = "is:open status:new sort:oldest";
const OF_ANOTHER_BUG = { row: null, lane: null, find: null };

export default function TriagePage({ params }: PageProps): JSX.Element {
  const project = projectAt(params["organization"] ?? "", params["code"] ?? "");
  useTitle(t("mode.title"));
  if (project === undefined) return <Missing />;
  return may("reports:write", project.id) ? <Triage key={project.id} project={project} /> : <Refused project={project} />;
}

function Refused({ project }: { readonly project: ProjectItem }): JSX.Element {
  return (
    <Empty icon="eye" title={t("mode.refused")} text={t("mode.refused_text")} isPage>
      <a class="button primary" href={projectPath(project)}>
        {t("mode.leave")}
      </a>
    </Empty>
  );
}

function Triage({ project }: { readonly project: ProjectItem }): JSX.Element {
  const finding = useMemo(() => find(project, signal(UNTRIAGED)), []);
  const choice = useMemo(() => new Choice(finding.bugs, idInAddress(project)), []);
  useEffect(() => {
    void sync(project.id);
    void loadLabels(project.id).catch(() => undefined);
    void loadMembers(project);
    return finding.end;
  }, [project.id]);
  useNext(project, finding, choice);
  useDecisionKeys(choice, project);
  const at = choice.index;
  const bug = finding.bugs.value[at];
  return (
    <div class="triage">
      <header class="list-head triage-head">
        <strong>{t("mode.title")}</strong>
        <a href={projectPath(project)} dir="auto">
          {project.name}
        </a>
        {bug !== undefined && (
          <span class="triage-count muted" role="status">
            {t("mode.count", { at: number(at + 1), all: number(finding.total.value.count) })}
          </span>
        )}
      </header>
      {bug === undefined ? <Nothing project={project} finding={finding} /> : <Present key={bug.id} number={bug.number} project={project} />}
      {bug !== undefined && <Decisions bug={bug} choice={choice} />}
    </div>
  );
}

/** Where a bug was decided the next one stands; what is taken back is looked at again. The address follows. */
function useNext(project: ProjectItem, finding: Finding, choice: Choice): void {
  const left = useRef<string | null>(null);
  useLayoutEffect(() => {
    const ids = new Set(finding.bugs.value.map((bug) => bug.id));
    const present = choice.cursor.peek();
    if (left.current !== null && ids.has(left.current)) {
      choice.put(left.current);
      left.current = null;
    } else if (present !== null && !ids.has(present)) left.current = present;
    choice.settle();
    if (choice.cursor.peek() === null) choice.move(0);
  }, [finding.bugs.value]);
  useSignalEffect(() => {
    const bug = finding.bugs.value.find(({ id }) => id === choice.cursor.value);
    // What is searched for in a bug stays while others change the list.
    if (bug !== undefined && query.peek().get("bug") !== String(bug.number)) setQuery({ bug: String(bug.number), ...OF_ANOTHER_BUG });
  });
  const next = finding.bugs.value[choice.index + 1];
  useEffect(() => {
    if (next !== undefined) void readAhead(project, next);
  }, [next?.id]);
}

function idInAddress(project: ProjectItem): string | null {
  const wanted = Number(query.peek().get("bug"));
  return [...allBugs()].find((bug) => bug.projectId === project.id && bug.number === wanted)?.id ?? null;
}

function Nothing({ project, finding }: { readonly project: ProjectItem; readonly finding: Finding }): JSX.Element {
  const { value: state } = copyOf(project.id).state;
  if (state === "failed") return <Failed onRetry={() => retrySync(project.id)} />;
  if (finding.hasFailed.value) return <Failed onRetry={finding.retry} />;
  if (state === "loading" || finding.isAsking.value) return <Skeleton rows={8} />;
  return (
    <Empty icon="check" title={t("mode.done")} text={t("mode.done_text")}>
      <a class="button primary" href={projectPath(project)}>
        {t("mode.leave")}
      </a>
    </Empty>
  );
}

function Present({ number: wanted, project }: { readonly number: number; readonly project: ProjectItem }): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The keys that scroll are the bug's; whoever decides by buttons stays at them.
    if (document.activeElement?.closest(".triage-bar, dialog") == null) box.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div ref={box} class="triage-bug" tabIndex={-1}>
      <BugView project={project} number={wanted} />
    </div>
  );
}

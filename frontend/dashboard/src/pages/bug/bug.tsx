// A bug: what was seen and what went wrong first, then everything on one clock, then what people say of it.
import type { JSX } from "preact";
import type { ProjectItem } from "../../api/types.ts";
import type { PageProps } from "../../routing/pages.ts";
import { projectPath } from "../../routing/paths.ts";
import { back } from "../../routing/router.ts";
import { Missing } from "../../shell/missing.tsx";
import { Failed } from "../../shell/states.tsx";
import { useTitle } from "../../shell/title.ts";
import { useShortcuts } from "../../keys/keys.ts";
import { type Bug, bugOf } from "../../store/bug.ts";
import { bugWithId, isGone, revision } from "../../store/bugs.ts";
import { loadMembers } from "../../store/members.ts";
import { may } from "../../store/rights.ts";
import { loadLabels, projectAt } from "../../store/workspace.ts";
import { useTriageKeys } from "../../triage/verbs.ts";
import { useEffect, useMemo } from "preact/hooks";
import { Activity, COMMENT_INPUT } from "./activity.tsx";
import { useEditor } from "./editor.ts";
import { rowsOf } from "./evidence.ts";
import { Head } from "./head.tsx";
import { type Bugs, type Loaded, useLoaded } from "./loading.ts";
import { Merged, Related } from "./related.tsx";
import { BugSkeleton } from "./skeleton.tsx";
import { Timeline } from "./timeline.tsx";
import { EVIDENCE_INPUT } from "./timeline_tools.tsx";
import { Told } from "./told.tsx";

export default function BugPage({ params }: PageProps): JSX.Element {
  const project = projectAt(params["organization"] ?? "", params["code"] ?? "");
  const number = Number(params["number"]);
  return project === undefined || !Number.isSafeInteger(number) || number < 1 ? <Missing /> : <BugView project={project} number={number} isPage />;
}

interface ViewProps {
  readonly project: ProjectItem;
  readonly number: number;
  /** Alone on the page, which has its name and its keys. */
  readonly isPage?: boolean;
}

/** All of a bug, wherever it is looked at. */
export function BugView({ project, number, isPage = false }: ViewProps): JSX.Element {
  const bugs = useLoaded(project, number);
  useEffect(() => {
    void loadMembers(project);
    void loadLabels(project.id);
  }, [project.id]);
  if (bugs.loaded === null) return <BugSkeleton project={project} number={number} />;
  if (bugs.loaded === "missing") return <Missing />;
  if (bugs.loaded === "failed") return <Failed onRetry={bugs.reload} />;
  return <Whole project={project} bugs={bugs} loaded={bugs.loaded} isPage={isPage} />;
}

interface WholeProps {
  readonly project: ProjectItem;
  readonly bugs: Bugs;
  readonly loaded: Loaded;
  readonly isPage: boolean;
}

function Whole({ project, bugs, loaded, isPage }: WholeProps): JSX.Element {
  const bug = useBug(loaded);
  const rows = useMemo(() => rowsOf(loaded.evidence), [loaded.evidence]);
  const editor = useEditor(bug, loaded, bugs);
  return (
    <article class="bug">
      {isPage && <OfPage bug={bug} project={project} />}
      <Head bug={bug} project={project} loaded={loaded} editor={editor} />
      {bug.mergedIntoId !== null && <Merged bug={bug} intoId={bug.mergedIntoId} project={project} />}
      <Told loaded={loaded} rows={rows} editor={editor} onBroken={bugs.reload} />
      <Timeline rows={rows} evidence={loaded.evidence} bug={bug} />
      <div class="bug-below">
        <Activity bug={bug} project={project} loaded={loaded} replace={bugs.replace} />
        <Related bug={bug} project={project} loaded={loaded} />
      </div>
    </article>
  );
}

/** With what was changed here and is not yet told by the server. */
function useBug({ detail }: Loaded): Bug {
  void revision.value;
  return bugWithId(detail.id) ?? bugOf(detail);
}

function OfPage({ bug, project }: { readonly bug: Bug; readonly project: ProjectItem }): null {
  useTitle(`${bug.trackingId} ${bug.title}`);
  useTriageKeys(project.id, () => [bug]);
  const isDeleted = isGone(bug.id);
  useEffect(() => {
    if (isDeleted) back(projectPath(project));
  }, [isDeleted]);
  useShortcuts([
    { key: "c", word: "bug.key_comment", group: "bug.keys", run: () => focus(COMMENT_INPUT), isRefused: !may("comments:write", project.id) },
    { key: "/", word: "bug.key_search", group: "bug.keys", run: () => focus(EVIDENCE_INPUT) },
    { key: "Escape", word: "bug.key_back", group: "bug.keys", run: () => back(projectPath(project)) },
  ]);
  return null;
}

export function focus(id: string): void {
  const found = document.getElementById(id);
  found?.scrollIntoView({ block: "center" });
  found?.focus({ preventScroll: true });
}


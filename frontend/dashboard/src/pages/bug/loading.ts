// One bug and what belongs to it: read when the page opens, and again when the stream tells of it.
import { useEffect, useRef, useState } from "preact/hooks";
import { call } from "../../api/client.ts";
import { Refusal } from "../../api/problem.ts";
import type { AttachmentItem, CommentItem, HistoryItem, ProjectItem, ReportDetail } from "../../api/types.ts";
import { type Bug, bugOf } from "../../store/bug.ts";
import { allBugs, bugWithId, putBugs } from "../../store/bugs.ts";
import { onLive } from "../../store/live.ts";
import { readBug } from "../../store/read_bug.ts";
import { sync } from "../../store/sync.ts";
import type { Evidence } from "./evidence.ts";

export interface Loaded {
  readonly detail: ReportDetail;
  readonly evidence: Evidence;
  readonly comments: readonly CommentItem[];
  readonly history: readonly HistoryItem[];
  /** Leads to earlier changes, if there are any. */
  readonly historyCursor: string | null;
  readonly files: readonly AttachmentItem[];
  /** Whoever reported it hears of comments that are visible to it. */
  readonly isReporterTold: boolean;
}
export type Loading = Loaded | "missing" | "failed" | null;

export interface Bugs {
  readonly loaded: Loading;
  readonly reload: () => void;
  readonly replace: (change: Partial<Loaded>) => void;
}

/** Read before they are opened, null while they are; what happened to one since makes it old. */
const ahead = new Map<string, Loaded | null>();
onLive(({ type, reportId }) => {
  if (type === "reset") ahead.clear();
  else if (reportId !== null) ahead.delete(reportId);
});

export async function readAhead(project: ProjectItem, { id, number }: Bug): Promise<void> {
  if (ahead.has(id)) return;
  ahead.set(id, null);
  const found = await read(project, number).catch(() => null);
  if (found === null) ahead.delete(id);
  else if (ahead.has(id)) ahead.set(id, found);
}

function takeAhead(project: ProjectItem, number: number): Loaded | null {
  const id = idOf(project, number) ?? "";
  const found = ahead.get(id) ?? null;
  ahead.delete(id);
  return found;
}

export function useLoaded(project: ProjectItem, number: number): Bugs {
  const [loaded, setLoaded] = useState<Loading>(() => takeAhead(project, number));
  const latest = useRef(0);
  const load = async (): Promise<void> => {
    const turn = ++latest.current;
    const next = await read(project, number).catch(reasonOf);
    // What could not be read again is still worth showing.
    if (turn === latest.current) setLoaded((before) => (next === "failed" && isLoaded(before) ? before : next));
  };
  useEffect(() => {
    if (loaded === null) void load();
    void sync(project.id);
    return () => {
      latest.current = -1;
    };
  }, [project.id, number]);
  const id = isLoaded(loaded) ? loaded.detail.id : null;
  useEffect(
    () =>
      onLive((event) => {
        if (event.type === "reset" || (id !== null && event.reportId === id)) void load();
      }),
    [id],
  );
  const replace = (change: Partial<Loaded>): void => setLoaded((before) => (isLoaded(before) ? { ...before, ...change } : before));
  return { loaded, reload: () => void load(), replace };
}

export function isLoaded(loading: Loading): loading is Loaded {
  return loading !== null && typeof loading === "object";
}

async function read(project: ProjectItem, number: number): Promise<Loaded> {
  const detail = await detailOf(project, number);
  putBugs([bugOf(detail, bugWithId(detail.id))]);
  const path = { report_id: detail.id };
  const into = detail.mergedIntoId;
  const [told, comments, history, files, reporter] = await Promise.all([
    call("GET /reports/{report_id}/export.json", { path }),
    call("GET /reports/{report_id}/comments", { path }),
    call("GET /reports/{report_id}/history", { path }),
    call("GET /reports/{report_id}/attachments", { path }),
    call("GET /reports/{report_id}/reporter", { path }),
    // Its name stands on the page.
    into === null ? null : readBug(into).catch(() => null),
  ]);
  return {
    detail,
    evidence: told["evidence"] as Evidence,
    comments,
    history: history.items,
    historyCursor: history.nextCursor,
    files,
    isReporterTold: reporter.contact === "told",
  };
}

/** Two organizations may have a project of the same code: then a search in this one tells which is meant. */
async function detailOf(project: ProjectItem, number: number): Promise<ReportDetail> {
  const known = idOf(project, number);
  try {
    const found = await call("GET /reports/{report_id}", { path: { report_id: known ?? `${project.code}-${number}` } });
    if (found.projectId === project.id) return found;
  } catch (error) {
    if (!(error instanceof Refusal) || error.status !== 409) throw error;
  }
  const { items } = await call("GET /reports", { query: { project_id: project.id, q: `${project.code}-${number}`, limit: 1 } });
  const [item] = items;
  if (item === undefined) throw new Refusal(404, "not_found", "");
  return call("GET /reports/{report_id}", { path: { report_id: item.id } });
}

function idOf(project: ProjectItem, number: number): string | undefined {
  for (const bug of allBugs()) if (bug.number === number && bug.projectId === project.id) return bug.id;
  return undefined;
}

function reasonOf(error: unknown): "missing" | "failed" {
  const status = error instanceof Refusal ? error.status : 0;
  return status === 404 || status === 403 || status === 422 ? "missing" : "failed";
}

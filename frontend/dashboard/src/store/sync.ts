// A project's bugs in memory, kept by GET /projects/{id}/sync (docs/sync.md).
import { signal, type Signal } from "@preact/signals";
import { ask } from "../api/client.ts";
import { type Bug, bugsOf, type Columns } from "./bug.ts";
import { allBugs, forgetBugs, putBugs } from "./bugs.ts";

/** "large": more open bugs than a tab keeps; lists ask the server. */
export type CopyState = "loading" | "ready" | "large" | "failed";
export const MOST_KEPT = 5000;

export interface Copy {
  readonly projectId: string;
  readonly state: Signal<CopyState>;
  /** How many open bugs the project has, by the server's count. */
  readonly open: Signal<number>;
  cursor: string | null;
  /** Counts the syncs that were begun, and up to which of them all is known. */
  begun: number;
  known: number;
  running: Promise<void> | null;
}

interface Line {
  readonly projectId?: string;
  readonly code?: string;
  readonly whole?: boolean;
  readonly open?: number;
  readonly reports?: Columns;
  readonly gone?: readonly string[];
  readonly cursor?: string;
}

const copies = new Map<string, Copy>();

export function copyOf(projectId: string): Copy {
  const found = copies.get(projectId);
  if (found !== undefined) return found;
  const made: Copy = {
    projectId,
    state: signal<CopyState>("loading"),
    open: signal(0),
    cursor: null,
    begun: 0,
    known: 0,
    running: null,
  };
  copies.set(projectId, made);
  return made;
}

export function hasCopy(projectId: string): boolean {
  return copies.has(projectId);
}

export function allCopies(): IterableIterator<Copy> {
  return copies.values();
}

/** Resolves when all is known that was so when it was called. Neighbours share one request. */
export async function sync(projectId: string): Promise<void> {
  const copy = copyOf(projectId);
  const wanted = copy.begun + 1;
  while (copy.known < wanted && copy.state.value !== "failed" && copy.state.value !== "large") {
    copy.running ??= synced(copy).finally(() => (copy.running = null));
    await copy.running;
  }
}

export function retrySync(projectId: string): void {
  copyOf(projectId).state.value = "loading";
  void sync(projectId);
}

async function synced(copy: Copy): Promise<void> {
  const serial = ++copy.begun;
  try {
    const isKept = await readInto(copy);
    copy.known = serial;
    copy.state.value = isKept ? "ready" : "large";
  } catch {
    // A copy that was whole once is still worth showing; the next event asks again.
    if (copy.cursor === null) copy.state.value = "failed";
    else copy.known = serial;
  }
}

/** Whether there was room for it. */
async function readInto(copy: Copy): Promise<boolean> {
  const query = copy.cursor === null ? {} : { since: copy.cursor };
  const response = await ask("GET /projects/{project_id}/sync", { path: { project_id: copy.projectId }, query });
  let code = "";
  let whole = false;
  const seen = new Set<string>();
  for await (const line of linesOf(response)) {
    if (line.code !== undefined) {
      code = line.code;
      whole = line.whole ?? false;
      copy.open.value = line.open ?? 0;
      if (copy.open.value > MOST_KEPT) return false;
    }
    if (line.reports !== undefined) {
      const bugs = bugsOf(line.reports, copy.projectId, code);
      for (const bug of bugs) seen.add(bug.id);
      putBugs(bugs);
    }
    if (line.gone !== undefined) forgetBugs(line.gone);
    if (line.cursor !== undefined) {
      if (whole) forgetOthers(copy.projectId, seen);
      copy.cursor = line.cursor;
      return true;
    }
  }
  throw new Error("cut short");
}

function forgetOthers(projectId: string, seen: ReadonlySet<string>): void {
  const isOld = (bug: Bug): boolean => bug.projectId === projectId && !seen.has(bug.id);
  const old = [...allBugs()].filter(isOld).map((bug) => bug.id);
  if (old.length > 0) forgetBugs(old);
}

async function* linesOf(response: Response): AsyncGenerator<Line> {
  if (response.body === null) return;
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  let text = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      text += decoder.decode(value, { stream: !done });
      const lines = text.split("\n");
      text = lines.pop() ?? "";
      for (const line of lines) yield JSON.parse(line) as Line;
      if (done) return;
    }
  } finally {
    void reader.cancel();
  }
}

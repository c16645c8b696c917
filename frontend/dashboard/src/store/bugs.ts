// Every bug that this tab knows, by id, with what was changed here and is not yet told by the server.
import { signal } from "@preact/signals";
import type { Bug } from "./bug.ts";

export type Fields = Partial<Pick<Bug, "status" | "severity" | "category" | "assigneeId" | "labels" | "title" | "mergedIntoId">>;

/** A change that was made here: shown at once, dropped when the server's own word is known, or refused. */
export interface Pending {
  /** It is shown no more. */
  readonly isGone?: boolean;
  readonly apply: (bug: Bug) => Fields;
}

const told = new Map<string, Bug>();
const pending = new Map<string, readonly Pending[]>();
const shown = new Map<string, Bug>();

/** Grows with every change; who reads it hears of all of them. */
export const revision = signal(0);

export function bugWithId(id: string): Bug | undefined {
  return shown.get(id);
}

export function allBugs(): IterableIterator<Bug> {
  return shown.values();
}

export function matching(projectId: string, test: (bug: Bug) => boolean): Bug[] {
  const found: Bug[] = [];
  for (const bug of shown.values()) if (bug.projectId === projectId && test(bug)) found.push(bug);
  return found;
}

export function putBugs(bugs: readonly Bug[]): void {
  for (const bug of bugs) {
    told.set(bug.id, bug);
    show(bug.id);
  }
  revision.value++;
}

export function forgetBugs(ids: Iterable<string>): void {
  for (const id of ids) {
    told.delete(id);
    show(id);
  }
  revision.value++;
}

export function addPending(ids: readonly string[], change: Pending): void {
  for (const id of ids) {
    pending.set(id, [...(pending.get(id) ?? []), change]);
    show(id);
  }
  revision.value++;
}

export function dropPending(ids: readonly string[], change: Pending): void {
  for (const id of ids) {
    const left = (pending.get(id) ?? []).filter((other) => other !== change);
    if (left.length === 0) pending.delete(id);
    else pending.set(id, left);
    show(id);
  }
  revision.value++;
}

/** Whether it was deleted here, which can still be taken back. */
export function isGone(id: string): boolean {
  return (pending.get(id) ?? []).some((change) => change.isGone);
}

/** A bug whose fields are what they were stays the same object, so that its row is not drawn again. */
function show(id: string): void {
  const bug = told.get(id);
  if (bug === undefined || isGone(id)) {
    shown.delete(id);
    return;
  }
  shown.set(id, (pending.get(id) ?? []).reduce((each, change) => ({ ...each, ...change.apply(each) }), bug));
}

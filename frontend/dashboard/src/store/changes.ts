// Changes of bugs: shown at once, sent in their order, taken back with the reason if the server refuses.
import { call } from "../api/client.ts";
import type { Category, Severity, Status } from "../api/types.ts";
import { t } from "../words/words.ts";
import type { Bug } from "./bug.ts";
import { addPending, bugWithId, dropPending, type Fields, type Pending, putBugs } from "./bugs.ts";
import { sendBulk, tellRefused } from "./bulk.ts";
import { copyOf, sync } from "./sync.ts";
import { dismiss, say } from "./toasts.ts";

export interface Change {
  readonly status?: Status;
  readonly severity?: Severity;
  readonly category?: Category;
  readonly assigneeId?: string | null;
  readonly addLabels?: readonly string[];
  readonly removeLabels?: readonly string[];
}

let queue: Promise<unknown> = Promise.resolve();

/** `said` is what a toast tells, with the way back. */
export function changeBugs(bugs: readonly Bug[], change: Change, said: string): void {
  const touched = bugs.filter((bug) => differs(bug, change));
  if (touched.length === 0) return;
  const toast = say(said, () => takeBack(touched, change));
  put(touched, change, () => dismiss(toast));
}

/** What `change` makes of a bug. */
export function fieldsAfter(bug: Bug, change: Change): Fields {
  const { addLabels = [], removeLabels = [], ...fields } = change;
  if (addLabels.length === 0 && removeLabels.length === 0) return fields;
  const left = bug.labels.filter((label) => !includes(removeLabels, label));
  return { ...fields, labels: [...left, ...addLabels.filter((label) => !includes(left, label))].sort() };
}

/** The change that leads back to what `bug` is now. */
export function inverse(bug: Bug, change: Change): Change {
  const { addLabels = [], removeLabels = [], ...fields } = change;
  const before = Object.fromEntries(Object.keys(fields).map((name) => [name, bug[name as keyof typeof fields]])) as Change;
  const added = addLabels.filter((label) => !includes(bug.labels, label));
  const removed = removeLabels.filter((label) => includes(bug.labels, label));
  return {
    ...before,
    ...(added.length > 0 ? { removeLabels: added } : {}),
    ...(removed.length > 0 ? { addLabels: removed } : {}),
  };
}

function takeBack(bugs: readonly Bug[], change: Change): void {
  const groups = new Map<string, { readonly back: Change; readonly bugs: Bug[] }>();
  for (const bug of bugs) {
    const back = inverse(bug, change);
    const name = JSON.stringify(back);
    const group = groups.get(name) ?? { back, bugs: [] };
    group.bugs.push(bug);
    groups.set(name, group);
  }
  for (const { back, bugs: some } of groups.values()) put(some, back);
  say(t("toast.undone"));
}

function put(bugs: readonly Bug[], change: Change, onRefused?: () => void): void {
  const ids = bugs.map((bug) => bug.id);
  carryOut(ids, { apply: (bug) => fieldsAfter(bug, change), send: () => sent(ids, change) }, onRefused);
}

export interface Work {
  readonly apply: Pending["apply"];
  /** Answers the reason of each that was refused. */
  readonly send: () => Promise<ReadonlyMap<string, string>>;
}

/** After all that was begun before it. */
export function carryOut(ids: readonly string[], { apply, send }: Work, onRefused?: () => void): void {
  const pending: Pending = { apply };
  addPending(ids, pending);
  const work = async (): Promise<void> => {
    const refused = await send();
    dropPending([...refused.keys()], pending);
    if (refused.size > 0) {
      if (refused.size === ids.length) onRefused?.();
      tellRefused(refused);
    }
    void settle(ids.filter((id) => !refused.has(id)), pending);
  };
  queue = queue.then(work, work);
}

/** The reason of each that was refused. */
async function sent(ids: readonly string[], change: Change): Promise<ReadonlyMap<string, string>> {
  const { assigneeId, addLabels, removeLabels, ...same } = change;
  const wanted = {
    ...same,
    ...(assigneeId === undefined ? {} : { assignee_id: assigneeId }),
    ...(addLabels === undefined ? {} : { add_labels: addLabels }),
    ...(removeLabels === undefined ? {} : { remove_labels: removeLabels }),
  };
  return sendBulk(ids, ({ body, ...rest }) => call("POST /reports/bulk", { body: { ...body, change: wanted }, ...rest }));
}

/** Ours is dropped only when a sync that began after the answer has brought the server's. */
async function settle(ids: readonly string[], pending: Pending): Promise<void> {
  const bugs = ids.map((id) => bugWithId(id)).filter((bug) => bug !== undefined);
  await Promise.all([...new Set(bugs.map((bug) => bug.projectId))].map((id) => sync(id)));
  // Nobody keeps a large project: there what we sent is what is known.
  putBugs(bugs.filter((bug) => copyOf(bug.projectId).state.value === "large"));
  dropPending(ids, pending);
}

function differs(bug: Bug, change: Change): boolean {
  const after = fieldsAfter(bug, change);
  return Object.entries(after).some(([name, value]) => String(value) !== String(bug[name as keyof Fields]));
}

function includes(labels: readonly string[], label: string): boolean {
  return labels.some((other) => other.toLowerCase() === label.toLowerCase());
}


// Bugs that are duplicates of another: closed at once, theirs again when it is taken back.
import { call } from "../api/client.ts";
import { t } from "../words/words.ts";
import type { Bug } from "./bug.ts";
import { sendBulk } from "./bulk.ts";
import { carryOut } from "./changes.ts";
import { dismiss, say } from "./toasts.ts";

/** `into` is a number like WEB-42, or an id. The server refuses what would lead in a circle. */
export function mergeBugs(bugs: readonly Bug[], into: string, said: string): void {
  if (bugs.length === 0) return;
  const ids = idsOf(bugs);
  const toast = say(said, () => unmergeBugs(bugs.filter(({ mergedIntoId }) => mergedIntoId === null)));
  const send = (): Promise<ReadonlyMap<string, string>> => sendBulk(ids, ({ body, ...rest }) => call("POST /reports/bulk/merge", { body: { ...body, into }, ...rest }));
  carryOut(ids, { apply: () => ({ status: "closed" }), send }, () => dismiss(toast));
}

/** With the status that each had, which `bugs` remember. */
export function unmergeBugs(bugs: readonly Bug[]): void {
  const ids = idsOf(bugs);
  const before = new Map(bugs.map((bug) => [bug.id, bug]));
  const send = (): Promise<ReadonlyMap<string, string>> => sendBulk(ids, (some) => call("POST /reports/bulk/unmerge", some));
  carryOut(ids, { apply: (bug) => ({ status: before.get(bug.id)?.status ?? bug.status, mergedIntoId: null }), send });
  say(t("toast.undone"));
}

function idsOf(bugs: readonly Bug[]): readonly string[] {
  return bugs.map((bug) => bug.id);
}

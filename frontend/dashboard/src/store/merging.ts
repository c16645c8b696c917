// Bugs that are duplicates of another: closed at once, theirs again when it is taken back.
import { call } from "../api/client.ts";
import { t } from "../words/words.ts";
import { reasonOf } from "./attempt.ts";
import type { Bug } from "./bug.ts";
import { carryOut } from "./changes.ts";
import { together } from "./together.ts";
import { dismiss, say } from "./toasts.ts";

/** `into` is a number like WEB-42, or an id. The server refuses what would lead in a circle. */
export function mergeBugs(bugs: readonly Bug[], into: string, said: string): void {
  if (bugs.length === 0) return;
  const toast = say(said, () => unmergeBugs(bugs));
  const send = (): Promise<ReadonlyMap<string, string>> => each(bugs, (path) => call("POST /reports/{report_id}/merge", { path, body: { into } }));
  carryOut(idsOf(bugs), { apply: () => ({ status: "closed" }), send }, () => dismiss(toast));
}

/** With the status that each had, which `bugs` remember. */
export function unmergeBugs(bugs: readonly Bug[]): void {
  const before = new Map(bugs.map((bug) => [bug.id, bug]));
  const send = (): Promise<ReadonlyMap<string, string>> => each(bugs, (path) => call("POST /reports/{report_id}/unmerge", { path }));
  carryOut(idsOf(bugs), { apply: (bug) => ({ status: before.get(bug.id)?.status ?? bug.status, mergedIntoId: null }), send });
  say(t("toast.undone"));
}

async function each(bugs: readonly Bug[], send: (path: { readonly report_id: string }) => Promise<unknown>): Promise<ReadonlyMap<string, string>> {
  const refused = new Map<string, string>();
  await together(bugs, ({ id }) => send({ report_id: id }).catch((error: unknown) => refused.set(id, reasonOf(error))));
  return refused;
}

function idsOf(bugs: readonly Bug[]): readonly string[] {
  return bugs.map((bug) => bug.id);
}

// Deleting is for good: bugs are gone from here at once, and from the server when nobody can take it back any more.
import { addPending, dropPending, forgetBugs, type Pending } from "./bugs.ts";
import type { Bug } from "./bug.ts";
import { sendBulk, tellRefused } from "./changes.ts";
import { endAll, say } from "./toasts.ts";

const GONE: Pending = { isGone: true, apply: () => ({}) };

export function deleteBugs(bugs: readonly Bug[], said: string): void {
  if (bugs.length === 0) return;
  const ids = bugs.map(({ id }) => id);
  addPending(ids, GONE);
  say(said, () => dropPending(ids, GONE), () => void send(ids));
}

export function listenToLeaving(): void {
  addEventListener("pagehide", endAll);
}

async function send(ids: readonly string[]): Promise<void> {
  const refused = await sendBulk(ids, { delete: true });
  forgetBugs(ids.filter((id) => !refused.has(id)));
  dropPending(ids, GONE);
  if (refused.size > 0) tellRefused(refused);
}

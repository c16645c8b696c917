// Deleting is for good: bugs are gone from here at once, and from the server when nobody can take it back any more.
import { call } from "../api/client.ts";
import { addPending, dropPending, forgetBugs, type Pending } from "./bugs.ts";
import type { Bug } from "./bug.ts";
import { sendBulk, tellRefused } from "./bulk.ts";
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
  const refused = await sendBulk(ids, ({ body, ...rest }) => call("POST /reports/bulk", { body: { ...body, change: { delete: true } }, ...rest }));
  forgetBugs(ids.filter((id) => !refused.has(id)));
  dropPending(ids, GONE);
  if (refused.size > 0) tellRefused(refused);
}

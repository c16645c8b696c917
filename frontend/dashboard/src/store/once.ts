// A draft that was sent and not answered goes out again under the Idempotency-Key that it had, so that nothing is made twice.
import { newKey } from "../api/idempotency_key.ts";
import { Refusal } from "../api/problem.ts";
import { draft, keepDraft } from "./drafts.ts";

/** Kept beside the draft, for this text only, until `dropKey`. */
export function keyOf(name: string, text: string): string {
  const kept = draft(besides(name));
  const [key = ""] = kept.split(" ", 1);
  if (kept === `${key} ${text}`) return key;
  const made = newKey();
  keepDraft(besides(name), `${made} ${text}`);
  return made;
}

export function dropKey(name: string): void {
  keepDraft(besides(name), "");
}

/** Whether it was not said that nothing was made. */
export function mayBeDone(error: unknown): boolean {
  return !(error instanceof Refusal) || error.status === 0 || error.status >= 500 || error.code.startsWith("idempotency_");
}

function besides(name: string): string {
  return `${name}.key`;
}

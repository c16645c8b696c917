// What an event is called; one that a newer server knows keeps its name on the wire.
import { isKey, t } from "./words.ts";

export function eventWord(kind: string): string {
  const key = `event.${kind}`;
  return isKey(key) ? t(key) : kind;
}

// What an event is called; one that a newer server knows keeps its name on the wire.
import { en } from "./en.ts";
import { type Key, t } from "./words.ts";

export function eventWord(kind: string): string {
  const key = `event.${kind}`;
  return isKey(key) ? t(key) : kind;
}

function isKey(key: string): key is Key {
  return key in en;
}

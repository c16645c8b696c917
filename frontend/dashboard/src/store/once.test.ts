import assert from "node:assert/strict";
import { test } from "node:test";
import { OFFLINE, Refusal } from "../api/problem.ts";
import { dropKey, keyOf, mayBeDone } from "./once.ts";

const stored = new Map<string, string>();
Object.defineProperty(globalThis, "localStorage", {
  value: {
    getItem: (name: string) => stored.get(name) ?? null,
    setItem: (name: string, text: string) => stored.set(name, text),
    removeItem: (name: string) => stored.delete(name),
  },
});

test("the same text has the same key until it is dropped, another text another one", () => {
  const key = keyOf("comment.1", "Seen it");
  assert.equal(keyOf("comment.1", "Seen it"), key);
  assert.notEqual(keyOf("comment.2", "Seen it"), key);
  assert.notEqual(keyOf("comment.1", "Seen"), key);
  const again = keyOf("comment.1", "Seen it");
  dropKey("comment.1");
  assert.notEqual(keyOf("comment.1", "Seen it"), again);
});

test("what had no answer may be done, what was refused is not", () => {
  const refusals = [new Refusal(0, OFFLINE, ""), new Refusal(503, "unavailable", ""), new Refusal(409, "idempotency_in_progress", ""), new Refusal(403, "forbidden", "")];
  assert.deepEqual(refusals.map(mayBeDone), [true, true, true, false]);
});

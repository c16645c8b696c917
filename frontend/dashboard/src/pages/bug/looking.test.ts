import assert from "node:assert/strict";
import { test } from "node:test";
import type { Row } from "./evidence.ts";
import { choiceOf, shownOf } from "./looking.ts";

const row = (id: number, lane: string, words: string, more: object = {}): Row => ({ id, lane, words, at: id, isError: false, isWarning: false, ...more }) as unknown as Row;
const rows = [
  row(0, "network", "get 200 /cart"),
  row(1, "console", "warn slow", { isWarning: true }),
  row(2, "network", "post 500 /pay", { isError: true }),
  row(3, "actions", "click #pay"),
];
const shown = (text: string): number[] => shownOf(rows, choiceOf(new URLSearchParams(text))).map(({ id }) => id);

test("the address says what of the timeline is shown", () => {
  assert.deepEqual(shown(""), [0, 1, 2, 3]);
  assert.deepEqual(shown("lane=actions"), [3]);
  assert.deepEqual(shown("find=PAY"), [2, 3]);
  assert.deepEqual(shown("find=pay+500"), [2]);
  assert.deepEqual([shown("level=errors"), shown("level=warnings")], [[2], [1, 2]]);
  assert.deepEqual(shown("lane=sky&level=loud&row=x"), [0, 1, 2, 3]);
});

test("of requests those that failed stand first", () => {
  assert.deepEqual(shown("lane=network"), [2, 0]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { clock, type Evidence, firstError, rowAt, rowsOf } from "./evidence.ts";

const second = (count: number): string => new Date(1_700_000_000_000 + count * 1000).toISOString();
const nothing = { stack: null, count: 1 };
const evidence = {
  console: [
    { at: second(1), level: "info", message: "ready", ...nothing },
    { at: null, level: "log", message: "without a time", ...nothing },
    { at: second(9), level: "log", message: "Uncaught TypeError: no total", ...nothing },
  ],
  network: [
    { at: second(4), method: "POST", url: "/pay", status: 500, durationMs: 90, requestBytes: null, responseBytes: null, responseHeaders: [] },
    { at: second(0), method: "GET", url: "/", status: null, durationMs: null, requestBytes: null, responseBytes: null, responseHeaders: [] },
  ],
  actions: [{ at: second(3), kind: "click", target: "#pay", url: null, x: 1, y: 2 }],
} as unknown as Evidence;

test("all that a page logged stands in one order, what has no time behind what came before it", () => {
  const told = rowsOf(evidence).map((row) => row.words.split("\n")[1] ?? row.words);
  assert.deepEqual(told, ["get  /", "ready", "without a time", "click #pay ", "post 500 /pay", "uncaught typeerror: no total"]);
});

test("of one moment the deed comes first, then the request, then the word", () => {
  const at = second(1);
  const rows = rowsOf({ ...evidence, console: [{ at, level: "log", message: "sent", ...nothing }], network: [{ ...evidence.network[0], at }], actions: [{ ...evidence.actions[0], at }] } as Evidence);
  assert.deepEqual(rows.map(({ lane }) => lane), ["actions", "network", "console"]);
});

test("the first error is the console's, though a request failed before it", () => {
  assert.equal(firstError(rowsOf(evidence))?.lane, "console");
  assert.equal(firstError(rowsOf({ ...evidence, console: [] }))?.lane, "network");
  assert.equal(firstError(rowsOf({ ...evidence, console: [], network: [] })), undefined);
});

test("a moment has its place among rows that do not hold it", () => {
  const requests = rowsOf(evidence).filter((row) => row.lane === "network");
  assert.equal(rowAt(requests, Date.parse(second(8)))?.words, "post 500 /pay");
  assert.equal(rowAt(requests, 0)?.words, "get  /");
});

test("the clock counts from the first row", () => {
  assert.deepEqual([clock(1000, 1000), clock(13_340, 1000), clock(3_661_000, 0)], ["0:00.0", "0:12.3", "61:01.0"]);
});

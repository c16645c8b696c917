import assert from "node:assert/strict";
import { test } from "node:test";
import type { Bug } from "./bug.ts";
import { addPending, bugWithId, dropPending, forgetBugs, putBugs } from "./bugs.ts";

const bug: Bug = {
  id: "1",
  projectId: "p",
  number: 1,
  trackingId: "WEB-1",
  title: "Pay does nothing",
  status: "new",
  severity: "low",
  category: "bug",
  assigneeId: null,
  labels: ["ui"],
  page: null,
  browser: null,
  os: null,
  hasError: false,
  reporter: null,
  mergedIntoId: null,
  duplicates: 0,
  createdAt: 0,
  updatedAt: 0,
  resolvedAt: null,
  words: "pay does nothing",
};

test("what was changed here shows over what the server says, until it is dropped", () => {
  putBugs([bug]);
  const change = { apply: () => ({ status: "closed" as const }) };
  addPending(["1"], change);
  assert.equal(bugWithId("1")?.status, "closed");
  putBugs([{ ...bug, severity: "high" }]);
  assert.deepEqual([bugWithId("1")?.status, bugWithId("1")?.severity], ["closed", "high"]);
  dropPending(["1"], change);
  assert.equal(bugWithId("1")?.status, "new");
});

test("of two changes the refused one is taken back alone", () => {
  putBugs([bug]);
  const [first, second] = [{ apply: () => ({ status: "closed" as const }) }, { apply: () => ({ severity: "critical" as const }) }];
  addPending(["1"], first);
  addPending(["1"], second);
  dropPending(["1"], first);
  assert.deepEqual([bugWithId("1")?.status, bugWithId("1")?.severity], ["new", "critical"]);
  dropPending(["1"], second);
});

test("a bug that is gone is gone, whatever was changed here", () => {
  putBugs([bug]);
  addPending(["1"], { apply: () => ({ title: "x" }) });
  forgetBugs(["1"]);
  assert.equal(bugWithId("1"), undefined);
});

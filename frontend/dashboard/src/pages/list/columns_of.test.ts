import assert from "node:assert/strict";
import { test } from "node:test";
import type { Status } from "../../api/types.ts";
import type { Bug } from "../../store/bug.ts";
import { beside, byStatus, heirOf, inColumns, spotOf, statusBeside } from "./columns_of.ts";

const bugs = ([["1", "resolved"], ["2", "new"], ["3", "new"], ["4", "in_progress"]] as const).map(([id, status]: readonly [string, Status]) => ({ id, status }) as Bug);

test("a board is read column by column", () => {
  assert.deepEqual(inColumns(bugs).map(({ id }) => id), ["2", "3", "4", "1"]);
});

test("beside a card is the nearest column that has one, no further down than it goes", () => {
  assert.equal(beside(bugs, "3", 1)?.id, "4");
  assert.equal(beside(bugs, "4", 1)?.id, "1");
  assert.equal(beside(bugs, "2", -1), undefined);
  assert.equal(beside(bugs, null, 1)?.id, "2");
});

test("a board has two edges", () => {
  assert.equal(statusBeside("new", -1), null);
  assert.equal(statusBeside("closed", 1), null);
  assert.equal(statusBeside("triaging", 1), "in_progress");
});

test("who leaves the board is followed by a neighbour", () => {
  const columns = byStatus(bugs);
  assert.deepEqual(spotOf(columns, "3"), { status: "new", row: 1 });
  assert.equal(spotOf(columns, "5"), null);
  assert.equal(heirOf(columns, { status: "new", row: 0 })?.id, "2");
  assert.equal(heirOf(columns, { status: "new", row: 2 })?.id, "3");
  assert.equal(heirOf(columns, { status: "triaging", row: 4 })?.id, "2");
  assert.equal(heirOf(byStatus([]), { status: "new", row: 0 }), undefined);
});

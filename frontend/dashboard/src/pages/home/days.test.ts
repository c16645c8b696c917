import assert from "node:assert/strict";
import { test } from "node:test";
import { DAYS, duration, everyDay } from "./days.ts";

test("days on which nothing came are there, and today is the last", () => {
  const days = everyDay([{ date: "2026-03-01", count: 3 }], Date.parse("2026-03-02T00:30:00Z"));
  assert.equal(days.length, DAYS);
  assert.deepEqual(days.slice(-2), [
    { date: "2026-03-01", count: 3 },
    { date: "2026-03-02", count: 0 },
  ]);
});

test("a time is said in the unit that fits it", () => {
  assert.deepEqual([0.25, 1.54, 47, 60, 480].map((hours) => duration(hours, "en")), ["15 min", "1.5 hr", "47 hr", "2.5 days", "20 days"]);
});

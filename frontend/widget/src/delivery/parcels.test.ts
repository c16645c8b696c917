import assert from "node:assert/strict";
import { test } from "node:test";
import type { Report } from "../core/sending.ts";
import { KEPT_MS, hasExpired, isDue, keep, postponed } from "./parcels.ts";

const ENVIRONMENT = {
  userAgent: "Firefox",
  viewport: "800x600",
  screenResolution: "800x600",
  url: "https://shop.example/",
  referrer: "",
  locale: "en",
  timezone: "UTC",
  platform: "Linux",
};
const REPORT: Report = {
  title: "It broke",
  description: "",
  severity: "low",
  category: "bug",
  console_logs: [],
  network_logs: [],
  user_actions: [],
  metadata: ENVIRONMENT,
  trackingId: "WEB-1",
};
const KEPT = keep({ report: REPORT, enclosures: [], drawing: null }, "https://bugs.example/api/v1", "bsk_pub_x", 1000);

test("each parcel has a random UUID of its own", () => {
  const other = keep({ report: REPORT, enclosures: [], drawing: null }, "https://bugs.example/api/v1", "bsk_pub_x", 1000);
  assert.match(KEPT.id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.notEqual(KEPT.id, other.id);
});

test("what is sent has the drawing in its metadata, and no number from before", () => {
  const shape = { kind: "rectangle", color: "#e5484d", width: 2, box: [1, 1, 4, 4] } as const;
  const drawing = { v: 1, width: 8, height: 8, shapes: [shape] } as const;
  const told = JSON.parse(keep({ report: REPORT, enclosures: [], drawing }, "", "", 0).report);
  assert.deepEqual(told.metadata, { ...ENVIRONMENT, annotation: drawing });
  assert.equal(told.wants_status_link, true);
  assert.equal("trackingId" in told, false);
});

test("a drawing of nothing is not sent", () => {
  const drawing = { v: 1, width: 8, height: 8, shapes: [] } as const;
  const told = JSON.parse(keep({ report: REPORT, enclosures: [], drawing }, "", "", 0).report);
  assert.deepEqual(told.metadata, ENVIRONMENT);
});

test("pauses double up to an hour, and are never shorter than half of that", () => {
  let kept = KEPT;
  const pauses = [...Array(12).keys()].map(() => {
    const before = kept;
    kept = postponed(kept, 0, 0, false, 0);
    assert.ok(postponed(before, 0, 0, false, 1).dueAt === 2 * kept.dueAt);
    return kept.dueAt / 1000;
  });
  assert.deepEqual(pauses.slice(0, 4), [7.5, 15, 30, 60]);
  assert.equal(pauses.at(-1), 1800);
});

test("it is not tried again before the server said, and its own pause holds where that is longer", () => {
  assert.equal(postponed(KEPT, 1000, 90_000, false).dueAt, 91_000);
  assert.ok(postponed(KEPT, 1000, 1, false).dueAt > 8000);
});

test("it is kept for seven days", () => {
  assert.equal(hasExpired(KEPT, 1000 + KEPT_MS), false);
  assert.equal(hasExpired(KEPT, 1001 + KEPT_MS), true);
});

test("it is due when its time has come, when the network is back, or when the clock was set back", () => {
  const waits = postponed(KEPT, 2000, 60_000, false);
  const stranded = postponed(KEPT, 2000, 60_000, true);
  assert.deepEqual([isDue(waits, 3000, true), isDue(waits, 62_000, false), isDue(waits, 999, false)], [false, true, true]);
  assert.deepEqual([isDue(stranded, 3000, false), isDue(stranded, 3000, true)], [false, true]);
});

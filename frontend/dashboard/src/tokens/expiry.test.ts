import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY, expiryOf } from "./expiry.ts";

const NOW = Date.parse("2026-11-23T04:00:00Z");
const after = (days: number): string => new Date(NOW + days * DAY).toISOString();

test("a token is warned of two weeks before its end", () => {
  assert.equal(expiryOf(null, NOW), "never");
  assert.equal(expiryOf(after(15), NOW), "later");
  assert.equal(expiryOf(after(14), NOW), "soon");
  assert.equal(expiryOf(after(0), NOW), "ended");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { match } from "./match.ts";

test("a named part is whatever stands in its place", () => {
  assert.deepEqual(match("/app/p/:organization/:code", "/app/p/ada/WEB"), { organization: "ada", code: "WEB" });
  assert.deepEqual(match("/app", "/app/"), {});
});

test("other lengths and other words are other pages", () => {
  assert.equal(match("/app/p/:organization/:code", "/app/p/ada"), null);
  assert.equal(match("/app/new", "/app/old"), null);
});

test("an address that can not be decoded is taken as it stands", () => {
  assert.deepEqual(match("/app/:part", "/app/%zz"), { part: "%zz" });
  assert.deepEqual(match("/app/:part", "/app/a%20b"), { part: "a b" });
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { codeOf, numbered } from "./bug_option.tsx";

test("a bug's number is typed with or without its project", () => {
  assert.equal(numbered("42", "WEB"), "WEB-42");
  assert.equal(numbered(" #042 ", "WEB"), "WEB-42");
  assert.equal(numbered("ws-7", "WEB"), "WS-7");
});

test("what names no bug is none", () => {
  assert.equal(numbered("42", null), null);
  assert.equal(numbered("web-", "WEB"), null);
  assert.equal(numbered("42 pay", "WEB"), null);
});

test("a bug knows its project's code", () => {
  assert.equal(codeOf({ trackingId: "WEB-42" }), "WEB");
});

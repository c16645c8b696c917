import assert from "node:assert/strict";
import { test } from "node:test";
import { Refusal } from "./problem.ts";
import { inWords } from "./refused.ts";

const KNOWN = { slug_taken: "vergeben", too_short: "mindestens {n} Zeichen" };

test("what is known by its code is said in the page's words, with the server's number", () => {
  assert.equal(inWords(new Refusal(409, "slug_taken", "The slug acme is taken."), KNOWN).message, "vergeben");
  const { message, fields } = inWords(new Refusal(422, "validation_failed", "", [{ field: "name", message: "is too short (minimum is 3 characters)", code: "too_short" }]), KNOWN);
  assert.equal(message, "mindestens 3 Zeichen");
  assert.equal(fields[0]?.message, message);
});

test("what is not known stays as the server says it", () => {
  assert.equal(inWords(new Refusal(409, "odd", "Odd."), KNOWN).message, "Odd.");
  assert.equal(inWords(new Refusal(422, "too_short", "Too short."), KNOWN).message, "Too short.");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { changesOf, wordsOf } from "./own_words.ts";
import type { Texts } from "./saving.ts";

const PLAIN: Texts = { title: "Pay", description: "Nothing happens", given: "", when: "", then: "", notes: "" };
const TICKET: Texts = { title: "Pay", description: "Given a cart\nWhen I pay\n\nSince today", given: "a cart", when: "I pay", then: "", notes: "Since today" };

test("a ticket's own words are those that its parts do not repeat", () => {
  assert.deepEqual(wordsOf(TICKET), { given: "a cart", when: "I pay", then: "", text: "Since today" });
  assert.equal(wordsOf(PLAIN).text, "Nothing happens");
});

test("what was written is sent as what it is, and nothing else", () => {
  assert.deepEqual(changesOf(TICKET, wordsOf(TICKET)), {});
  assert.deepEqual(changesOf(TICKET, { ...wordsOf(TICKET), then: "it fails", text: "" }), { then: "it fails", notes: "" });
  assert.deepEqual(changesOf(PLAIN, { ...wordsOf(PLAIN), text: "All is well" }), { description: "All is well" });
});

test("a description that was written over its parts is all of it", () => {
  const own = { ...TICKET, description: "Its own" };
  assert.equal(wordsOf(own).text, "Its own");
  assert.deepEqual(changesOf(own, { ...wordsOf(own), text: "Another" }), { description: "Another" });
});

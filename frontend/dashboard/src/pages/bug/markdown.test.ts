import assert from "node:assert/strict";
import { test } from "node:test";
import { blocksOf, inlinesOf } from "./markdown.ts";

const kinds = (text: string): string[] => inlinesOf(text, ["Ada Lovelace", "Ada"]).map((each) => `${each.kind}:${"text" in each ? each.text : "href" in each ? each.href : ""}`);

test("blocks are what they look like", () => {
  const blocks = blocksOf("# Title\nOne\ntwo\n\n- a\n- b\n1. c\n> said\n> > twice\n```js\n<b>*x*</b>\n```\nend");
  assert.deepEqual(blocks.map(({ kind }) => kind), ["heading", "paragraph", "list", "list", "quote", "code", "paragraph"]);
  assert.deepEqual(blocks[5], { kind: "code", text: "<b>*x*</b>" });
});

test("a fence that never ends, and an empty text, are no trouble", () => {
  assert.deepEqual(blocksOf("```\nx"), [{ kind: "code", text: "x" }]);
  assert.deepEqual(blocksOf(" \n"), []);
});

test("inline marks are read, and what only looks like one is text", () => {
  assert.deepEqual(kinds("a **b** `c**`"), ["text:a ", "strong:", "text: ", "code:c**"]);
  assert.deepEqual(kinds("2*3*4 snake_case_name"), ["text:2*3*4 snake_case_name"]);
  assert.deepEqual(kinds("*x* _y_ ~~z~~"), ["emphasis:", "text: ", "emphasis:", "text: ", "struck:"]);
});

test("a link leads to a page or an address, never to a script", () => {
  assert.deepEqual(kinds("[x](https://a.example/)"), ["link:https://a.example/"]);
  assert.deepEqual(kinds("[x](javascript:alert1)"), ["text:[x](javascript:alert1)"]);
  assert.deepEqual(kinds("see https://a.example/b."), ["text:see ", "link:https://a.example/b", "text:."]);
});

test("people and bugs are known, and what contains one is not", () => {
  assert.deepEqual(kinds("@Ada Lovelace and @ada"), ["mention:@Ada Lovelace", "text: and ", "mention:@ada"]);
  assert.deepEqual(kinds("me@Ada.example"), ["text:me@Ada.example"]);
  assert.deepEqual(kinds("like WEB-42, not UTF-8x"), ["text:like ", "bug:WEB-42", "text:, not UTF-8x"]);
});

test("a long text of marks that never close is read in no time", () => {
  const started = Date.now();
  blocksOf(`${"*a ".repeat(2000)}\n${"[".repeat(5000)}\n${"_".repeat(5000)}`);
  assert.ok(Date.now() - started < 500);
});

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { annotateWords } from "../../annotate/words.ts";
import * as chinese from "./chinese.ts";
import { english, fill } from "./english.ts";
import * as french from "./french.ts";
import * as german from "./german.ts";
import * as japanese from "./japanese.ts";
import * as spanish from "./spanish.ts";

const placesOf = (catalogue: Readonly<Record<string, string>>) =>
  Object.entries(catalogue).map(([name, words]) => [name, ...(words.match(/\{\w+\}/g) ?? []).sort()].join(" ")).sort();

for (const [language, { words, annotate }] of Object.entries({ chinese, french, german, japanese, spanish })) {
  test(`${language} says everything that English says, with the same places`, () => {
    assert.deepEqual(placesOf(words), placesOf(english));
    assert.deepEqual(placesOf(annotate), placesOf(annotateWords));
    assert.ok(Object.values({ ...words, ...annotate }).every((word) => word.trim() === word && word !== ""));
  });
}

test("docs/widget-languages.md lists every word that a page can change", () => {
  const rows = readFileSync("../docs/widget-languages.md", "utf8").match(/^\| `.*$/gm);
  const drawing = Object.entries(annotateWords).map(([name, word]) => [`annotate.${name}`, word]);
  assert.deepEqual(rows, [...Object.entries(english), ...drawing].map(([name, word]) => `| \`${name}\` | ${word} |`));
});

test("a place is filled in as text, and stays where there is no value", () => {
  assert.equal(fill("{count} of {all}", { count: 0 }), "0 of {all}");
  assert.equal(fill("Remove {name}", { name: "{all} $& <b>" }), "Remove {all} $& <b>");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { de } from "./de.ts";
import { en } from "./en.ts";
import { loadWords, t, type Word } from "./words.ts";

const placeholders = (word: Word): string[] => {
  const forms = typeof word === "string" ? [word] : [word.one, word.other];
  return [...new Set(forms.flatMap((form) => form.match(/\{\w+\}/g) ?? []))].sort();
};

test("both catalogues know the same words", () => {
  assert.deepEqual(Object.keys(de).sort(), Object.keys(en).sort());
});

test("a word has the same placeholders in both languages, and the same plurals", () => {
  for (const [key, word] of Object.entries(en) as [keyof typeof en, Word][]) {
    const other = de[key];
    assert.equal(typeof other, typeof word, key);
    assert.deepEqual(placeholders(other), placeholders(word), key);
  }
});

test("no word is empty, and none was left in English by oversight", () => {
  const alike = Object.entries(de).filter(([key, word]) => word === en[key as keyof typeof en] && typeof word === "string" && /[a-z]{4,} [a-z]{4,}/.test(word));
  assert.deepEqual(alike, []);
});

test("a number chooses the form, and is written as the language does", async () => {
  await loadWords("en");
  assert.equal(t("list.count", { count: 1 }), "1 bug");
  assert.equal(t("list.count", { count: 5000 }), "5,000 bugs");
  await loadWords("de");
  assert.equal(t("list.count", { count: 5000 }), "5.000 Bugs");
});

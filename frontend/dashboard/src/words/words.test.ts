import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { de as deDaily } from "./de.ts";
import { de as deSettings } from "./de_settings.ts";
import { en as enDaily } from "./en.ts";
import { en as enSettings } from "./en_settings.ts";
import { loadWords, t, type Word } from "./words.ts";

const [de, en] = [
  { ...deDaily, ...deSettings },
  { ...enDaily, ...enSettings },
];

// Tests are built elsewhere, and run in the folder of all workspaces.
const SOURCE = pathToFileURL(join(process.cwd(), "dashboard/src/"));

const placeholders = (word: Word): string[] => {
  const forms = typeof word === "string" ? [word] : [word.one, word.other];
  return [...new Set(forms.flatMap((form) => form.match(/\{\w+\}/g) ?? []))].sort();
};

test("both catalogues know the same words", () => {
  assert.deepEqual(Object.keys(de).sort(), Object.keys(en).sort());
});

test("no word stands in two files", () => {
  assert.equal(Object.keys(en).length, Object.keys(enDaily).length + Object.keys(enSettings).length);
});

test("whatever is there before settings are opened does not say their words", async () => {
  const early = await reached(["main.tsx", "pages/bugs.ts"]);
  const said = [...early].flatMap(([file, text]) => Object.keys(enSettings).filter((key) => text.includes(`"${key}"`)).map((key) => `${file} says ${key}`));
  assert.deepEqual(said, []);
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

/** The text of each module that these lead to, words and settings left out. */
async function reached(entries: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const waiting = entries.map((entry) => new URL(entry, SOURCE).href);
  for (const file of waiting) {
    if (found.has(file) || /\/words\/(?:en|de)|\/pages\/settings\.ts|\.css$|\/api\/types\.ts$/.test(file)) continue;
    const text = await readFile(new URL(file), "utf8");
    found.set(file, text);
    for (const [, path = ""] of text.matchAll(/(?:from |import\(|import )"(\.[^"]+)"/g)) waiting.push(new URL(path, file).href);
  }
  return found;
}

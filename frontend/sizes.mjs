// What the widget weighs, as the table of docs/widget.md: what each part of the last build has after gzip.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { target } from "./build/bundle.mjs";

const WHEN = {
  "widget.js": "With the page",
  "widget-core.js": "With the page, after it",
  "widget-form.js": "When the page has nothing to do",
  "widget-capture.js": "A picture is taken",
  "widget-share.js": "A screen is shared",
  "widget-read.js": "A picture is added",
  "widget-annotate.js": "A picture is drawn on",
  "widget-words.js": "A picture is drawn on",
};

const names = Object.entries(JSON.parse(await readFile(join(target, "manifest.json"), "utf8")));
const weights = await Promise.all(
  names.filter(([name]) => name.startsWith("widget")).map(async ([name, file]) => [name, await weight(file)]),
);
const parts = weights.filter(([name]) => !isShared(name)).sort(([, one], [, other]) => other - one);
const shared = weights.filter(([name]) => isShared(name)).reduce((sum, [, bytes]) => sum + bytes, 0);

console.log("| Part | KB | Loaded |\n|---|---|---|");
for (const [name, bytes] of parts) console.log(`| \`${name}\` | ${kilobytes(bytes)} | ${WHEN[name] ?? "In that language"} |`);
console.log(`| what several share | ${kilobytes(shared)} | With the first of them |`);

async function weight(file) {
  return (await readFile(join(target, `${file}.gz`))).length;
}

function isShared(name) {
  return name.startsWith("widget-chunk-");
}

function kilobytes(bytes) {
  return (bytes / 1024).toFixed(1);
}

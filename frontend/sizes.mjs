// What the widget weighs, as the table of docs/widget.md: what each part of the last build has after gzip.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { target } from "./build/bundle.mjs";

const names = JSON.parse(await readFile(join(target, "manifest.json"), "utf8"));
const parts = Object.entries(names).filter(([name]) => name.startsWith("widget"));
console.log("| Part | KB |\n|---|---|");
for (const [name, file] of parts) {
  const { length } = await readFile(join(target, `${file}.gz`));
  console.log(`| \`${name}\` | ${(length / 1024).toFixed(1)} |`);
}

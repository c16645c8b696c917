// The widget: a loader, served under stable names too, and the core that it loads, whose parts are loaded when they
// are wanted. Every name begins with widget-, by which the server knows what other origins may load.
import { basename } from "node:path";
import { gzipSync } from "node:zlib";
import { bundle } from "./bundle.mjs";
import { sheets } from "./sheets.mjs";

// Gzip, in bytes (design/widget.md 2); the core is what is there before anybody asks for more.
const BUDGETS = { loader: 3 * 1024, core: 18 * 1024, annotation: 8 * 1024 };

const HASH = /-[A-Z0-9]{8}(?=\.js$)/;

export async function widget() {
  const core = await bundle(["widget/src/core/core.ts"], {
    splitting: true,
    plugins: [sheets],
    entryNames: "widget-[name]-[hash]",
    chunkNames: "widget-[name]-[hash]",
  });
  const CORE = JSON.stringify(core.names["core.ts"]);
  const loader = await bundle(["widget/src/core/loader.ts"], { format: "iife", define: { CORE }, entryNames: "widget-[hash]" });
  const [[hashed, bytes]] = loader.files;
  const names = namesOf(core.files);
  const annotation = weight([core.files.get(names["widget-annotate.js"])]);
  const weights = { loader: weight([bytes]), core: weight(together(core)), annotation };
  return { files: new Map([...core.files, ...loader.files]), names: { ...names, "widget.js": hashed }, weights };
}

/** What is shared by parts has no name of its own but the hash. */
function namesOf(files) {
  const names = [...files.keys()];
  return Object.fromEntries(names.map((name) => [name.startsWith("widget-chunk-") ? name : name.replace(HASH, ""), name]));
}

/** A sentence for each part that weighs more than it may. */
export function overBudget(weights) {
  return Object.entries(BUDGETS)
    .filter(([part, most]) => weights[part] > most)
    .map(([part, most]) => `the widget's ${part} has ${weights[part]} bytes gzip, above ${most}`);
}

/** The core and what it imports at once, and they in turn. */
function together({ files, names, outputs }) {
  const importsOf = new Map(Object.entries(outputs).map(([path, { imports }]) => [basename(path), imports]));
  const wanted = new Set([names["core.ts"]]);
  for (const name of wanted) {
    for (const { path, kind } of importsOf.get(name)) if (kind === "import-statement") wanted.add(basename(path));
  }
  return [...wanted].map((name) => files.get(name));
}

function weight(parts) {
  return parts.reduce((sum, bytes) => sum + gzipSync(bytes, { level: 9 }).length, 0);
}

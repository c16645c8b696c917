// The dashboard: what is used all day is one file, settings and the words of each language are others; one style sheet.
import { basename } from "node:path";
import { bundle } from "./bundle.mjs";

const ENTRY = "dashboard/src/main.tsx";
const HASH = /-[A-Z0-9]{8}(?=\.js$)/;

export async function app() {
  const { files, names, outputs } = await bundle([ENTRY, "dashboard/src/app.css"], {
    splitting: true,
    chunkNames: "app-[name]-[hash]",
    metafile: true,
  });
  const stub = names[basename(ENTRY)];
  files.delete(stub);
  const parts = [...files.keys()].map((name) => [name.replace(HASH, ""), name]);
  return { files, names: { ...Object.fromEntries(parts), ...names, [basename(ENTRY)]: sharedWithSettings(outputs, stub) }, outputs };
}

/** What settings need of the entry stands in a chunk, which is all of it (pages/settings.ts): the page asks for that at once. */
function sharedWithSettings(outputs, stub) {
  const { imports } = Object.entries(outputs).find(([path]) => basename(path) === stub)[1];
  if (imports.length !== 1) throw new Error("The entry is more than one file: what does it load that settings can not reach?");
  return basename(imports[0].path);
}

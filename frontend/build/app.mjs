// The dashboard: an entry, a chunk for each page, its words in other languages, one style sheet.
import { bundle } from "./bundle.mjs";

export function app() {
  return bundle(["dashboard/src/main.tsx", "dashboard/src/app.css"], {
    splitting: true,
    chunkNames: "app-[name]-[hash]",
    metafile: true,
  });
}

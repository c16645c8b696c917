// The plain pages: one style sheet, and a script where a page can not do without.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { bundle, frontend } from "./bundle.mjs";

const FAVICON = "favicon.svg";

export async function pages() {
  const { files, names } = await bundle(["pages/src/pages.css", "pages/src/passkeys.ts", "pages/src/misbehave.ts"]);
  files.set(FAVICON, await readFile(join(frontend, "pages/src", FAVICON)));
  return { files, names: { ...names, [FAVICON]: FAVICON } };
}

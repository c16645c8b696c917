// The picture engine sees the network through widget/src/screenshot/fence.ts only: no other origin, no worker.
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ENGINE = /@zumer[\\/]snapdom[\\/]dist[\\/]snapdom\.mjs$/;
const GATE = fileURLToPath(new URL("../widget/src/screenshot/fence.ts", import.meta.url));

export const fence = {
  name: "fence",
  setup(esbuild) {
    esbuild.onLoad({ filter: ENGINE }, async ({ path }) => {
      const files = [path, join(dirname(path), "../LICENSE")].map((file) => readFile(file, "utf8"));
      const [code, license] = await Promise.all(files);
      const imported = `import { console, fetch, FontFace, Worker } from ${JSON.stringify(GATE)};`;
      return { contents: `/*! @zumer/snapdom\n${license}*/\n${imported}\n${withoutStyleAttribute(code)}` };
    });
  },
};

/** A strict content security policy refuses the attribute, and says so in the page's console; it does not mind CSSOM. */
function withoutStyleAttribute(code) {
  const refused = /\.setAttribute\("style",("position:absolute;width:0;height:0;overflow:hidden")\)/g;
  const [changed, count] = [code.replace(refused, ".style.cssText=$1"), code.match(refused)?.length];
  if (count !== 1) throw new Error("The picture engine is another: look at what the fence changes in it.");
  return changed;
}

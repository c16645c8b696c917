// One call of esbuild as every workspace makes it. What is built: {files: name -> bytes, names: source -> name,
// outputs: esbuild's own account of them}.
import { build } from "esbuild";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { fence } from "./fence.mjs";

export const frontend = fileURLToPath(new URL("..", import.meta.url));
export const target = join(frontend, "../src/lacewing/static");

export async function bundle(entryPoints, { plugins = [], ...options } = {}) {
  const entries = entryPoints.map((name) => join(frontend, name));
  const { outputFiles, metafile } = await build({
    entryPoints: entries,
    outdir: target,
    bundle: true,
    format: "esm",
    minify: true,
    write: false,
    metafile: true,
    entryNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    loader: { ".svg": "file" },
    jsx: "automatic",
    jsxImportSource: "preact",
    plugins: [fence, ...plugins],
    // Anything older has no light-dark(), which the tokens are written in.
    target: ["chrome123", "firefox120", "safari17.5"],
    ...options,
  });
  const files = outputFiles.map((file) => [basename(file.path), Buffer.from(file.contents)]);
  return { files: new Map(files), names: namesOf(metafile, new Set(entries)), outputs: metafile.outputs };
}

/** Entries and assets by their source; what only they load, by its own name: two chunks may have one source's name. */
function namesOf(metafile, entries) {
  const outputs = Object.entries(metafile.outputs);
  return Object.fromEntries(
    outputs.map(([output, { entryPoint, inputs }]) => {
      const source = entryPoint ?? Object.keys(inputs)[0] ?? "";
      const isAsked = entries.has(resolve(source)) || !/[.](?:tsx?|m?js)$/.test(source);
      return [basename(isAsked ? source : output), basename(output)];
    }),
  );
}

// Builds every workspace into src/lacewing/static: hashed names, compressed twins, one manifest.
import { build } from "esbuild";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const here = fileURLToPath(new URL(".", import.meta.url));
const target = join(here, "../src/lacewing/static");

const bundled = await bundle();
const favicon = await readFile(join(here, "pages/src/favicon.svg"));
const plain = new Map([...bundled.files, ["favicon.svg", favicon]]);
const files = new Map([...plain, ...(await compressed(plain))]);
files.set("manifest.json", manifestOf({ ...bundled.names, "favicon.svg": "favicon.svg" }));
await publish(files);
for (const [name, bytes] of plain) console.log(`${String(bytes.length).padStart(7)}  ${name}`);

async function bundle() {
  const { outputFiles, metafile } = await build({
    entryPoints: ["pages.css", "passkeys.ts"].map((name) => join(here, "pages/src", name)),
    outdir: target,
    bundle: true,
    format: "esm",
    minify: true,
    write: false,
    metafile: true,
    entryNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    loader: { ".svg": "file" },
    // Anything older has no light-dark(), which the tokens are written in.
    target: ["chrome123", "firefox120", "safari17.5"],
  });
  const files = outputFiles.map((file) => [basename(file.path), Buffer.from(file.contents)]);
  return { files, names: namesOf(metafile) };
}

function namesOf(metafile) {
  const outputs = Object.entries(metafile.outputs);
  return Object.fromEntries(
    outputs.map(([output, { entryPoint, inputs }]) => [
      basename(entryPoint ?? Object.keys(inputs)[0]),
      basename(output),
    ]),
  );
}

async function compressed(plain) {
  const twins = [...plain].map(async ([name, bytes]) => [
    [`${name}.gz`, await promisify(gzip)(bytes, { level: 9 })],
    [`${name}.br`, await promisify(brotliCompress)(bytes, { params: brotliParameters(bytes) })],
  ]);
  return (await Promise.all(twins)).flat();
}

function brotliParameters(bytes) {
  return {
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
}

function manifestOf(names) {
  const sorted = Object.fromEntries(Object.entries(names).sort());
  return Buffer.from(`${JSON.stringify(sorted, null, 2)}\n`);
}

/** New files first, the manifest after them, stale ones last: a server that starts meanwhile finds what it names. */
async function publish(files) {
  await mkdir(target, { recursive: true });
  const manifest = "manifest.json";
  const others = [...files].filter(([name]) => name !== manifest);
  await Promise.all(others.map(([name, bytes]) => writeFile(join(target, name), bytes)));
  await writeFile(join(target, manifest), files.get(manifest));
  const stale = (await readdir(target)).filter((name) => !files.has(name) && extname(name) !== "");
  await Promise.all(stale.map((name) => rm(join(target, name), { recursive: true })));
}

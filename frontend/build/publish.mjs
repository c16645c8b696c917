// Writes what was built, each file with its compressed twins, and the manifest that names them.
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { target } from "./bundle.mjs";

const MANIFEST = "manifest.json";

/** New files first, the manifest after them, stale ones last: a server that starts meanwhile finds what it names. */
export async function publish(parts) {
  const plain = new Map(parts.flatMap(({ files }) => [...files]));
  const files = new Map([...plain, ...(await compressed(plain))]);
  const names = Object.assign({}, ...parts.map((part) => part.names));
  await mkdir(target, { recursive: true });
  await Promise.all([...files].map(([name, bytes]) => writeFile(join(target, name), bytes)));
  await writeFile(join(target, MANIFEST), manifestOf(names));
  const isKept = (name) => name === MANIFEST || files.has(name) || extname(name) === "";
  const stale = (await readdir(target)).filter((name) => !isKept(name));
  await Promise.all(stale.map((name) => rm(join(target, name), { recursive: true })));
  for (const [name, bytes] of plain) {
    const squeezed = (files.get(`${name}.gz`) ?? bytes).length;
    console.log(`${String(bytes.length).padStart(7)} ${String(squeezed).padStart(7)} gzip  ${name}`);
  }
}

/** An archive is compressed already. */
async function compressed(plain) {
  const twins = [...plain].filter(([name]) => extname(name) !== ".tgz").map(async ([name, bytes]) => [
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

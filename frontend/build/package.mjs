// The npm package of the widget: for sites that are built, as an archive that `npm install` takes.
import { execFile } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, posix } from "node:path";
import { promisify } from "node:util";
import { bundle, frontend } from "./bundle.mjs";
import { sheets } from "./sheets.mjs";

const run = promisify(execFile);
const STAGE = join(frontend, "node_modules/.package");
const ARCHIVE = "lacewing-widget.tgz";
// Where `import ... from "./x.ts"` stands in a declaration.
const SPECIFIER = /(?<=from "|import\(")(\.[^"]+)\.tsx?(?=")/g;

export async function npmPackage() {
  await rm(STAGE, { recursive: true, force: true });
  const [module, script, types] = await Promise.all([bundled({ splitting: true }), bundled(GLOBAL), declarations()]);
  const files = new Map([
    ...[...module.files, ...script.files].map(([name, bytes]) => [`dist/${name}`, bytes]),
    ...(await licenses(script.outputs)),
    ...types,
    ["package.json", await description()],
    ["README.md", await readFile(join(frontend, "widget/README.md"))],
    ["LICENSE", await readFile(join(frontend, "../LICENSE"))],
  ]);
  await Promise.all([...files].map(([name, bytes]) => written(join(STAGE, "package", name), bytes)));
  await run("npm", ["pack", "--silent", "--offline", "--pack-destination", STAGE], { cwd: join(STAGE, "package") });
  const { name, version } = JSON.parse(files.get("package.json"));
  const packed = `${name.replace("@", "").replace("/", "-")}-${version}.tgz`;
  return { files: new Map([[ARCHIVE, await readFile(join(STAGE, packed))]]), names: {} };
}

const GLOBAL = { format: "iife", globalName: "Lacewing", entryNames: "lacewing.iife" };

const bundled = (options) =>
  bundle(["widget/src/index.ts"], { plugins: [sheets], entryNames: "[name]", chunkNames: "[name]-[hash]", ...options });

/** Of what is bundled: theirs is to be told with every copy. */
async function licenses(outputs) {
  const inputs = Object.values(outputs).flatMap((output) => Object.keys(output.inputs));
  const theirs = new Set(inputs.flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []));
  const read = async (name) => [
    `licenses/${name.replace("/", "-")}.txt`,
    await readFile(join(frontend, "node_modules", name, "LICENSE")),
  ];
  return Promise.all([...theirs].map(read));
}

/** Only what index.d.ts leads to: the rest is nobody's business. */
async function declarations() {
  const made = join(STAGE, "types");
  await run(join(frontend, "node_modules/.bin/tsc"), ["-p", join(frontend, "widget/tsconfig.package.json"), "--outDir", made]);
  const wanted = new Set(["index.d.ts"]);
  const found = new Map();
  for (const name of wanted) {
    const text = await readFile(join(made, "widget/src", name), "utf8");
    for (const [, path] of text.matchAll(SPECIFIER)) wanted.add(posix.join(posix.dirname(name), `${path}.d.ts`));
    found.set(`types/${name}`, Buffer.from(text.replace(SPECIFIER, "$1.js")));
  }
  return found;
}

async function description() {
  const own = JSON.parse(await readFile(join(frontend, "widget/package.json"), "utf8"));
  const { 1: version } = /^version = "(.+)"$/m.exec(await readFile(join(frontend, "../pyproject.toml"), "utf8"));
  const told = {
    name: own.name,
    version,
    description: "A bug button for your site: reports with console, network, actions and a picture, to your own Lacewing.",
    license: "Apache-2.0",
    type: "module",
    sideEffects: false,
    exports: { ".": { types: "./types/index.d.ts", default: "./dist/index.js" }, "./iife": "./dist/lacewing.iife.js" },
    types: "./types/index.d.ts",
    files: ["dist", "licenses", "types"],
  };
  return Buffer.from(`${JSON.stringify(told, null, 2)}\n`);
}

async function written(path, bytes) {
  await mkdir(join(path, ".."), { recursive: true });
  await writeFile(path, bytes);
}

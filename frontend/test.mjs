// Runs the unit tests, *.test.ts of every workspace, in Node's own runner. What needs a browser is in tests/e2e.
import { build } from "esbuild";
import { spawnSync } from "node:child_process";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const target = join(here, "node_modules/.tests");
const workspaces = ["kit", "widget", "dashboard"];

const entryPoints = (await Promise.all(workspaces.map(testsIn))).flat();
await rm(target, { recursive: true, force: true });
const { metafile } = await build({
  entryPoints,
  outdir: target,
  outbase: here,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  format: "esm",
  platform: "node",
  metafile: true,
  sourcemap: "inline",
  jsx: "automatic",
  jsxImportSource: "preact",
  logLevel: "warning",
});
const built = Object.keys(metafile.outputs).map((file) => join(process.cwd(), file));
const { status } = spawnSync(process.execPath, ["--enable-source-maps", "--test", "--test-reporter=dot", ...built], {
  stdio: "inherit",
});
process.exit(status ?? 1);

async function testsIn(workspace) {
  const names = await readdir(join(here, workspace, "src"), { recursive: true }).catch(() => []);
  return names.filter((name) => name.endsWith(".test.ts")).map((name) => join(here, workspace, "src", name));
}

// Builds form_page.ts into the folder that is named: the form alone, with deliveries and pictures of the tests' own.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bundle } from "../../build/bundle.mjs";
import { sheets } from "../../build/sheets.mjs";

const [, , folder] = process.argv;
const { files } = await bundle(["widget/tests/form_page.ts"], { splitting: true, plugins: [sheets], entryNames: "[name]" });
await mkdir(folder, { recursive: true });
await Promise.all([...files].map(([name, bytes]) => writeFile(join(folder, name), bytes)));

// The widget's picture parts alone, in the folder that is named: tests ask them without the widget around them.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bundle } from "./bundle.mjs";
import { sheets } from "./sheets.mjs";

const PARTS = ["annotate/annotate.tsx", "annotate/words.ts", "screenshot/capture.ts", "screenshot/read.ts", "screenshot/share.ts"];

const entries = PARTS.map((part) => join("widget/src", part));
const { files } = await bundle(entries, { plugins: [sheets], splitting: true, entryNames: "[name]" });
await Promise.all([...files].map(([name, bytes]) => writeFile(join(process.argv[2], name), bytes)));

// Builds every workspace into src/lacewing/static: hashed names, compressed twins, one manifest.
import { app } from "./build/app.mjs";
import { npmPackage } from "./build/package.mjs";
import { pages } from "./build/pages.mjs";
import { publish } from "./build/publish.mjs";
import { widget } from "./build/widget.mjs";

await publish([await app(), await pages(), await widget(), await npmPackage()]);

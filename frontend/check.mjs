// What can be checked without a browser: token contrast, that templates and styles name the same classes, the CSP,
// and what the widget weighs.
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { overBudget, widget } from "./build/widget.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const styles = withoutComments(
  new Map([...(await textsIn(join(here, "kit/src"), ".css")), ...(await textsIn(join(here, "pages/src"), ".css"))]),
);
const templates = await textsIn(join(here, "../src/lacewing/http/dashboard/templates"), ".html");

const appStyles = withoutComments(await textsIn(join(here, "dashboard/src"), ".css"));
const appMarkup = new Map([
  ...(await textsIn(join(here, "dashboard/src"), ".tsx")),
  ...(await textsIn(join(here, "dashboard/src"), ".ts")),
]);
// Read, triaged and closed with (docs/adr/0014); settings and their words are loaded when somebody opens them.
const MOST_APP_BYTES = 90 * 1024;
const MOST_SETTINGS_BYTES = 30 * 1024;
// In another language than the server's, loaded with the first refusal.
const MOST_REFUSALS_BYTES = 4 * 1024;
const { weights } = await widget();

const findings = [
  ...lowContrast(styles),
  ...strayClasses(styles, templates),
  ...strayClasses(appStyles, appMarkup),
  ...refusedByCsp(templates),
  ...(await overweight()),
  ...overBudget(weights),
];
for (const finding of findings) console.error(finding);
if (findings.length > 0) process.exit(1);
console.log(`${styles.size} style sheets and ${templates.size} templates agree`);
const told = Object.entries(weights).map(([part, bytes]) => `${part} ${bytes}`);
console.log(`the widget has, bytes gzip: ${told.join(", ")}`);

async function textsIn(folder, extension) {
  const names = await readdir(folder, { recursive: true });
  const wanted = names.filter((name) => name.endsWith(extension));
  return new Map(await Promise.all(wanted.map(async (name) => [name, await readFile(join(folder, name), "utf8")])));
}

function withoutComments(styles) {
  return new Map([...styles].map(([file, css]) => [file, css.replace(/\/\*[^]*?\*\//g, "")]));
}

function lowContrast(styles) {
  const tokens = tokensIn(styles.get("tokens.css"));
  const words = ["text", "muted", "accent", "critical", "high", "medium", "low"];
  const pairs = [
    ...["background", "surface"].flatMap((under) => words.map((over) => [over, under, 4.5])),
    ...["background", "surface"].map((under) => ["edge", under, 3]),
    ...["accent", "accent-deep"].map((under) => ["on-accent", under, 4.5]),
    ...["wash", "selected", "hover"].map((under) => ["text", under, 4.5]),
    ["accent", "wash", 4.5],
  ];
  return pairs.flatMap(([over, under, least]) =>
    ["light", "dark"].flatMap((theme, at) => {
      const ratio = contrast(tokens.get(over)[at], tokens.get(under)[at]);
      return ratio < least ? [`${theme}: --${over} on --${under} is ${ratio.toFixed(2)}:1, below ${least}:1`] : [];
    }),
  );
}

function tokensIn(css) {
  const declarations = css.matchAll(/--([\w-]+):\s*light-dark\((#\w{6}),\s*(#\w{6})\)/g);
  return new Map([...declarations].map(([, name, light, dark]) => [name, [light, dark]]));
}

// WCAG 2.2, relative luminance and contrast ratio.
function contrast(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

function luminance(hex) {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** A class that is styled and never used. The other way is no fault: a class may only carry meaning. */
function strayClasses(styles, templates) {
  const markup = [...templates.values()].join("\n");
  // "severity-critical" is written "severity-{{ value }}", in a script "severity-${value}".
  const made = new Set([...markup.matchAll(/([a-z]+-)(?:\{\{|\$\{)/g)].map(([, prefix]) => prefix));
  const used = new Set(markup.match(/[\w-]+/g));
  return [...styles].flatMap(([file, css]) =>
    [...new Set(css.match(/(?<=\.)[a-z][\w-]*(?=[^{};]*\{)/g))]
      .filter((name) => !used.has(name) && !made.has(name.replace(/[^-]*$/, "")))
      .map((name) => `${file}: .${name} is in no template`),
  );
}

/** Entry, pages, style sheet and the longer language; and of these what is only opened to set something up. */
async function overweight() {
  const built = join(here, "../src/lacewing/static");
  const mine = (await readdir(built)).filter((name) => /^(?:main|app)-.*[.](?:js|css)[.]gz$/.test(name));
  const sizes = new Map(await Promise.all(mine.map(async (name) => [name, (await readFile(join(built, name))).length])));
  const of = (pattern) => mine.filter((name) => pattern.test(name)).map((name) => sizes.get(name));
  const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
  const words = of(/^app-(?:en|de)_settings-/);
  const refusals = sum(of(/^app-de_refusals-/));
  const settings = sum(of(/^app-settings-/)) + Math.max(...words);
  const daily = sum([...sizes.values()]) - Math.min(...of(/^app-(?:en|de)-/)) - settings - Math.min(...words) - refusals;
  console.log(`the dashboard has ${daily} bytes gzip in the longer language, its settings ${settings}, refusals ${refusals}`);
  return [
    ...(daily > MOST_APP_BYTES ? [`the dashboard is ${daily} bytes gzipped, over ${MOST_APP_BYTES}`] : []),
    ...(refusals > MOST_REFUSALS_BYTES ? [`its refusals are ${refusals} bytes gzipped, over ${MOST_REFUSALS_BYTES}`] : []),
    ...(settings > MOST_SETTINGS_BYTES ? [`its settings are ${settings} bytes gzipped, over ${MOST_SETTINGS_BYTES}`] : []),
  ];
}

/** The pages are served without 'unsafe-inline', and a script is a built file. */
function refusedByCsp(templates) {
  return [...templates].flatMap(([file, markup]) =>
    (markup.match(/<(?:script(?! type="module" src="\{\{ asset\(| src="\/widget\.js")|style|iframe)\b|\s(?:style|on[a-z]+)=["']|\|\s*safe\b/g) ?? []).map(
      (found) => `${file}: ${found.trim()} is refused by the content security policy, or is not escaped`,
    ),
  );
}

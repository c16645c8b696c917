/** The web fonts that the page has loaded, as rules that the engine can carry along. */
import { fetchOwn } from "./own.ts";

export interface Fonts {
  readonly css: string;
  /** Loaded in the page, and not to be had for the picture. */
  readonly missing: number;
}

export async function loadedFonts(): Promise<Fonts> {
  const faces = await Promise.all(fontRules().filter(isLoaded).map(carried));
  const carriedAlong = faces.filter((rule) => rule !== null);
  return { css: carriedAlong.join("\n"), missing: faces.length - carriedAlong.length };
}

function fontRules(): CSSFontFaceRule[] {
  return [...document.styleSheets, ...document.adoptedStyleSheets].flatMap((sheet) => [...rulesIn(sheet)]);
}

/** Of a style sheet of another origin nothing may be read. */
function* rulesIn(sheet: CSSStyleSheet | CSSGroupingRule): Generator<CSSFontFaceRule> {
  for (const rule of readableRules(sheet)) {
    if (rule instanceof CSSFontFaceRule) yield rule;
    else if (rule instanceof CSSImportRule && rule.styleSheet) yield* rulesIn(rule.styleSheet);
    else if (rule instanceof CSSGroupingRule) yield* rulesIn(rule);
  }
}

function readableRules(sheet: CSSStyleSheet | CSSGroupingRule): readonly CSSRule[] {
  try {
    return [...sheet.cssRules];
  } catch {
    return [];
  }
}

function isLoaded({ style }: CSSFontFaceRule): boolean {
  const told = (name: string, initial: string) => style.getPropertyValue(name) || initial;
  const [family, weight, slant] = [told("font-family", ""), told("font-weight", "normal"), told("font-style", "normal")];
  const range = told("unicode-range", "U+0-10FFFF");
  return [...document.fonts].some(
    (face) =>
      face.status === "loaded" &&
      plain(face.family) === plain(family) &&
      face.weight === weight &&
      face.style === slant &&
      plain(face.unicodeRange) === plain(range),
  );
}

function plain(words: string): string {
  return words.replace(/["'\s]/g, "").toLowerCase();
}

/** The rule with the font itself in the place of its address; null: it can not be had. */
async function carried(rule: CSSFontFaceRule): Promise<string | null> {
  const address = addressIn(rule.style.getPropertyValue("src"));
  if (!address || address.startsWith("data:")) return rule.cssText;
  try {
    const answer = await fetchOwn(new URL(address, rule.parentStyleSheet?.href ?? location.href));
    if (!answer.ok) return null;
    return rule.cssText.replace(/src:[^;]+;/, `src: url("${await dataUrl(await answer.blob())}");`);
  } catch {
    return null;
  }
}

/** The first that a browser of today would take; undefined: only fonts of the machine. */
function addressIn(sources: string): string | undefined {
  const addresses = [...sources.matchAll(/url\(["']?([^"')]+)/g)].map(([, address]) => address);
  return addresses.find((address) => !/\.(?:eot|svg)\b/.test(address ?? "")) ?? addresses[0];
}

function dataUrl(blob: Blob): Promise<string> {
  return new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result));
    reader.onerror = () => fail(reader.error);
    reader.readAsDataURL(blob);
  });
}

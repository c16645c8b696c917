/** Which language, and its words. English comes with the form; the others when they are wanted. */
import type { AnnotateWords } from "../annotate/words.ts";
import type { Words } from "./words/english.ts";

export interface Catalogue {
  readonly words: Words;
  readonly annotate: AnnotateWords;
}

const OTHERS: Readonly<Record<string, () => Promise<Catalogue>>> = {
  de: () => import("./words/german.ts"),
  es: () => import("./words/spanish.ts"),
  fr: () => import("./words/french.ts"),
  ja: () => import("./words/japanese.ts"),
  "zh-hant": () => import("./words/chinese.ts"),
};

/** What was asked for, else the page's language, else the first that the browser's person reads. */
export function languageOf(asked: string | null): string {
  return languageIn([asked, document.documentElement.lang, navigator.language]);
}

export function languageIn(wished: readonly (string | null)[]): string {
  return wished.map((name) => (name ?? "").replaceAll("_", "-")).find(isLanguage) ?? "en";
}

/** The browser throws at any other as soon as something is to be written in it. */
function isLanguage(name: string): boolean {
  try {
    return Intl.getCanonicalLocales(name || "?").length > 0;
  } catch {
    return false;
  }
}

/** What is in English is not to be read out, nor laid out, as if it were the page's language. */
export function spokenIn(language: string, own: object): string {
  return nameOf(language) in OTHERS || Object.keys(own).length > 0 ? language : "en";
}

/** Null is English: where there are no others, or they can not be loaded. */
export async function loadCatalogue(language: string): Promise<Catalogue | null> {
  return (await OTHERS[nameOf(language)]?.().catch(() => null)) ?? null;
}

/** A page's own have the prefix "annotate.", such as "annotate.pen". */
export async function annotateWordsOf(catalogue: Catalogue | null, own: Readonly<Record<string, string>>): Promise<AnnotateWords> {
  const words = catalogue?.annotate ?? (await import("../annotate/words.ts")).annotateWords;
  return Object.fromEntries(Object.entries(words).map(([name, word]) => [name, own[`annotate.${name}`] ?? word])) as AnnotateWords;
}

/** Chinese is told apart by its script: Taiwan, Hong Kong and Macau write the traditional one. */
export function nameOf(language: string): string {
  const [name = "", ...rest] = language.toLowerCase().split(/[-_]/);
  return name === "zh" && rest.some((part) => /^(hant|tw|hk|mo)$/.test(part)) ? "zh-hant" : name;
}

export const isRightToLeft = (language: string): boolean => /^(ar|dv|fa|he|iw|ku|ps|sd|ug|ur|yi)\b/i.test(language);

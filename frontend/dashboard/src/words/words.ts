// What the page says, in the language of its document. A word is added to a file in en/ and to its twin in de/.
import type { en } from "./en.ts";

/** What depends on a number has a form for each of the language's plural categories; `{count}` chooses. */
export interface Plural {
  readonly one: string;
  readonly other: string;
}
export type Word = string | Plural;
export type Key = keyof typeof en;
export type Catalogue = Readonly<Record<Key, Word>>;
export type Values = Readonly<Record<string, string | number>>;

// Empty until loaded: the entry waits for that.
let catalogue = {} as Catalogue;
let rules = new Intl.PluralRules("en");
let numbers = new Intl.NumberFormat("en");
export let language = "en";

/** Nobody loads two of them. */
export async function loadWords(wanted: string): Promise<void> {
  language = wanted === "de" ? "de" : "en";
  rules = new Intl.PluralRules(language);
  numbers = new Intl.NumberFormat(language);
  catalogue = language === "de" ? (await import("./de.ts")).de : (await import("./en.ts")).en;
}

export function t(key: Key, values: Values = {}): string {
  const word = catalogue[key];
  const text = typeof word === "string" ? word : formOf(word, values["count"]);
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => written(values[name], whole));
}

/** For what is named by the server, which may know more. */
export function isKey(text: string): text is Key {
  return Object.hasOwn(catalogue, text);
}

export function number(value: number): string {
  return numbers.format(value);
}

function formOf(word: Plural, count: string | number | undefined): string {
  return rules.select(Number(count ?? 0)) === "one" ? word.one : word.other;
}

function written(value: string | number | undefined, otherwise: string): string {
  if (value === undefined) return otherwise;
  return typeof value === "number" ? numbers.format(value) : value;
}

// What the page says, in the language of its document. A word is added to a file in en/ and to its twin in de/.
import type { en } from "./en.ts";
import type { en as enSettings } from "./en_settings.ts";

/** What depends on a number has a form for each of the language's plural categories; `{count}` chooses. */
export interface Plural {
  readonly one: string;
  readonly other: string;
}
export type Word = string | Plural;
type SettingsKey = keyof typeof enSettings;
export type Key = keyof typeof en | SettingsKey;
export type Catalogue = Readonly<Record<keyof typeof en, Word>>;
export type SettingsCatalogue = Readonly<Record<SettingsKey, Word>>;
export type Values = Readonly<Record<string, string | number>>;

// Empty until loaded: the entry waits for that.
let catalogue = {} as Catalogue & SettingsCatalogue;
let rules = new Intl.PluralRules("en");
let numbers = new Intl.NumberFormat("en");
export let language = "en";

/** Nobody loads two of them. */
export async function loadWords(wanted: string): Promise<void> {
  language = wanted === "de" ? "de" : "en";
  rules = new Intl.PluralRules(language);
  numbers = new Intl.NumberFormat(language);
  add(language === "de" ? (await import("./de.ts")).de : (await import("./en.ts")).en);
}

/** With the pages that need them: most people open none of these all day. */
export async function loadSettingsWords(): Promise<void> {
  add(language === "de" ? (await import("./de_settings.ts")).de : (await import("./en_settings.ts")).en);
}

function add(words: Catalogue | SettingsCatalogue): void {
  catalogue = { ...catalogue, ...words };
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

// What could stand where somebody is typing.
import { CATEGORIES, SEVERITIES } from "../store/bug.ts";
import { isCalled, type Named } from "./meaning.ts";
import { caseFolded, STATUS_WORDS } from "./readers.ts";
import { HAS, IS, type Name, NAMES, printedValue, SORTS } from "./values.ts";

export interface Offer {
  /** What is written in place of the text from `from` to `to`. */
  readonly text: string;
  /** What is shown, where that is another: a person's name. */
  readonly shown: string;
  /** The offer is of a whole part: a space follows. */
  readonly isWhole: boolean;
}
export interface Completion {
  readonly from: number;
  readonly to: number;
  readonly offers: readonly Offer[];
}

/** What is known of the project: its people, labels, and what its evidence names. */
export interface Known {
  readonly people: readonly Named[];
  readonly labels: readonly string[];
  readonly browsers: readonly string[];
  readonly systems: readonly string[];
}

const MOST_OFFERS = 10;
const NO_NAMES: readonly string[] = ["me", "none"];
const WORDS: Partial<Readonly<Record<Name, readonly string[]>>> = {
  category: CATEGORIES,
  created: [">7d", ">30d", "<30d"],
  has: HAS,
  is: IS,
  resolved: [">7d", ">30d"],
  severity: SEVERITIES,
  sort: SORTS,
  status: STATUS_WORDS,
  updated: [">7d", "<30d", "<90d"],
};

export function complete(text: string, caret: number, known: () => Known): Completion | null {
  const before = text.slice(0, caret);
  const from = before.length - (/[^\s]*$/.exec(before)?.[0].length ?? 0);
  const word = before.slice(from);
  const to = caret + (/^[^\s]*/.exec(text.slice(caret))?.[0].length ?? 0);
  if (word.includes('"')) return null;
  const offers = word.includes(":") ? valuesFor(word, known) : namesFor(word);
  return offers.length === 0 ? null : { from, to, offers };
}

/** What the text becomes, and where the caret is then. */
export function accepted(text: string, { from, to }: Completion, offer: Offer): { readonly text: string; readonly caret: number } {
  const rest = text.slice(to);
  const gap = offer.isWhole && !rest.startsWith(" ") ? " " : "";
  const head = text.slice(0, from) + offer.text + gap;
  return { text: head + rest, caret: head.length + (offer.isWhole && gap === "" ? 1 : 0) };
}

function namesFor(word: string): readonly Offer[] {
  const dash = word.startsWith("-") ? "-" : "";
  const begun = word.slice(dash.length).toLowerCase();
  return NAMES.filter((name) => name.startsWith(begun) && name !== begun).map((name) => ({ text: `${dash}${name}:`, shown: `${dash}${name}:`, isWhole: false }));
}

function valuesFor(word: string, known: () => Known): readonly Offer[] {
  const colon = word.indexOf(":");
  const name = NAMES.find((each) => each === word.slice(0, colon).replace(/^-/, "").toLowerCase());
  if (name === undefined) return [];
  const cut = Math.max(colon, word.lastIndexOf(",")) + 1;
  const [head, begun] = [word.slice(0, cut), word.slice(cut).toLowerCase()];
  const taken = word.slice(colon + 1, cut).split(",");
  return valuesOf(name, known)
    .filter(({ value, shown }) => !taken.includes(value) && begins(shown, begun) && value !== begun)
    .slice(0, MOST_OFFERS)
    .map(({ value, shown }) => ({ text: head + printedValue(value), shown: head + shown, isWhole: true }));
}

function begins(shown: string, begun: string): boolean {
  return shown.toLowerCase().split(/\s+/).some((part) => part.startsWith(begun)) || shown.toLowerCase().startsWith(begun);
}

/** The shortest that means this person and nobody else. */
function named(people: readonly Named[]): readonly { readonly value: string; readonly shown: string }[] {
  const isOnly = (value: string): boolean => !NO_NAMES.includes(value) && people.filter(({ name }) => isCalled(name, value)).length === 1;
  return people.map(({ id, name }) => {
    const whole = caseFolded(name);
    return { value: [whole.split(/\s+/)[0] ?? whole, whole].find(isOnly) ?? id, shown: name };
  });
}

function valuesOf(name: Name, known: () => Known): readonly { readonly value: string; readonly shown: string }[] {
  const plain = (words: readonly string[]): readonly { readonly value: string; readonly shown: string }[] => words.map((word) => ({ value: word, shown: word }));
  switch (name) {
    case "assignee":
      return [...plain(NO_NAMES), ...named(known().people)];
    case "label":
      return plain([...known().labels, "none"]);
    case "browser":
      return plain([...known().browsers, "none"]);
    case "os":
      return plain([...known().systems, "none"]);
    default:
      return plain(WORDS[name] ?? []);
  }
}

// Text to values, from left to right; docs/query-language.md has the grammar. Throws nothing but a Mistake.
import { readers } from "./readers.ts";
import { Mistake, type Name, NAMES, type Part, type Qualifier, type Query, type Value } from "./values.ts";

export const LONGEST_QUERY = 1000;
export const MOST_PARTS = 32;
export const MOST_VALUES = 20;

// What Python's str.isspace() takes for a space.
const SPACE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const SPACES = new RegExp(`[${SPACE}]*`, "y");
const QUALIFIER = new RegExp(`([A-Za-z]+):(?=[^${SPACE}])`, "y");
const BARE_VALUE = new RegExp(`[^${SPACE},"]+`, "y");
const WORD = new RegExp(`[^${SPACE}]+`, "y");
const QUOTED = /"((?:[^"\\]|\\[^])*)"/y;
const BLANK = new RegExp(`^[${SPACE}]*$`);
const SINGLE: ReadonlySet<Name> = new Set<Name>(["code", "created", "has", "is", "resolved", "sort", "updated"]);
const NEVER_NEGATED: ReadonlySet<Name> = new Set<Name>(["code", "sort"]);

export function parse(text: string): Query {
  const characters = Array.from(text);
  if (characters.length > LONGEST_QUERY) throw new Mistake("too_long", characters.slice(0, LONGEST_QUERY).join("").length, text.length);
  const nul = text.indexOf("\0");
  if (nul >= 0) throw new Mistake("nul_character", nul, nul + 1);
  return { parts: new Parser(text).parts() };
}

export function parseOrNull(text: string): Query | null {
  try {
    return parse(text);
  } catch {
    return null;
  }
}

class Parser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  parts(): readonly Part[] {
    const parts: Part[] = [];
    for (;;) {
      this.#take(SPACES);
      if (this.#at >= this.#text.length) return parts;
      const from = this.#at;
      parts.push(this.#part());
      if (parts.length > MOST_PARTS) throw new Mistake("too_many_parts", from, this.#text.length);
    }
  }

  #part(): Part {
    const from = this.#at;
    const after = this.#text[from + 1] ?? "";
    const isNegated = this.#text[from] === "-" && !BLANK.test(after);
    if (isNegated) this.#at++;
    const found = this.#match(QUALIFIER);
    if (found !== null && !this.#text.startsWith("//", this.#at + found[0].length)) return this.#qualifier(found[1] ?? "", from, isNegated);
    const isExact = this.#text[this.#at] === '"';
    const text = isExact ? this.#quoted() : this.#take(WORD);
    return { kind: "text", text, isExact, isNegated, from, to: this.#at };
  }

  #qualifier(written: string, from: number, isNegated: boolean): Qualifier {
    const name = NAMES.find((each) => each === written.toLowerCase());
    if (name === undefined) throw new Mistake("unknown_field", this.#at, this.#at + written.length, written);
    this.#at += written.length + 1;
    const values = [this.#value(name)];
    while (this.#text[this.#at] === ",") {
      this.#at++;
      values.push(this.#value(name));
    }
    if (values.length > (SINGLE.has(name) ? 1 : MOST_VALUES)) throw new Mistake("too_many_values", from, this.#at, name);
    if (isNegated && NEVER_NEGATED.has(name)) throw new Mistake("not_negatable", from, this.#at, name);
    return { kind: "qualifier", name, values, isNegated, from, to: this.#at };
  }

  #value(name: Name): Value {
    const from = this.#at;
    const written = this.#text[from] === '"' ? this.#quoted() : this.#take(BARE_VALUE);
    if (BLANK.test(written)) throw new Mistake("blank", from, Math.max(from + 1, this.#at), name);
    const value = readers[name](written);
    if (value === null) throw new Mistake("not_allowed", from, this.#at, name);
    return value;
  }

  #quoted(): string {
    const found = this.#match(QUOTED);
    if (found === null) throw new Mistake("unterminated", this.#at, this.#text.length);
    this.#at += found[0].length;
    return (found[1] ?? "").replace(/\\([^])/g, "$1");
  }

  #take(pattern: RegExp): string {
    const found = this.#match(pattern)?.[0] ?? "";
    this.#at += found.length;
    return found;
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#text);
  }
}

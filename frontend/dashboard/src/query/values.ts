// A query as values: the twin of reports/query_values.py and query_language.py. vectors.json holds the two together.

export const NAMES = ["assignee", "browser", "category", "code", "created", "has", "is", "label", "number", "os", "page", "project", "reporter", "resolved", "severity", "sort", "status", "updated"] as const;
export type Name = (typeof NAMES)[number];
export const IS = ["assigned", "closed", "duplicate", "merged", "open", "unassigned"] as const;
export const HAS = ["assignee", "comment", "duplicate", "error", "label", "reporter", "screenshot"] as const;
export const SORTS = ["newest", "oldest", "updated", "severity"] as const;
export type SortBy = (typeof SORTS)[number];

export interface Ago {
  readonly kind: "ago";
  readonly count: number;
  readonly unit: string;
}
export interface Calendar {
  readonly kind: "calendar";
  readonly year: number;
  readonly month: number | null;
  readonly day: number | null;
}
export type Moment = Ago | Calendar;
export interface Compared {
  readonly kind: "compared";
  readonly operator: string;
  readonly moment: Moment;
}
export interface Between {
  readonly kind: "between";
  readonly first: Moment;
  readonly last: Moment;
}
export type Value = string | Compared | Between;

/** Where it stands in the text, in UTF-16 units. */
interface Place {
  readonly from: number;
  readonly to: number;
}
export interface Text extends Place {
  readonly kind: "text";
  readonly text: string;
  readonly isExact: boolean;
  readonly isNegated: boolean;
}
export interface Qualifier extends Place {
  readonly kind: "qualifier";
  readonly name: Name;
  readonly values: readonly Value[];
  readonly isNegated: boolean;
}
export type Part = Text | Qualifier;
export interface Query {
  readonly parts: readonly Part[];
}

export type MistakeCode = "blank" | "not_allowed" | "not_negatable" | "nul_character" | "too_long" | "too_many_parts" | "too_many_values" | "unknown_field" | "unterminated";

export class Mistake extends Error {
  readonly code: MistakeCode;
  readonly from: number;
  readonly to: number;
  /** The qualifier that it is of, or what was taken for one. */
  readonly about: string;

  constructor(code: MistakeCode, from: number, to: number, about = "") {
    super(code);
    this.code = code;
    this.from = from;
    this.to = to;
    this.about = about;
  }
}

/** The canonical text: it parses to the same query. */
export function printed({ parts }: Query): string {
  return parts.map(printedPart).join(" ");
}

export function sortOf({ parts }: Query): SortBy | null {
  const named = parts.findLast((part) => part.kind === "qualifier" && part.name === "sort");
  return named?.kind === "qualifier" ? (named.values[0] as SortBy) : null;
}

function printedPart(part: Part): string {
  const dash = part.isNegated ? "-" : "";
  if (part.kind === "text") return dash + (part.isExact ? quoted(part.text) : part.text);
  return `${dash}${part.name}:${part.values.map(printedValue).join(",")}`;
}

export function printedValue(value: Value): string {
  if (typeof value === "string") return value !== "" && !/[\s,"\\\x1c-\x1f\x85]/.test(value) ? value : quoted(value);
  if (value.kind === "between") return `${printedMoment(value.first)}..${printedMoment(value.last)}`;
  return value.operator + printedMoment(value.moment);
}

function printedMoment(moment: Moment): string {
  if (moment.kind === "ago") return `${moment.count}${moment.unit}`;
  const rest = [moment.month, moment.day].filter((part) => part !== null);
  return [String(moment.year).padStart(4, "0"), ...rest.map((part) => String(part).padStart(2, "0"))].join("-");
}

function quoted(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

// What a query finds among bugs in memory: the twin of reports/query_meaning.py.
import { type Bug, isOpen } from "../store/bug.ts";
import { folded } from "./folding.ts";
import { caseFolded } from "./readers.ts";
import { type Between, type Compared, type Moment, NAMES, type Qualifier, type Query, type SortBy, sortOf, type Text, type Value } from "./values.ts";

export type Test = (bug: Bug) => boolean;

export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface Asker {
  readonly me: string | null;
  readonly now: number;
  /** Who can be meant by a name. */
  readonly people: readonly Named[];
  /** The last word may still be typed: what begins so is found, too. */
  readonly isTyping: boolean;
}

const HOUR = 3_600_000;
const HOURS: Readonly<Record<string, number>> = { h: 1, d: 24, w: 168, y: 8760 };
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const ALWAYS: Test = () => true;
// What stands in no sync: only the server knows.
const ELSEWHERE: ReadonlySet<string> = new Set(["comment", "screenshot"]);

export function testOf(query: Query, asker: Asker): Test {
  const tests = query.parts.map((part, at) => {
    const isTyping = asker.isTyping && at === query.parts.length - 1;
    const test = part.kind === "text" ? wordTest(part, isTyping) : qualifierTest(part, { ...asker, isTyping });
    return part.isNegated ? (bug: Bug) => !test(bug) : test;
  });
  return (bug) => tests.every((test) => test(bug));
}

/** Whether the open bugs in memory are all that it can find, and all that decides it is known of them. */
export function isAnsweredHere({ parts }: Query): boolean {
  return isOfOpen({ parts }) && !parts.some((part) => part.kind === "text" || (part.name === "has" && ELSEWHERE.has(String(part.values[0]))));
}

/** Whether it finds open bugs only. */
export function isOfOpen({ parts }: Query): boolean {
  return parts.some((part) => part.kind === "qualifier" && !part.isNegated && isOpenOnly(part));
}

/** Without a last word that may become a qualifier, `sev` or `severity:`; null if there is none. */
export function withoutBeginning({ parts }: Query): Query | null {
  const last = parts.at(-1);
  if (last?.kind !== "text" || last.isExact) return null;
  const begun = last.text.toLowerCase();
  return NAMES.some((name) => `${name}:`.startsWith(begun)) ? { parts: parts.slice(0, -1) } : null;
}

export function comparerOf(query: Query): (one: Bug, other: Bug) => number {
  return COMPARERS[sortOf(query) ?? "newest"];
}

const RANK: Readonly<Record<Bug["severity"], number>> = { low: 0, medium: 1, high: 2, critical: 3 };
const newest = (one: Bug, other: Bug): number => other.createdAt - one.createdAt || (one.id < other.id ? 1 : -1);
const COMPARERS: Readonly<Record<SortBy, (one: Bug, other: Bug) => number>> = {
  newest,
  oldest: (one, other) => newest(other, one),
  updated: (one, other) => other.updatedAt - one.updatedAt || (one.id < other.id ? 1 : -1),
  severity: (one, other) => RANK[other.severity] - RANK[one.severity] || newest(one, other),
};

function isOpenOnly({ name, values }: Qualifier): boolean {
  if (name === "is") return values[0] === "open";
  return name === "status" && values.every((value) => value !== "resolved" && value !== "closed" && value !== "dismissed");
}

function wordTest({ text, isExact }: Text, isTyping: boolean): Test {
  const words = folded(text).match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  if (words.length === 0) return () => false;
  // Whole words, one after the other, but for the one that is being typed, and scripts without spaces.
  const isUnspaced = UNSPACED.test(text);
  const begin = isUnspaced ? "" : "(?<![\\p{L}\\p{N}\\p{M}])";
  const end = isUnspaced || (isTyping && !isExact) ? "" : "(?![\\p{L}\\p{N}\\p{M}])";
  const found = new RegExp(begin + words.join("[^\\p{L}\\p{N}\\p{M}]+") + end, "u");
  return (bug) => found.test(bug.words);
}

function qualifierTest(part: Qualifier, asker: Asker): Test {
  const [first] = part.values;
  switch (part.name) {
    case "sort":
      return ALWAYS;
    case "is":
      return IS_TESTS[String(first)] ?? ALWAYS;
    case "has":
      return HAS_TESTS[String(first)] ?? ALWAYS;
    case "created":
      return timeTest(first, asker.now, (bug) => bug.createdAt);
    case "updated":
      return timeTest(first, asker.now, (bug) => bug.updatedAt);
    case "resolved":
      return timeTest(first, asker.now, (bug) => bug.resolvedAt);
    default: {
      const tests = part.values.map((value) => valueTest(part.name, String(value), asker));
      return (bug) => tests.some((test) => test(bug));
    }
  }
}

const IS_TESTS: Readonly<Record<string, Test>> = {
  open: isOpen,
  closed: (bug) => !isOpen(bug),
  assigned: (bug) => bug.assigneeId !== null,
  unassigned: (bug) => bug.assigneeId === null,
  merged: (bug) => bug.mergedIntoId !== null,
  duplicate: (bug) => bug.mergedIntoId !== null,
};
const HAS_TESTS: Readonly<Record<string, Test>> = {
  assignee: (bug) => bug.assigneeId !== null,
  duplicate: (bug) => bug.duplicates > 0,
  error: (bug) => bug.hasError,
  label: (bug) => bug.labels.length > 0,
  reporter: (bug) => bug.reporter !== null,
};
const STATUS_SETS: Readonly<Record<string, readonly string[]>> = { open: ["new", "triaging"], dismissed: ["closed"] };

function valueTest(name: Qualifier["name"], value: string, asker: Asker): Test {
  const isNone = value.toLowerCase() === "none";
  switch (name) {
    case "status":
      return (bug) => (STATUS_SETS[value] ?? [value]).includes(bug.status);
    case "severity":
      return (bug) => bug.severity === value;
    case "category":
      return (bug) => bug.category === value;
    case "assignee":
      return personTest(value, asker);
    case "number":
      return (bug) => bug.number === Number(value);
    case "code":
      return (bug) => bug.trackingId === value;
    case "project":
      return (bug) => bug.trackingId.startsWith(`${value}-`);
    case "label":
      return (bug) => (isNone ? bug.labels.length === 0 : bug.labels.some((label) => caseFolded(label) === value));
    case "page":
      return (bug) => (isNone ? bug.page === null : (bug.page?.toLowerCase().includes(value) ?? false));
    case "browser":
      return (bug) => (isNone ? bug.browser === null : bug.browser === value);
    case "os":
      return (bug) => (isNone ? bug.os === null : bug.os === value);
    case "reporter":
      return (bug) => (isNone ? bug.reporter === null : bug.reporter === value);
    default:
      return ALWAYS;
  }
}

function personTest(value: string, { me, people, isTyping }: Asker): Test {
  if (value === "none") return (bug) => bug.assigneeId === null;
  if (value === "me") return (bug) => bug.assigneeId === (me ?? "");
  const ids = new Set(people.filter(({ name }) => isCalled(name, value, isTyping)).map(({ id }) => id));
  return (bug) => bug.assigneeId === value || ids.has(bug.assigneeId ?? "");
}

/** By the whole name, or by one word of it. */
export function isCalled(name: string, value: string, isTyping = false): boolean {
  const whole = caseFolded(name);
  return [whole, ...whole.split(/\s+/)].some((each) => (isTyping ? each.startsWith(value) : each === value));
}

function timeTest(value: Value | undefined, now: number, at: (bug: Bug) => number | null): Test {
  if (value === undefined || typeof value === "string") return ALWAYS;
  const [begin, end] = boundsOf(value, now);
  return (bug) => {
    const moment = at(bug);
    return moment !== null && moment >= begin && moment < end;
  };
}

function boundsOf(value: Compared | Between, now: number): readonly [number, number] {
  if (value.kind === "between") return [spanOf(value.first, now)[0], spanOf(value.last, now)[1]];
  const [begin, end] = spanOf(value.moment, now);
  switch (value.operator) {
    case ">":
      return [end, Infinity];
    case ">=":
      return [begin, Infinity];
    case "<":
      return [-Infinity, begin];
    case "<=":
      return [-Infinity, end];
    default:
      return [begin, value.moment.kind === "ago" ? Infinity : end];
  }
}

/** From its first instant to the first after it; what lies so long ago is one instant. */
function spanOf(moment: Moment, now: number): readonly [number, number] {
  if (moment.kind === "ago") {
    const begun = Math.max(0, now - moment.count * (HOURS[moment.unit] ?? 0) * HOUR);
    return [begun, begun];
  }
  const { year, month, day } = moment;
  const begin = Date.UTC(year, (month ?? 1) - 1, day ?? 1);
  if (day !== null) return [begin, begin + 24 * HOUR];
  return [begin, month === null ? Date.UTC(year + 1, 0, 1) : Date.UTC(year, month, 1)];
}

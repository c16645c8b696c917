// What each qualifier takes for a value; null is what it does not.
import { CATEGORIES, SEVERITIES, STATUSES } from "../store/bug.ts";
import { HAS, IS, type Moment, type Name, SORTS, type Value } from "./values.ts";

export const STATUS_WORDS: readonly string[] = [...STATUSES, "open", "dismissed"];
const AGO = /^([0-9]{1,4})([hdwy])$/;
const CALENDAR = /^([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?$/;
const COMPARED = /^(>=|<=|>|<)?([^]+)$/;
const CODE = /^([A-Za-z0-9]{2,10})-([0-9]{1,9})$/;
const UUID = /^[0-9a-f]{32}$/;

type Reader = (written: string) => Value | null;

const oneOf =
  (words: readonly string[]): Reader =>
  (written) =>
    words.find((word) => word === written.toLowerCase()) ?? null;
const asIs: Reader = (written) => written;
/** As Python's casefold, as far as it differs from lower case in what people write. */
export const caseFolded = (written: string): string => written.toLowerCase().replaceAll("ß", "ss").replaceAll("ς", "σ");

export const readers: Readonly<Record<Name, Reader>> = {
  assignee: person,
  browser: caseFolded,
  category: oneOf(CATEGORIES),
  code,
  created: time,
  has: oneOf(HAS),
  is: oneOf(IS),
  label: caseFolded,
  number: (written) => (/^[0-9]{1,9}$/.test(written) ? String(Number(written)) : null),
  os: caseFolded,
  page: caseFolded,
  project: (written) => written.toUpperCase(),
  reporter: asIs,
  resolved: time,
  severity: oneOf(SEVERITIES),
  sort: oneOf(SORTS),
  status: oneOf(STATUS_WORDS),
  updated: time,
};

function code(written: string): string | null {
  const found = CODE.exec(written);
  return found === null ? null : `${(found[1] ?? "").toUpperCase()}-${Number(found[2])}`;
}

function person(written: string): string {
  const word = written.toLowerCase();
  if (word === "me" || word === "none") return word;
  const digits = word.replace(/^urn:uuid:/, "").replace(/[-{}]/g, "");
  return UUID.test(digits) ? digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5") : caseFolded(written);
}

function time(written: string): Value | null {
  const dots = written.indexOf("..");
  if (dots >= 0) {
    const [first, last] = [moment(written.slice(0, dots)), moment(written.slice(dots + 2))];
    return first === null || last === null ? null : { kind: "between", first, last };
  }
  const found = COMPARED.exec(written);
  const at = moment(found?.[2] ?? "");
  return at === null ? null : { kind: "compared", operator: found?.[1] ?? "", moment: at };
}

function moment(written: string): Moment | null {
  const ago = AGO.exec(written);
  if (ago !== null) return { kind: "ago", count: Number(ago[1]), unit: ago[2] ?? "" };
  const found = CALENDAR.exec(written);
  if (found === null) return null;
  const [year, month, day] = [Number(found[1]), partOf(found[2]), partOf(found[3])];
  const isDay = year >= 1970 && year < 3000 && (month ?? 1) >= 1 && (month ?? 1) <= 12 && (day ?? 1) >= 1 && (day ?? 1) <= daysIn(year, month ?? 1);
  return isDay ? { kind: "calendar", year, month, day } : null;
}

function partOf(text: string | undefined): number | null {
  return text === undefined ? null : Number(text);
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

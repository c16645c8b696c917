// Times are relative, with the exact one on hover; all of them move on together, once a minute.
import { signal } from "@preact/signals";
import type { JSX } from "preact";
import { language } from "../words/words.ts";

const MINUTE = 60_000;
const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["year", 365 * 24 * 60 * MINUTE],
  ["month", 30 * 24 * 60 * MINUTE],
  ["week", 7 * 24 * 60 * MINUTE],
  ["day", 24 * 60 * MINUTE],
  ["hour", 60 * MINUTE],
  ["minute", MINUTE],
];
export const now = signal(Date.now());
setInterval(() => (now.value = Date.now()), MINUTE);

let sinceThen: Intl.RelativeTimeFormat | undefined;
let justNow: string | undefined;
let exactly: Intl.DateTimeFormat | undefined;

export function Moment({ at }: { readonly at: number }): JSX.Element {
  return (
    <time dateTime={new Date(at).toISOString()} title={exact(at)}>
      {ago(at, now.value)}
    </time>
  );
}

/** As short as the language can say it: "3m ago", and not "vor 3 m", which is metres. */
export function ago(at: number, present: number): string {
  const passed = at - present;
  const [unit, length] = UNITS.find(([, size]) => Math.abs(passed) >= size) ?? ["minute", MINUTE];
  return relative(Math.trunc(passed / length), unit);
}

export function exact(at: number): string {
  exactly ??= new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "medium" });
  return exactly.format(at);
}

export function day(at: number): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "medium" }).format(at);
}

function relative(count: number, unit: Intl.RelativeTimeFormatUnit): string {
  justNow ??= new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(0, "second");
  sinceThen ??= new Intl.RelativeTimeFormat(language, { style: language === "en" ? "narrow" : "short" });
  return count === 0 ? justNow : sinceThen.format(count, unit);
}

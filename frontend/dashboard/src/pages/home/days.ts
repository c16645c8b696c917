// Days and lengths of time, as home says them. Days are UTC's, as the server counts them.
export const DAYS = 30;
const DAY = 86_400_000;

export interface Day {
  /** `2026-03-02` */
  readonly date: string;
  readonly count: number;
}

/** The last 30 days, also those on which nothing came. */
export function everyDay(told: readonly Day[], present: number): Day[] {
  const counts = new Map(told.map(({ date, count }) => [date, count]));
  return Array.from({ length: DAYS }, (_, at) => {
    const date = new Date(present - (DAYS - 1 - at) * DAY).toISOString().slice(0, 10);
    return { date, count: counts.get(date) ?? 0 };
  });
}

/** As long as it is, in the unit that says it best. */
export function duration(hours: number, language: string): string {
  const [unit, value] = hours < 1 ? (["minute", hours * 60] as const) : hours < 48 ? (["hour", hours] as const) : (["day", hours / 24] as const);
  return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: value < 10 && unit !== "minute" ? 1 : 0 }).format(value);
}

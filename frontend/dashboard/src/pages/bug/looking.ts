// What of the timeline is looked at, as it stands in the address.
import { type Lane, LANES, type Row } from "./evidence.ts";

export type Level = "all" | "warnings" | "errors";
export const LEVELS: readonly Level[] = ["all", "warnings", "errors"];

export interface Choice {
  readonly lane: Lane | "all";
  readonly level: Level;
  readonly find: string;
  readonly row: number | null;
}

export function choiceOf(query: URLSearchParams): Choice {
  const row = query.get("row");
  return {
    lane: LANES.find((lane) => lane === query.get("lane")) ?? "all",
    level: LEVELS.find((level) => level === query.get("level")) ?? "all",
    find: query.get("find") ?? "",
    row: row === null || !/^\d{1,6}$/.test(row) ? null : Number(row),
  };
}

/** In time's order, but of requests those that failed first. */
export function shownOf(rows: readonly Row[], { lane, level, find }: Choice): readonly Row[] {
  const words = find.toLowerCase().split(/\s+/).filter((word) => word !== "");
  const found = rows.filter((row) => (lane === "all" || row.lane === lane) && isOf(level, row) && words.every((word) => row.words.includes(word)));
  return lane === "network" ? found.sort((one, other) => Number(other.isError) - Number(one.isError)) : found;
}

/** Only what a console logs has levels besides errors; actions are what led to them. */
function isOf(level: Level, row: Row): boolean {
  return level === "all" || row.isError || (level === "warnings" && row.isWarning);
}

// What home shows, read in one go.
import { call } from "../../api/client.ts";
import type { OverviewItem, Severity } from "../../api/types.ts";
import { type Bug, bugOf, SEVERITIES } from "../../store/bug.ts";
import { type Day, everyDay } from "./days.ts";

const RECENT = 8;

export interface SeverityCount {
  readonly severity: Severity;
  readonly count: number;
}

export interface Figures {
  readonly overview: OverviewItem;
  readonly days: readonly Day[];
  readonly bySeverity: readonly SeverityCount[];
  readonly recent: readonly Bug[];
}

export async function figuresNow(): Promise<Figures> {
  const [overview, breakdown, page] = await Promise.all([
    call("GET /stats/overview"),
    call("GET /stats/aggregated"),
    call("GET /reports", { query: { page_size: RECENT } }),
  ]);
  return {
    overview,
    days: everyDay(breakdown.bugsByDay, Date.now()),
    bySeverity: SEVERITIES.map((severity) => ({ severity, count: breakdown.bugsBySeverity[severity] ?? 0 })),
    recent: page.items.map((item) => bugOf(item)),
  };
}

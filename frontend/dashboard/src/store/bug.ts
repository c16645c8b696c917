// A bug as lists know it: a row of a sync (docs/sync.md), with what filters compare made ready.
import type { Category, ReportItem, Severity, Status } from "../api/types.ts";
import { folded } from "../query/folding.ts";

export interface Bug {
  readonly id: string;
  readonly projectId: string;
  readonly number: number;
  /** `WEB-42` */
  readonly trackingId: string;
  readonly title: string;
  readonly status: Status;
  readonly severity: Severity;
  readonly category: Category;
  readonly assigneeId: string | null;
  readonly labels: readonly string[];
  readonly page: string | null;
  readonly browser: string | null;
  readonly os: string | null;
  readonly hasError: boolean;
  readonly reporter: string | null;
  readonly mergedIntoId: string | null;
  readonly duplicates: number;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly resolvedAt: number | null;
  /** Title and number as a search compares them. */
  readonly words: string;
}

export const STATUSES: readonly Status[] = ["new", "triaging", "in_progress", "resolved", "closed"];
export const SEVERITIES: readonly Severity[] = ["critical", "high", "medium", "low"];
export const CATEGORIES: readonly Category[] = ["bug", "ui", "performance", "crash", "other"];
const OPEN: ReadonlySet<Status> = new Set<Status>(["new", "triaging", "in_progress"]);

export function isOpen({ status }: Pick<Bug, "status">): boolean {
  return OPEN.has(status);
}

export interface Columns {
  readonly id: readonly string[];
  readonly number: readonly number[];
  readonly title: readonly string[];
  readonly status: readonly Status[];
  readonly severity: readonly Severity[];
  readonly category: readonly Category[];
  readonly assigneeId: readonly (string | null)[];
  readonly labels: readonly (readonly string[] | null)[];
  readonly page: readonly (string | null)[];
  readonly browser: readonly (string | null)[];
  readonly os: readonly (string | null)[];
  readonly hasError: readonly boolean[];
  readonly reporterIdentifier: readonly (string | null)[];
  readonly mergedIntoId: readonly (string | null)[];
  readonly duplicates: readonly number[];
  readonly createdAt: readonly number[];
  readonly updatedAt: readonly number[];
  readonly resolvedAt: readonly (number | null)[];
}

/** The rows of one line of a sync. */
export function bugsOf(columns: Columns, projectId: string, code: string): Bug[] {
  return columns.id.map((id, at) => {
    const number = columns.number[at] ?? 0;
    const title = columns.title[at] ?? "";
    const resolvedAt = columns.resolvedAt[at] ?? null;
    return {
      id,
      projectId,
      number,
      trackingId: `${code}-${number}`,
      title,
      status: columns.status[at] ?? "new",
      severity: columns.severity[at] ?? "low",
      category: columns.category[at] ?? "other",
      assigneeId: columns.assigneeId[at] ?? null,
      labels: columns.labels[at] ?? [],
      page: columns.page[at] ?? null,
      browser: columns.browser[at] ?? null,
      os: columns.os[at] ?? null,
      hasError: columns.hasError[at] ?? false,
      reporter: columns.reporterIdentifier[at] ?? null,
      mergedIntoId: columns.mergedIntoId[at] ?? null,
      duplicates: columns.duplicates[at] ?? 0,
      createdAt: (columns.createdAt[at] ?? 0) * 1000,
      updatedAt: (columns.updatedAt[at] ?? 0) * 1000,
      resolvedAt: resolvedAt === null ? null : resolvedAt * 1000,
      words: wordsOf(title, code, number),
    };
  });
}

/** What a list of the API answers says nothing of the evidence: what was known of that before stays. */
export function bugOf(item: ReportItem, known?: Bug): Bug {
  const number = Number(item.trackingId.slice(item.trackingId.lastIndexOf("-") + 1));
  return {
    id: item.id,
    projectId: item.projectId,
    number,
    trackingId: item.trackingId,
    title: item.title,
    status: item.status,
    severity: item.severity,
    category: item.category,
    assigneeId: item.assigneeId,
    labels: item.labels,
    page: known?.page ?? null,
    browser: known?.browser ?? null,
    os: known?.os ?? null,
    hasError: known?.hasError ?? false,
    reporter: item.reporterIdentifier,
    mergedIntoId: item.mergedIntoId,
    duplicates: item.duplicateCount,
    createdAt: secondOf(item.createdAt),
    updatedAt: secondOf(item.updatedAt),
    resolvedAt: item.resolvedAt === null ? null : secondOf(item.resolvedAt),
    words: wordsOf(item.title, item.trackingId.slice(0, item.trackingId.lastIndexOf("-")), number),
  };
}

/** To the second, as a sync tells it: else a bug that was opened would stand elsewhere among its neighbours. */
function secondOf(instant: string): number {
  return Math.floor(Date.parse(instant) / 1000) * 1000;
}

function wordsOf(title: string, code: string, number: number): string {
  return folded(`${title}\n${code}-${number}`);
}

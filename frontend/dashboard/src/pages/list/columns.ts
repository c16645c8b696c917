// Which columns a list shows, and how high its rows are: somebody's habit, kept in this browser.
import { signal } from "@preact/signals";
import type { SortBy } from "../../query/values.ts";
import type { Key } from "../../words/words.ts";

export const COLUMNS = ["labels", "page", "browser", "reporter", "assignee", "updated", "created"] as const;
export type Column = (typeof COLUMNS)[number];
export type Density = "roomy" | "compact";

interface Look {
  readonly word: Key;
  readonly width: string;
  readonly sorts?: readonly SortBy[];
}
/** Labels stand at the end of the title. */
export const LOOKS: Readonly<Record<Column, Look>> = {
  labels: { word: "column.labels", width: "" },
  page: { word: "column.page", width: "minmax(0, 220px)" },
  browser: { word: "column.browser", width: "96px" },
  reporter: { word: "column.reporter", width: "minmax(0, 160px)" },
  assignee: { word: "column.assignee", width: "minmax(0, 120px)" },
  updated: { word: "column.updated", width: "88px", sorts: ["updated"] },
  created: { word: "column.created", width: "88px", sorts: ["newest", "oldest"] },
};

const COLUMNS_KEPT = "lacewing.columns";
const DENSITY_KEPT = "lacewing.density";
const USUAL: readonly Column[] = ["labels", "assignee", "created"];

export const shownColumns = signal<readonly Column[]>(keptColumns());
export const density = signal<Density>(localStorage.getItem(DENSITY_KEPT) === "compact" ? "compact" : "roomy");

export function toggleColumn(column: Column): void {
  const shown = shownColumns.value;
  shownColumns.value = COLUMNS.filter((each) => (each === column) !== shown.includes(each));
  localStorage.setItem(COLUMNS_KEPT, shownColumns.value.join(","));
}

export function chooseDensity(wanted: Density): void {
  density.value = wanted;
  localStorage.setItem(DENSITY_KEPT, wanted);
}

function keptColumns(): readonly Column[] {
  const kept = localStorage.getItem(COLUMNS_KEPT)?.split(",");
  return kept === undefined ? USUAL : COLUMNS.filter((column) => kept.includes(column));
}

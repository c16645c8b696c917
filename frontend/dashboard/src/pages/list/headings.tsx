import type { JSX } from "preact";
import { parse } from "../../query/language.ts";
import { type SortBy, sortOf } from "../../query/values.ts";
import { t } from "../../words/words.ts";
import { Icon } from "../../ui/icon.tsx";
import { type Column, LOOKS } from "./columns.ts";

interface HeadingsProps {
  readonly columns: readonly Column[];
  readonly text: string;
  readonly onSort: (sort: string) => void;
}

export function Headings({ columns, text, onSort }: HeadingsProps): JSX.Element {
  const sort = presentSort(text);
  return (
    <div class="headings" role="rowgroup">
      <div class="headings-row" role="row" aria-rowindex={1}>
        <span role="columnheader">
          <span class="sr">{t("column.selected")}</span>
        </span>
        <span role="columnheader" class="heading-severity" {...ariaSort(sort === "severity", "descending")}>
          <button type="button" class="heading-button" title={t("column.severity")} onClick={() => onSort(sort === "severity" ? "newest" : "severity")}>
            <span class="sr">{t("column.severity")}</span>
            <Icon name={sort === "severity" ? "chevron" : "sort"} size={14} />
          </button>
        </span>
        <span role="columnheader" class="heading-number">{t("column.number")}</span>
        <span role="columnheader">
          <span class="sr">{t("column.status")}</span>
        </span>
        <span role="columnheader">{t("column.title")}</span>
        {columns.map((column) => (
          <Heading key={column} column={column} sort={sort} onSort={onSort} />
        ))}
      </div>
    </div>
  );
}

function Heading({ column, sort, onSort }: { readonly column: Column; readonly sort: SortBy; readonly onSort: (sort: string) => void }): JSX.Element {
  const { word, sorts } = LOOKS[column];
  if (sorts === undefined) return <span role="columnheader">{t(word)}</span>;
  const isSorted = sorts.includes(sort);
  const next = sorts[(sorts.indexOf(sort) + 1) % sorts.length] ?? "newest";
  return (
    <span role="columnheader" class="heading-when" {...ariaSort(isSorted, sort === "oldest" ? "ascending" : "descending")}>
      <button type="button" class={isSorted ? "heading-button heading-sorted" : "heading-button"} onClick={() => onSort(next)}>
        {t(word)}
        {isSorted && <span class={sort === "oldest" ? "turned" : ""}><Icon name="chevron" size={12} /></span>}
      </button>
    </span>
  );
}

function ariaSort(isSorted: boolean, direction: "ascending" | "descending"): { readonly "aria-sort"?: "ascending" | "descending" } {
  return isSorted ? { "aria-sort": direction } : {};
}

function presentSort(text: string): SortBy {
  try {
    return sortOf(parse(text)) ?? "newest";
  } catch {
    return "newest";
  }
}

// The bugs as a table.
import { type ReadonlySignal, untracked, useComputed, useSignal, useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { ProjectItem } from "../../api/types.ts";
import type { Bug } from "../../store/bug.ts";
import { t } from "../../words/words.ts";
import type { Choice } from "./choice.ts";
import { density, LOOKS, shownColumns } from "./columns.ts";
import { Headings } from "./headings.tsx";
import { Row } from "./row.tsx";
import { show, useSeen, useStillness } from "./seen.ts";

const HEIGHTS = { roomy: 36, compact: 28, narrow: 60 } as const;
const narrow = matchMedia("(width < 640px)");

interface RowsProps {
  readonly project: ProjectItem;
  readonly bugs: ReadonlySignal<readonly Bug[]>;
  readonly choice: Choice;
  readonly text: ReadonlySignal<string>;
  readonly onSort: (sort: string) => void;
  readonly onNearEnd: () => void;
}

export function Rows({ project, bugs, choice, text, onSort, onNearEnd }: RowsProps): JSX.Element {
  const scroller = useRef<HTMLDivElement>(null);
  const isNarrow = useSignal(narrow.matches);
  const height = useComputed(() => (isNarrow.value ? HEIGHTS.narrow : HEIGHTS[density.value]));
  const { from, items, look } = useSeen(scroller, bugs, height, onNearEnd);
  useEffect(() => {
    const change = (): void => {
      isNarrow.value = narrow.matches;
    };
    narrow.addEventListener("change", change);
    return () => narrow.removeEventListener("change", change);
  }, []);
  useLayoutEffect(() => choice.settle(), [bugs.value]);
  useStillness(scroller, bugs, text, height, choice.cursor);
  useSignalEffect(() => {
    // When the cursor moves, not when the list does.
    if (choice.cursor.value !== null) show(scroller, untracked(() => choice.index), height.peek());
  });
  const all = bugs.value;
  const columns = useComputed(() => (isNarrow.value ? [] : shownColumns.value.filter((column) => column !== "labels"))).value;
  const isSelecting = choice.isSelecting.value;
  const active = useComputed(() => (choice.cursor.value === null ? undefined : `bug-${choice.cursor.value}`));
  return (
    <div
      ref={scroller}
      class={`rows rows-${isNarrow.value ? "narrow" : density.value}${isSelecting ? " rows-selecting" : ""}`}
      style={{ "--columns": gridOf(numberWidth(all), columns.map((column) => LOOKS[column].width)) }}
      role="grid"
      tabIndex={0}
      aria-label={t("list.table", { name: project.name })}
      aria-rowcount={all.length + 1}
      aria-multiselectable="true"
      aria-activedescendant={active}
      onFocus={() => choice.cursor.peek() === null && choice.move(0)}
      onScroll={look}
    >
      <Headings columns={columns} text={text.value} onSort={onSort} />
      <div class="rows-all" role="rowgroup" style={{ height: `${all.length * height.value}px` }}>
        <div class="rows-seen" role="presentation" style={{ transform: `translateY(${from * height.value}px)` }}>
          {items.map((bug, at) => (
            <Row key={bug.id} bug={bug} index={from + at} project={project} columns={columns} isNarrow={isNarrow.value} choice={choice} />
          ))}
        </div>
      </div>
    </div>
  );
}

/** Checkbox, severity, number, status, title, and what was chosen. */
function gridOf(number: string, widths: readonly string[]): string {
  return ["20px", "16px", number, "16px", "minmax(160px, 1fr)", ...widths].join(" ");
}

/** Of the longest, in the narrow letters that it is set in, so that headings and rows agree. */
function numberWidth(bugs: readonly Bug[]): string {
  const longest = bugs.reduce((most, bug) => Math.max(most, bug.trackingId.length), 5);
  return `${Math.ceil(longest * 7.5)}px`;
}

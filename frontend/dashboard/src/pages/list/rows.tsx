// The rows that can be seen, of as many as there are; what changes above them does not move them.
import { type ReadonlySignal, useComputed, useSignal, useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { ProjectItem } from "../../api/types.ts";
import type { Bug } from "../../store/bug.ts";
import { t } from "../../words/words.ts";
import type { Choice } from "./choice.ts";
import { density, LOOKS, shownColumns } from "./columns.ts";
import { Headings } from "./headings.tsx";
import { Row } from "./row.tsx";

const BEYOND = 6;
const NEAR_END = 30;
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
  const first = useSignal(0);
  const height = useComputed(() => (isNarrow.value ? HEIGHTS.narrow : HEIGHTS[density.value]));
  const room = useSignal(40);
  const look = (): void => {
    const box = scroller.current;
    if (box === null) return;
    first.value = Math.max(0, Math.floor(box.scrollTop / height.value) - BEYOND);
    room.value = Math.ceil(box.clientHeight / height.value) + 2 * BEYOND;
    if (first.value + room.value + NEAR_END > bugs.value.length) onNearEnd();
  };
  useEffect(() => {
    const change = (): void => {
      isNarrow.value = narrow.matches;
    };
    const observer = new ResizeObserver(look);
    if (scroller.current !== null) observer.observe(scroller.current);
    narrow.addEventListener("change", change);
    return () => {
      observer.disconnect();
      narrow.removeEventListener("change", change);
    };
  }, []);
  useStillness(scroller, bugs, text, height, choice);
  useSignalEffect(() => {
    if (choice.cursor.value !== null) show(scroller.current, choice.index, height.peek());
  });
  const all = bugs.value;
  const from = Math.min(first.value, Math.max(0, all.length - room.value));
  const seen = all.slice(from, from + room.value);
  const columns = useComputed(() => (isNarrow.value ? [] : shownColumns.value.filter((column) => column !== "labels"))).value;
  const active = useComputed(() => (choice.cursor.value === null ? undefined : `bug-${choice.cursor.value}`));
  return (
    <div
      ref={scroller}
      class={`rows rows-${isNarrow.value ? "narrow" : density.value}`}
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
          {seen.map((bug, at) => (
            <Row key={bug.id} bug={bug} index={from + at} project={project} columns={columns} choice={choice} />
          ))}
        </div>
      </div>
    </div>
  );
}

interface Anchor {
  readonly bugs: readonly Bug[];
  readonly text: string;
}

/** Another query starts at the top. Else the row that somebody looks at stays where it is. */
function useStillness(scroller: { readonly current: HTMLDivElement | null }, bugs: ReadonlySignal<readonly Bug[]>, text: ReadonlySignal<string>, height: ReadonlySignal<number>, choice: Choice): void {
  const before = useRef<Anchor>({ bugs: bugs.peek(), text: text.peek() });
  useLayoutEffect(() => {
    const box = scroller.current;
    const { bugs: old, text: oldText } = before.current;
    before.current = { bugs: bugs.value, text: text.value };
    choice.settle();
    if (box === null || old === bugs.value) return;
    if (oldText !== text.value) {
      box.scrollTop = 0;
      return;
    }
    if (box.scrollTop === 0 && choice.cursor.peek() === null) return;
    const at = anchorIn(old, box, height.peek(), choice.cursor.peek());
    const to = bugs.value.findIndex((bug) => bug.id === old[at]?.id);
    if (to >= 0 && to !== at) box.scrollTop += (to - at) * height.peek();
  }, [bugs.value, text.value]);
}

/** The cursor if it is seen, else the first row that is. */
function anchorIn(bugs: readonly Bug[], box: HTMLElement, height: number, cursor: string | null): number {
  const first = Math.ceil(box.scrollTop / height);
  const last = Math.floor((box.scrollTop + box.clientHeight) / height);
  const at = cursor === null ? -1 : bugs.findIndex((bug) => bug.id === cursor);
  return at >= first && at <= last ? at : first;
}

function show(box: HTMLElement | null, index: number, height: number): void {
  if (box === null || index < 0) return;
  const head = box.querySelector<HTMLElement>(".headings")?.offsetHeight ?? 0;
  const top = index * height;
  const seen = box.clientHeight - head;
  if (top < box.scrollTop) box.scrollTop = top;
  else if (top + height > box.scrollTop + seen) box.scrollTop = top + height - seen;
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

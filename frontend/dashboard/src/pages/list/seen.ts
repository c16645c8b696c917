// Of many lines of one height, those that are seen and a few beyond; what changes above them does not move them.
import { type ReadonlySignal, useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

const BEYOND = 6;
export const NEAR_END = 30;

export interface Scroller {
  readonly current: HTMLElement | null;
}

interface Seen<Item> {
  /** How many stand above the first of `items`. */
  readonly from: number;
  readonly items: readonly Item[];
  readonly look: () => void;
}

export function useSeen<Item>(scroller: Scroller, all: ReadonlySignal<readonly Item[]>, height: ReadonlySignal<number>, onNearEnd: () => void): Seen<Item> {
  const first = useSignal(0);
  const room = useSignal(Math.ceil(innerHeight / height.peek()));
  const look = (): void => {
    const box = scroller.current;
    if (box === null) return;
    first.value = Math.max(0, Math.floor(box.scrollTop / height.value) - BEYOND);
    // Nothing beyond before somebody scrolls: what is seen is painted sooner.
    room.value = Math.ceil(box.clientHeight / height.value) + (box.scrollTop === 0 ? 1 : 2 * BEYOND);
    if (first.value + room.value + NEAR_END > all.value.length) onNearEnd();
  };
  useEffect(() => {
    const observer = new ResizeObserver(look);
    if (scroller.current !== null) observer.observe(scroller.current);
    return () => observer.disconnect();
  }, []);
  const from = Math.min(first.value, Math.max(0, all.value.length - room.value));
  return { from, items: all.value.slice(from, from + room.value), look };
}

interface Identified {
  readonly id: string;
}

/** Another query starts at the top. Else the line that somebody looks at stays where it is. */
export function useStillness<Item extends Identified>(scroller: Scroller, all: ReadonlySignal<readonly Item[]>, text: ReadonlySignal<string>, height: ReadonlySignal<number>, cursor: ReadonlySignal<string | null>): void {
  const before = useRef({ items: all.peek(), text: text.peek() });
  useLayoutEffect(() => {
    const box = scroller.current;
    const { items: old, text: oldText } = before.current;
    before.current = { items: all.value, text: text.value };
    if (box === null || old === all.value) return;
    if (oldText !== text.value) {
      box.scrollTop = 0;
      return;
    }
    if (box.scrollTop === 0 && cursor.peek() === null) return;
    const at = anchorIn(old, box, height.peek(), cursor.peek());
    const to = all.value.findIndex(({ id }) => id === old[at]?.id);
    if (to >= 0 && to !== at) box.scrollTop += (to - at) * height.peek();
  }, [all.value, text.value]);
}

/** The cursor if it is seen, else the first line that is. */
function anchorIn(items: readonly Identified[], box: HTMLElement, height: number, cursor: string | null): number {
  const first = Math.ceil(box.scrollTop / height);
  const last = Math.floor((box.scrollTop + box.clientHeight) / height);
  const at = cursor === null ? -1 : items.findIndex(({ id }) => id === cursor);
  return at >= first && at <= last ? at : first;
}

/** Scrolls no further than it takes. */
export function show({ current: box }: Scroller, index: number, height: number): void {
  if (box === null || index < 0) return;
  const head = box.querySelector<HTMLElement>(".headings")?.offsetHeight ?? 0;
  const top = index * height;
  const seen = box.clientHeight - head;
  if (top < box.scrollTop) box.scrollTop = top;
  else if (top + height > box.scrollTop + seen) box.scrollTop = top + height - seen;
}

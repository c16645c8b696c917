// Bugs on their way to another column, with a mouse or a pen; a finger scrolls, and has the button of each card.
import { batch, signal } from "@preact/signals";
import type { Status } from "../../api/types.ts";
import { type Bug, STATUSES } from "../../store/bug.ts";
import { setStatus } from "../../triage/verbs.ts";

const FURTHER_THAN_A_CLICK = 5;

export const dragged = signal<readonly Bug[]>([]);
export const over = signal<Status | null>(null);
export const position = signal({ x: 0, y: 0 });

/** Begins where the pointer goes down; a click stays a click. Escape leaves all where it was. */
export function pickUp(down: PointerEvent, bugs: () => readonly Bug[]): void {
  if (down.button !== 0 || down.pointerType === "touch") return;
  const listening = new AbortController();
  const end = (to: Status | null): void => {
    listening.abort();
    const moved = dragged.peek();
    if (moved.length === 0) return;
    batch(() => {
      dragged.value = [];
      over.value = null;
    });
    swallowClick();
    if (to !== null) setStatus(moved, to);
  };
  const move = (event: PointerEvent): void => {
    if (dragged.peek().length === 0 && Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) < FURTHER_THAN_A_CLICK) return;
    batch(() => {
      if (dragged.peek().length === 0) dragged.value = bugs();
      over.value = statusAt(event.clientX, event.clientY);
      position.value = { x: event.clientX, y: event.clientY };
    });
  };
  const escape = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || dragged.peek().length === 0) return;
    event.preventDefault();
    end(null);
  };
  const { signal: until } = listening;
  addEventListener("pointermove", move, { signal: until });
  addEventListener("pointerup", () => end(over.peek()), { signal: until });
  addEventListener("pointercancel", () => end(null), { signal: until });
  addEventListener("keydown", escape, { signal: until, capture: true });
}

function statusAt(x: number, y: number): Status | null {
  const column = document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-status]");
  return STATUSES.find((status) => status === column?.dataset["status"]) ?? null;
}

/** The one that the browser makes of letting go. */
function swallowClick(): void {
  const swallow = (event: Event): void => {
    event.preventDefault();
    event.stopPropagation();
  };
  addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => removeEventListener("click", swallow, { capture: true }));
}

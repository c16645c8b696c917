// Bugs on their way to another column: with a mouse or a pen at once, with a finger that was held down first.
import { batch, signal } from "@preact/signals";
import type { Status } from "../../api/types.ts";
import { type Bug, STATUSES } from "../../store/bug.ts";
import { setStatus } from "../../triage/verbs.ts";
import { CLICK_MILLISECONDS, swallow, whenHeld } from "./touching.ts";

const FURTHER_THAN_A_CLICK = 5;
const EDGE_PIXELS = 48;
const PIXELS_A_FRAME = 8;
/** Beside a mouse, above a finger. */
const MOUSE_OFFSET = { x: 12, y: 12 };
const FINGER_OFFSET = { x: -104, y: -104 };

export const dragged = signal<readonly Bug[]>([]);
export const over = signal<Status | null>(null);
/** Where what is dragged is shown. */
export const position = signal({ x: 0, y: 0 });

/** Begins where the pointer goes down; a click stays a click, and a finger that is only held down is told by `onHeld`. Escape leaves all where it was. */
export function pickUp(down: PointerEvent, bugs: () => readonly Bug[], onHeld: () => void): void {
  if (down.button !== 0 || !down.isPrimary) return;
  const until = new AbortController();
  const { signal: ended } = until;
  const isFinger = down.pointerType === "touch";
  let at: PointerEvent = down;
  let isOver = false;
  const lift = (): void => {
    dragged.value = bugs();
    follow();
  };
  const follow = (): void => {
    if (dragged.peek().length === 0) return;
    const offset = isFinger ? FINGER_OFFSET : MOUSE_OFFSET;
    batch(() => {
      over.value = statusAt(at);
      position.value = { x: at.clientX + offset.x, y: at.clientY + offset.y };
    });
    if (scrollAside(at)) requestAnimationFrame(follow);
  };
  const isFar = (): boolean => Math.hypot(at.clientX - down.clientX, at.clientY - down.clientY) > FURTHER_THAN_A_CLICK;
  const move = (event: PointerEvent): void => {
    if (event.pointerId !== down.pointerId) return;
    at = event;
    if (dragged.peek().length > 0) follow();
    else if (!isFinger && !isOver && isFar()) {
      addEventListener("click", swallow, { capture: true, once: true, signal: ended });
      lift();
    }
  };
  const end = (to: Status | null): void => {
    isOver = true;
    const moved = dragged.peek();
    batch(() => {
      dragged.value = [];
      over.value = null;
    });
    if (moved.length === 0) return;
    if (isFinger && !isFar()) onHeld();
    else if (to !== null) setStatus(moved, to);
  };
  const leave = (to: Status | null): void => {
    end(to);
    setTimeout(() => until.abort(), CLICK_MILLISECONDS);
  };
  const escape = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || dragged.peek().length === 0) return;
    event.preventDefault();
    end(null);
  };
  // Whoever drags does not scroll.
  const stay = (event: Event): void => {
    if (dragged.peek().length > 0) event.preventDefault();
  };
  if (isFinger) whenHeld(down, lift, until);
  addEventListener("touchmove", stay, { passive: false, signal: ended });
  addEventListener("pointermove", move, { signal: ended });
  addEventListener("pointerup", () => leave(over.peek()), { signal: ended });
  addEventListener("pointercancel", () => leave(null), { signal: ended });
  addEventListener("keydown", escape, { signal: ended, capture: true });
}

function statusAt({ clientX, clientY }: PointerEvent): Status | null {
  const column = document.elementFromPoint(clientX, clientY)?.closest<HTMLElement>("[data-status]");
  return STATUSES.find((status) => status === column?.dataset["status"]) ?? null;
}

/** At the board's edge the next column comes; whether one did. */
function scrollAside({ clientX }: PointerEvent): boolean {
  const board = document.querySelector(".board");
  if (board === null) return false;
  const { left, right } = board.getBoundingClientRect();
  const before = board.scrollLeft;
  if (clientX > right - EDGE_PIXELS) board.scrollLeft += PIXELS_A_FRAME;
  else if (clientX < left + EDGE_PIXELS) board.scrollLeft -= PIXELS_A_FRAME;
  return board.scrollLeft !== before;
}

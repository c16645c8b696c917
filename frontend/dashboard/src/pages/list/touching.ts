// What a finger means: held down it takes hold, moved before that it scrolls.
import type { Bug } from "../../store/bug.ts";
import type { Choice } from "./choice.ts";

const HELD_MILLISECONDS = 400;
const STILL_PIXELS = 8;
/** So long after a finger was lifted its click may come. */
export const CLICK_MILLISECONDS = 300;
let isFinger = false;

addEventListener("pointerdown", ({ pointerType }) => (isFinger = pointerType === "touch"), { capture: true });

/** Whether the latest click was a tap. */
export function wasTapped(): boolean {
  return isFinger;
}

/** `run` once the finger that went down has stayed there, unless `until` ends it. What the browser makes of that itself does not happen. */
export function whenHeld(down: PointerEvent, run: () => void, until: AbortController = new AbortController()): void {
  const { signal } = until;
  const timer = setTimeout(() => {
    navigator.vibrate?.(10);
    addEventListener("click", swallow, { capture: true, once: true, signal });
    run();
  }, HELD_MILLISECONDS);
  const leave = (): void => clearTimeout(timer);
  const move = ({ clientX, clientY }: PointerEvent): void => {
    if (Math.hypot(clientX - down.clientX, clientY - down.clientY) > STILL_PIXELS) leave();
  };
  signal.addEventListener("abort", leave);
  addEventListener("pointermove", move, { signal });
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => {
    leave();
    setTimeout(() => until.abort(), CLICK_MILLISECONDS);
  }, { signal, once: true });
  addEventListener("contextmenu", (event) => event.preventDefault(), { signal });
}

/** What a finger selects by staying on it. */
export function selectHeld(down: PointerEvent, choice: Choice, { id }: Bug): void {
  if (down.pointerType === "touch") whenHeld(down, () => choice.toggle(id));
}

/** The one that the browser makes of letting go. */
export function swallow(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}

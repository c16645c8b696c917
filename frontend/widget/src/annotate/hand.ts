/** What a pointer, a finger or the keys do to the picture. */
import type { Box, Point } from "../core/picture.ts";
import { clampedTo } from "./geometry.ts";
import type { Step } from "./history.ts";
import type { Brush } from "./palette.ts";
import { stepOf, textStep } from "./stroke.ts";

/** What goes on now: a path that is being drawn, a place where text is written, a cursor that keys move. */
export interface Doing {
  readonly path: readonly Point[];
  readonly writingAt: Point | null;
  readonly cursor: Point | null;
}

export const NOTHING: Doing = { path: [], writingAt: null, cursor: null };

export interface Hand {
  readonly brush: Brush;
  readonly frame: Box;
  /** Pixels of the picture for one of the palette's. */
  readonly unit: number;
  /** As it is now, which may be later than what is shown. */
  doing(): Doing;
  turn(change: Partial<Doing>): void;
  add(step: Step): void;
}

export type PointerOn = PointerEvent & { readonly currentTarget: HTMLCanvasElement };

export function press(event: PointerOn, { brush, frame, doing, turn }: Hand): void {
  if (event.button !== 0 || !event.isPrimary || doing().writingAt) return;
  const at = pointOf(event, frame);
  if (brush.tool === "text") {
    // The focus would go to the canvas after the field has it.
    event.preventDefault();
    turn({ ...NOTHING, writingAt: at });
    return;
  }
  event.currentTarget.setPointerCapture(event.pointerId);
  turn({ ...NOTHING, path: [at] });
}

export function move(event: PointerOn, { frame, doing, turn }: Hand): void {
  const { path, cursor } = doing();
  if (path.length > 0 && !cursor) turn({ path: [...path, pointOf(event, frame)] });
}

export function lift({ brush, frame, unit, doing, turn, add }: Hand): void {
  const step = stepOf(brush, doing().path, frame, unit);
  turn({ path: [] });
  if (step) add(step);
}

/** Null: given up. */
export function finishWriting(text: string | null, { brush, unit, doing, turn, add }: Hand): void {
  const at = doing().writingAt;
  const step = at && text !== null ? textStep(brush, at, text, unit) : null;
  turn({ writingAt: null });
  if (step) add(step);
}

const WAYS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};
/** Pixels of the screen that an arrow key moves by, and with the shift key. */
const STEPS = { far: 16, near: 2 };

export function hearKey(event: KeyboardEvent, hand: Hand, scale: number): void {
  const way = WAYS[event.key];
  const { path, cursor } = hand.doing();
  if (way) steer(way, (event.shiftKey ? STEPS.near : STEPS.far) / scale, hand);
  else if (event.key === "Enter" || event.key === " ") mark(hand);
  else if (event.key === "Escape" && (path.length > 0 || cursor)) hand.turn(NOTHING);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function steer(way: Point, by: number, { frame, doing, turn }: Hand): void {
  const { cursor: from = null, path } = doing();
  const { x, y } = from ?? middle(frame);
  const cursor = clampedTo(frame, { x: x + way.x * by, y: y + way.y * by });
  turn({ cursor, path: path.length > 0 ? [...path, cursor] : [] });
}

/** Begins a shape at the cursor, or ends it there. */
function mark(hand: Hand): void {
  const { path, cursor } = hand.doing();
  const at = cursor ?? middle(hand.frame);
  if (hand.brush.tool === "text") hand.turn({ cursor: at, writingAt: at });
  else if (path.length > 0) lift(hand);
  else hand.turn({ cursor: at, path: [at] });
}

function middle([x, y, width, height]: Box): Point {
  return { x: x + width / 2, y: y + height / 2 };
}

function pointOf(event: PointerOn, frame: Box): Point {
  const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
  const x = ((event.clientX - left) * frame[2]) / width + frame[0];
  const y = ((event.clientY - top) * frame[3]) / height + frame[1];
  return clampedTo(frame, { x, y });
}

/** What was drawn, step by step; nothing is changed, so undoing is forgetting the last. */
import type { Box, Drawing, Point, Shape } from "../core/picture.ts";
import { movedTo, within } from "./geometry.ts";

/** `pixelate` and `crop` are no shapes: they change the picture itself. */
export type Step = Shape | { readonly kind: "pixelate"; readonly box: Box } | { readonly kind: "crop"; readonly box: Box };
export type Tool = Step["kind"];

export interface History {
  readonly done: readonly Step[];
  readonly undone: readonly Step[];
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export function begun(drawing: Drawing | undefined): History {
  return { done: drawing?.shapes ?? [], undone: [] };
}

export function added({ done }: History, step: Step): History {
  return { done: [...done, step], undone: [] };
}

export function undone({ done, undone }: History): History {
  const last = done.at(-1);
  return last ? { done: done.slice(0, -1), undone: [...undone, last] } : { done, undone };
}

export function redone({ done, undone }: History): History {
  const last = undone.at(-1);
  return last ? { done: [...done, last], undone: undone.slice(0, -1) } : { done, undone };
}

/** What is left of the picture. */
export function frameOf({ done }: History, { width, height }: Size): Box {
  return boxes(done, "crop").reduce<Box>((frame, box) => within(box, frame), [0, 0, width, height]);
}

export function pixelatedIn({ done }: History): Box[] {
  return boxes(done, "pixelate");
}

export function hides({ done }: History): boolean {
  return done.some(({ kind }) => kind === "pixelate" || kind === "crop");
}

export function shapesOf({ done }: History): Shape[] {
  return done.filter((step) => step.kind !== "pixelate" && step.kind !== "crop");
}

/** As it is stored: of the picture that is left. */
export function drawingOf(history: History, size: Size): Drawing {
  const [x, y, width, height] = frameOf(history, size);
  const origin: Point = { x, y };
  return { v: 1, width, height, shapes: shapesOf(history).map((shape) => movedTo(origin, shape)) };
}

function boxes(done: readonly Step[], kind: Tool): Box[] {
  return done.flatMap((step) => (step.kind === kind && "box" in step ? [step.box] : []));
}

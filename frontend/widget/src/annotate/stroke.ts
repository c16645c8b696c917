/** From where a pointer went to a step. */
import type { Box, Point } from "../core/picture.ts";
import { boxBetween, thinned, within } from "./geometry.ts";
import type { Step } from "./history.ts";
import { COLORS, LINES, type Brush } from "./palette.ts";

/** Nearer than this, in pixels of the screen, is a click and no box. */
const SMALLEST = 4;

/** Null: too small to be meant, or a text, which begins with a click. */
export function stepOf(brush: Brush, path: readonly Point[], frame: Box, unit: number): Step | null {
  const [from, to] = [path[0], path.at(-1)];
  if (!from || !to || brush.tool === "text") return null;
  const [color, width] = [COLORS[brush.color], Math.round(LINES[brush.line][0] * unit)];
  if (brush.tool === "pen") return { kind: "pen", color, width, points: thinned(path, unit) };
  if (Math.hypot(to.x - from.x, to.y - from.y) < SMALLEST * unit) return null;
  if (brush.tool === "arrow") return { kind: "arrow", color, width, from, to };
  const box = boxBetween(from, to);
  if (brush.tool === "pixelate" || brush.tool === "crop") return area(brush.tool, within(box, frame));
  return { kind: brush.tool, color, width, box };
}

export function textStep(brush: Brush, at: Point, written: string, unit: number): Step | null {
  const text = written.trim();
  const size = Math.round(LINES[brush.line][1] * unit);
  return text ? { kind: "text", color: COLORS[brush.color], size, at, text } : null;
}

/** Whole pixels: half a pixel can neither be hidden nor cut off. */
function area(kind: "pixelate" | "crop", [x, y, width, height]: Box): Step | null {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const box: Box = [left, top, Math.round(x + width) - left, Math.round(y + height) - top];
  return box[2] > 1 && box[3] > 1 ? { kind, box } : null;
}

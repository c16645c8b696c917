/** Where shapes are, in pixels of the picture as it was taken. */
import type { Box, Point, Shape } from "../core/picture.ts";

export function boxBetween(from: Point, to: Point): Box {
  return [Math.min(from.x, to.x), Math.min(from.y, to.y), Math.abs(to.x - from.x), Math.abs(to.y - from.y)];
}

/** What of `inner` is in `outer`; nothing of it: a box without an area. */
export function within([x, y, width, height]: Box, outer: Box): Box {
  const [left, top] = [Math.max(x, outer[0]), Math.max(y, outer[1])];
  const [right, bottom] = [Math.min(x + width, outer[0] + outer[2]), Math.min(y + height, outer[1] + outer[3])];
  return [left, top, Math.max(0, right - left), Math.max(0, bottom - top)];
}

/** Whole pixels, and every pixel that the box touches. */
export function wholePixels([x, y, width, height]: Box): Box {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  return [left, top, Math.ceil(x + width) - left, Math.ceil(y + height) - top];
}

export function clampedTo([x, y, width, height]: Box, point: Point): Point {
  return { x: Math.min(Math.max(point.x, x), x + width), y: Math.min(Math.max(point.y, y), y + height) };
}

/** The two ends of an arrow's head; it grows with the line, and a short arrow has a short head. */
export function arrowHead(from: Point, to: Point, width: number): readonly [Point, Point] {
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const length = Math.min(10 + 3 * width, Math.hypot(to.x - from.x, to.y - from.y));
  const end = (turn: number): Point => ({
    x: to.x - length * Math.cos(angle + turn),
    y: to.y - length * Math.sin(angle + turn),
  });
  return [end(Math.PI / 7), end(-Math.PI / 7)];
}

/** Without points nearer than `gap` to the one before; the last is kept. */
export function thinned(points: readonly Point[], gap: number): Point[] {
  const kept: Point[] = [];
  for (const point of points) {
    const last = kept.at(-1);
    if (!last || Math.hypot(point.x - last.x, point.y - last.y) >= gap) kept.push(point);
  }
  const end = points.at(-1);
  return end && kept.at(-1) !== end ? [...kept, end] : kept;
}

/** The same shape on a picture whose corner is at `origin`, in tenths of a pixel. */
export function movedTo(origin: Point, shape: Shape): Shape {
  const moved = ({ x, y }: Point): Point => ({ x: tenths(x - origin.x), y: tenths(y - origin.y) });
  switch (shape.kind) {
    case "pen":
      return { ...shape, points: shape.points.map(moved) };
    case "arrow":
      return { ...shape, from: moved(shape.from), to: moved(shape.to) };
    case "text":
      return { ...shape, at: moved(shape.at) };
    default: {
      const { x, y } = moved({ x: shape.box[0], y: shape.box[1] });
      return { ...shape, box: [x, y, tenths(shape.box[2]), tenths(shape.box[3])] };
    }
  }
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}

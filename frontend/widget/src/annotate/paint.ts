/** Shapes on a canvas, the same on the screen as in what is sent. */
import type { Box, Point, Shape } from "../core/picture.ts";
import { arrowHead, wholePixels } from "./geometry.ts";
import type { Size } from "./history.ts";
import { pixelate } from "./pixels.ts";

type Canvas2D = CanvasRenderingContext2D;

const FONT = "600 {size}px system-ui, sans-serif";

/** The picture with its pixelated areas, as large as it was taken. */
export function basePainted(image: CanvasImageSource, { width, height }: Size, pixelated: readonly Box[]): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width, height];
  const context = contextOf(canvas);
  context.drawImage(image, 0, 0, width, height);
  for (const box of pixelated.map(wholePixels)) {
    const pixels = context.getImageData(...box);
    pixelate(pixels);
    context.putImageData(pixels, box[0], box[1]);
  }
  return canvas;
}

/** What is in `frame`, with the shapes over it. Changes the size of `canvas`. */
export function paint(canvas: HTMLCanvasElement, base: HTMLCanvasElement, frame: Box, shapes: readonly Shape[]): Canvas2D {
  const [x, y, width, height] = frame;
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = contextOf(canvas);
  context.setTransform(1, 0, 0, 1, -x, -y);
  context.drawImage(base, 0, 0);
  for (const shape of shapes) paintShape(context, shape);
  return context;
}

/** The area that is chosen to be pixelated or kept, while it is chosen. */
export function paintChoice(context: Canvas2D, box: Box, unit: number): void {
  for (const [color, offset] of [["#000000", 0], ["#ffffff", 4 * unit]] as const) {
    context.strokeStyle = color;
    context.lineWidth = 2 * unit;
    context.setLineDash([4 * unit, 4 * unit]);
    context.lineDashOffset = offset;
    context.strokeRect(...box);
  }
  context.setLineDash([]);
}

/** The keyboard's cursor: seen on every ground. */
export function paintCursor(context: Canvas2D, { x, y }: Point, unit: number): void {
  for (const [color, width] of [["#ffffff", 5], ["#000000", 2]] as const) {
    context.strokeStyle = color;
    context.lineWidth = width * unit;
    line(context, { x: x - 12 * unit, y }, { x: x + 12 * unit, y });
    line(context, { x, y: y - 12 * unit }, { x, y: y + 12 * unit });
  }
}

function paintShape(context: Canvas2D, shape: Shape): void {
  context.strokeStyle = context.fillStyle = shape.color;
  context.lineCap = context.lineJoin = "round";
  if ("width" in shape) context.lineWidth = shape.width;
  switch (shape.kind) {
    case "pen":
      return stroke(context, shape.points);
    case "arrow": {
      const [one, other] = arrowHead(shape.from, shape.to, shape.width);
      stroke(context, [shape.from, shape.to]);
      return stroke(context, [one, shape.to, other]);
    }
    case "rectangle":
      return context.strokeRect(...shape.box);
    case "ellipse":
      return ellipse(context, shape.box);
    case "highlight":
      return highlight(context, shape.box);
    case "text":
      return write(context, shape);
  }
}

function stroke(context: Canvas2D, [first, ...others]: readonly Point[]): void {
  if (!first) return;
  context.beginPath();
  context.moveTo(first.x, first.y);
  // A lone point is a dot.
  for (const { x, y } of others.length > 0 ? others : [first]) context.lineTo(x, y);
  context.stroke();
}

function line(context: Canvas2D, from: Point, to: Point): void {
  stroke(context, [from, to]);
}

function ellipse(context: Canvas2D, [x, y, width, height]: Box): void {
  context.beginPath();
  context.ellipse(x + width / 2, y + height / 2, width / 2, height / 2, 0, 0, 2 * Math.PI);
  context.stroke();
}

/** Seen on dark pages as on light ones, and read through. */
function highlight(context: Canvas2D, box: Box): void {
  context.save();
  context.globalAlpha = 0.4;
  context.fillRect(...box);
  context.restore();
}

/** With an edge that it is read by on any ground. `at` is its upper left corner. */
function write(context: Canvas2D, { text, size, at, color }: Extract<Shape, { kind: "text" }>): void {
  context.font = FONT.replace("{size}", String(size));
  context.textBaseline = "top";
  context.lineWidth = size / 6;
  context.strokeStyle = isLight(color) ? "#000000" : "#ffffff";
  context.strokeText(text, at.x, at.y);
  context.fillText(text, at.x, at.y);
}

function isLight(color: string): boolean {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  return 0.3 * (red ?? 0) + 0.6 * (green ?? 0) + 0.1 * (blue ?? 0) > 150;
}

function contextOf(canvas: HTMLCanvasElement): Canvas2D {
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no canvas");
  return context;
}

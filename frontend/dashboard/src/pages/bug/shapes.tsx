// What the reporter drew on the picture, in the picture's pixels (docs/evidence.md), drawn again so that it can be hidden.
import type { JSX } from "preact";
import { arrowHead } from "../../../../widget/src/annotate/geometry.ts";
import type { Box, Drawing, Point, Shape } from "../../../../widget/src/core/picture.ts";

const HIGHLIGHT_OPACITY = 0.4;

/** Null where nothing was drawn; a page may send anything as metadata. */
export function drawingOf(metadata: unknown): Drawing | null {
  const drawing = isRecord(metadata) ? metadata["annotation"] : null;
  if (!isRecord(drawing) || !isSize(drawing["width"]) || !isSize(drawing["height"]) || !Array.isArray(drawing["shapes"])) return null;
  const shapes = drawing["shapes"].filter(isShape);
  return shapes.length === 0 ? null : { v: 1, width: drawing["width"], height: drawing["height"], shapes };
}

export function Shapes({ drawing }: { readonly drawing: Drawing }): JSX.Element {
  return (
    <svg class="viewer-shapes" viewBox={`0 0 ${drawing.width} ${drawing.height}`} aria-hidden="true" focusable="false" fill="none" stroke-linecap="round" stroke-linejoin="round">
      {drawing.shapes.map((shape, at) => (
        <Mark key={at} shape={shape} />
      ))}
    </svg>
  );
}

function Mark({ shape }: { readonly shape: Shape }): JSX.Element {
  const line = { stroke: shape.color, "stroke-width": "width" in shape ? shape.width : 0 };
  switch (shape.kind) {
    case "pen":
      return <polyline {...line} points={pointsOf(shape.points.length === 1 ? [...shape.points, ...shape.points] : shape.points)} />;
    case "arrow": {
      const [one, other] = arrowHead(shape.from, shape.to, shape.width);
      return (
        <g {...line}>
          <polyline points={pointsOf([shape.from, shape.to])} />
          <polyline points={pointsOf([one, shape.to, other])} />
        </g>
      );
    }
    case "rectangle":
      return <rect {...line} {...areaOf(shape.box)} />;
    case "highlight":
      return <rect {...areaOf(shape.box)} fill={shape.color} fill-opacity={HIGHLIGHT_OPACITY} />;
    case "ellipse": {
      const [x, y, width, height] = shape.box;
      return <ellipse {...line} cx={x + width / 2} cy={y + height / 2} rx={width / 2} ry={height / 2} />;
    }
    case "text":
      return (
        <text class="viewer-text" x={shape.at.x} y={shape.at.y} font-size={shape.size} fill={shape.color} stroke-width={shape.size / 8} dominant-baseline="text-before-edge">
          {shape.text}
        </text>
      );
  }
}

function pointsOf(points: readonly Point[]): string {
  return points.map(({ x, y }) => `${x},${y}`).join(" ");
}

function areaOf([x, y, width, height]: Box): Record<"x" | "y" | "width" | "height", number> {
  return { x, y, width, height };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSize(value: unknown): value is number {
  return isNumber(value) && value > 0;
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

function isPoint(value: unknown): value is Point {
  return isRecord(value) && isNumber(value["x"]) && isNumber(value["y"]);
}

function isBox(value: unknown): value is Box {
  return Array.isArray(value) && value.length === 4 && value.every((each, at) => isNumber(each) && (at < 2 || each >= 0));
}

function isShape(value: unknown): value is Shape {
  if (!isRecord(value) || typeof value["color"] !== "string" || !/^#[\da-f]{6}$/i.test(value["color"])) return false;
  if (value["kind"] === "text") return isNumber(value["size"]) && isPoint(value["at"]) && typeof value["text"] === "string";
  if (!isNumber(value["width"])) return false;
  switch (value["kind"]) {
    case "pen":
      return Array.isArray(value["points"]) && value["points"].every(isPoint);
    case "arrow":
      return isPoint(value["from"]) && isPoint(value["to"]);
    default:
      return ["rectangle", "ellipse", "highlight"].includes(String(value["kind"])) && isBox(value["box"]);
  }
}

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Box } from "../core/picture.ts";
import { arrowHead, movedTo, thinned } from "./geometry.ts";
import { FIRST_BRUSH } from "./palette.ts";
import { stepOf, textStep } from "./stroke.ts";

const FRAME: Box = [0, 0, 100, 50];
const drawn = (tool: Parameters<typeof stepOf>[0]["tool"], ...path: readonly (readonly [number, number])[]) =>
  stepOf({ ...FIRST_BRUSH, tool }, path.map(([x, y]) => ({ x, y })), FRAME, 1);

test("a box is the same whichever corner it is drawn from", () => {
  assert.deepEqual(drawn("rectangle", [60, 40], [10, 20]), drawn("rectangle", [10, 20], [60, 40]));
  assert.deepEqual(drawn("ellipse", [60, 20], [10, 40]), { ...drawn("rectangle", [10, 20], [60, 40]), kind: "ellipse" });
});

test("a click is a dot of the pen and nothing of any other tool", () => {
  assert.equal(drawn("pen", [5, 5])?.kind, "pen");
  for (const tool of ["arrow", "rectangle", "ellipse", "highlight", "pixelate", "crop", "text"] as const) {
    assert.equal(drawn(tool, [5, 5], [6, 6]), null, tool);
  }
});

test("what is hidden is whole pixels of the picture", () => {
  assert.deepEqual(drawn("pixelate", [10.6, 10.2], [30.4, 20.6]), { kind: "pixelate", box: [10, 10, 20, 11] });
  assert.deepEqual(drawn("crop", [50, 25], [900, 900]), { kind: "crop", box: [50, 25, 50, 25] });
});

test("text needs something that can be read", () => {
  assert.equal(textStep(FIRST_BRUSH, { x: 0, y: 0 }, "   ", 1), null);
  assert.deepEqual(textStep(FIRST_BRUSH, { x: 1, y: 2 }, " Here ", 2), {
    kind: "text",
    color: "#e5484d",
    size: 48,
    at: { x: 1, y: 2 },
    text: "Here",
  });
});

test("a pen's points are thinned, and its first and last are kept", () => {
  const points = Array.from({ length: 101 }, (_, at) => ({ x: at / 10, y: 0 }));
  const kept = thinned(points, 2);
  assert.deepEqual([kept[0], kept.at(-1)], [points[0], points[100]]);
  assert.ok(kept.length <= 7);
});

test("an arrow's head points where the arrow does and is no longer than it", () => {
  const [one, other] = arrowHead({ x: 0, y: 0 }, { x: 100, y: 0 }, 4);
  assert.ok(one.x < 100 && one.x === other.x && one.y === -other.y);
  const [short] = arrowHead({ x: 0, y: 0 }, { x: 3, y: 0 }, 8);
  assert.ok(Math.hypot(short.x - 3, short.y) <= 3.001);
});

test("every kind of shape moves with the picture's corner", () => {
  const origin = { x: 10, y: 5 };
  const at = (kind: "pen" | "arrow" | "rectangle") => drawn(kind, [20, 20], [40, 30]);
  for (const kind of ["pen", "arrow", "rectangle"] as const) {
    const shape = at(kind);
    assert.ok(shape && shape.kind !== "pixelate" && shape.kind !== "crop");
    const back = movedTo({ x: -10, y: -5 }, movedTo(origin, shape));
    assert.deepEqual(back, shape);
  }
});

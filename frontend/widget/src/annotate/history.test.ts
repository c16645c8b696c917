import assert from "node:assert/strict";
import { test } from "node:test";
import type { Shape } from "../core/picture.ts";
import { added, begun, drawingOf, frameOf, hides, pixelatedIn, redone, undone, type History, type Step } from "./history.ts";

const SIZE = { width: 200, height: 100 };
const ARROW: Shape = { kind: "arrow", color: "#e5484d", width: 4, from: { x: 50, y: 40 }, to: { x: 60, y: 50.04 } };
const TEXT: Shape = { kind: "text", color: "#000000", size: 16, at: { x: 45, y: 35 }, text: "Here" };
const CROP: Step = { kind: "crop", box: [40, 30, 100, 60] };
const HIDDEN: Step = { kind: "pixelate", box: [10, 10, 20, 20] };

function after(...steps: readonly Step[]): History {
  return steps.reduce(added, begun(undefined));
}

test("undo and redo go back and forth, and a new step forgets what was undone", () => {
  const both = after(ARROW, TEXT);
  assert.deepEqual(undone(both).done, [ARROW]);
  assert.deepEqual(redone(undone(both)), both);
  assert.deepEqual(redone(added(undone(both), HIDDEN)).done, [ARROW, HIDDEN]);
  assert.deepEqual(undone(begun(undefined)), begun(undefined));
  assert.deepEqual(redone(begun(undefined)), begun(undefined));
});

test("what is stored lies on the picture that is left, and says nothing of what is hidden", () => {
  const drawing = drawingOf(after(ARROW, HIDDEN, CROP, TEXT), SIZE);
  assert.deepEqual(drawing, {
    v: 1,
    width: 100,
    height: 60,
    shapes: [
      { ...ARROW, from: { x: 10, y: 10 }, to: { x: 20, y: 20 } },
      { ...TEXT, at: { x: 5, y: 5 } },
    ],
  });
});

test("a crop can only take away, and undoing it gives back", () => {
  const wider: Step = { kind: "crop", box: [0, 0, 120, 200] };
  assert.deepEqual(frameOf(after(CROP, wider), SIZE), [40, 30, 80, 60]);
  assert.deepEqual(frameOf(undone(undone(after(CROP, wider))), SIZE), [0, 0, 200, 100]);
});

test("pixelation and a crop hide something, shapes do not, and what is undone hides nothing", () => {
  assert.equal(hides(after(ARROW, TEXT)), false);
  assert.equal(hides(after(ARROW, HIDDEN)), true);
  assert.equal(hides(after(CROP)), true);
  assert.equal(hides(undone(after(HIDDEN))), false);
  assert.deepEqual(pixelatedIn(after(HIDDEN, ARROW)), [[10, 10, 20, 20]]);
});

test("a drawing that is opened again goes on where it was", () => {
  const drawing = drawingOf(after(ARROW, TEXT), SIZE);
  assert.deepEqual(drawingOf(begun(drawing), SIZE), drawing);
});

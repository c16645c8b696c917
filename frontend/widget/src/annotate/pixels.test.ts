import assert from "node:assert/strict";
import { test } from "node:test";
import { pixelate } from "./pixels.ts";

function picture(width: number, height: number, colorAt: (x: number, y: number) => number) {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) data.fill(colorAt(x, y), (y * width + x) * 4, (y * width + x) * 4 + 3);
  }
  return { data, width, height };
}

function colorsOf({ data }: { readonly data: Uint8ClampedArray }): Set<string> {
  const colors = new Set<string>();
  for (let at = 0; at < data.length; at += 4) colors.add(data.subarray(at, at + 4).join());
  return colors;
}

test("a line of text becomes a few cells", () => {
  const text = picture(400, 24, (x, y) => ((x * 7 + y * 13) % 5 === 0 ? 0 : 255));
  pixelate(text);
  assert.ok(colorsOf(text).size <= 16);
});

test("two texts of the same grey come out the same", () => {
  const [stripes, columns] = [picture(64, 64, (x) => (x % 2) * 255), picture(64, 64, (_, y) => (y % 2) * 255)];
  pixelate(stripes);
  pixelate(columns);
  assert.deepEqual(stripes.data, columns.data);
});

test("every pixel is covered, at the edges too, and none is left transparent", () => {
  const odd = picture(37, 19, (x) => x);
  pixelate(odd);
  assert.ok([...colorsOf(odd)].every((color) => color.endsWith(",255")));
  assert.ok(colorsOf(odd).size <= 6);
});

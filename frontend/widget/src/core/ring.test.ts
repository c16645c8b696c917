import assert from "node:assert/strict";
import { test } from "node:test";
import { Ring } from "./ring.ts";

const lengthOf = (text: string): number => text.length;

test("the oldest go when there are too many", () => {
  const ring = new Ring<string>(2, 100, lengthOf);
  for (const text of ["a", "b", "c"]) ring.push(text);
  assert.deepEqual(ring.entries(), ["b", "c"]);
});

test("the oldest go when they take too much room", () => {
  const ring = new Ring<string>(100, 5, lengthOf);
  for (const text of ["aaa", "bb", "c"]) ring.push(text);
  assert.deepEqual(ring.entries(), ["bb", "c"]);
});

test("what alone takes too much room is not kept, and its room is free again", () => {
  const ring = new Ring<string>(100, 5, lengthOf);
  for (const text of ["aa", "bbbbbb", "ccccc"]) ring.push(text);
  assert.deepEqual(ring.entries(), ["ccccc"]);
});

test("what goes on takes the room that it has now", () => {
  const ring = new Ring<string>(100, 5, lengthOf);
  ring.push("aaaa");
  ring.replaceLast("b");
  ring.push("cccc");
  assert.deepEqual(ring.entries(), ["b", "cccc"]);
});

test("a ring for nothing keeps nothing", () => {
  const ring = new Ring<string>(0, 5, lengthOf);
  ring.push("a");
  assert.deepEqual(ring.entries(), []);
});

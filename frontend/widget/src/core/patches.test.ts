import assert from "node:assert/strict";
import { test } from "node:test";
import { Patches } from "./patches.ts";

function ground() {
  class Parent {
    greet(name: string): string {
      return `hello ${name}`;
    }
  }
  return { object: new Parent(), prototype: Parent.prototype, greet: Parent.prototype.greet };
}

test("a method answers, throws and looks as before", () => {
  const { object, greet } = ground();
  const heard: unknown[] = [];
  new Patches().wrap(object, "greet", (call, args) => {
    heard.push(...args);
    return call();
  });
  assert.equal(object.greet("ada"), "hello ada");
  assert.deepEqual(heard, ["ada"]);
  assert.notEqual(object.greet, greet);
  assert.equal(String(object.greet), String(greet));
  assert.deepEqual([object.greet.name, object.greet.length], ["greet", 1]);
});

test("afterwards it is the very same method, where it was", () => {
  const { object, prototype, greet } = ground();
  const before = Object.getOwnPropertyDescriptors(prototype);
  const patches = new Patches();
  patches.wrap(object, "greet", (call) => call());
  patches.wrap(object, "greet", (call) => call());
  patches.restore();
  assert.equal(object.greet, greet);
  assert.deepEqual(Object.getOwnPropertyDescriptors(prototype), before);
  assert.ok(!Object.hasOwn(object, "greet"));
});

test("what somebody laid over it stays, and nothing is noted below it any more", () => {
  const { object, prototype } = ground();
  const patches = new Patches();
  let noted = 0;
  patches.wrap(object, "greet", (call) => {
    noted += 1;
    return call();
  });
  const below = prototype.greet;
  const over = function (this: typeof object, name: string): string {
    return `${below.call(this, name)}!`;
  };
  prototype.greet = over;
  patches.restore();
  assert.equal(prototype.greet, over);
  assert.equal(object.greet("ada"), "hello ada!");
  assert.equal(noted, 0);
});

test("what is frozen, missing or a getter is let alone", () => {
  const frozen = Object.freeze({ greet: () => "hello" });
  const { greet } = frozen;
  const lazy = {
    get greet() {
      return greet;
    },
  };
  const patches = new Patches();
  for (const object of [frozen, lazy, {}]) patches.wrap(object, "greet", () => "patched");
  assert.deepEqual([frozen.greet(), lazy.greet()], ["hello", "hello"]);
});

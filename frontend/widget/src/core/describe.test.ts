import assert from "node:assert/strict";
import { test } from "node:test";
import { describeAll } from "./describe.ts";

test("a line reads as in the console", () => {
  const said: readonly (readonly [readonly unknown[], string])[] = [
    [["loaded", 3, true, null, undefined], "loaded 3 true null undefined"],
    [["%cLacewing%c %s is %d%%", "color: red", "", "Ada", 36, "!"], "Lacewing Ada is 36% !"],
    [["100%"], "100%"],
    [[{ a: 1, b: ["x", { c: { d: { e: 1 } } }] }], '{"a":1,"b":["x",{"c":{…}}]}'],
    [[new TypeError("no")], "TypeError: no"],
    [[[1, "2", null]], '[1,"2",null]'],
    [[new Map([[1, 2]]), new Uint8Array(4), Symbol("s"), 5n], "Map(1) Uint8Array(4 bytes) Symbol(s) 5n"],
    [[new Date(0), new Date(Number.NaN), /a+/g], "1970-01-01T00:00:00.000Z Invalid Date /a+/g"],
  ];
  for (const [args, line] of said) assert.equal(describeAll(args), line);
});

test("members whose name says so are left out", () => {
  assert.equal(describeAll([{ user: "ada", password: "x", apiKey: 1 }]), '{"user":"ada","password":"[removed]","apiKey":"[removed]"}');
});

test("no code of the page is run to describe its objects", () => {
  const called: string[] = [];
  const object = {
    get lazy() {
      called.push("getter");
      return 1;
    },
    toString: () => called.push("toString"),
    toJSON: () => called.push("toJSON"),
  };
  assert.match(describeAll([object]), /^\{"lazy":"?\(…\)/);
  assert.deepEqual(called, []);
});

test("whatever is logged, the line stays short", () => {
  const circular: { self?: unknown } = {};
  circular.self = circular;
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  const wide = Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`member${at}`, "x".repeat(500)]));
  assert.equal(describeAll([circular]), '{"self":{"self":{"self":{…}}}}');
  assert.equal(describeAll([revoked.proxy]), "{?}");
  for (const each of [wide, [wide, wide], "x".repeat(1_000_000), Array.from({ length: 1000 }, () => wide)]) {
    assert.ok(describeAll([each, each, each]).length <= 2000);
  }
});

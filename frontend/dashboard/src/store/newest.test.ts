import assert from "node:assert/strict";
import { test } from "node:test";
import { newest } from "./newest.ts";

function asked(): { readonly load: () => Promise<void>; readonly answer: ((value: string) => void)[]; readonly shown: string[] } {
  const answer: ((value: string) => void)[] = [];
  const shown: string[] = [];
  const load = newest(() => new Promise<string>((resolve) => answer.push(resolve)), (value) => shown.push(value));
  return { load, answer, shown };
}

test("an older answer that arrives last is not put", async () => {
  const { load, answer, shown } = asked();
  const both = [load(), load()];
  answer[1]?.("new");
  await both[1];
  answer[0]?.("old");
  await both[0];
  assert.deepEqual(shown, ["new"]);
});

test("an older answer shows until the newer one arrives, or when that fails", async () => {
  const { load, answer, shown } = asked();
  const both = [load(), load()];
  answer[0]?.("old");
  await both[0];
  assert.deepEqual(shown, ["old"]);
  answer[1]?.("new");
  await both[1];
  assert.deepEqual(shown, ["old", "new"]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { extended, type Paged, renewed } from "./paged.ts";

const page = (ids: string, nextCursor: string | null): Paged<{ readonly id: string }> => ({ items: [...ids].map((id) => ({ id })), nextCursor });

test("older pages stay behind the newest one that is read again", () => {
  const shown = extended(page("edc", "c"), page("ba", null));
  assert.deepEqual(renewed(shown, page("fed", "d")), page("fedcba", null));
  assert.deepEqual(renewed(shown, page("edc", "c")), page("edcba", null));
});

test("where something may be missing between, the newest page stands alone", () => {
  assert.deepEqual(renewed(page("ba", null), page("fed", "d")), page("fed", "d"));
  assert.deepEqual(renewed(null, page("b", null)), page("b", null));
  assert.deepEqual(renewed(page("ba", null), page("", null)), page("", null));
});

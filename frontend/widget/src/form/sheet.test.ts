import assert from "node:assert/strict";
import { test } from "node:test";
import type { Environment } from "../core/evidence.ts";
import type { Annotated, Picture } from "../core/picture.ts";
import { blankDraft, filledOf, type Sheet } from "./sheet.ts";

const taken = new Blob(["taken"], { type: "image/webp" });
const hidden = new Blob(["hidden"], { type: "image/png" });
const drawn = new Blob(["drawn"], { type: "image/png" });
const picture: Picture = { blob: taken, width: 2, height: 1, warnings: [] };
const drawing = { v: 1, width: 2, height: 1, shapes: [] } as const;
const line = { level: "log", message: "a", timestamp: 1 } as const;
const environment: Environment = {
  ...{ userAgent: "x", viewport: "1x1", screenResolution: "1x1", url: "https://a.example/", referrer: "" },
  ...{ locale: "en", timezone: "UTC", platform: "x" },
};

function sheet(changed: Partial<Sheet>): Sheet {
  const evidence = { console: [line], network: [], actions: [], environment };
  const empty = { leftOut: new Set(), picture: null, annotated: null, files: [], honey: "" };
  return { draft: blankDraft(""), evidence, ...empty, ...changed };
}

const shots = (annotated: Annotated | null, keepsOriginal: boolean) =>
  filledOf(sheet({ picture, annotated }), keepsOriginal).enclosures.map(({ name, blob }) => [name, blob]);

test("a picture goes as it was taken, and with what was drawn on it", () => {
  assert.deepEqual(shots(null, false), [["screenshot.webp", taken]]);
  const annotated = { base: taken, annotated: drawn, drawing, hides: false };
  assert.deepEqual(shots(annotated, false), [["screenshot.webp", taken], ["annotated.png", drawn]]);
});

test("what was hidden leaves only where the project keeps originals", () => {
  const only = { base: hidden, annotated: null, drawing, hides: true };
  assert.deepEqual(shots(only, false), [["screenshot.png", hidden]]);
  assert.deepEqual(shots(only, true), [["screenshot.webp", taken], ["annotated.png", hidden]]);
  const both = { base: hidden, annotated: drawn, drawing, hides: true };
  assert.deepEqual(shots(both, false), [["screenshot.png", hidden], ["annotated.png", drawn]]);
});

test("a part, an entry and a line that were taken out are not there", () => {
  const whole = filledOf(sheet({ leftOut: new Set(["console", "environment"]) }), false).evidence;
  assert.deepEqual([whole.console, whole.environment], [[], {}]);
  const single = filledOf(sheet({ leftOut: new Set([line, "url"]) }), false).evidence;
  assert.deepEqual([single.console, "url" in single.environment, single.environment.locale], [[], false, "en"]);
});

test("what surrounds the words is cut off", () => {
  const draft = { ...blankDraft(" ada@example.com "), title: " Pay\n" };
  assert.deepEqual(filledOf(sheet({ draft }), false).draft, { ...draft, title: "Pay", email: "ada@example.com" });
});

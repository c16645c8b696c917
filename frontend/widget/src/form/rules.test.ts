import assert from "node:assert/strict";
import { test } from "node:test";
import { luminanceOf } from "../../../kit/src/dress.ts";
import { faultsOf } from "./desk.ts";
import { faultOf, LARGEST_BYTES, sizeOf } from "./files.ts";
import { opensForm } from "./hotkey.ts";
import { isRightToLeft, languageIn, nameOf } from "./languages.ts";
import { blankDraft } from "./sheet.ts";

const pressed = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, key: "b", code: "KeyB" };

test("a hot key is all of its keys and no other", () => {
  const held = { ...pressed, altKey: true, shiftKey: true, key: "B" };
  assert.ok(opensForm(held, "Alt+Shift+B"));
  assert.ok(opensForm({ ...held, key: "ı" }, "Alt+Shift+B"), "where Alt makes another letter of it");
  assert.ok(!opensForm({ ...held, ctrlKey: true }, "Alt+Shift+B"));
  assert.ok(!opensForm(pressed, "Alt+Shift+B"));
  assert.ok(!opensForm(pressed, null));
  assert.ok(opensForm({ ...pressed, key: "F2", code: "F2" }, "F2"));
});

test("Chinese is told apart by its script", () => {
  assert.deepEqual(["zh-TW", "zh-Hant", "zh_HK", "zh-CN", "zh", "de-AT"].map(nameOf), ["zh-hant", "zh-hant", "zh-hant", "zh", "zh", "de"]);
});

test("what is no language is passed over: a page may say anything", () => {
  assert.equal(languageIn([null, "", "not a language", "en_US", "de"]), "en-US");
  assert.equal(languageIn([]), "en");
});

test("who writes from right to left", () => {
  assert.deepEqual(["ar-EG", "he", "fa", "arn", "en"].map(isRightToLeft), [true, true, true, false, false]);
});

test("a file is refused for what it is, for its size, and for its number", () => {
  assert.equal(faultOf({ name: "a.HAR", size: 1 }, 0), null);
  assert.equal(faultOf({ name: "a.exe", size: 1 }, 0), "fileKind");
  assert.equal(faultOf({ name: "a.png", size: LARGEST_BYTES + 1 }, 0), "fileLarge");
  assert.equal(faultOf({ name: "a.png", size: LARGEST_BYTES }, 5), "fileMany");
});

test("a size is written as its language does", () => {
  assert.equal(sizeOf(140_000, "en"), "140 kB");
  assert.equal(sizeOf(1_400_000, "de"), "1,4 MB");
});

test("a report needs a title, and no address or a whole one", () => {
  assert.deepEqual(faultsOf(blankDraft("")), ["titleMissing"]);
  assert.deepEqual(faultsOf({ ...blankDraft("ada@"), title: "Pay" }), ["emailWrong"]);
  assert.deepEqual(faultsOf({ ...blankDraft(" ada@example.com "), title: "Pay" }), []);
});

test("luminance is WCAG's", () => {
  assert.equal(luminanceOf([255, 255, 255]).toFixed(3), "1.000");
  assert.equal(luminanceOf([128, 128, 128]).toFixed(3), "0.216");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { lookOf, settingsOf } from "./look.ts";

test("what is none of its kind counts as not given", () => {
  const look = lookOf({ accent: "red", widgetColor: "#abc", theme: "pink", modalTitle: 7, showWatermark: "no", keepOriginal: 1 });
  assert.deepEqual([look.accent, look.theme, look.modalTitle, look.showWatermark, look.keepOriginal], ["#aabbcc", "auto", "", true, false]);
});

test("what is emptied is taken away, the accent's older names with it", () => {
  const sent = JSON.parse(JSON.stringify({ reporterMails: false, widgetColor: "#abc", ...settingsOf({ ...lookOf({ widgetColor: "#abc" }), accent: "" }) })) as object;
  assert.deepEqual(sent, { reporterMails: false, theme: "auto", showWatermark: true, enableScreenshot: true, keepOriginal: false });
});

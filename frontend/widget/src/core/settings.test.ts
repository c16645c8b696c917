import assert from "node:assert/strict";
import { test } from "node:test";
import { Fault } from "./fault.ts";
import { settle } from "./settings.ts";

const LEAST = { projectKey: "bsk_pub_1", endpoint: "https://bugs.example" };

test("an endpoint may or may not end in /api/v1", () => {
  for (const end of ["", "/", "/api/v1", "/api/v1/"]) {
    assert.equal(settle({ ...LEAST, endpoint: `https://bugs.example${end}` }).api, "https://bugs.example/api/v1");
  }
  assert.equal(settle({ ...LEAST, endpoint: "https://example.com/bugs/api/v1" }).api, "https://example.com/bugs/api/v1");
});

test("what can not start says why", () => {
  const codeOf = (options: Parameters<typeof settle>[0]) => {
    try {
      settle(options);
    } catch (error) {
      return error instanceof Fault && error.code;
    }
    return null;
  };
  assert.equal(codeOf({ endpoint: LEAST.endpoint }), "no_key");
  for (const endpoint of ["", "nonsense", "ftp://bugs.example", "javascript:alert(1)"]) {
    assert.equal(codeOf({ ...LEAST, endpoint }), "no_endpoint");
  }
});

test("the original's names mean the same", () => {
  const settings = settle({
    apiKey: "bsk_pub_2",
    apiUrl: "https://bugs.example/api/v1",
    theme: { accent: "#123456", darkMode: true },
    enableConsoleLogs: false,
    enableNetworkLogs: false,
  });
  assert.equal(settings.projectKey, "bsk_pub_2");
  assert.deepEqual([settings.theme, settings.accent], ["dark", "#123456"]);
  assert.deepEqual([settings.collectConsole, settings.collectNetwork, settings.collectActions], [false, false, true]);
  assert.equal(settle({ ...LEAST, primaryColor: "#abc" }).accent, "#abc");
});

test("the page's word counts before the project's, and a picture needs both", () => {
  const remote = { accent: "#111111", modalTitle: "Oh no", buttonText: "Help", showWatermark: false };
  const settings = settle({ ...LEAST, branding: { modalTitle: "Mine" } }, remote);
  assert.equal(settings.accent, "#111111");
  assert.deepEqual(settings.branding, { modalTitle: "Mine", buttonText: "Help", showWatermark: false });
  assert.equal(settle({ ...LEAST, accent: "#222222" }, remote).accent, "#222222");
  assert.equal(settle(LEAST, { enableScreenshot: false }).enableScreenshot, false);
  assert.equal(settle({ ...LEAST, enableScreenshot: false }, { enableScreenshot: true }).enableScreenshot, false);
});

test("nonsense falls back to the default", () => {
  const nonsense = { position: "middle", theme: "pink", accent: "red;}", maxConsoleLogs: Number.NaN, maxNetworkLogs: -4 };
  const settings = settle({ ...LEAST, ...(nonsense as object) }, { logoUrl: "javascript:alert(1)" });
  const { position, theme, accent, maxConsoleLogs, maxNetworkLogs, branding } = settings;
  assert.deepEqual([position, theme, accent, maxConsoleLogs, maxNetworkLogs], ["bottom-right", "auto", null, 50, 0]);
  assert.deepEqual(branding, {});
  assert.equal(settle({ ...LEAST, maxConsoleLogs: 1e9 }).maxConsoleLogs, 1000);
});

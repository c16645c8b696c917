import assert from "node:assert/strict";
import { test } from "node:test";
import { shortPlace, shortUrl } from "./addresses.ts";

const PAGE = "https://shop.example/cart";

test("an address of the page's own site is its path, of another one all but the scheme", () => {
  assert.equal(shortUrl("https://shop.example/api/pay?x=1", PAGE), "/api/pay?x=1");
  assert.equal(shortUrl("https://shop.example.org/api", PAGE), "shop.example.org/api");
  assert.equal(shortUrl("https://api.example/pay", null), "api.example/pay");
  assert.equal(shortUrl("/relative", "no address"), "/relative");
  assert.equal(shortUrl("data:text/html,x", "about:blank"), "data:text/html,x");
});

test("a line of a stack tells the file", () => {
  assert.equal(shortPlace("at pay (https://shop.example/app.js:10:5)", PAGE), "at pay (/app.js:10:5)");
});

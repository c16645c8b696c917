import assert from "node:assert/strict";
import { test } from "node:test";
import { curlOf } from "./curl.ts";

test("a request is a line that a shell runs, whatever stands in its address", () => {
  assert.equal(curlOf({ method: "GET", url: "/a?b=1&c=2" }, "https://shop.example/cart"), "curl 'https://shop.example/a?b=1&c=2'");
  assert.equal(curlOf({ method: "POST", url: "https://x.example/it's;rm -rf" }, null), "curl -X POST 'https://x.example/it'\\''s;rm%20-rf'");
  assert.equal(curlOf({ method: "GET", url: "$(reboot)" }, null), "curl '$(reboot)'");
  assert.equal(curlOf({ method: "A;B", url: "/" }, null), "curl -X 'A;B' '/'");
});

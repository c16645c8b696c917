import assert from "node:assert/strict";
import { test } from "node:test";
import vectors from "../../../../tests/client/secret_vectors.json";
import { isSecretName, withoutSecrets } from "./secrets.ts";

const JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJl";

test("what opens a door is taken out of a text", () => {
  for (const [text, clean] of Object.entries(vectors.cleaned)) assert.equal(withoutSecrets(text), clean);
});

test("what only looks like a secret stays", () => {
  for (const text of vectors.kept) assert.equal(withoutSecrets(text), text);
});

test("what was cleaned is not cleaned again", () => {
  const clean = withoutSecrets(`Authorization: Bearer abc Cookie: a=b /x?token=abc&to=a@b.c {"password":"abc"} ${JWT}`);
  assert.equal(withoutSecrets(clean), clean);
});

test("a long text without any secret takes no longer than it is long", () => {
  const start = performance.now();
  for (const part of ["a", "=", "&a", "eyJ", "cookie:", '"token":"\\', '\\"token\\":\\"', '\\"token\\":\\"\\\\', "?a-_-", "://"]) withoutSecrets(part.repeat(20_000));
  assert.ok(performance.now() - start < 2000);
});

test("members are known by their names, in any spelling", () => {
  for (const name of ["password", "accessToken", "api_key", "X-Api-Key", "sessionId", "card-number", "apiKey", "Set-Cookie"]) assert.ok(isSecretName(name), name);
  for (const name of ["author", "keyboard", "monkey", "page", "sessions_of_today", "description"]) assert.ok(!isSecretName(name), name);
});

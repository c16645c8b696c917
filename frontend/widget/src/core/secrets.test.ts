import assert from "node:assert/strict";
import { test } from "node:test";
import { isSecretName, withoutSecrets } from "./secrets.ts";

const JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJl";

test("what opens a door is taken out of a text", () => {
  const secrets: readonly (readonly [string, string])[] = [
    ["Authorization: Bearer abcdefgh12345678", "Authorization: [removed]"],
    ['{"authorization":"Basic dXNlcjpwYXNz"}', '{"authorization":"[removed]"}'],
    ["sent with Bearer abcdefgh12345678 today", "sent with Bearer [removed] today"],
    ["Cookie: sid=12ab; theme=dark", "Cookie: [removed]"],
    [`id is ${JWT}, ok`, "id is [removed], ok"],
    [`ghp_${"a".repeat(36)}`, "[removed]"],
    [`sk_live_${"a".repeat(24)}`, "[removed]"],
    ["AKIAABCDEFGHIJKLMNOP", "[removed]"],
    [`bsk_pat_${"a".repeat(38)}`, "[removed]"],
    ["https://ada:secret@example.com/", "https://ada:[removed]@example.com/"],
    ["/a?access_token=abc&page=2", "/a?access_token=[removed]&page=2"],
    ["/a?accessToken=abc", "/a?accessToken=[removed]"],
    ["/a?user%5Bpassword%5D=abc", "/a?user%5Bpassword%5D=[removed]"],
    ["/a#id_token=abc&state=1", "/a#id_token=[removed]&state=1"],
    ["/a?X-Amz-Signature=abc", "/a?X-Amz-Signature=[removed]"],
    ["/back?code=0123456789abcdef&state=1", "/back?code=[removed]&state=1"],
    ["/a?to=ada@example.com&page=2", "/a?to=[removed]&page=2"],
    ["/a?to=ada%40example.com", "/a?to=[removed]"],
    ["name=ada&password=hunter2", "name=ada&password=[removed]"],
    ['{"user":"ada","password":"hun\\"ter2","pin":1234}', '{"user":"ada","password":"[removed]","pin":"[removed]"}'],
    ['{"refreshToken": "abc"}', '{"refreshToken": "[removed]"}'],
    ['{"user":"ada","password":"hun', '{"user":"ada","password":"[removed]"'],
    [String.raw`{"body":"{\"user\":\"ada\",\"password\":\"hun\\\"ter2\",\"pin\":1234}"}`, String.raw`{"body":"{\"user\":\"ada\",\"password\":\"[removed]\",\"pin\":\"[removed]\"}"}`],
    [String.raw`{"body":"{\"password\":\"hun…","page":2}`, String.raw`{"body":"{\"password\":\"[removed]\"","page":2}`],
  ];
  for (const [text, clean] of secrets) assert.equal(withoutSecrets(text), clean);
});

test("what only looks like a secret stays", () => {
  const texts = [
    "Invalid token: expired",
    "Cookie: accepted by the visitor",
    "/a?monkey=banana&author=ada&code=404",
    "the key is under the mat",
    "write to ada@example.com",
    '{"tokens_used_by":null,"keyboard":"qwertz"}',
    "Bearer of bad news",
  ];
  for (const text of texts) assert.equal(withoutSecrets(text), text);
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

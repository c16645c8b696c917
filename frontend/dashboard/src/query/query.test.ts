import assert from "node:assert/strict";
import { test } from "node:test";
import vectors from "../../../../tests/reports/query_vectors.json";
import type { Category, Severity, Status } from "../api/types.ts";
import { type Bug, bugsOf } from "../store/bug.ts";
import { complete } from "./completion.ts";
import { parse } from "./language.ts";
import { comparerOf, isAnsweredHere, testOf, withoutBeginning } from "./meaning.ts";
import { Mistake, printed } from "./values.ts";

const seconds = (text: string | null): number | null => (text === null ? null : Date.parse(text) / 1000);
const bugs: readonly Bug[] = Object.entries(vectors.reports).flatMap(([id, { code, ...report }]) => {
  const columns = Object.fromEntries(Object.entries(report).map(([name, value]) => [name, [value]]));
  const words = { status: [report.status as Status], severity: [report.severity as Severity], category: [report.category as Category] };
  const times = { createdAt: [seconds(report.createdAt) ?? 0], updatedAt: [seconds(report.updatedAt) ?? 0], resolvedAt: [seconds(report.resolvedAt)] };
  return bugsOf({ ...(columns as unknown as Parameters<typeof bugsOf>[0]), ...words, ...times, id: [id] }, "project", code);
});
const asker = { me: vectors.me, now: Date.parse(vectors.now), people: vectors.people, isTyping: false };
const characters = (text: string): number => Array.from(text).length;

test("what the server reads is read alike", () => {
  for (const { text, canonical } of vectors.reads) {
    assert.equal(printed(parse(text)), canonical, text);
    assert.equal(printed(parse(canonical)), canonical, text);
  }
});

test("a mistake is found in the same place", () => {
  for (const { text, position, length, code } of vectors.mistakes) {
    assert.throws(() => parse(text), (error) => {
      assert.ok(error instanceof Mistake, text);
      assert.deepEqual([error.code, characters(text.slice(0, error.from)), characters(text.slice(error.from, error.to)) || 1], [code, position, length], text);
      return true;
    });
  }
});

test("a query finds here what it finds on the server", () => {
  for (const { text, letters } of vectors.finds) {
    const query = parse(text);
    const isKnownHere = !/has:(screenshot|comment)/.test(text);
    const found = bugs.filter(testOf(query, asker)).sort(comparerOf(query)).map((bug) => bug.id);
    if (isKnownHere) assert.equal(found.join(""), letters, text);
  }
});

test("the last word is found by its beginning while it is typed", () => {
  const found = (text: string, isTyping: boolean): number => bugs.filter(testOf(parse(text), { ...asker, isTyping })).length;
  assert.equal(found("berr", true), 1);
  assert.equal(found("berr", false), 0);
  assert.equal(found("berr rot", true), 0);
});

test("only what the open bugs can answer is answered here", () => {
  const here = (text: string): boolean => isAnsweredHere(parse(text));
  assert.deepEqual(["is:open", "status:new,triaging severity:low", "is:open has:error"].map(here), [true, true, true]);
  assert.deepEqual(["", "-is:open", "status:new,closed", "is:open words", "is:open has:comment"].map(here), [false, false, false, false, false]);
});

test("a word that may become a qualifier can be left out", () => {
  const left = (text: string): number | undefined => withoutBeginning(parse(text))?.parts.length;
  assert.deepEqual(["is:open sev", "is:open severity:", "is:open price", '"sev"', "severity:high"].map(left), [1, 1, undefined, undefined, undefined]);
});

test("a person is offered by the shortest name that nobody else has", () => {
  const offered = (...names: string[]): string[] => {
    const people = names.map((name, at) => ({ id: `id-${at}`, name }));
    return complete("assignee:b", 10, () => ({ people, labels: [], browsers: [], systems: [] }))?.offers.map((offer) => offer.text) ?? [];
  };
  assert.deepEqual(offered("Bo Diddley", "Bea"), ["assignee:bo", "assignee:bea"]);
  assert.deepEqual(offered("Bo Diddley", "Bo Peep", "Diddley"), ['assignee:"bo diddley"', 'assignee:"bo peep"']);
  assert.deepEqual(offered("Bo", "Bo", "Bo Bo"), ["assignee:id-0", "assignee:id-1", 'assignee:"bo bo"']);
  assert.deepEqual(offered("Me Before"), ['assignee:"me before"']);
});

test("a name is found by its beginning while it is typed", () => {
  const found = (text: string, isTyping: boolean): number => bugs.filter(testOf(parse(text), { ...asker, isTyping })).length;
  assert.deepEqual([found("assignee:ad", true), found("assignee:ad", false), found("assignee:ad is:open", true)], [1, 0, 0]);
});

test("what could follow is offered", () => {
  const known = { people: [{ id: "0198", name: "Bo Diddley" }], labels: ["good first", "ui"], browsers: ["safari"], systems: [] };
  const offered = (text: string, caret = text.length): string[] => complete(text, caret, () => known)?.offers.map((offer) => offer.text) ?? [];
  assert.deepEqual(offered("sev"), ["severity:"]);
  assert.deepEqual(offered("is:open -sta"), ["-status:"]);
  assert.deepEqual(offered("severity:high,c"), ["severity:high,critical"]);
  assert.deepEqual(offered("label:"), ['label:"good first"', "label:ui", "label:none"]);
  assert.deepEqual(offered("se is:open", 2), ["severity:"]);
  assert.deepEqual(offered("words"), []);
});

// The rules of sentences in the page: tests/sentences.json, which tests/sentences.rs holds the core to.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { GuideWords, fill, pieces } from "../../www/guide-words.js";

const cases = JSON.parse(readFileSync(new URL("../sentences.json", import.meta.url), "utf8"));

/** A sentence as the table has it: nothing, a text, or texts and paths. */
const filled = ({ sentence, flags = [], values = {} }) => {
  const text = fill(sentence, new Set(flags), (name) => values[name]);
  if (text === undefined) return null;
  const all = pieces(text).filter((piece) => piece !== "");
  if (all.length === 0) return "";
  return all.length === 1 && typeof all[0] === "string" ? all[0] : all;
};

test("sentences are filled in as the table says", () => {
  assert.ok(cases.length > 30);
  for (const one of cases) assert.deepEqual(filled(one), one.text, JSON.stringify(one));
});

test("a clock time has its day where that is not today, as in the service", () => {
  process.env.TZ = "Asia/Tokyo";
  const moments = JSON.parse(readFileSync(new URL("../moments.json", import.meta.url), "utf8"));
  assert.ok(moments.length > 10);
  for (const { lang, at, now, day } of moments) {
    const words = new GuideWords({ search: [] }, lang, lang);
    const time = words.clock(Date.parse(at), Date.parse(at));
    assert.equal(words.clock(Date.parse(at), Date.parse(now)), day + time);
  }
});

test("methods are named one after the other with a separator", () => {
  const names = { email: "A", voice: "B", app: "C" };
  const line = (lang) => new GuideWords({ names }, lang, lang).names(Object.keys(names));
  assert.deepEqual(["ja", "en", "ja-x-easy"].map(line), ["A、B、C", "A, B, C", "A、B、C"]);
});

test("the search has the terms of every file that is there", async (t) => {
  const lost = /ja-x-easy\.search/;
  t.mock.method(globalThis, "fetch", async (address) => {
    if (lost.test(address)) return new Response("", { status: 404 });
    return Response.json(JSON.parse(readFileSync(new URL(address), "utf8")));
  });
  const warned = t.mock.method(console, "warn", () => {});
  const element = { closest: () => ({ lang: "ja-x-easy" }) };
  const words = await GuideWords.of(element, "generic");
  const japanese = await words.terms();
  assert.match(japanese, /届かない.*\t/);
  assert.equal(warned.mock.callCount(), 1);
  lost.test = () => false;
  const both = await words.terms();
  assert.ok(both.endsWith(japanese) && both.length > japanese.length);
});

test("a text of brackets takes time in proportion to its length", () => {
  const time = (count) => {
    const text = "[".repeat(count) + "›".repeat(count);
    // The best of several: other programs only add time.
    let best = Infinity;
    for (let turn = 0; turn < 30; turn += 1) {
      const start = performance.now();
      pieces(text);
      best = Math.min(best, performance.now() - start);
    }
    return best;
  };
  // Eight times the text: with a quadratic rule the ratio is 64, with the cubic one of before it never ended.
  const ratio = time(160_000) / time(20_000);
  assert.ok(ratio < 32, `${ratio}`);
});

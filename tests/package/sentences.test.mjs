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

test("a clock time has its day where that is not today", () => {
  const words = (lang) => new GuideWords({ search: [] }, lang, lang);
  const at = (...time) => new Date(2026, 10, ...time).getTime();
  assert.equal(words("ja").clock(at(22, 11, 30), at(22, 9)), "11:30");
  assert.equal(words("ja").clock(at(23, 0, 5), at(22, 23, 59)), "11/23 0:05");
  assert.match(words("en").clock(at(23, 0, 5), at(22, 23, 59)), /^11\/23, 12:05\sAM$/);
});

// docs/accessibility.md lists every criterion of WCAG 2.2 at levels A and AA, and cites only tests that exist.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";

const statement = await readFile(new URL("../../docs/accessibility.md", import.meta.url), "utf8");

/** The criteria of https://www.w3.org/TR/WCAG22/ by level. */
const CRITERIA = {
  A: [
    "1.1.1", "1.2.1", "1.2.2", "1.2.3", "1.3.1", "1.3.2", "1.3.3", "1.4.1", "1.4.2", "2.1.1", "2.1.2", "2.1.4", "2.2.1", "2.2.2", "2.3.1", "2.4.1",
    "2.4.2", "2.4.3", "2.4.4", "2.5.1", "2.5.2", "2.5.3", "2.5.4", "3.1.1", "3.2.1", "3.2.2", "3.2.6", "3.3.1", "3.3.2", "3.3.7", "4.1.2",
  ],
  AA: [
    "1.2.4", "1.2.5", "1.3.4", "1.3.5", "1.4.3", "1.4.4", "1.4.5", "1.4.10", "1.4.11", "1.4.12", "1.4.13", "2.4.5", "2.4.6", "2.4.7", "2.4.11",
    "2.5.7", "2.5.8", "3.1.2", "3.2.3", "3.2.4", "3.3.3", "3.3.4", "3.3.8", "4.1.3",
  ],
};

const rows = [...statement.matchAll(/^\| (\d\.\d\.\d+) [^|]+ \| (A+) \| ([^|]+) \| ([^|]+) \| /gm)].map(([, number, level, how, checks]) => ({ number, level, how, checks: checks.split(", ") }));

test("every criterion of levels A and AA is listed once, at its level, with how it is met", () => {
  for (const [level, wanted] of Object.entries(CRITERIA)) {
    const listed = rows.filter((row) => row.level === level).map(({ number }) => number);
    assert.deepEqual(listed, wanted, level);
  }
  assert.equal(rows.length, 55);
  // In a sentence: a word and a full stop at least.
  for (const { number, how } of rows) assert.match(how, /^\S.* .*\.$/, `how ${number} is met`);
});

test("every check that a criterion names is explained, and every explained one is named", () => {
  const [part] = statement.match(/## Checks[^]*?\n## /);
  const explained = [...part.matchAll(/^\| ([a-z ]+) \| [^-|]/gm)].map(([, name]) => name).filter((name) => name !== "check");
  const named = new Set(rows.flatMap(({ checks }) => checks));
  for (const name of named) assert.ok(explained.includes(name), `"${name}" is not explained`);
  for (const name of explained) assert.ok(named.has(name) || new RegExp(`[(:] ?${name}\\)`).test(statement), `"${name}" checks nothing`);
});

test("the tests that are cited exist", async () => {
  const cited = [...statement.matchAll(/`([\w-]+\.test\.mjs): ([^`]+)`/g)].map(([, file, name]) => [file, name]);
  assert.ok(cited.length > 20);
  for (const [file, name] of cited) {
    const source = await readFile(new URL(file, import.meta.url), "utf8");
    const titles = [...source.matchAll(/\btest\(\s*(?:"((?:[^"\\]|\\.)*)"|`([^`]*)`)/g)].map(([, plain, filled]) => plain ?? filled);
    assert.ok(titles.some((title) => title.startsWith(name)), `${file} has no test "${name}"`);
  }
});

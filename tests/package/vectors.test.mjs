// `readCode` reads every row of tests/vectors as the core does (tests/vectors.rs): options and results cross the boundary.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { loaded } from "./packed.mjs";

let todoita;
let remove;
before(async () => ({ todoita, remove } = await loaded()));
after(() => remove?.());

const content = (name) => readFileSync(new URL(`../vectors/${name}`, import.meta.url), "utf8");
const rows = (name) => JSON.parse(content(name)).rows;
const misses = new Set(content("known-misses.txt").split("\n").map((line) => line.split(" ")[0]));

for (const [name, least] of [["code.json", 1400], ["code-alphanumeric.json", 70], ["backup-format.json", 36]]) {
  test(`the rows of ${name}`, () => {
    const all = rows(name);
    assert.ok(all.length >= least, `${all.length} rows`);
    for (const { id, text, options, expect } of all) {
      if (misses.has(id)) continue;
      const { kind, digits, problem } = todoita.readCode(text, options);
      const got = kind === null ? { kind, digits: null } : { kind, digits };
      if (expect.problem !== undefined) got.problem = problem;
      assert.deepEqual(got, expect, `${id}: ${text}`);
    }
  });
}

test("a format without `backup` says what its places are", () => {
  const read = (text, backupFormat) => todoita.readCode(text, { backupFormat });
  assert.deepEqual(read("K7Q2M9XP", "xxxx-xxxx"), { kind: "backup", digits: "K7Q2-M9XP", fixes: ["separators"], problem: null });
  assert.deepEqual(read("4829-1345", "9999-9999"), { kind: "backup", digits: "4829-1345", fixes: [], problem: null });
  assert.equal(read("K7Q2M9XP", "9999-9999").kind, null);
});

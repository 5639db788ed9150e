// Dependencies from npm: none in the published package; in builds and tests only those that a lock file pins.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const read = (path) => JSON.parse(readFileSync(`${ROOT}${path}`, "utf8"));

// Programs that only run here, so that what asks for its source or a credit is fine too.
// BSD-0-Clause is another name of 0BSD.
const LICENSES = new Set([
  "0BSD", "Apache-2.0", "BSD-0-Clause", "BSD-2-Clause", "BSD-3-Clause", "BlueOak-1.0.0", "CC-BY-4.0", "CC0-1.0", "ISC",
  "LGPL-3.0-or-later", "MIT", "MPL-2.0", "Python-2.0", "Unlicense",
]);
/** Packages with a licence in their files and none in their package.json; looked up by hand. */
const UNDECLARED = { "passport-local": "MIT", "passport-strategy": "MIT", pause: "MIT", "zod-to-ts": "MIT" };

/** Whether an SPDX expression without inner brackets is met by those licences: `A AND B` by both, `A OR B` by one of them. */
const isMet = (expression) =>
  expression.replace(/^\((.*)\)$/, "$1").split(" OR ").some((all) => all.split(" AND ").every((license) => LICENSES.has(license)));
const locks = execFileSync("git", ["ls-files", "*package-lock.json"], { cwd: ROOT, encoding: "utf8" }).trim().split("\n");

test("the package that ships depends on nothing", () => {
  const { dependencies = {}, devDependencies = {}, bundledDependencies = [], scripts = {} } = read("www/package.json");
  assert.deepEqual({ dependencies, devDependencies, bundledDependencies, scripts }, { dependencies: {}, devDependencies: {}, bundledDependencies: [], scripts: {} });
});

test("there are locks to look at", () => assert.ok(locks.length >= 3, locks.join()));

test("a choice of licences is met by one of them, several by all", () => {
  for (const [expression, met] of [["MIT", true], ["none", false], ["(MIT OR WTFPL)", true], ["MIT AND GPL-2.0", false], ["Apache-2.0 AND LGPL-3.0-or-later AND MIT", true]]) {
    assert.equal(isMet(expression), met, expression);
  }
});

for (const path of locks) {
  test(`${path}: exact versions, each with its hash and a licence, from no address of their own`, () => {
    const { packages } = read(path);
    const { dependencies = {}, devDependencies = {} } = read(`${dirname(path)}/package.json`);
    for (const [name, wanted] of Object.entries({ ...dependencies, ...devDependencies })) {
      // A second version of a package has a name of its own.
      assert.match(wanted, /^(npm:[\w.@/-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/, `${name} is pinned`);
    }
    for (const [name, about] of Object.entries(packages)) {
      if (name === "" || about.inBundle) continue;
      assert.match(about.integrity ?? "", /^sha512-/, name);
      assert.equal(about.resolved, undefined, name);
      // A package for another system may leave its licence to the one that brings it.
      if (about.optional && !about.license) continue;
      const license = about.license ?? UNDECLARED[name.split("node_modules/").at(-1)] ?? "none";
      assert.ok(isMet(license), `${name}: ${license}`);
    }
  });
}

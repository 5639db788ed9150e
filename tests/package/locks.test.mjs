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
const LICENSES = new Set([
  "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BlueOak-1.0.0", "CC-BY-4.0", "ISC", "LGPL-3.0-or-later", "MIT", "MPL-2.0",
]);
const locks = execFileSync("git", ["ls-files", "*package-lock.json"], { cwd: ROOT, encoding: "utf8" }).trim().split("\n");

test("the package that ships depends on nothing", () => {
  const { dependencies = {}, devDependencies = {}, bundledDependencies = [], scripts = {} } = read("www/package.json");
  assert.deepEqual({ dependencies, devDependencies, bundledDependencies, scripts }, { dependencies: {}, devDependencies: {}, bundledDependencies: [], scripts: {} });
});

test("there are locks to look at", () => assert.ok(locks.length >= 3, locks.join()));

for (const path of locks) {
  test(`${path}: exact versions, each with its hash and a licence, from no address of their own`, () => {
    const { packages } = read(path);
    const { dependencies = {}, devDependencies = {} } = read(`${dirname(path)}/package.json`);
    for (const [name, wanted] of Object.entries({ ...dependencies, ...devDependencies })) {
      assert.match(wanted, /^\d+\.\d+\.\d+(-[\w.]+)?$/, `${name} is pinned`);
    }
    for (const [name, about] of Object.entries(packages)) {
      if (name === "" || about.inBundle) continue;
      assert.match(about.integrity ?? "", /^sha512-/, name);
      assert.equal(about.resolved, undefined, name);
      // A package for another system may leave its licence to the one that brings it.
      const licenses = about.license?.split(/ AND | OR |[()]/).filter(Boolean) ?? (about.optional ? [] : ["none"]);
      for (const license of licenses) assert.ok(LICENSES.has(license), `${name}: ${license}`);
    }
  });
}

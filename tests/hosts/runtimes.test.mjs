// The functions on servers: Node as it is here, Deno, Bun.

import assert from "node:assert/strict";
import { copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { host, run } from "./hosts.mjs";

const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const MESSAGE = "2026/11/22 10:30 認証番号：０８１８０４";
const PLATFORM = `${process.platform}-${process.arch}`;

let folder;
before(() => {
  folder = host("runtimes");
  copyFileSync(new URL("../package/junk.mjs", import.meta.url), join(folder, "junk.mjs"));
});

/** Every program is a package of npm's for some platforms, and there is none for the others. */
const bin = (paths) => paths.map((path) => join(folder, "node_modules", path)).find(existsSync);
const RUNTIMES = {
  "this Node": () => [process.execPath],
  Deno: () => [bin([`@deno/${PLATFORM}-glibc/deno`, `@deno/${PLATFORM}/deno`]), "run", "--allow-read"],
  Bun: () => [bin([`@oven/bun-${PLATFORM}/bin/bun`, `@oven/bun-${process.platform}-aarch64/bin/bun`])],
};

for (const [name, command] of Object.entries(RUNTIMES)) {
  describe(name, () => {
    const runs = (t, ...args) => {
      const [program, ...options] = command();
      if (!program) return t.skip(`npm has no ${name} for ${PLATFORM}`);
      return run(folder, program, ...options, ...args);
    };

    test("reads and verifies", (t) => {
      const output = runs(t, "read.mjs", MESSAGE, SECRET);
      if (output !== undefined) assert.equal(output, "081804 true\n");
    });

    test("answers anything, or refuses it by name", (t) => {
      const output = runs(t, "all.mjs");
      if (output === undefined) return;
      const { defects, count, secret, same } = JSON.parse(output);
      assert.deepEqual({ defects, secret, same }, { defects: [], secret: 20, same: true });
      assert.ok(count > 2000, `${count} calls`);
    });

    test("has the code step of a sign-in", (t) => {
      const output = runs(t, "code-step.mjs");
      if (output === undefined) return;
      const [facts, accepted] = output.split("\n");
      assert.match(facts, /^ channel="email" destination="h•••@example\.com" now="2026-11-22T10:30:00\.000Z"/);
      assert.equal(accepted, 'true true true {"status":"accepted","location":"/in"}');
    });

    test("in CommonJS, by import()", (t) => {
      const output = runs(t, "read-import.cjs", MESSAGE, SECRET);
      if (output !== undefined) assert.equal(output, "081804 true\n");
    });
  });
}

test("in CommonJS, by require", { skip: !process.features.require_module && "this Node cannot require modules" }, () => {
  assert.equal(run(folder, process.execPath, "read.cjs", MESSAGE, SECRET), "081804 true\n");
});

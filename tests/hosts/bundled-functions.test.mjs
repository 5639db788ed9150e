// The functions, called in a bundled page (`todoita/core`) and in a bundled server (`todoita/node`), by each bundler; by
// Next.js in next.test.mjs. The server's bundle runs in an empty folder, where nothing but the bundle can be found.

import assert from "node:assert/strict";
import { copyFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after, describe } from "node:test";
import { browser, close } from "../browser/engines.mjs";
import { complaints, eventually } from "../browser/pages.mjs";
import { STRICT, Site } from "../browser/sites.mjs";
import { filesOf, host, run } from "./hosts.mjs";

after(close);

const RESULT = "081804 true";
const PAGE = '<!doctype html><title>functions</title><script type="module" src="/called-page.js"></script>';

/** How each bundler makes `called/called-page.js` and `called-server/called-server.*`. */
const BUNDLERS = {
  vite: (folder) => {
    run(folder, "npx", "vite", "build", "--config", "called.config.js");
    run(folder, "npx", "vite", "build", "--config", "called.config.js", "--ssr", "called-server.js", "--outDir", "called-server");
  },
  webpack: (folder) => run(folder, "npx", "webpack", "--mode", "production", "--config", "called.config.js"),
  esbuild: (folder) => run(folder, process.execPath, "called.build.mjs"),
  rollup: (folder) => run(folder, "npx", "rollup", "--config"),
  parcel: (folder) => run(folder, "npm", "run", "build"),
};

for (const [name, bundle] of Object.entries(BUNDLERS)) {
  describe(name, () => {
    let folder;
    const prepared = () => {
      if (folder) return folder;
      const made = host(name);
      for (const file of ["called-page.js", "called-server.js"]) copyFileSync(new URL(file, import.meta.url), join(made, file));
      for (const old of ["called", "called-server"]) rmSync(join(made, old), { recursive: true, force: true });
      bundle(made);
      return (folder = made);
    };

    test("in a page", async (t) => {
      const site = await Site.start(t, PAGE, { policy: STRICT });
      site.files = filesOf(join(prepared(), "called"));
      const session = await browser(t);
      await session.open(site.url());
      await eventually(() => session.run(() => document.documentElement.dataset.result), RESULT);
      assert.deepEqual(await complaints(session), []);
    });

    test("in a server", (t) => {
      const alone = mkdtempSync(join(tmpdir(), "todoita-bundled-"));
      t.after(() => rmSync(alone, { recursive: true, force: true }));
      cpSync(join(prepared(), "called-server"), alone, { recursive: true });
      writeFileSync(join(alone, "package.json"), '{ "type": "module" }');
      const [script] = Object.keys(filesOf(alone)).filter((path) => /called-server\.\w+$/.test(path));
      assert.equal(run(alone, process.execPath, join(alone, script)), `${RESULT}\n`);
    });
  });
}

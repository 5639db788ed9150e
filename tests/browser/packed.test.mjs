// The npm package as it is packed, in real pages: the file to drop in, and the modules beside it.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after, before } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { browser, close } from "./engines.mjs";
import { Field, complaints, eventually } from "./pages.mjs";
import { Site, page } from "./sites.mjs";

const folder = mkdtempSync(join(tmpdir(), "todoita-packed-"));
const assets = new URL("package/", `${pathToFileURL(folder)}/`);

before(() => {
  const www = fileURLToPath(new URL("../../www/", import.meta.url));
  const [{ filename }] = JSON.parse(
    execFileSync("npm", ["pack", "--json", "--pack-destination", folder], { cwd: www, encoding: "utf8" }),
  );
  execFileSync("tar", ["-xzf", join(folder, filename), "-C", folder]);
});
after(async () => {
  await close();
  rmSync(folder, { recursive: true, force: true });
});

for (const [name, module] of [["the file to drop in", "dist/todoita.js"], ["the modules", "todoita.js"]]) {
  test(`packed: ${name} starts a field that reads a message and submits its code`, async (t) => {
    const site = await Site.start(t, page().replace("dist/todoita.js", module), { assets });
    const session = await browser(t);
    const field = await Field.open(session, site.url());
    assert.match(await field.sent(), /末尾5678/);
    await field.paste("2026/11/22 10:30 認証番号：482913");
    await field.press("enter");
    await eventually(() => session.url(), site.url("/in"));
    assert.equal(site.posts[0].fields.code, "482913");
    assert.deepEqual(await complaints(session), []);
  });
}

test("packed: with both on one page the first registers the element", async (t) => {
  const head = '<script type="module" src="/assets/todoita.js"></script>';
  const site = await Site.start(t, page({ head }), { assets });
  const session = await browser(t);
  const field = await Field.open(session, site.url());
  await field.type("482913");
  assert.equal(await field.value(), "482913");
  assert.equal(await session.count("[data-part=message]"), 1);
  assert.deepEqual(await complaints(session), []);
});

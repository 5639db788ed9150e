// The npm package as it is packed, in real pages: the file to drop in, and the modules beside it.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
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

test("released: the archive, unzipped and served, starts the field of its README", async (t) => {
  const { unzipSync } = createRequire(import.meta.url)(fileURLToPath(new URL("../../.tools/npm/node_modules/fflate", import.meta.url)));
  const to = join(folder, "release");
  mkdirSync(to);
  writeFileSync(join(to, "todoita-0.1.0.tgz"), "packed");
  execFileSync("node", [fileURLToPath(new URL("../../xtask/tools/release.mjs", import.meta.url)), to, "0.1.0"], { input: "digest v0.11.3 MIT\n" });
  for (const [name, bytes] of Object.entries(unzipSync(readFileSync(join(to, "todoita-0.1.0.zip"))))) {
    mkdirSync(dirname(join(to, name)), { recursive: true });
    if (!name.endsWith("/")) writeFileSync(join(to, name), bytes);
  }
  const readme = readFileSync(join(to, "todoita/README.txt"), "utf8");
  const html = readme.match(/^ {2}<[^]*<\/form>$/m)[0].replaceAll("/todoita/", "/assets/");
  const page = `<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>code</title></head><body>${html}</body></html>`;
  const site = await Site.start(t, page, { assets: pathToFileURL(join(to, "todoita/")), policy: readme.match(/script-src .*/)[0] });
  const session = await browser(t);
  const field = await Field.open(session, site.url());
  await field.paste("2026/11/22 10:30 認証番号：482913");
  await field.press("enter");
  await eventually(() => site.posts.length, 1);
  assert.equal(site.posts[0].fields.code, "482913");
  assert.deepEqual(await complaints(session), []);
});

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

test("packed: the modules of the set-up elements draw the steps of an app", async (t) => {
  const uri = "otpauth://totp/Shop:a?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Shop";
  const body = `<form><todoita-setup uri="${uri}"><label>Code <input name="code"></label><button>On</button></todoita-setup></form>`;
  const html = `<!doctype html><html lang="ja"><meta charset="utf-8"><title>Set-up</title>
<link rel="stylesheet" href="/assets/dist/todoita-setup.css"><script type="module" src="/assets/todoita-setup.js"></script>${body}`;
  const site = await Site.start(t, html, { assets });
  const session = await browser(t);
  await session.open(site.url());
  await eventually(() => session.count("todoita-setup [data-part=qr]"), 1);
  assert.deepEqual(await complaints(session), []);
});

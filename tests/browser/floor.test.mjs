// The browsers that README names, and those below them: as far as today's engines can play them.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdir } from "node:fs/promises";
import test, { after } from "node:test";
import { fileURLToPath } from "node:url";
import { browser, close } from "./engines.mjs";
import { Field, eventually } from "./pages.mjs";
import { Site, accept, page } from "./sites.mjs";

after(close);

/** Features that are newer than Safari 15.4, Chrome 99 and Firefox 98, as far as a page can be without them. */
const NEWER = `
  delete HTMLFormElement.prototype.requestSubmit; // Safari 16
  for (const name of ["checkVisibility", "setHTML", "togglePopover", "showPopover", "hidePopover"]) delete Element.prototype[name], delete HTMLElement.prototype[name];
  for (const name of ["findLast", "findLastIndex", "toSorted", "toReversed", "toSpliced", "with"]) delete Array.prototype[name];
  for (const name of ["isWellFormed", "toWellFormed"]) delete String.prototype[name];
  for (const name of ["union", "intersection", "difference", "isSubsetOf"]) delete Set.prototype[name];
  for (const name of ["map", "filter", "take", "drop", "flatMap", "reduce", "toArray", "forEach", "some", "every", "find"]) delete globalThis.Iterator?.prototype[name];
  delete Array.fromAsync; delete Object.groupBy; delete Map.groupBy; delete Promise.withResolvers; delete Promise.try;
  delete AbortSignal.any; delete AbortSignal.timeout; delete URL.canParse; delete URL.parse; delete Response.json;
  delete Uint8Array.fromBase64; delete Uint8Array.prototype.toHex; delete window.scheduler; delete window.navigation;
`;

async function open(t, script, { facts, html = page } = {}) {
  const site = await Site.start(t, html({ facts, head: '<script src="/old.js"></script>' }));
  site.files["/old.js"] = script;
  const session = await browser(t);
  await session.open(site.url());
  return { site, session, field: new Field(session) };
}

test("in a browser of early 2022: a message is pasted, the guide opens, the code is posted", async (t) => {
  const { site, session, field } = await open(t, NEWER);
  await field.alive();
  await field.paste("2026/11/22 10:30 認証番号：４８２９１３");
  assert.equal(await field.value(), "482913");
  const guide = await field.guide();
  await guide.answer("right");
  await guide.screen("sms-other-texts-arrive");
  await field.type("enter");
  await eventually(() => session.url(), site.url("/in"));
  assert.equal(site.posts[0].fields.code, "482913");
});

test("in a browser of early 2022: answers in JSON, and one in HTML", async (t) => {
  const { site, session, field } = await open(t, NEWER, { facts: { answers: "json" } });
  await field.alive();
  site.answer = (response) =>
    response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>x</title><h1>Please call us</h1>");
  await field.type("482913", "enter");
  await eventually(async () => (await session.find("body")).text(), "Please call us");
  assert.equal(new Set(site.posts.map(({ fields }) => fields["todoita-attempt"])).size, 1);
  await session.open(site.url());
  await field.alive();
  site.answer = (response) => accept(response);
  await field.type("482913", "enter");
  await eventually(() => session.url(), site.url("/in"));
});

test("in a browser of early 2022: where scripts cannot submit a form, the person does", async (t) => {
  const { site, session, field } = await open(t, NEWER, { facts: { "auto-submit": "" } });
  await field.alive();
  await field.type("482913");
  assert.deepEqual(await field.events("input"), [{ event: "complete", kind: "code" }]);
  assert.equal(site.posts.length, 0);
  await field.press("enter");
  await eventually(() => session.url(), site.url("/in"));
  assert.equal(site.posts[0].fields.code, "482913");
});

const below = {
  "without WebAssembly": { script: "delete window.WebAssembly;" },
  "without custom elements": { script: 'Object.defineProperty(window, "customElements", { value: undefined });' },
  // A type that a browser does not know is not run: this is what a module is to those before 2018.
  "without modules": { script: "", html: (parts) => page(parts).replace('type="module"', 'type="text/of-tomorrow"') },
};
for (const [name, { script, html }] of Object.entries(below)) {
  test(`${name} the plain form works and is posted`, async (t) => {
    const { site, session, field } = await open(t, script, { html });
    await field.type("482 913", "enter");
    await eventually(() => session.url(), site.url("/in"));
    assert.equal(site.posts[0].fields.code, "482 913");
    assert.equal(site.posts[0].fields["todoita-attempt"], undefined);
  });
}

test("the WebAssembly modules need no feature that the oldest supported browsers lack", async () => {
  const dist = new URL("../../www/dist/", import.meta.url);
  // The field's, the guide's and that of the set-up elements. That of the functions says itself what it needs, and would be believed.
  const modules = (await readdir(dist)).filter((name) => name.endsWith(".wasm"));
  assert.equal(modules.length, 3);
  const wasmOpt = fileURLToPath(new URL("../../.tools/npm/node_modules/.bin/wasm-opt", import.meta.url));
  // The features of Safari 15, Chrome 96 and Firefox 79; wasm-opt rejects a module that needs more.
  const has = ["mutable-globals", "sign-ext", "nontrapping-float-to-int", "bulk-memory", "multivalue", "reference-types"];
  for (const name of modules) {
    execFileSync(wasmOpt, [fileURLToPath(new URL(name, dist)), "--mvp-features", ...has.map((it) => `--enable-${it}`), "-o", "/dev/null"], { stdio: "pipe" });
  }
});

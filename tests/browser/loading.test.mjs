// Before the widget is in charge, while it takes over, and where it cannot.

import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import test, { after } from "node:test";
import { browser, close, only } from "./engines.mjs";
import { Field, complained, complaints, eventually } from "./pages.mjs";
import { STRICT, Site, WITHOUT_WASM, page } from "./sites.mjs";

after(close);

const SHIFTS = only("chrome", "the Layout Instability API is Chromium's; the test below looks at one paragraph's place in each");

/** How far the page's layout moved, except by acts of the person (Layout Instability API). */
const shift = (session) =>
  session.run(
    () =>
      new Promise((done) => {
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => {
          const observer = new PerformanceObserver(() => {});
          observer.observe({ type: "layout-shift", buffered: true });
          done(observer.takeRecords().reduce((sum, { value, hadRecentInput }) => sum + (hadRecentInput ? 0 : value), 0));
        }, 100)));
      }),
  );

test("F14: the widget takes over typed text, caret and focus", async (t) => {
  const site = await Site.start(t, page());
  const session = await browser(t);
  const release = site.hold(/\.wasm$/);
  await session.open(site.url());
  const field = new Field(session);
  await field.type("4829", "left", "left");
  assert.equal(await field.state(), null);
  release();
  await field.alive();
  assert.equal(await field.value(), "4829");
  assert.equal(await field.selection(), 2);
  assert.equal(await field.focused(), true);
  await field.press("x");
  assert.equal(await field.value(), "48x29");
});

test("no key is lost while the widget takes over", async (t) => {
  const site = await Site.start(t, page());
  const session = await browser(t);
  const release = site.hold(/\.(wasm|json)$/);
  await session.open(site.url());
  const field = new Field(session);
  await field.type("1");
  release();
  for (const key of "2345678") await field.press(key);
  await field.alive();
  await eventually(() => field.value(), "12345678");
});

test("an IME composition that is open when the widget takes over is not broken", async (t) => {
  const site = await Site.start(t, page());
  const session = await browser(t);
  const release = site.hold(/\.wasm$/);
  await session.open(site.url());
  const field = new Field(session);
  await field.type("");
  const composition = session.compose("４８２９１３");
  const { value: open } = await composition.next();
  release();
  await field.alive();
  assert.equal(await field.value(), open);
  for await (const shown of composition) assert.ok((await field.value()).endsWith(shown), shown);
  await eventually(() => field.value(), "482913");
});

test("a code that is submitted before the widget loads is posted by the plain form", async (t) => {
  const site = await Site.start(t, page());
  const session = await browser(t);
  site.hold(/\.wasm$/);
  await session.open(site.url());
  await new Field(session).type("482913", "enter");
  await eventually(() => session.url(), site.url("/in"));
  assert.equal(site.posts[0].fields.code, "482913");
});

test("nothing on the page moves when the widget starts", SHIFTS, async (t) => {
  const site = await Site.start(t, page());
  const session = await browser(t);
  const release = site.hold(/\.wasm$/);
  await session.open(site.url());
  await session.find("#below");
  assert.equal(await shift(session), 0);
  const below = await (await session.find("#below")).rect();
  release();
  await new Field(session).alive();
  const moved = await shift(session);
  assert.deepEqual(await (await session.find("#below")).rect(), below);
  assert.equal(moved, 0);
});

test("the check of movement finds a movement", SHIFTS, async (t) => {
  const site = await Site.start(t, page());
  const session = await browser(t);
  await Field.open(session, site.url());
  await shift(session);
  await session.run(() => document.getElementById("before").before(document.createElement("hr"), document.createElement("hr")));
  assert.ok((await shift(session)) > 0);
});

test("the content below the field does not move when the widget starts", async (t) => {
  const site = await Site.start(t, page());
  const session = await browser(t);
  const release = site.hold(/\.wasm$/);
  await session.open(site.url());
  const place = async () => (await session.find("#below")).rect();
  const before = await place();
  release();
  await new Field(session).alive();
  assert.deepEqual(await place(), before);
});

test("nothing on the page moves when a message appears", async (t) => {
  const site = await Site.start(t, page());
  const session = await browser(t);
  const field = await Field.open(session, site.url());
  const below = await (await session.find("#below")).rect();
  await field.type("48", "enter");
  assert.notEqual(await field.alert(), "");
  assert.deepEqual(await (await session.find("#below")).rect(), below);
});

test("F98, F114: with WebAssembly refused the form works without the widget, and an event reports it", async (t) => {
  const site = await Site.start(t, page(), { policy: WITHOUT_WASM });
  const session = await browser(t);
  await session.open(site.url());
  await complained(session, /stays as the page made it/);
  const field = new Field(session);
  assert.equal(await field.state(), null);
  await field.type("482913", "enter");
  await eventually(() => session.url(), site.url("/in"));
  assert.equal(site.posts[0].fields.code, "482913");
});

test("F98: without the module the form works without the widget", async (t) => {
  const site = await Site.start(t, page().replace("dist/todoita.js", "dist/not-there.js"));
  const session = await browser(t);
  await session.open(site.url());
  await new Field(session).type("482913", "enter");
  await eventually(() => session.url(), site.url("/in"));
  assert.equal(site.posts[0].fields.code, "482913");
});

test("a changed WebAssembly module is refused, and the form works without the widget", async (t) => {
  const [name] = (await readdir(new URL("../../www/dist/", import.meta.url))).filter((it) => /^todoita-.*\.wasm$/.test(it));
  const site = await Site.start(t, page());
  // A valid module, with nothing in it.
  site.files[`/assets/dist/${name}`] = Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  const session = await browser(t);
  await session.open(site.url());
  // WebKit reports the hash in its console alone; the page can see that the fetch failed.
  await complained(session, /integrity|Load failed/, /stays as/);
  await new Field(session).type("482913", "enter");
  await eventually(() => session.url(), site.url("/in"));
});

test("F98: without JavaScript the code is posted under its name", async (t) => {
  const site = await Site.start(t, page());
  const session = await browser(t, { javascript: false });
  await session.open(site.url());
  await new Field(session).type("482913", "enter");
  await eventually(() => session.url(), site.url("/in"));
  assert.equal(site.posts[0].fields.code, "482913");
  assert.equal(site.asked.filter((path) => path.endsWith(".js")).length, 0);
});

test("F114: the strictest content security policy is never violated, in any state", async (t) => {
  const site = await Site.start(t, page({ facts: { cause: "wrong" } }), { policy: STRICT });
  const session = await browser(t);
  const field = await Field.open(session, site.url());
  await field.type("1", "enter", ["control", "a"]);
  await field.paste("認証コード：482913");
  await field.choose("backup");
  assert.deepEqual(await complaints(session), []);
});

test("the WebAssembly and the page's language are fetched in parallel, each once; the other language is not", async (t) => {
  const site = await Site.start(t, page());
  const session = await browser(t);
  await Field.open(session, site.url());
  const fetched = site.asked.filter((path) => !/\.(css)$/.test(path));
  assert.deepEqual(fetched.filter((path) => path.endsWith(".json")), ["/assets/words/ja.json"]);
  assert.equal(fetched.filter((path) => path.endsWith(".wasm")).length, 1);
  assert.equal(fetched.filter((path) => path.endsWith(".js")).length, 1, fetched.join());
});

test("F109: English for an English page; for a page in an unsupported language English, with its language", async (t) => {
  for (const [lang, attribute] of [["en", null], ["fr", "en"]]) {
    const site = await Site.start(t, page({ html: `lang="${lang}"` }));
    const session = await browser(t);
    const field = await Field.open(session, site.url());
    assert.match(await field.sent(), /ending in 5678/);
    assert.equal(await session.run(() => document.querySelector("[data-part=message]").getAttribute("lang")), attribute);
  }
});

test("F99: a page that is shown again by 'back' is usable", async (t) => {
  const site = await Site.start(t, page());
  const session = await browser(t);
  const field = await Field.open(session, site.url());
  await field.type("482913", "enter");
  await eventually(() => session.url(), site.url("/in"));
  await session.back();
  await eventually(() => field.state(), (state) => state !== null && state !== "busy");
  assert.equal(await (await field.input()).property("readOnly"), false);
});

// Before the widget is in charge, while it takes over, and where it cannot.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { browser, close, only } from "./engines.mjs";
import { Field, complained, complaints, eventually } from "./pages.mjs";
import { STRICT, Site, WITHOUT_WASM, page } from "./sites.mjs";

after(close);

const SHIFTS = only("chrome", "the Layout Instability API is Chromium's; the test below looks at one paragraph's place in each");

/** A page whose widget starts when `release()` is called, as over a slow network. */
async function late(t) {
  const site = await Site.start(t, page({ script: '<script type="module" src="/late.js"></script>' }));
  site.files["/late.js"] = 'addEventListener("release", () => import("/assets/dist/todoita.js"));';
  const session = await browser(t);
  await session.open(site.url());
  const release = () => session.run(() => void dispatchEvent(new Event("release")));
  return { site, session, release, field: new Field(session) };
}

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
  const { session, release, field } = await late(t);
  await field.type("4829", "left", "left");
  assert.equal(await field.state(), null);
  await release();
  await field.alive();
  assert.equal(await field.value(), "4829");
  assert.equal(await field.selection(), 2);
  assert.equal(await field.focused(), true);
  await field.press("x");
  assert.equal(await field.value(), "48x29");
});

test("no key is lost while the widget takes over", async (t) => {
  const { session, release, field } = await late(t);
  await field.type("1");
  await release();
  for (const key of "2345678") await field.press(key);
  await field.alive();
  await eventually(() => field.value(), "12345678");
});

test("an IME composition that is open when the widget takes over is not broken", async (t) => {
  const { session, release, field } = await late(t);
  await field.type("");
  const composition = session.compose("４８２９１３");
  const { value: open } = await composition.next();
  await release();
  await field.alive();
  assert.equal(await field.value(), open);
  for await (const shown of composition) assert.ok((await field.value()).endsWith(shown), shown);
  await eventually(() => field.value(), "482913");
});

test("a code that is submitted before the widget loads is posted by the plain form", async (t) => {
  const { site, session, field } = await late(t);
  await field.type("482913", "enter");
  await eventually(() => session.url(), site.url("/in"));
  assert.equal(site.posts[0].fields.code, "482913");
});

test("nothing on the page moves when the widget starts", SHIFTS, async (t) => {
  const { session, release, field } = await late(t);
  await session.find("#below");
  assert.equal(await shift(session), 0);
  const below = await (await session.find("#below")).rect();
  await release();
  await field.alive();
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
  const { session, release, field } = await late(t);
  const place = async () => (await session.find("#below")).rect();
  const before = await place();
  await release();
  await field.alive();
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

test("with a damaged WebAssembly module the form works without the widget", async (t) => {
  const site = await Site.start(t, page());
  // The module is a text in the script, which begins with the bytes of "\0asm".
  site.change = (path, body) => (path.endsWith("todoita.js") ? String(body).replace("\0asm", "\0xxx") : body);
  const session = await browser(t);
  await session.open(site.url());
  await complained(session, /stays as/);
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

test("the field is a script and a style sheet: nothing else is fetched", async (t) => {
  const site = await Site.start(t, page());
  const session = await browser(t);
  await Field.open(session, site.url());
  assert.deepEqual(site.asked.sort(), ["/assets/dist/todoita.css", "/assets/dist/todoita.js"]);
});

test("a page needs no connect-src for the field", async (t) => {
  const site = await Site.start(t, page(), { policy: STRICT.replace("connect-src 'self'; ", "") });
  const session = await browser(t);
  const field = await Field.open(session, site.url());
  await field.paste("認証コード：482913");
  assert.equal(await field.value(), "482913");
  assert.deepEqual(await complaints(session), []);
});

test("with the script of one language, a page in another language gets that one, with its language", async (t) => {
  const script = (name) => `<script type="module" src="/assets/dist/${name}"></script>`;
  for (const [name, html, sentence, attribute] of [
    ["todoita.ja.js", 'lang="ja"', /末尾5678/, null],
    ["todoita.ja.js", 'lang="en"', /末尾5678/, "ja"],
    ["todoita.en.js", 'lang="ja"', /ending in 5678/, "en"],
    ["todoita.en.js", 'lang="en-GB"', /ending in 5678/, null],
  ]) {
    await t.test(`${name}, ${html}`, async (t) => {
      const site = await Site.start(t, page({ html, script: script(name) }));
      const session = await browser(t);
      const field = await Field.open(session, site.url());
      assert.match(await field.sent(), sentence, `${name} ${html}`);
      assert.equal(await session.run(() => document.querySelector("[data-part=message]").getAttribute("lang")), attribute, `${name} ${html}`);
    });
  }
});

test("F109: English for an English page; for a page in an unsupported language English, with its language", async (t) => {
  for (const [lang, attribute] of [["en", null], ["fr", "en"]]) {
    await t.test(lang, async (t) => {
      const site = await Site.start(t, page({ html: `lang="${lang}"` }));
      const session = await browser(t);
      const field = await Field.open(session, site.url());
      assert.match(await field.sent(), /ending in 5678/);
      assert.equal(await session.run(() => document.querySelector("[data-part=message]").getAttribute("lang")), attribute);
    });
  }
});

test("a page in Korean or Easy Japanese fetches the sentences of the field and the guide; no other page does", async (t) => {
  for (const [lang, sentence, fetched] of [["ko", /끝자리 5678/, ["/assets/words/ko.guide.json", "/assets/words/ko.json"]], ["ja-x-easy", /さいごが 5678/, ["/assets/words/ja-x-easy.guide.json", "/assets/words/ja-x-easy.json"]], ["ja", /末尾5678/, []]]) {
    await t.test(lang, async (t) => {
      const site = await Site.start(t, page({ html: `lang="${lang}"` }));
      const session = await browser(t);
      const field = await Field.open(session, site.url());
      assert.match(await field.sent(), sentence);
      const guide = await field.guide();
      assert.match(await guide.heading(), sentence, lang);
      const other = site.asked.filter((path) => /words\/(ko|ja-x)/.test(path)).sort();
      assert.deepEqual(other, fetched, lang);
    });
  }
});

test("where the file of a language cannot be fetched, the field is there in English", async (t) => {
  const site = await Site.start(t, page({ html: 'lang="ko"' }));
  site.files["/assets/words/ko.json"] = null;
  const session = await browser(t);
  const field = await Field.open(session, site.url());
  assert.match(await field.sent(), /ending in 5678/);
  assert.equal(await session.run(() => document.querySelector("[data-part=message]").getAttribute("lang")), "en");
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

// The guide's words: a site's own, another language, a profile of a service.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { browser, close } from "./engines.mjs";
import { openWithSupport } from "./field-page.mjs";
import { Guide, complaints, eventually } from "./pages.mjs";
import { Site } from "./sites.mjs";

after(close);

test("a site brings a language of its own", async (t) => {
  const french = { lang: "fr", ui: { code: "Retour au code" }, screens: { "sms-check-destination": { title: "Est-ce le bon numéro ?" } } };
  const { session, field } = await openWithSupport(t, { facts: { "guide-words": "/fr.json" }, js: { "/fr.json": JSON.stringify(french) } });
  const guide = await field.guide();
  assert.equal(await guide.heading(), "Est-ce le bon numéro ?");
  assert.match(await guide.text(), /Retour au code/);
  assert.equal(await (await session.find("todoita-guide")).attribute("lang"), "fr");
});

test("a words file of a wrong shape causes a warning, and the built-in words stay", async (t) => {
  for (const words of [null, [], { screens: { "sms-check-destination": { folds: { x: null }, choices: { right: null }, title: 7 } } }, { lang: "xx_YY", screens: "no" }]) {
    await t.test(JSON.stringify(words), async (t) => {
      const { field } = await openWithSupport(t, { facts: { "guide-words": "/own.json" }, js: { "/own.json": JSON.stringify(words) } });
      const guide = await field.guide();
      assert.match(await guide.heading(), /5678/);
      assert.match(await guide.text(), /自分の番号/);
    });
  }
});

test("a site replaces words, adds a remedy, and brings a language of its own", async (t) => {
  const own = {
    ui: { "other-ways": "" },
    screens: {
      "sms-check-destination": { title: "うちのことば", folds: { ours: { title: "うちの対処", text: ["ここを見てください。"] } } },
    },
  };
  const { session, field } = await openWithSupport(t, { facts: { "guide-words": "/own.json" }, js: { "/own.json": JSON.stringify(own) } });
  const guide = await field.guide();
  assert.equal(await guide.heading(), "うちのことば");
  assert.match(await guide.text(), /うちの対処/);
  assert.match(await guide.text(), /自分の番号/);
  // Without the sentence that names the other ways, their button keeps its own.
  assert.notEqual(await (await session.find('todoita-guide [data-do="exit other"]')).text(), "");
});

test("alone, in the profile of a service, it names the service that it does not belong to and takes no code", async (t) => {
  for (const [profile, name] of [["instagram", /Instagram/], ["twitter", /X/]]) {
    const alone = `<!doctype html><html lang="ja"><meta charset="utf-8"><title>案内</title>
<link rel="stylesheet" href="/assets/dist/todoita-guide.css">
<script type="module" src="/assets/dist/todoita-guide.js"></script><todoita-guide profile="${profile}"></todoita-guide></html>`;
    const site = await Site.start(t, alone);
    const session = await browser(t);
    await session.open(site.url());
    const guide = new Guide(session);
    await guide.alive();
    assert.equal(await guide.screen(), "entry");
    assert.match(await guide.text(), name);
    assert.equal(await session.count("input:not([type=search])"), 0);
    await guide.answer("sms");
    await guide.answer("no");
    await guide.answer("still");
    await guide.screen("carrier-filter");
    await guide.answer("came");
    await guide.screen("back-to-code");
    assert.deepEqual(await complaints(session), []);
    site.stop();
  }
});

test("an outage that the site reports comes first, in the site's words", async (t) => {
  const { session, field } = await openWithSupport(t, { facts: { incident: "@now: {SMS} が遅れています。", notice: "/status" } });
  const guide = await field.guide();
  await guide.screen("site-trouble");
  await eventually(() => session.count("todoita-guide a[href='/status']"), 1);
  assert.match(await guide.text(), /@now: \{SMS\} が遅れています。/);
});

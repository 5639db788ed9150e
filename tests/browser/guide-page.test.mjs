// The guide in its page: its place after a reload, and its search beside what the person does meanwhile.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { close } from "./engines.mjs";
import { openField } from "./field-page.mjs";
import { eventually } from "./pages.mjs";
import { element } from "./sites.mjs";

after(close);

test("a reload opens the guide where it was, also where the input has no id", async (t) => {
  const { session, field } = await openField(t, { code: element().replace('<input id="code"', '<input aria-label="認証コード"') });
  const guide = await field.guide();
  await guide.answer("right");
  await guide.screen("sms-other-texts-arrive");
  await session.reload();
  await field.alive();
  await guide.alive();
  await guide.screen("sms-other-texts-arrive");
  assert.equal(await guide.open(), true);
});

/** The text that is announced. */
const status = (session) => session.run(() => document.querySelector("todoita-guide > [role=status]").textContent);

test("what a search found is announced on its own screen only", async (t) => {
  const { site, session, field } = await openField(t);
  const guide = await field.guide();
  await guide.leave("menu");
  await guide.screen("entry");
  const release = site.hold(/search\.json/);
  await (await session.find("todoita-guide [type=search]")).click();
  await session.press("ドコモ", "enter");
  await session.back();
  await guide.screen("sms-check-destination");
  release();
  await eventually(() => session.run(() => performance.getEntriesByType("resource").some(({ name, responseEnd }) => /search\.json/.test(name) && responseEnd)), true);
  await session.run(() => new Promise((done) => setTimeout(done, 100)));
  assert.equal(await status(session), "");
  await guide.leave("menu");
  await guide.screen("entry");
  assert.deepEqual(await guide.search("ドコモ"), ["carrier-filter"]);
  assert.notEqual(await status(session), "");
  await session.back();
  await guide.screen("sms-check-destination");
  assert.equal(await status(session), "");
});

test("the Enter that ends a conversion starts no search", async (t) => {
  const { session, field } = await openField(t);
  const guide = await field.guide();
  await guide.leave("menu");
  await guide.screen("entry");
  // WebKit's order: the composition has ended when the key comes, whose code says that an input method took it.
  const enter = (keyCode) =>
    session.run((keyCode) => {
      const input = document.querySelector("todoita-guide [type=search]");
      input.value = "ドコモ";
      return input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", keyCode, bubbles: true, cancelable: true }));
    }, keyCode);
  const results = () => session.count("todoita-guide [data-part=search] [data-part=answers] p");
  assert.equal(await enter(229), true);
  await session.run(() => new Promise((done) => setTimeout(done, 300)));
  assert.equal(await results(), 0);
  assert.equal(await enter(13), false);
  await eventually(results, 1);
});

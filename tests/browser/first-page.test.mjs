// The published pages: the first page (www/demo/index*.html), and the page of the README.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test, { after } from "node:test";
import { audit } from "./axe.mjs";
import { browser, close } from "./engines.mjs";
import { Field, complaints, eventually } from "./pages.mjs";
import { Site } from "./sites.mjs";

after(close);

for (const name of ["index.html", "index.en.html"]) {
  test(`the first page (${name}): each message can be copied and pasted; nothing is sent`, async (t) => {
    const site = await Site.start(t, "");
    const session = await browser(t);
    const field = await Field.open(session, site.url(`/assets/demo/${name}`));
    await session.allowClipboard();
    const messages = await session.run(() => [...document.querySelectorAll(".phone li")].map(({ dataset }) => ({ ...dataset })));
    assert.equal(messages.length, 5);
    // The page puts the first message in; its text is about that one.
    await eventually(async () => (await session.find("#result")).text(), (text) => text.includes(messages[0].result));
    let last = "";
    for (const [place, { code, result }] of messages.entries()) {
      await (await session.find(`.phone li:nth-child(${place + 1}) button`)).click();
      await eventually(() => field.focused(), true);
      await field.press(["control", "a"], ["control", "v"]);
      await eventually(async () => (await session.find("#result")).text(), result);
      // The one without a code for this page is another site's: it stays outside.
      assert.equal(await field.value(), code ?? last);
      assert.equal((await field.alert()) === "", code !== undefined);
      last = code ?? last;
    }
    await field.type(["control", "a"], "111111", "enter");
    await eventually(() => field.state(), "refused");
    await field.type(["control", "a"], messages[0].code, "enter");
    await eventually(() => field.state(), "accepted");
    await session.run(() => document.getElementById("guide").scrollIntoView());
    await eventually(() => session.count("todoita-guide[data-alive]"), 1);
    // The other page has the same structure (below).
    if (name === "index.html") assert.deepEqual(await audit(session), []);
    assert.deepEqual(site.posts, []);
    assert.deepEqual(await complaints(session), []);
  });
}

test("the first pages in both languages have the same structure", async () => {
  const [ja, en] = await Promise.all(
    ["index.html", "index.en.html"].map((name) => readFile(new URL(`../../www/demo/${name}`, import.meta.url), "utf8")),
  );
  const skeleton = (html) => [...html.matchAll(/<\/?([a-z][a-z0-9-]*)/g)].map(([tag]) => tag);
  assert.deepEqual(skeleton(ja), skeleton(en));
  const policy = /Content-Security-Policy" content="([^"]+)"/;
  assert.equal(ja.match(policy)[1], en.match(policy)[1]);
});

test("the README's page under the README's policy: a code is read, and posted as digits", async (t) => {
  const readme = await readFile(new URL("../../README.md", import.meta.url), "utf8");
  const [, markup] = readme.match(/```html\n([^]*?)```/);
  const [policy] = readme.match(/script-src 'self'.*/);
  const page = `<!doctype html><html lang="ja"><meta charset="utf-8"><title>README</title>${markup.replaceAll("/todoita/", "/assets/")}`;
  const site = await Site.start(t, page, { policy });
  const session = await browser(t);
  const field = await Field.open(session, site.url());
  assert.match(await field.wait(), /30\s?秒/);
  await field.paste("2026/11/22 10:30 認証番号：４８２９１３");
  assert.equal(await field.value(), "482913");
  await field.press("enter");
  await eventually(() => session.url(), site.url("/in"));
  assert.equal(site.posts[0].fields.code, "482913");
  assert.deepEqual(await complaints(session), []);
});

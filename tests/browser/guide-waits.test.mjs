// The guide and what sends: the end of a wait, a refusal, a new code.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { close } from "./engines.mjs";
import { SUPPORT, openWithSupport } from "./field-page.mjs";
import { eventually } from "./pages.mjs";
import { minutes, page, refuse } from "./sites.mjs";

after(close);

test("send again waits in the guide as it does in the field", async (t) => {
  const { site, session, field } = await openWithSupport(t, { facts: { "resend-at": minutes(1), cause: "expired" } });
  const guide = await field.guide();
  await guide.answer("late");
  await guide.screen("code-renew");
  const send = await session.find('todoita-guide [data-do^="choice send"]');
  assert.match(await send.text(), /あと\d+秒/);
  assert.equal(await send.attribute("aria-disabled"), "true");
  await guide.answer("send");
  assert.equal(await guide.open(), true);
  assert.equal(site.posts.length, 0);
});

test("until the end of a wait what sends is shut, with the time and its day", async (t) => {
  const { site, session, field } = await openWithSupport(t, { facts: { "retry-at": minutes(26 * 60), cause: "limited" } });
  const guide = await field.guide();
  await guide.screen("wait-until");
  assert.match(await guide.heading(), /明日.*月.*日.*:/);
  await session.run(() => {
    dispatchEvent(new PopStateEvent("popstate", { state: { todoita: { code: { answers: "not-here", depth: 1 } } } }));
  });
  await guide.screen("not-here");
  const send = await session.find('todoita-guide [data-do^="choice send"]');
  assert.equal(await send.attribute("aria-disabled"), "true");
  assert.match(await send.text(), /明日.*から送れます/);
  await guide.answer("send");
  assert.equal(await guide.open(), true);
  assert.equal(site.posts.length, 0);
});

test("after a refusal to send, the page and the guide offer what works now, and say until when", async (t) => {
  const { site, session, field } = await openWithSupport(t, { facts: { ...SUPPORT, answers: "json", alternatives: "email voice app backup" } });
  site.answer = (response) => refuse(response, "limited", { resendAt: minutes(57), open: ["app", "backup"] }, 429);
  const guide = await field.guide();
  await guide.leave("other");
  await guide.take("voice");
  await eventually(() => field.alert(), (text) => /^送信や入力が多いため、.*\d+:\d\d.*まで/.test(text));
  const offered = () => session.run(() => [...document.querySelectorAll("[data-part=choices] button")].map((it) => it.value));
  assert.deepEqual(await offered(), ["app", "backup"]);
  await field.guide();
  await guide.screen("wait-until");
  assert.deepEqual(await guide.all("way"), ["app", "backup"]);
  // The next answer offers all again. One of another shape restricts nothing, and its hidden fields are taken.
  await session.run(() => {
    const token = Object.assign(document.createElement("input"), { type: "hidden", name: "csrf", value: "old" });
    document.querySelector("form").append(token);
  });
  site.answer = (response) => refuse(response, "wrong", { open: "app", fields: { csrf: "new" } });
  await field.type("482913", "enter");
  await eventually(() => offered(), (methods) => methods.includes("email"));
  await eventually(() => session.run(() => document.querySelector("[name=csrf]").value), "new");
  // The methods of an answer end with the field.
  await session.run(async () => {
    const host = document.querySelector("todoita-code");
    host.refused({ cause: "limited", open: ["app"] });
    const form = host.parentElement;
    host.remove();
    await new Promise((done) => setTimeout(done, 20));
    form.append(host);
  });
  await eventually(() => offered(), (methods) => methods.includes("email"));
});

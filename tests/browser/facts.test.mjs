// The facts of the sign-in: the field and its guide show the same ones.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { browser, close } from "./engines.mjs";
import { Field } from "./pages.mjs";
import { Site, minutes, page } from "./sites.mjs";

after(close);

async function open(t, facts = {}) {
  const site = await Site.start(t, page({ facts }));
  const session = await browser(t);
  return { session, field: await Field.open(session, site.url()) };
}

/** Calls a method of the element, as a site with a protocol of its own does. */
const call = (session, method, answer) =>
  session.run((method, answer) => document.querySelector("todoita-code")[method](answer), method, answer);

test("after a code was sent by mail the guide no longer asks about the old number", async (t) => {
  const { session, field } = await open(t);
  await call(session, "sent", { channel: "email", now: minutes(1) });
  assert.match(await field.sent(), /登録のメールアドレス/);
  const guide = await field.guide();
  const text = await guide.text();
  assert.doesNotMatch(text, /5678/);
  assert.match(text, /メール/);
});

test("a refusal that is over for the field is over for its guide", async (t) => {
  const { session, field } = await open(t, { cause: "limited", "retry-at": minutes(60) });
  await call(session, "sent", { channel: "sms", destination: "末尾 1234", now: minutes(1), sentAt: minutes(1) });
  const facts = await session.run(() => {
    const { elapsed, ...facts } = document.querySelector("todoita-code").guideFacts;
    return { ...facts, timed: elapsed >= 0 && elapsed < 60_000 };
  });
  const instant = (n) => Date.parse(minutes(n));
  assert.deepEqual(facts, {
    now: instant(1), channel: "sms", destination: "末尾 1234", "sent-at": instant(1), "expires-at": instant(9),
    "resend-at": instant(0), "attempts-left": 8, "retry-at": null, cause: null, resends: 1, timed: true,
  });
  const guide = await field.guide();
  assert.match(await guide.text(), /1234/);
});

// Next.js: the page rendered by the server, taken over by React, then by the element; and the code read on the server.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { browser, close } from "../browser/engines.mjs";
import { Field, complaints, eventually } from "../browser/pages.mjs";
import { MESSAGE, built, openGuide, start, weigh } from "./hosts.mjs";

after(close);

test("Next.js: rendered by the server, hydrated without a complaint, and its code accepted", async (t) => {
  const folder = built("next");
  const { origin } = await start(t, folder, { NODE_ENV: "production" }, "npx", "next", "start", "--port", "0");

  const html = await (await fetch(origin)).text();
  assert.match(html, /<todoita-code channel="sms" destination="5678"[^>]*><label for="code">/);

  const session = await browser(t);
  const field = await Field.open(session, origin);
  await weigh(t, session, "Next.js");
  assert.match(await field.sent(), /末尾5678/);
  await openGuide(session, field);
  await field.type("111111", "enter");
  await eventually(() => session.url(), `${origin}/?cause=wrong`);
  await field.alive();
  await eventually(() => field.alert(), (output) => output !== "");
  await field.paste(MESSAGE);
  await field.press("enter");
  await eventually(() => session.url(), `${origin}/in`);
  // A page that React could not take over says so in the console.
  assert.deepEqual(await complaints(session), []);
});

test("Next.js: without JavaScript the server reads the message", async (t) => {
  const folder = built("next");
  const { origin } = await start(t, folder, { NODE_ENV: "production" }, "npx", "next", "start", "--port", "0");
  const post = (code) => fetch(`${origin}/login/code`, { method: "POST", body: new URLSearchParams({ code }), redirect: "manual" });
  const answers = await Promise.all([post(MESSAGE), post("1".repeat(200_000)), post("482914")]);
  assert.deepEqual(answers.map(({ status, headers }) => [status, headers.get("location")]), [[303, "/in"], [303, "/?cause=wrong"], [303, "/?cause=wrong"]]);
});

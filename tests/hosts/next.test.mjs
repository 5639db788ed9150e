// Next.js: the page rendered by the server, taken over by React, then by the element; the code read on the server; a whole
// sign-in by a server action; and the functions in a page.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { browser, close } from "../browser/engines.mjs";
import { Field, complaints, eventually } from "../browser/pages.mjs";
import { MESSAGE, built, openGuide, start, weigh } from "./hosts.mjs";
import { troubles } from "./troubles.mjs";

after(close);

test("Next.js", async (t) => {
  const { origin } = await start(t, built("next"), { NODE_ENV: "production" }, "npx", "next", "start", "--port", "0");

  await t.test("rendered by the server, hydrated without a complaint, and its code accepted", async (t) => {
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

  await t.test("without JavaScript the server reads the message", async () => {
    const post = (code) => fetch(`${origin}/login/code`, { method: "POST", body: new URLSearchParams({ code }), redirect: "manual" });
    const answers = await Promise.all([post(MESSAGE), post("1".repeat(200_000)), post("482914")]);
    assert.deepEqual(answers.map(({ status, headers }) => [status, headers.get("location")]), [[303, "/in"], [303, "/?cause=wrong"], [303, "/?cause=wrong"]]);
  });

  await t.test("a server action: a sign-in with its troubles", (t) => troubles(t, `${origin}/action`));

  await t.test("a server action: without JavaScript the page states the answer", async () => {
    const html = await (await fetch(`${origin}/action`)).text();
    const body = new FormData();
    for (const [, name, value = ""] of html.matchAll(/<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?/g)) body.set(name, value.replaceAll("&quot;", '"'));
    const post = (code) => {
      body.set("code", code);
      return fetch(`${origin}/action`, { method: "POST", body, redirect: "manual" });
    };
    assert.match(await (await post("111111")).text(), /<todoita-code [^>]*cause="wrong"/);
    const accepted = await post("482913");
    assert.deepEqual([accepted.status, accepted.headers.get("location")], [303, "/in"]);
  });

  await t.test("the functions in a page", async (t) => {
    const session = await browser(t);
    await session.open(`${origin}/called`);
    await eventually(() => session.run(() => document.querySelector("output")?.textContent), "081804 true");
    assert.deepEqual(await complaints(session), []);
  });
});

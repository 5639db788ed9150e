// Astro with its Node adapter: a whole sign-in, and the functions, called in a page and in the built server.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { browser, close } from "../browser/engines.mjs";
import { complaints, eventually } from "../browser/pages.mjs";
import { built, freePort, start } from "./hosts.mjs";
import { troubles } from "./troubles.mjs";

after(close);

const RESULT = "081804 true";

test("Astro", async (t) => {
  const PORT = await freePort();
  const { origin } = await start(t, built("astro"), { HOST: "127.0.0.1", PORT }, process.execPath, "dist/server/entry.mjs");

  await t.test("a page and its endpoint: a sign-in with its troubles", (t) => troubles(t, `${origin}/`));

  await t.test("without JavaScript the page states the answer", async () => {
    const post = (code) => fetch(`${origin}/code`, { method: "POST", headers: { origin, accept: "text/html" }, body: new URLSearchParams({ code }), redirect: "manual" });
    const refused = await post("111111");
    assert.deepEqual([refused.status, refused.headers.get("location")], [303, "/"]);
    assert.match(await (await fetch(origin)).text(), /<todoita-code [^>]*cause="wrong"/);
    const accepted = await post("482913");
    assert.deepEqual([accepted.status, accepted.headers.get("location")], [303, "/in"]);
  });

  await t.test("the functions in the server", async () => {
    assert.match(await (await fetch(`${origin}/called-server`)).text(), new RegExp(`<p>${RESULT}</p>`));
  });

  await t.test("the functions in a page", async (t) => {
    const session = await browser(t);
    await session.open(`${origin}/called`);
    await eventually(() => session.run(() => document.documentElement.dataset.result), RESULT);
    assert.deepEqual(await complaints(session), []);
  });
});

// SvelteKit with adapter-node: a whole sign-in by a form action, and the functions, called in a page and in the built server. The
// server runs in an empty folder, where nothing but its own bundle can be found.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after } from "node:test";
import { browser, close } from "../browser/engines.mjs";
import { complaints, eventually } from "../browser/pages.mjs";
import { built, freePort, start } from "./hosts.mjs";
import { troubles } from "./troubles.mjs";

after(close);

const RESULT = "081804 true";

test("SvelteKit", async (t) => {
  const alone = mkdtempSync(join(tmpdir(), "todoita-sveltekit-"));
  t.after(() => rmSync(alone, { recursive: true, force: true }));
  cpSync(join(built("sveltekit"), "build"), alone, { recursive: true });
  writeFileSync(join(alone, "package.json"), '{ "type": "module" }');
  const PORT = await freePort();
  const { origin } = await start(t, alone, { HOST: "127.0.0.1", PORT, ORIGIN: `http://localhost:${PORT}` }, process.execPath, "index.js");

  await t.test("a form action: a sign-in with its troubles", (t) => troubles(t, `${origin}/`));

  await t.test("a form action: without JavaScript the page states the answer", async () => {
    const headers = { origin, accept: "text/html" };
    const post = (code) => fetch(`${origin}/`, { method: "POST", headers, body: new URLSearchParams({ code }), redirect: "manual" });
    const refused = await post("111111");
    assert.equal(refused.status, 422);
    assert.match(await refused.text(), /<todoita-code [^>]*cause="wrong"/);
    const accepted = await post("482913");
    assert.deepEqual([accepted.status, accepted.headers.get("location")], [303, "/in"]);
  });

  await t.test("the functions in the server", async () => {
    assert.equal(await (await fetch(`${origin}/called-server`)).text(), RESULT);
  });

  await t.test("the functions in a page", async (t) => {
    const session = await browser(t);
    await session.open(`${origin}/called`);
    await eventually(() => session.run(() => document.querySelector("output")?.textContent), RESULT);
    assert.deepEqual(await complaints(session), []);
  });
});

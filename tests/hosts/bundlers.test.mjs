// A page without a framework, by way of three bundlers.

import assert from "node:assert/strict";
import { join } from "node:path";
import test, { after } from "node:test";
import { browser, close } from "../browser/engines.mjs";
import { Field, complaints, eventually } from "../browser/pages.mjs";
import { STRICT } from "../browser/sites.mjs";
import { totp } from "./django/totp.mjs";
import { built, openGuide, run, serve, signIn, weigh } from "./hosts.mjs";

after(close);

/** The strictest policy but for Trusted Types: webpack adds its scripts by a policy of its own, if it is given a name. */
const UNTYPED = STRICT.replace(/; require-trusted-types.*/, "");

async function works(t, site, name) {
  const session = await browser(t);
  const field = await Field.open(session, site.url());
  await weigh(t, session, name);
  assert.match(await field.sent(), /末尾5678/);
  assert.match(await session.run(() => getComputedStyle(document.querySelector("todoita-code")).display), /block|grid|flex/);
  await openGuide(session, field);
  await signIn(session, site, field);
}

test("Vite: a production build under the strictest policy", async (t) => {
  const folder = built("vite");
  const site = await serve(t, join(folder, "dist"));
  await works(t, site, "Vite");
});

test("Vite: without a line of configuration, where the policy lets small files be data", async (t) => {
  const folder = built("vite");
  run(folder, "npx", "vite", "build", "--config", "none.config.js");
  const site = await serve(t, join(folder, "none"), { policy: STRICT.replace("connect-src 'self'", "connect-src 'self' data:").replace("style-src 'self'", "style-src 'self' data:") });
  await works(t, site, "Vite, without configuration");
});

test("webpack: a production build", async (t) => {
  const folder = built("webpack");
  const site = await serve(t, folder, { policy: UNTYPED });
  await works(t, site, "webpack");
});

test("esbuild: a production build under the strictest policy, its files copied", async (t) => {
  const folder = built("esbuild");
  const site = await serve(t, join(folder, "public"));
  await works(t, site, "esbuild");
});

test("Vite: the set-up elements draw the key, and the first code of an authenticator is posted", async (t) => {
  const folder = built("vite");
  run(folder, "npx", "vite", "build", "--config", "setup.config.js");
  const site = await serve(t, join(folder, "dist-setup"));
  const session = await browser(t);
  await session.open(site.url());
  await eventually(() => session.count("todoita-setup [data-part=steps]"), 1);
  assert.equal(await session.run(() => document.querySelector("[data-plain]").hidden), true);
  await (await session.find("#first")).click();
  const code = totp("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", Date.now());
  await session.press(code, "enter");
  await eventually(() => session.url(), site.url("/in"));
  assert.deepEqual(site.posts.map(({ path, fields }) => [path, fields.code]), [["/account/app", code]]);
  assert.deepEqual(await complaints(session), []);
});

test("the class alone registers nothing", async (t) => {
  const folder = built("vite");
  run(folder, "npx", "vite", "build", "--config", "class.config.js");
  const site = await serve(t, join(folder, "dist-class"));
  const session = await browser(t);
  await session.open(site.url());
  assert.deepEqual(await session.run(() => window.is), ["function", false]);
});

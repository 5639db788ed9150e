// B4: which values React, react-hook-form and Formik get from a field.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import test, { after } from "node:test";
import { fileURLToPath } from "node:url";
import { ROOT, close, eventually, posts, visit } from "./browser.mjs";

after(close);

const { buildSync } = createRequire(new URL(".tools/npm/package.json", ROOT))("esbuild");
const built = buildSync({
  entryPoints: [fileURLToPath(new URL("tests/forms/react/form-states.jsx", ROOT))],
  bundle: true,
  write: false,
  format: "iife",
  jsx: "automatic",
  define: { "process.env.NODE_ENV": '"production"' },
  nodePaths: [fileURLToPath(new URL(".tools/forms/node_modules", ROOT))],
});
const BUNDLE = built.outputFiles[0].text;

/** A WebOTP request that the test answers: `otp.give(code)`. */
const WEBOTP = `<script>window.otp = {}; window.OTPCredential ??= class {};
Object.defineProperty(navigator, "credentials", { value: { get: () => new Promise((give) => { otp.give = (code) => give({ code }) }) } })</script>`;

const open = (t, how) =>
  visit(t, { body: "", path: `/react.html?with=${how}`, files: { "/app.js": BUNDLE, "/react.html": PAGE } });
const PAGE = `<!doctype html><html lang="ja"><head><meta charset="utf-8">${WEBOTP}<link rel="stylesheet" href="/assets/dist/todoita.css">
<script type="module" src="/assets/dist/todoita.js"></script></head><body><div id="root"></div><script src="/app.js"></script></body></html>`;

const state = (person) => person.run(() => document.getElementById("state").textContent);

for (const how of ["controlled", "register", "controller", "formik"]) {
  test(`B4: ${how}: a code by WebOTP while nothing has the focus`, async (t) => {
    const { person, site } = await open(t, how);
    await person.run(() => document.activeElement.blur());
    await eventually(() => person.run(() => "give" in otp), true);
    await person.run(() => otp.give("482913"));
    await eventually(() => person.value(), "482913");
    await eventually(() => state(person), "482913");
    await person.click("#go");
    assert.equal((await posts(site, 1))[0]?.fields.code, "482913");
  });

  test(`B4: ${how}: a code that a password manager sets while nothing has the focus`, async (t) => {
    const { person } = await open(t, how);
    await person.run(() => {
      document.activeElement.blur();
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(code, "482 913");
      code.dispatchEvent(new Event("input", { bubbles: true }));
    });
    await eventually(() => person.value(), "482913");
    await eventually(() => state(person), "482913");
  });

  test(`fine: ${how}: a full-width code while the field has the focus`, async (t) => {
    const { person, site } = await open(t, how);
    await person.type("４８２ ９１３");
    await eventually(() => state(person), "482913");
    await person.press("enter");
    assert.equal((await posts(site, 1))[0]?.fields.code, "482913");
  });
}

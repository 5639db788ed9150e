// Codes that the browser itself reads from a message (WebOTP): only where the site asks for it.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { close } from "./engines.mjs";
import { openField } from "./field-page.mjs";
import { complaints, eventually } from "./pages.mjs";

after(close);

/** A page whose WebOTP request the test answers: `window.otp.give(code)`. */
const WEBOTP = `{
  window.otp = { asked: [] };
  window.OTPCredential ??= class {};
  const get = (options) => new Promise((give, refuse) => {
    otp.asked.push(options.otp);
    otp.give = (code) => give({ code });
    options.signal.addEventListener("abort", () => { otp.aborted = true; refuse(options.signal.reason); });
  });
  Object.defineProperty(navigator, "credentials", { value: { get } });
}`;
const open = (t, parts) => openField(t, { ...parts, head: '<script src="/otp.js"></script>' }, { files: { "/otp.js": WEBOTP } });

test("F76: without the attribute WebOTP is not used", async (t) => {
  const { session } = await open(t);
  assert.deepEqual(await session.run(() => window.otp.asked), []);
});

test("F74: a received code is written into the field and completes it once", async (t) => {
  const { session, field } = await open(t, { facts: { webotp: "" } });
  assert.deepEqual(await session.run(() => window.otp.asked), [{ transport: ["sms"] }]);
  await session.run(() => window.otp.give("482913"));
  await eventually(() => field.value(), "482913");
  assert.deepEqual(await field.events("input"), [{ event: "complete", kind: "code" }]);
});

test("F75: the request is aborted when the form is submitted, without an error", async (t) => {
  const { site, session, field } = await open(t, { facts: { webotp: "", answers: "json" } });
  site.hold(/login/);
  await field.type("482913", "enter");
  await eventually(() => session.run(() => window.otp.aborted === true), true);
  assert.deepEqual(await complaints(session), []);
});

test("F18: the request is aborted when the element is removed from the page", async (t) => {
  const { session } = await open(t, { facts: { webotp: "" } });
  await session.run(() => document.querySelector("todoita-code").remove());
  await eventually(() => session.run(() => window.otp.aborted === true), true);
  assert.deepEqual(await complaints(session), []);
});

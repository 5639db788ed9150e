// Codes that the browser itself reads from a message (WebOTP): only where the site asks for it.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { close } from "./engines.mjs";
import { openField } from "./field-page.mjs";
import { complaints, eventually } from "./pages.mjs";
import { accept, refuse } from "./sites.mjs";

after(close);

/** A page whose WebOTP request the test answers: `window.otp.give(code)`. */
const WEBOTP = `{
  window.otp = { asked: [] };
  window.OTPCredential ??= class {};
  const get = (options) => new Promise((give, refuse) => {
    otp.asked.push(options.otp);
    otp.aborted = false;
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

/** Whether the browser waits for a message. */
const waits = (session) => session.run(() => window.otp.asked.length > 0 && !window.otp.aborted);

test("F74: after another code was asked for, the browser waits for it, and it is written into the field", async (t) => {
  const { site, session, field } = await open(t, { facts: { webotp: "", answers: "json" } });
  site.answer = (response) => response.writeHead(200, { "content-type": "application/json" }).end('{"status":"sent","channel":"sms"}');
  await field.choose("resend");
  await eventually(() => site.posts.length, 1);
  await eventually(() => field.state(), "ready");
  await eventually(() => waits(session), true);
  assert.equal(await session.run(() => window.otp.asked.length), 2);
  await session.run(() => window.otp.give("771204"));
  await eventually(() => field.value(), "771204");
  // A code that was refused: the next one may come by itself, too.
  site.answer = (response) => refuse(response, "wrong");
  await field.submit();
  await eventually(() => field.state(), "refused");
  await eventually(() => waits(session), true);
  assert.deepEqual(await complaints(session), []);
});

test("F74: the browser waits again where the site has answered by methods, within the event too", async (t) => {
  const { session, field } = await open(t, { facts: { webotp: "" } });
  await session.run(() =>
    document.addEventListener("todoita-submit", (event) => {
      event.preventDefault();
      new FormData(event.target.closest("form"));
      if (event.detail.action) event.target.sent({ channel: "sms" });
      else setTimeout(() => event.target.refused({ cause: "wrong" }));
    }),
  );
  await field.choose("resend");
  await eventually(() => waits(session), true);
  assert.equal(await session.run(() => window.otp.asked.length), 2);
  await field.type("482913", "enter");
  await eventually(() => field.state(), "refused");
  await eventually(() => waits(session), true);
  await session.run(() => document.querySelector("todoita-code").setAttribute("attempts-left", "3"));
  assert.equal(await session.run(() => window.otp.asked.length), 3);
});

test("F74: after a code that came and was not submitted, the browser waits for the one that the site has sent", async (t) => {
  const { session, field } = await open(t, { facts: { webotp: "" } });
  const asked = () => session.run(() => window.otp.asked.length);
  await session.run(() => window.otp.give("482913"));
  await eventually(() => field.value(), "482913");
  await session.run(() => document.querySelector("todoita-code").sent({ channel: "sms" }));
  await eventually(asked, 2);
  await session.run(() => window.otp.give("771204"));
  await eventually(() => field.value(), "771204");
  await session.run(() => document.querySelector("todoita-code").setAttribute("sent", ""));
  await eventually(asked, 3);
  assert.equal(await waits(session), true);
});

test("F74: a code that is being checked is not given up for a new one", async (t) => {
  const { site, session, field } = await open(t, { facts: { webotp: "", answers: "json" } });
  site.answer = (response) => accept(response);
  const release = site.hold(/login/);
  await field.type("482913", "enter");
  await eventually(() => field.state(), "busy");
  await session.run(() => document.querySelector("todoita-code").sent({ channel: "sms" }));
  release();
  await eventually(() => session.url(), site.url("/in"));
});

test("F75: the browser waits for no message while a code is checked, nor once it was accepted", async (t) => {
  const { session, field } = await open(t, { facts: { webotp: "" } });
  await session.run(() => document.addEventListener("todoita-submit", (event) => event.preventDefault()));
  await field.type("482913", "enter");
  await eventually(() => field.state(), "busy");
  assert.equal(await waits(session), false);
  await session.run(() => document.querySelector("todoita-code").accepted());
  await eventually(() => field.state(), "accepted");
  assert.equal(await waits(session), false);
});

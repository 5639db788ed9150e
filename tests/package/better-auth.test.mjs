// `todoita/better-auth` with a client that answers as better-auth's does; with the real one: tests/hosts/better-auth.test.mjs.

import assert from "node:assert/strict";
import test from "node:test";
import { connect } from "../../www/better-auth.js";

const DATE = "Sun, 22 Nov 2026 10:30:00 GMT";
const NOW = Date.parse(DATE);

/** An element with a channel; `submit` gives the report that it received. */
function element(channel = "app") {
  const target = new EventTarget();
  target.getAttribute = () => channel;
  const reports = [];
  for (const name of ["accepted", "refused", "sent"]) target[name] = (report) => void reports.push([name, report]);
  target.submit = async (fields, kind, action = null) => {
    const formData = new FormData();
    for (const [name, value] of Object.entries(fields)) formData.append(name, value);
    const event = new Event("todoita-submit", { cancelable: true });
    target.dispatchEvent(Object.assign(event, { detail: { formData, kind, action } }));
    await new Promise(setImmediate);
    return event.defaultPrevented ? reports.pop() : "not cancelled";
  };
  return target;
}

/** A client that answers every call with an error; `calls` are the names and bodies. */
function clientOf(error, headers = { date: DATE }) {
  const calls = [];
  const at = (path) =>
    new Proxy(() => {}, {
      get: (_, name) => at([...path, name]),
      apply: async (_, self, [body, { onResponse }]) => {
        calls.push([path.join("."), body]);
        if (error === "lost") throw new TypeError("Failed to fetch");
        onResponse({ response: { headers: new Headers(headers) } });
        return { data: null, error };
      },
    });
  return { client: at([]), calls };
}

test("each kind of code goes to its own call", async () => {
  const target = element();
  const { client, calls } = clientOf(null);
  connect(target, client, { location: "/in", codeLife: 180_000 });
  assert.deepEqual(await target.submit({ code: "482913" }, "code"), ["accepted", "/in"]);
  await target.submit({ code: "TUKJ6-ikl0x", "trust-device": "on" }, "backup");
  const sent = await target.submit({ code: "" }, null, "email");
  assert.deepEqual(sent, ["sent", { now: NOW, channel: "email", sentAt: NOW, resendAt: NOW + 30_000, expiresAt: NOW + 180_000 }]);
  await target.submit({ code: "111111" }, "code");
  await target.submit({ code: "" }, null, "resend");
  const [kind, { channel, sentAt }] = await target.submit({ code: "" }, null, "app");
  assert.deepEqual([kind, channel, sentAt], ["sent", "app", undefined]);
  await target.submit({ code: "222222" }, "code");
  assert.deepEqual(calls, [
    ["twoFactor.verifyTotp", { code: "482913" }],
    ["twoFactor.verifyBackupCode", { code: "TUKJ6-ikl0x", trustDevice: true }],
    ["twoFactor.sendOtp", {}],
    ["twoFactor.verifyOtp", { code: "111111" }],
    ["twoFactor.sendOtp", {}],
    ["twoFactor.verifyTotp", { code: "222222" }],
  ]);
});

test("each error has its cause, and everything else is unknown", async () => {
  const causes = {
    INVALID_CODE: "wrong", INVALID_OTP: "wrong", INVALID_BACKUP_CODE: "wrong", OTP_HAS_EXPIRED: "expired", OTP_EXPIRED: "expired",
    OTP_NOT_FOUND: "expired", TOO_MANY_ATTEMPTS: "exhausted", TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: "ended",
    ACCOUNT_TEMPORARILY_LOCKED: "locked", INVALID_TWO_FACTOR_COOKIE: "ended", OTP_NOT_CONFIGURED: "unknown",
  };
  for (const [code, cause] of Object.entries(causes)) {
    const target = element();
    connect(target, clientOf({ status: 400, code }).client, { start: "/login" });
    const report = { cause, now: NOW, retryAt: undefined, location: "/login" };
    assert.deepEqual(await target.submit({ code: "482913" }, "code"), ["refused", report], code);
  }
  const target = element();
  connect(target, clientOf({ status: 429 }, { date: DATE, "x-retry-after": "7" }).client);
  for (const action of [null, "email"]) {
    const [, { cause, retryAt }] = await target.submit({ code: "482913" }, action ? null : "code", action);
    assert.deepEqual([cause, retryAt], ["limited", NOW + 7_000]);
  }
  const lost = element();
  connect(lost, clientOf("lost").client);
  assert.deepEqual(await lost.submit({ code: "482913" }, "code"), ["refused", { cause: "unknown" }]);
});

test("after one wrong code too many a sent code can be sent again, and for any other the sign-in is over", async () => {
  const refused = async (channel, kind) => {
    const target = element(channel);
    connect(target, clientOf({ status: 400, code: "TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE" }).client);
    const [, { cause }] = await target.submit({ code: "482913" }, kind);
    return cause;
  };
  assert.deepEqual(await Promise.all([refused("app", "code"), refused("app", "backup"), refused("email", "backup")]), ["ended", "ended", "ended"]);
  assert.deepEqual(await Promise.all([refused("email", "code"), refused("sms", "code")]), ["exhausted", "exhausted"]);
});

test("codes by mail and by SMS carry their address; the connection ends", async () => {
  const target = element(null);
  const { client, calls } = clientOf(null);
  const end = connect(target, client, { plugin: "emailOTP", email: "hana@example.com", field: "otp" });
  await target.submit({ otp: "482913" }, "code");
  const [, { channel }] = await target.submit({ otp: "" }, null, "resend");
  assert.equal(channel, undefined, "of an element without a channel");
  end();
  assert.equal(await target.submit({ otp: "482913" }, "code"), "not cancelled");
  connect(target, client, { plugin: "phoneNumber", phoneNumber: "+819012345678" });
  await target.submit({ code: "482913" }, "code");
  await target.submit({ code: "" }, null, "resend");
  assert.deepEqual(calls, [
    ["signIn.emailOtp", { email: "hana@example.com", otp: "482913" }],
    ["emailOtp.sendVerificationOtp", { email: "hana@example.com", type: "sign-in" }],
    ["phoneNumber.verify", { phoneNumber: "+819012345678", code: "482913" }],
    ["phoneNumber.sendOtp", { phoneNumber: "+819012345678" }],
  ]);
  assert.throws(() => connect(target, client, { plugin: "passkey" }), /^RangeError: plugin: /);
});

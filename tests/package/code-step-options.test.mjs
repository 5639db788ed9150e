// `todoita/server`: options are checked, and an error begins with the option's name.

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { memoryStore } from "../../www/code-step/index.js";
import { DAY, KEY, Scene } from "./code-step.mjs";

let scene;
beforeEach(() => void (scene = new Scene()));

/** Whether an error is one for an invalid option with this name. */
const named = (name) => (error) => {
  assert.ok(error instanceof TypeError || error instanceof RangeError, String(error));
  assert.ok(error.message.startsWith(`${name}: `), `${name}: ${error.message}`);
  return true;
};

describe("an invalid option", () => {
  test("of the code step is an error by its name", () => {
    const without = (name) => ({ ...memoryStore(), [name]: undefined });
    for (const [name, ...values] of [
      ["key", undefined, null, "secret", new Uint8Array(16), [], [KEY, "secret"]],
      ["store", undefined, null, {}, () => {}, without("read"), without("update"), without("sweep")],
      ["send", undefined, null, "mail"],
      ["destinations", null, {}, "sms"],
      ["limits", null, 5, { failurs: 3 }, { failures: -1 }, { failures: "3" }, { failures: 1.5 }],
      ["clock", null, 5, new Date()],
      ["host", null, 5, "", "a".repeat(256)],
      ["field", null, 5, ""],
      ["alarm", null, "mail"],
    ]) {
      for (const value of values) assert.throws(() => scene.stepOf({ [name]: value }), named(name));
    }
    assert.throws(() => scene.stepOf({ hots: "login.example" }), named("options"));
  });

  test("of a method is an error by its name, and nothing is done", async () => {
    const { step } = scene;
    const signIn = await scene.begin();
    const calls = [
      ["account", [undefined, null, 5, "", {}, "a".repeat(1025)], [
        (value) => step.begin(value), (value) => step.enrol(value), (value) => step.confirm(value, "", "123456"), (value) => step.rekey(value),
        (value) => step.hasAuthenticator(value), (value) => step.removeAuthenticator(value), (value) => step.unlock(value),
      ]],
      ["known", [null, 1, "true"], [(known) => step.begin("hana", { known }), (known) => step.confirm("hana", "", "123456", { known })]],
      ["channel", [null, 5, "fax", ""], [(channel) => step.begin("hana", { channel })]],
      ["address", [null, 5, "", "localhost", "192.0.2.7:443", "[2001:db8::1]", "192.0.2.7, 192.0.2.8", "1".repeat(65)], [
        (address) => step.begin("hana", { address }), (address) => step.post(signIn, {}, { address }), (address) => step.status(signIn, { address }),
      ]],
      ["issuer", [null, 5, "a:b"], [(issuer) => step.enrol("hana", { issuer })]],
      ["label", [null, 5, ""], [(label) => step.enrol("hana", { label })]],
      ["options", [null, 5, [], { network: "192.0.2.7" }], [
        (options) => step.begin("hana", options), (options) => step.post(signIn, {}, options), (options) => step.status(signIn, options),
        (options) => step.enrol("hana", options), (options) => step.confirm("hana", "", "123456", options),
      ]],
    ];
    for (const [name, values, methods] of calls) {
      for (const value of values) for (const method of methods) await assert.rejects(async () => method(value), named(name), `${method}: ${value}`);
    }
    assert.equal(scene.sent.length, 1);
  });

  test("a label with a colon is shown with a dot", async () => {
    const { uri } = await scene.step.enrol("dept:taro", { issuer: "Example" });
    assert.match(uri, /^otpauth:\/\/totp\/Example:dept\.taro\?/);
  });

  test("a time that is none is an error, and nothing is stored", async () => {
    for (const time of [Number.NaN, undefined, null, "now", -1, new Date(Number.NaN)]) {
      const step = scene.stepOf({ clock: () => time });
      await assert.rejects(step.begin("hana"), named("clock"));
      await assert.rejects(step.unlock("hana"), named("clock"));
    }
    assert.deepEqual(await scene.store.read(["account:hana"]), [undefined]);
    await scene.stepOf({ clock: () => new Date(scene.now) }).begin("hana");
  });

  test("failures are kept for 30 days, and no limit of them may be longer", () => {
    for (const name of ["failuresWithin", "lock"]) {
      scene.stepOf({ limits: { [name]: 30 * DAY } });
      assert.throws(() => scene.stepOf({ limits: { [name]: 30 * DAY + 1 } }), /^RangeError: limits: /);
    }
  });
});

describe("destinations", () => {
  test("an inherited one is none", async () => {
    scene.contacts = { hana: { email: "hana@example.com" } };
    Object.prototype.sms = "+819000000000";
    try {
      const signIn = await scene.begin();
      const { cause } = await scene.step.post(signIn, { "todoita-action": "sms" });
      assert.deepEqual([scene.sent.map(({ channel }) => channel), cause], [["email"], "unknown"]);
    } finally {
      delete Object.prototype.sms;
    }
  });

  test("are texts, null or undefined; other members are ignored", async () => {
    for (const value of [null, undefined, "sms", { sms: 819012345678 }, { email: ["hana@example.com"] }, { voice: {} }]) {
      scene.step = scene.stepOf({ destinations: () => value });
      await assert.rejects(scene.step.begin("hana"), named("destinations"));
    }
    scene.step = scene.stepOf({ destinations: async () => ({ id: 7, sms: null, voice: undefined, email: "hana@example.com" }) });
    await scene.begin();
    assert.deepEqual(scene.sent.map(({ channel }) => channel), ["email"]);
    scene.step = scene.stepOf({ destinations: () => ({ sms: "" }) });
    await assert.rejects(scene.step.begin("hana"), named("account"));
  });
});

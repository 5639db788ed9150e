// Options are an object's own members. Inherited ones are ignored, unknown ones are errors.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { loaded } from "./packed.mjs";

const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const TIME = 1_111_111_109_000;

let todoita;
let remove;
before(async () => ({ todoita, remove } = await loaded()));
after(() => remove?.());

/** Every function with options, and the names that it takes. */
const calls = {
  readCode: [(options) => todoita.readCode("482913", options), ["digits", "code", "backup", "backupDigits", "backupFormat", "host"]],
  readPhone: [(options) => todoita.readPhone("090-1234-5678", options), ["region"]],
  totp: [(options) => todoita.totp(SECRET, TIME, options), ["digits", "period"]],
  verifyTotp: [(options) => todoita.verifyTotp(SECRET, "081804", TIME, options), ["digits", "period", "window", "lastStep"]],
  verifyHotp: [(options) => todoita.verifyHotp(SECRET, "000000", 1, options), ["digits", "lookAhead"]],
  resyncHotp: [(options) => todoita.resyncHotp(SECRET, "000000", "111111", 1, options), ["digits", "lookAhead"]],
  keyUri: [
    (options) => todoita.keyUri({ secret: SECRET, account: "hana", ...options }),
    ["type", "issuer", "digits", "period", "counter", "algorithm"],
  ],
};

test("a property of Object.prototype changes no result", () => {
  for (const [name, [call, names]] of Object.entries(calls)) {
    const expected = call({});
    for (const option of names) {
      for (const value of [10, 7, "none", "no such value"]) {
        Object.prototype[option] = value;
        try {
          assert.deepEqual(call({}), expected, `${name} with Object.prototype.${option} = ${value}`);
        } finally {
          delete Object.prototype[option];
        }
      }
    }
  }
});

test("an old code is not accepted because of Object.prototype.window", () => {
  const old = todoita.totp(SECRET, TIME - 250_000);
  Object.prototype.window = 10;
  try {
    assert.deepEqual(todoita.verifyTotp(SECRET, old, TIME), { ok: false, cause: "wrong" });
    assert.deepEqual(todoita.verifyTotp(SECRET, old, TIME, { lastStep: 5 }), { ok: false, cause: "wrong" });
  } finally {
    delete Object.prototype.window;
  }
});

test("an unknown option is an error that names it and the known ones", () => {
  for (const [name, [call, names]] of Object.entries(calls)) {
    const object = name === "keyUri" ? "key" : "options";
    for (const unknown of ["laststep", "Digits", "", "__proto__x", "x".repeat(5_000)]) {
      assert.throws(() => call({ [unknown]: undefined }), (error) => {
        assert.ok(error instanceof TypeError, name);
        assert.ok(error.message.startsWith(`${object}: must have no "${unknown.slice(0, 40)}`), error.message);
        for (const known of names) assert.ok(error.message.includes(known), `${known} in ${error.message}`);
        assert.ok(error.message.length < 200, error.message);
        return true;
      });
    }
  }
});

test("an object without a prototype is taken", () => {
  const options = Object.assign(Object.create(null), { digits: 8 });
  assert.equal(todoita.totp(SECRET, TIME, options).length, 8);
});

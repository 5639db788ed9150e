// After a function that was given a secret, no copy of the secret is left in the memory of the WebAssembly.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { loaded } from "./packed.mjs";

// No byte repeats and no run of it is text, so that a find is a copy.
const SECRET = Uint8Array.from({ length: 20 }, (_, index) => 0xa1 + ((index * 37) % 90));
const TIME = 1_111_111_109_000;

let todoita;
let memory;
let remove;
let base32;
let uri;
before(async () => {
  const { load, ...rest } = await loaded();
  ({ todoita, remove } = rest);
  ({ memory } = (await load("todoita/dist/functions/functions.js")).initSync());
  uri = todoita.keyUri({ secret: SECRET, account: "hana@example.com", issuer: "Hibari" });
  base32 = new URL(uri).searchParams.get("secret");
});
after(() => remove?.());

/** How often eight successive bytes of `pattern` are in the memory, from any of its first bytes on. */
function copies(pattern) {
  const bytes = Buffer.from(memory.buffer);
  let found = 0;
  for (let start = 0; start + 8 <= pattern.length; start += 1) {
    const part = Buffer.from(pattern.subarray(start, start + 8));
    for (let at = bytes.indexOf(part); at >= 0; at = bytes.indexOf(part, at + 1)) found += 1;
  }
  return found;
}

/** The secret as the functions may hold it: as it is, combined with the pads of HMAC, and as text. */
const forms = () => ({
  secret: SECRET,
  "inner pad": SECRET.map((byte) => byte ^ 0x36),
  "outer pad": SECRET.map((byte) => byte ^ 0x5c),
  base32: Buffer.from(base32),
});

const calls = {
  hotp: () => todoita.hotp(SECRET, 1),
  totp: () => todoita.totp(SECRET, TIME),
  "totp of base32": () => todoita.totp(base32, TIME),
  verifyTotp: () => todoita.verifyTotp(SECRET, "000000", TIME),
  "verifyTotp, accepted": () => todoita.verifyTotp(base32, todoita.totp(base32, TIME), TIME),
  verifyHotp: () => todoita.verifyHotp(SECRET, "000000", 1),
  resyncHotp: () => todoita.resyncHotp(SECRET, "000000", "111111", 1),
  keyUri: () => todoita.keyUri({ secret: SECRET, account: "hana@example.com", issuer: "Hibari" }),
  readKeyUri: () => todoita.readKeyUri(uri),
  "readKeyUri, refused": () => assert.throws(() => todoita.readKeyUri(`${uri}&digits=99`), RangeError),
  "totp, refused": () => assert.throws(() => todoita.totp(`${base32}1`, TIME), RangeError),
};

describe("no copy of the secret is left after", () => {
  for (const [name, call] of Object.entries(calls)) {
    test(name, () => {
      call();
      for (const [form, pattern] of Object.entries(forms())) assert.equal(copies(pattern), 0, form);
    });
  }
});

test("a copy that is in the memory is found", () => {
  const bytes = new Uint8Array(memory.buffer);
  const end = bytes.length - SECRET.length;
  const before = bytes.slice(end);
  bytes.set(SECRET, end);
  assert.equal(copies(SECRET), SECRET.length - 7);
  bytes.set(before, end);
});

// One `verifyTotp` of a wrong code with one step of drift either way, against the three HMACs of Node's
// own `createHmac` that the same result takes.
//
// Run `cargo xtask build`, then `node benches/verify_totp.mjs`. All take turns in short rounds, so that
// a noisy machine disturbs all equally; compare the ratio of the medians.

import { createHmac } from "node:crypto";
import { strict as assert } from "node:assert";

import { verifyTotp } from "../www/node.js";

const ROUNDS = 400;
const CALLS = 500;
const SECRET = Buffer.from("12345678901234567890");
const BASE32 = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const TIME = 1_111_111_111_000; // a time from RFC 6238
const STEP = BigInt(Math.floor(TIME / 30_000));

assert.equal(verifyTotp(SECRET, "050471", TIME).ok, true);
assert.equal(verifyTotp(SECRET, "123456", TIME).ok, false);

// The minimal work: the counter's bytes, the HMAC, four bytes of it.
const counters = [STEP - 1n, STEP, STEP + 1n].map((counter) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(counter);
  return bytes;
});
const threeHmacs = () => {
  let found = false;
  for (const counter of counters) {
    const mac = createHmac("sha1", SECRET).update(counter).digest();
    const value = mac.readUInt32BE(mac[19] & 15) & 0x7fff_ffff;
    found ||= value % 1_000_000 === 123456;
  }
  return found;
};

const contenders = {
  "todoita, secret as bytes": () => verifyTotp(SECRET, "123456", TIME).ok,
  "todoita, secret as base32": () => verifyTotp(BASE32, "123456", TIME).ok,
  "three createHmac": threeHmacs,
};

const round = (call) => {
  const start = process.hrtime.bigint();
  let found = 0;
  for (let i = 0; i < CALLS; i++) if (call()) found += 1;
  const took = process.hrtime.bigint() - start;
  assert.equal(found, 0);
  return Number(took) / CALLS;
};

const rounds = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
for (let i = 0; i < ROUNDS; i++) {
  for (const [name, call] of Object.entries(contenders)) rounds[name].push(round(call));
}
// The first rounds warm up the compiler.
const median = (times) => times.slice(20).sort((a, b) => a - b)[(times.length - 20) >> 1];
const theirs = median(rounds["three createHmac"]);

console.log(`Node ${process.version}: medians of ${ROUNDS - 20} rounds of ${CALLS} calls, ns a call`);
for (const [name, times] of Object.entries(rounds)) {
  const ours = median(times);
  console.log(`  ${name.padEnd(28)} ${ours.toFixed(0).padStart(6)}   1/${(theirs / ours).toFixed(1)} of three createHmac`);
}

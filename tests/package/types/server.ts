// A server that reads and verifies: what is right compiles, and what is wrong does not.

import { hotp, keyUri, newSecret, readCode, readKeyUri, readPhone, totp, verifyHotp, verifyTotp } from "todoita/node";
import * as core from "todoita/core";

const secret: Uint8Array = newSecret();
const uri: string = keyUri({ secret, issuer: "Example", account: "hana@example.com" });
keyUri({ type: "hotp", secret: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", account: "hana", counter: 0n, digits: 8 });
keyUri(readKeyUri(uri));

const key = readKeyUri(uri);
if (key.type === "totp") console.log(key.period + 1);
else console.log(key.counter + 1n);

const reading = readCode("認証番号：４８２９１３", { digits: 6, backup: "none", host: null });
if (reading.kind) {
  reading.problem satisfies null;
  const verdict = verifyTotp(secret, reading.digits, new Date(), { window: 1, lastStep: null });
  if (verdict.ok) console.log(verdict.step + 1);
  else verdict.cause satisfies "wrong" | "used";
} else {
  console.log(reading.problem.length);
}

const counted = verifyHotp(secret, "482913", 5n, { lookAhead: 10 });
if (counted.ok) counted.next satisfies bigint | null;

const phone = readPhone("090-1234-5678");
if (!("problem" in phone)) phone.sms satisfies boolean | null;

console.log(hotp(secret, 0), totp(secret, Date.now(), { period: 60 }));
core.readCode satisfies typeof readCode;
core.newSecret satisfies typeof newSecret;

// @ts-expect-error: a text is no time
totp(secret, "2026-11-22T10:31:00Z");
// @ts-expect-error: nine digits are none of an authenticator's
hotp(secret, 0, 9);
// @ts-expect-error: a code is a text, or 081804 would lose its zero
verifyTotp(secret, 81804, new Date());
// @ts-expect-error: plain numbers are no bytes
hotp([1, 2, 3], 0);
// @ts-expect-error: a key with a counter has no period
keyUri({ type: "hotp", secret, account: "hana", counter: 0n, period: 30 });
// @ts-expect-error: a counter is due
keyUri({ type: "hotp", secret, account: "hana" });
// @ts-expect-error: a verdict of refusal has no step
verifyTotp(secret, "482913", new Date()).step;
// @ts-expect-error: an option that is none
readCode("482913", { length: 6 });

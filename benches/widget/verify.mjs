// The time of one `verifyTotp` of a wrong code with one step of drift either way, and of the same in its peers. All
// take turns in short rounds; the result is the median of the rounds. Runs in Node and in a page.

const SECRET = new TextEncoder().encode("12345678901234567890");
const BASE32 = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const TIME = 1_111_111_111_000; // a moment of RFC 6238: its code is 050471
const RIGHT = "050471";
const WRONG = "123456";

/** HMAC by WebCrypto, three times, the key imported once or each time. */
const webCrypto = async (code, key) => {
  const step = Math.floor(TIME / 30_000);
  let found = false;
  for (const counter of [step - 1, step, step + 1]) {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(counter));
    const mac = new DataView(await crypto.subtle.sign("HMAC", key, bytes));
    const value = mac.getUint32(mac.getUint8(19) & 15) & 0x7fff_ffff;
    found ||= String(value % 1_000_000).padStart(6, "0") === code;
  }
  return found;
};

/** Nanoseconds a call, of each contender. */
export async function verifying({ todoita, otpauth, otplib, rounds = 120, calls = 100 }) {
  const key = await crypto.subtle.importKey("raw", SECRET, { name: "HMAC", hash: "SHA-1" }, false, ["sign"]);
  const totp = new otpauth.TOTP({ secret: new otpauth.Secret({ buffer: SECRET.buffer }) });
  const contenders = {
    "todoita, secret as bytes": (code) => todoita.verifyTotp(SECRET, code, TIME).ok,
    "todoita, secret as base32": (code) => todoita.verifyTotp(BASE32, code, TIME).ok,
    otpauth: (code) => totp.validate({ token: code, timestamp: TIME, window: 1 }) !== null,
    otplib: (code) => otplib.verifySync({ secret: BASE32, token: code, epoch: TIME / 1000, epochTolerance: 30 }).valid,
    "WebCrypto, key kept": (code) => webCrypto(code, key),
  };
  const taken = {};
  for (const [name, verify] of Object.entries(contenders)) {
    if (!(await verify(RIGHT)) || (await verify(WRONG))) throw new Error(`${name} does not verify`);
    taken[name] = [];
  }
  for (let round = 0; round < rounds; round++) {
    for (const [name, verify] of Object.entries(contenders)) {
      const asynchronous = verify(WRONG) instanceof Promise;
      const begun = performance.now();
      if (asynchronous) for (let i = 0; i < calls; i++) await verify(WRONG);
      else for (let i = 0; i < calls; i++) verify(WRONG);
      taken[name].push(((performance.now() - begun) / calls) * 1e6);
    }
  }
  // The first rounds warm up the compiler.
  const median = (times) => times.slice(rounds / 6).sort((a, b) => a - b)[Math.floor((rounds - rounds / 6) / 2)];
  return Object.fromEntries(Object.entries(taken).map(([name, times]) => [name, median(times)]));
}

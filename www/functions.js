// The functions of `todoita/core` and `todoita/node`. Arguments are checked (arguments.js) and options unpacked here,
// everything else is in WebAssembly (src/wasm/functions.rs).
import { members, range, text, timeOf, type, wellFormed, whole } from "./arguments.js";
import * as wasm from "./dist/functions/functions.js";

// The longest texts that are copied into WebAssembly, whose memory never shrinks. No secret, key URI or pasted
// message is longer.
const SECRET_TEXT = 1024;
const SECRET_RAW = 128;
const URI_TEXT = 4096;
const PASTED_TEXT = 100_000;

const LAST_COUNTER = 2n ** 64n - 1n;
// The results of wasm.verifyTotp without a step (src/wasm/functions.rs).
const USED = -2;
const INVALID_ARGUMENT = -3;

// The members of options and of a key, in the order in which the functions take them.
const CODE = ["digits", "code", "backup", "backupDigits", "backupFormat", "host"];
const PHONE = ["region"];
const TOTP = ["digits", "period"];
const VERIFY_TOTP = ["digits", "period", "window", "lastStep"];
const HOTP = ["digits", "lookAhead"];
const KEY = ["type", "secret", "issuer", "account", "digits", "period", "counter", "algorithm"];

const digitsOf = (value = 6) => whole("digits", value, 6, 8);
const periodOf = (value = 30) => whole("period", value, 1, 86_400);

const NO_BYTES = new Uint8Array(0);

// The built-in getters of typed arrays. They work for arrays of another realm too, as test runners have them. An
// array's own properties could have any value, and WebAssembly would trust them.
const getter = (name) => Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), name).get;
const [tag, length, buffer, offset] = [Symbol.toStringTag, "length", "buffer", "byteOffset"].map(getter);
const PLAIN = [Uint8Array.prototype, globalThis.Buffer?.prototype];

/** The bytes of a secret, not copied; empty if it is a text. */
const bytesOf = (value) => {
  if (typeof value === "string") return NO_BYTES;
  if (tag.call(value) !== "Uint8Array") throw type("secret", "a Uint8Array or a base32 string", value);
  const count = length.call(value);
  if (count > SECRET_RAW) throw range("secret", `must have at most ${SECRET_RAW} bytes, not ${count}`);
  // An array that was transferred to another thread is detached: it has no bytes and no offset.
  if (count === 0) return NO_BYTES;
  const plain = PLAIN.includes(Object.getPrototypeOf(value)) && !Object.hasOwn(value, "length");
  return plain ? value : new Uint8Array(buffer.call(value), offset.call(value), count);
};

/** The base32 of a secret, if it is a text. */
const base32Of = (value) => (typeof value === "string" ? text("secret", value, SECRET_TEXT) : undefined);

/** A code. Of a longer text one character too many is enough to be refused. */
const codeOf = (name, value, digits) => {
  if (typeof value !== "string") throw type(name, "a string", value);
  return value.length > digits ? value.slice(0, digits + 1) : value;
};

const counterOf = (value) => {
  if (typeof value === "bigint") {
    if (value < 0n || value > LAST_COUNTER) throw range("counter", "must be 0 to 2^64-1");
    return value;
  }
  if (typeof value !== "number") throw type("counter", "a bigint or a safe integer", value);
  if (!Number.isSafeInteger(value) || value < 0) throw range("counter", "must be a bigint, or a safe integer from 0");
  return BigInt(value);
};

/** The last accepted step, -1 for none. */
const lastStepOf = (value) => {
  if (value === undefined || value === null) return -1;
  if (typeof value !== "number" && typeof value !== "bigint") throw type("lastStep", "a number or a bigint", value);
  const step = Number(value);
  if (!Number.isSafeInteger(step) || step < 0) throw range("lastStep", "must be a whole number from 0 to 2^53-1, or absent");
  return step;
};

const hotpVerdict = (counter, ahead) => {
  if (ahead < 0) return { ok: false, cause: "wrong" };
  const accepted = counter + BigInt(ahead);
  return { ok: true, counter: accepted, next: accepted === LAST_COUNTER ? null : accepted + 1n };
};

export const readCode = (input, options = {}) => {
  const [digits = 6, code = "digits", backup, backupDigits, backupFormat, host] = members("options", options, CODE);
  return wasm.readCode(
    text("text", input, PASTED_TEXT),
    whole("digits", digits, 4, 10),
    text("code", code, 16),
    backup === undefined ? undefined : text("backup", backup, 16),
    backupDigits === undefined ? undefined : whole("backupDigits", backupDigits, 4, 32),
    backupFormat === undefined ? undefined : text("backupFormat", backupFormat, 64),
    host === undefined || host === null ? undefined : text("host", host, 255),
  );
};

export const readPhone = (input, options = {}) => {
  const [region = "JP"] = members("options", options, PHONE);
  if (text("region", region, 16) !== "JP") throw range("region", 'must be "JP"; a number of another country is read with its +');
  return wasm.readPhone(text("text", input, PASTED_TEXT));
};

export const hotp = (secret, counter, digits) =>
  wasm.hotp(bytesOf(secret), base32Of(secret), counterOf(counter), digitsOf(digits));

export const totp = (secret, time, options = {}) => {
  const [digits, period] = members("options", options, TOTP);
  return wasm.totp(bytesOf(secret), base32Of(secret), timeOf("time", time), digitsOf(digits), periodOf(period));
};

export const verifyTotp = (secret, code, time, options = {}) => {
  const [count, period, window = 1, lastStep] = members("options", options, VERIFY_TOTP);
  const digits = digitsOf(count);
  const bytes = bytesOf(secret);
  const base32 = base32Of(secret);
  const given = codeOf("code", code, digits);
  const at = timeOf("time", time);
  const seconds = periodOf(period);
  const step = wasm.verifyTotp(bytes, base32, given, at, digits, seconds, whole("window", window, 0, 10), lastStepOf(lastStep));
  if (step >= 0) return { ok: true, step };
  // totp has the same arguments: its error names the invalid one.
  if (step === INVALID_ARGUMENT) wasm.totp(bytes, base32, at, digits, seconds);
  return { ok: false, cause: step === USED ? "used" : "wrong" };
};

export const verifyHotp = (secret, code, counter, options = {}) => {
  const [count, lookAhead = 10] = members("options", options, HOTP);
  const digits = digitsOf(count);
  const from = counterOf(counter);
  const ahead = wasm.verifyHotp(
    bytesOf(secret),
    base32Of(secret),
    codeOf("code", code, digits),
    from,
    digits,
    whole("lookAhead", lookAhead, 0, 100),
  );
  return hotpVerdict(from, ahead);
};

export const resyncHotp = (secret, first, second, counter, options = {}) => {
  const [count, lookAhead = 100] = members("options", options, HOTP);
  const digits = digitsOf(count);
  const from = counterOf(counter);
  const ahead = wasm.resyncHotp(
    bytesOf(secret),
    base32Of(secret),
    codeOf("first", first, digits),
    codeOf("second", second, digits),
    from,
    digits,
    whole("lookAhead", lookAhead, 0, 1000),
  );
  return hotpVerdict(from, ahead);
};

export const keyUri = (key) => {
  const [kind = "totp", secret, issuer, account, digits, period, counter, algorithm = "SHA1"] = members("key", key, KEY);
  if (kind !== "totp" && kind !== "hotp") throw range("type", 'must be "totp" or "hotp"');
  if (algorithm !== "SHA1") throw range("algorithm", 'must be "SHA1", which every authenticator supports');
  if (kind === "totp" && counter !== undefined) throw range("counter", 'is allowed only with type "hotp"');
  if (kind === "hotp" && period !== undefined) throw range("period", 'is allowed only with type "totp"');
  return wasm.keyUri(
    bytesOf(secret),
    base32Of(secret),
    issuer === undefined || issuer === null ? undefined : wellFormed("issuer", issuer, URI_TEXT),
    wellFormed("account", account, URI_TEXT),
    digitsOf(digits),
    periodOf(period),
    kind === "hotp" ? counterOf(counter) : undefined,
  );
};

export const readKeyUri = (uri) => wasm.readKeyUri(wellFormed("text", uri, URI_TEXT));

export const newSecret = () => wasm.newSecret();

// The functions of `todoita/core` and `todoita/node`: arguments are checked and options unpacked here,
// everything else happens in WebAssembly (src/wasm/functions.rs). An argument that cannot be meant is a
// TypeError (another kind of value) or a RangeError (not in the range) that begins with its name.
// No message quotes a secret or a code.
import * as wasm from "./dist/functions/functions.js";

/** Bytes of a new secret: 160 bits (RFC 4226, R6). */
export const SECRET_BYTES = 20;

// Longer texts than these are no secret, no key URI, and nothing that a person pasted: they are refused
// before they are copied into WebAssembly, whose memory never shrinks.
const SECRET_TEXT = 1024;
const SECRET_RAW = 128;
const URI_TEXT = 4096;
const PASTED_TEXT = 100_000;

const LAST_COUNTER = 2n ** 64n - 1n;
// What verifyTotp gives where there is no step (src/wasm/functions.rs).
const USED = -2;
const UNMEANT = -3;

const LAST_TIME = 8.64e15; // the last millisecond that a Date knows

/** A revoked proxy cannot even be asked whether it is one. */
const isArray = (value) => {
  try {
    return Array.isArray(value);
  } catch {
    return false;
  }
};

const kindOf = (value) => {
  if (value === null) return "null";
  if (isArray(value)) return "an array";
  return { object: "an object", undefined: "undefined" }[typeof value] ?? `a ${typeof value}`;
};

const type = (name, due, value) => new TypeError(`${name}: ${due} is due, not ${kindOf(value)}`);
const range = (name, due) => new RangeError(`${name}: ${due}`);

const whole = (name, value, least, most) => {
  if (typeof value !== "number") throw type(name, "a number", value);
  if (!Number.isInteger(value) || value < least || value > most) {
    throw range(name, `a whole number from ${least} to ${most} is due, not ${value}`);
  }
  return value;
};

const text = (name, value, longest) => {
  if (typeof value !== "string") throw type(name, "a string", value);
  if (value.length > longest) throw range(name, `at most ${longest} characters are due, not ${value.length}`);
  return value;
};

/** A text that must come out as it went in: a lone surrogate would become U+FFFD on the way. */
const wellFormed = (name, value, longest) => {
  if (/\p{Surrogate}/u.test(text(name, value, longest))) throw range(name, "it has half a character (a lone surrogate)");
  return value;
};

/** The members of an object, as `unpack` takes them out; a getter may throw anything. */
const members = (name, value, unpack) => {
  if (typeof value !== "object" || value === null || isArray(value)) throw type(name, "an object", value);
  try {
    return unpack(value);
  } catch (cause) {
    throw new TypeError(`${name}: it cannot be read`, { cause });
  }
};

const given = (options = {}, unpack) => members("options", options, unpack);

const digitsOf = (value = 6) => whole("digits", value, 6, 8);
const periodOf = (value = 30) => whole("period", value, 1, 86_400);

const NO_BYTES = new Uint8Array(0);

// What an array of bytes is in truth, in another realm too, as test runners have them: its own members may say
// anything, and WebAssembly would believe them.
const truth = (name) => Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), name).get;
const [tag, length, buffer, offset] = [Symbol.toStringTag, "length", "buffer", "byteOffset"].map(truth);
const PLAIN = [Uint8Array.prototype, globalThis.Buffer?.prototype];

/** A secret's bytes, in place: none if it is a text. */
const bytesOf = (value) => {
  if (typeof value === "string") return NO_BYTES;
  if (tag.call(value) !== "Uint8Array") throw type("secret", "a Uint8Array or a base32 string", value);
  const count = length.call(value);
  if (count > SECRET_RAW) throw range("secret", `it has at most ${SECRET_RAW} bytes, not ${count}`);
  // Bytes that were handed to another thread are none, and have no place.
  if (count === 0) return NO_BYTES;
  const honest = PLAIN.includes(Object.getPrototypeOf(value)) && !Object.hasOwn(value, "length");
  return honest ? value : new Uint8Array(buffer.call(value), offset.call(value), count);
};

/** A secret's base32, if it is a text. */
const base32Of = (value) => (typeof value === "string" ? text("secret", value, SECRET_TEXT) : undefined);

/** A code, or the beginning of a text that is too long for one: enough to be wrong. */
const codeOf = (name, value, digits) => {
  if (typeof value !== "string") throw type(name, "a string", value);
  return value.length > digits ? value.slice(0, digits + 1) : value;
};

const counterOf = (value) => {
  if (typeof value === "bigint") {
    if (value < 0n || value > LAST_COUNTER) throw range("counter", "it is 0 to 2^64-1");
    return value;
  }
  if (typeof value !== "number") throw type("counter", "a bigint or a safe integer", value);
  if (!Number.isSafeInteger(value) || value < 0) throw range("counter", "it is a bigint, or a safe integer from 0");
  return BigInt(value);
};

/** A Date's milliseconds, of a Date of another realm too. */
const millisecondsOf = (date) => {
  try {
    return Date.prototype.getTime.call(date);
  } catch {
    throw type("time", "a Date or milliseconds", date);
  }
};

const timeOf = (value) => {
  const time = typeof value === "number" ? value : millisecondsOf(value);
  // NaN, of an invalid Date too, is in no range.
  if (!(time >= 0 && time <= LAST_TIME)) throw range("time", "it is milliseconds since 1970, from 0 to 8.64e15");
  return time;
};

/** The last accepted step, -1 for none. */
const lastStepOf = (value) => {
  if (value === undefined || value === null) return -1;
  if (typeof value !== "number" && typeof value !== "bigint") throw type("lastStep", "a number or a bigint", value);
  const step = Number(value);
  if (!Number.isSafeInteger(step) || step < 0) throw range("lastStep", "it is a whole number from 0 to 2^53-1, or absent");
  return step;
};

const hotpVerdict = (counter, ahead) => {
  if (ahead < 0) return { ok: false, cause: "wrong" };
  const accepted = counter + BigInt(ahead);
  return { ok: true, counter: accepted, next: accepted === LAST_COUNTER ? null : accepted + 1n };
};

export const readCode = (input, options) => {
  const [digits = 6, backup = "digits", backupDigits = 8, host] = given(options, (o) => [o.digits, o.backup, o.backupDigits, o.host]);
  return wasm.readCode(
    text("text", input, PASTED_TEXT),
    whole("digits", digits, 4, 10),
    text("backup", backup, 16),
    whole("backupDigits", backupDigits, 4, 32),
    host === undefined || host === null ? undefined : text("host", host, 255),
  );
};

export const readPhone = (input, options) => {
  const [region = "JP"] = given(options, (o) => [o.region]);
  if (text("region", region, 16) !== "JP") throw range("region", 'it is "JP"; a number of another country is read behind its +');
  return wasm.readPhone(text("text", input, PASTED_TEXT));
};

export const hotp = (secret, counter, digits) =>
  wasm.hotp(bytesOf(secret), base32Of(secret), counterOf(counter), digitsOf(digits));

export const totp = (secret, time, options) => {
  const [digits, period] = given(options, (o) => [o.digits, o.period]);
  return wasm.totp(bytesOf(secret), base32Of(secret), timeOf(time), digitsOf(digits), periodOf(period));
};

export const verifyTotp = (secret, code, time, options) => {
  const [count, period, window = 1, lastStep] = given(options, (o) => [o.digits, o.period, o.window, o.lastStep]);
  const digits = digitsOf(count);
  const bytes = bytesOf(secret);
  const base32 = base32Of(secret);
  const shown = codeOf("code", code, digits);
  const at = timeOf(time);
  const seconds = periodOf(period);
  const step = wasm.verifyTotp(bytes, base32, shown, at, digits, seconds, whole("window", window, 0, 10), lastStepOf(lastStep));
  if (step >= 0) return { ok: true, step };
  // It takes the same, and says by its error which of it cannot be meant.
  if (step === UNMEANT) wasm.totp(bytes, base32, at, digits, seconds);
  return { ok: false, cause: step === USED ? "used" : "wrong" };
};

export const verifyHotp = (secret, code, counter, options) => {
  const [count, lookAhead = 10] = given(options, (o) => [o.digits, o.lookAhead]);
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

export const resyncHotp = (secret, first, second, counter, options) => {
  const [count, lookAhead = 100] = given(options, (o) => [o.digits, o.lookAhead]);
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
  const unpacked = members("key", key, ({ type, secret, issuer, account, digits, period, counter, algorithm }) => ({
    type, secret, issuer, account, digits, period, counter, algorithm,
  }));
  const { type: kind = "totp", secret, issuer, account, digits, period, counter, algorithm = "SHA1" } = unpacked;
  if (kind !== "totp" && kind !== "hotp") throw range("type", 'it is "totp" or "hotp"');
  if (algorithm !== "SHA1") throw range("algorithm", 'it is "SHA1", which every authenticator has');
  if (kind === "totp" && counter !== undefined) throw range("counter", 'it belongs to type "hotp"');
  if (kind === "hotp" && period !== undefined) throw range("period", 'it belongs to type "totp"');
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

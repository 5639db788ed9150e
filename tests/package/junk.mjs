// Every argument of every function, given anything at all: what may come back is an answer, or a TypeError or a
// RangeError that begins with the argument's name. For Node and for a page alike: it imports nothing.

const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const TIME = 1_111_111_109_000;
const boom = () => {
  throw new Error("boom");
};

/** Valid arguments of the functions, by name: a value for each argument, then for each option. */
const GOOD = {
  readCode: [["text", "081804"], { digits: 6, backup: "none", backupDigits: 8, host: "a.example" }],
  readPhone: [["text", "090-1234-5678"], { region: "JP" }],
  hotp: [["secret", SECRET], ["counter", 0], ["digits", 6]],
  totp: [["secret", SECRET], ["time", TIME], { digits: 6, period: 30 }],
  verifyTotp: [["secret", SECRET], ["code", "081804"], ["time", TIME], { digits: 6, period: 30, window: 1, lastStep: 5 }],
  verifyHotp: [["secret", SECRET], ["code", "755224"], ["counter", 0n], { digits: 6, lookAhead: 10 }],
  resyncHotp: [["secret", SECRET], ["first", "755224"], ["second", "287082"], ["counter", 0], { digits: 6, lookAhead: 10 }],
  keyUri: [["key", { secret: SECRET, account: "hana", issuer: "Example", digits: 6, period: 30, type: "totp", algorithm: "SHA1" }]],
  readKeyUri: [["text", `otpauth://totp/hana?secret=${SECRET}`]],
};
/** The key of a counter has members of its own. */
const COUNTED = { secret: SECRET, account: "hana", type: "hotp", counter: 5n };

/** Invalid values, by name. Each call makes a new one: some break when they are used. */
export const JUNK = {
  null: () => null,
  undefined: () => undefined,
  true: () => true,
  NaN: () => NaN,
  Infinity: () => Infinity,
  "-Infinity": () => -Infinity,
  "-1": () => -1,
  "-0": () => -0,
  0.5: () => 0.5,
  "2^31": () => 2 ** 31,
  "2^32": () => 2 ** 32,
  "2^53": () => 2 ** 53,
  "2^64": () => 2 ** 64,
  "5e-324": () => 5e-324,
  "1.8e308": () => Number.MAX_VALUE,
  "-1n": () => -1n,
  "2^63 as bigint": () => 2n ** 63n,
  "2^64 as bigint": () => 2n ** 64n,
  "2^2000 as bigint": () => 2n ** 2000n,
  symbol: () => Symbol("a"),
  function: () => () => 6,
  class: () => class {},
  "empty text": () => "",
  "half a character": () => "\ud800",
  "the other half": () => "081804\udc00",
  "a text with zeros": () => "0818\u000004",
  "a huge text": () => "A".repeat(3_000_000),
  "a hundred thousand digits": () => "4".repeat(100_000),
  "a text object": () => new String("081804"),
  "a number object": () => new Number(6),
  "empty array": () => [],
  array: () => [6],
  "sparse array": () => new Array(2 ** 32 - 1),
  object: () => ({}),
  "bare object": () => Object.create(null),
  regexp: () => /6/,
  map: () => new Map([["digits", 99]]),
  promise: () => Promise.resolve(6),
  "toString that throws": () => ({ toString: boom, valueOf: boom, toJSON: boom, [Symbol.toPrimitive]: boom }),
  "toStringTag that throws": () => Object.defineProperty({}, Symbol.toStringTag, { get: boom }),
  "getters that throw": () => {
    const names = ["text", "secret", "account", "digits", "backup", "backupDigits", "host", "region", "period", "window"];
    const all = [...names, "lastStep", "lookAhead", "issuer", "type", "algorithm", "counter", "length"];
    return Object.defineProperties({}, Object.fromEntries(all.map((name) => [name, { get: boom }])));
  },
  "a value that throws undefined": () => Object.defineProperty({}, "digits", { get: () => { throw undefined; } }),
  proxy: () => new Proxy({}, { get: boom, has: boom, getPrototypeOf: boom, ownKeys: boom, getOwnPropertyDescriptor: boom }),
  "proxy of a function": () => new Proxy(boom, {}),
  "proxy of bytes": () => new Proxy(new Uint8Array(20), {}),
  "proxy of a Date": () => new Proxy(new Date(TIME), {}),
  "revoked proxy": () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  },
  "revoked proxy of an array": () => {
    const { proxy, revoke } = Proxy.revocable([], {});
    revoke();
    return proxy;
  },
  "invalid Date": () => new Date(NaN),
  "Date before 1970": () => new Date(-1),
  "Date with a broken getTime": () => Object.defineProperty(new Date(TIME), "getTime", { value: boom }),
  "an object like a Date": () => Object.create(Date.prototype),
  "no bytes": () => new Uint8Array(0),
  "a megabyte": () => new Uint8Array(1 << 20),
  "words of bytes": () => new Uint16Array(10),
  "clamped bytes": () => new Uint8ClampedArray(20),
  "a view": () => new DataView(new ArrayBuffer(20)),
  "a buffer": () => new ArrayBuffer(20),
  "an object like bytes": () => Object.create(Uint8Array.prototype),
  "detached bytes": () => {
    const bytes = new Uint8Array(20);
    structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
    return bytes;
  },
  "bytes that say they are more": () => Object.defineProperty(new Uint8Array(20), "length", { value: 2 ** 31 }),
  "bytes that say they are fewer": () => Object.defineProperty(new Uint8Array(100), "length", { value: 17 }),
  "bytes with a length that throws": () => Object.defineProperty(new Uint8Array(20), "length", { get: boom }),
  "bytes with a tag that throws": () => Object.defineProperty(new Uint8Array(20), Symbol.toStringTag, { get: boom }),
  "bytes with a tag of words": () => Object.defineProperty(new Uint8Array(20), Symbol.toStringTag, { value: "Uint16Array" }),
  "words with a tag of bytes": () => Object.defineProperty(new Uint16Array(20), Symbol.toStringTag, { value: "Uint8Array" }),
};

/** Values that need not be refused, but have to be answered correctly: bytes in any form. */
export const BYTES = (given) => ({
  bytes: () => new Uint8Array(given),
  "a piece of a larger buffer": () => {
    const all = new Uint8Array(64);
    all.set(given, 7);
    return all.subarray(7, 7 + given.length);
  },
  "a class of its own": () => new (class extends Uint8Array {})(given),
  "bytes that say they are fewer": () => Object.defineProperty(new Uint8Array(given), "length", { value: 3 }),
  "bytes with another tag": () => Object.defineProperty(new Uint8Array(given), Symbol.toStringTag, { value: "Date" }),
  ...(typeof SharedArrayBuffer === "function" && {
    "shared bytes": () => {
      const bytes = new Uint8Array(new SharedArrayBuffer(given.length));
      bytes.set(given);
      return bytes;
    },
  }),
});

/** The places where a value can be wrong: the function's name, the argument's, its index and, in an options object, its member. */
export function* places() {
  for (const [name, parameters] of Object.entries(GOOD)) {
    for (const [index, parameter] of parameters.entries()) {
      const [argument, usual] = Array.isArray(parameter) ? parameter : ["options", parameter];
      const good = parameters.map((one) => (Array.isArray(one) ? one[1] : one));
      yield { name, argument, index, good };
      if (typeof usual !== "object") continue;
      for (const member of Object.keys(usual)) yield { name, argument: member, index, good, member };
    }
  }
  for (const member of Object.keys(COUNTED)) yield { name: "keyUri", argument: member, index: 0, good: [COUNTED], member };
}

/** The arguments with `value` in that place. Not a closure for each place: under load, WebKitGTK 2.50 calls one with the variables of another. */
function argumentsWith({ index, good, member }, value) {
  const given = member === undefined ? value : { ...good[index], [member]: value };
  return [...good.slice(0, index), given, ...good.slice(index + 1)];
}

/** The defect in the outcome of a call with `value` in that place, or nothing if it answered or refused as it should. */
export function defect(todoita, place, value, shown) {
  const { name, argument } = place;
  // Of a key without members, or of another type, it is the function's to say what is missing or too much.
  const named = name === "keyUri" ? { key: ["key", ...Object.keys(COUNTED)], type: ["type", "counter"] }[argument] ?? [argument] : [argument];
  try {
    todoita[name](...argumentsWith(place, value));
    return undefined;
  } catch (error) {
    const ours = [TypeError, RangeError].includes(error?.constructor);
    if (!ours) return `${name}, ${argument} = ${shown}: ${error?.constructor?.name}: ${error?.message}`;
    if (!named.some((one) => error.message.startsWith(`${one}: `))) return `${name}, ${argument} = ${shown}: ${error.message}`;
    return error.message.includes(SECRET) ? `${name}, ${argument} = ${shown}: the secret is in the message` : undefined;
  }
}

/** The defect in the instance, or nothing if it still answers correctly. */
export const broken = (todoita) => {
  const right =
    todoita.hotp(SECRET, 0) === "755224" &&
    todoita.verifyTotp(SECRET, "081804", TIME).ok &&
    todoita.readCode("認証番号：０８１８０４").digits === "081804" &&
    todoita.readKeyUri(todoita.keyUri({ secret: SECRET, account: "hana" })).secret === SECRET;
  return right ? undefined : "a good call has a wrong answer";
};

/** Tries all of it; gives what was wrong, and how many calls were made. */
export function tryAll(todoita) {
  const defects = [];
  let count = 0;
  for (const place of places()) {
    for (const [shown, make] of Object.entries(JUNK)) {
      count++;
      defects.push(defect(todoita, place, make(), shown));
      defects.push(broken(todoita));
    }
  }
  const given = new TextEncoder().encode("12345678901234567890");
  for (const [shown, make] of Object.entries(BYTES(given))) {
    count++;
    if (todoita.hotp(make(), 0) !== "755224") defects.push(`${shown}: another secret`);
  }
  return { defects: defects.filter(Boolean), count };
}

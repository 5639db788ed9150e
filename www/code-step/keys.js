// Keyed hashes, sealed secrets and random values of the code step, by WebCrypto: Node, Deno, Bun and workers have it.

const UTF8 = new TextEncoder();
/** Bytes of a key at least: those of the hash (RFC 2104). */
const KEY_BYTES = 32;
/** Random bytes of a token. */
const TOKEN_BYTES = 24;
/** Bytes of the initialization vector of AES-GCM (NIST SP 800-38D). */
const IV_BYTES = 12;
/** Hexadecimal digits that name a key. */
const KEY_ID = 8;

const hex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
const fromHex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

const random = (count) => crypto.getRandomValues(new Uint8Array(count));

/** A new idempotency key: 128 random bits in hexadecimal digits. */
export const newAttempt = () => hex(random(16));

/** A code of `digits` decimal digits, each code as likely as any other. */
export function newCode(digits) {
  const codes = 10 ** digits;
  // The highest numbers would make some codes more likely than others.
  const fair = 2 ** 32 - (2 ** 32 % codes);
  for (;;) {
    const [number] = crypto.getRandomValues(new Uint32Array(1));
    if (number < fair) return String(number % codes).padStart(digits, "0");
  }
}

/** Whether two hashes are equal, in a time that depends on their length alone. */
export function equal(a, b) {
  let difference = a.length ^ b.length;
  for (let at = 0; at < a.length; at += 1) difference |= a.charCodeAt(at) ^ b.charCodeAt(at);
  return difference === 0;
}

/** The keys of a code step: the first makes, all of them recognise. Each value names the key that made it. */
export class Keys {
  #keys;

  /**
   * @param {Uint8Array | Uint8Array[]} keys
   * @throws {TypeError} for anything but bytes, {RangeError} for fewer than 32 of them
   */
  constructor(keys) {
    this.#keys = (Array.isArray(keys) ? keys : [keys]).map((bytes) => {
      if (!(bytes instanceof Uint8Array)) throw new TypeError("key: must be a Uint8Array, or a list of them");
      if (bytes.length < KEY_BYTES) throw new RangeError(`key: must have at least ${KEY_BYTES} bytes`);
      // When it is first used: a worker computes nothing before its first request.
      // `slice` of a Buffer would be a view of the caller's memory.
      const own = new Uint8Array(bytes);
      let made;
      return () => (made ??= derived(own));
    });
    if (!this.#keys.length) throw new RangeError("key: must not be an empty list");
  }

  /** A new token that names a record of this `kind` and nothing else does: `sign-in` or `enrolment`. */
  async newToken(kind) {
    const key = await this.#keys[0]();
    return bound(key, kind, `${key.id}${hex(random(TOKEN_BYTES))}`);
  }

  /** The record and the hashes of a token, or undefined if no key made it. */
  async ofToken(kind, token) {
    if (typeof token !== "string" || token.length !== KEY_ID + 2 * TOKEN_BYTES) return undefined;
    const key = await this.#named(token.slice(0, KEY_ID));
    return key && bound(key, kind, token);
  }

  /** The names of a counter, under each key: what it counts is not readable in the store. */
  async counters(kind, value) {
    return Promise.all(this.#keys.map(async (key) => `sends:${kind}:${await hash(await key(), "counter", kind, value)}`));
  }

  /** Whether the first key sealed this. */
  async isCurrent(text) {
    return text.startsWith((await this.#keys[0]()).id);
  }

  /** Encrypts bytes for an account. */
  async seal(bytes, account) {
    const key = await this.#keys[0]();
    const iv = random(IV_BYTES);
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: UTF8.encode(account) }, key.sealing, bytes);
    return `${key.id}${hex(iv)}${hex(sealed)}`;
  }

  /** The bytes that were sealed for an account; undefined if no key opens them. */
  async open(text, account) {
    const key = await this.#named(text.slice(0, KEY_ID));
    const iv = fromHex(text.slice(KEY_ID, KEY_ID + 2 * IV_BYTES));
    const options = { name: "AES-GCM", iv, additionalData: UTF8.encode(account) };
    try {
      return key && new Uint8Array(await crypto.subtle.decrypt(options, key.sealing, fromHex(text.slice(KEY_ID + 2 * IV_BYTES))));
    } catch {
      return undefined;
    }
  }

  async #named(id) {
    return (await Promise.all(this.#keys.map((key) => key()))).find((key) => key.id === id);
  }
}

/** The two keys that are derived from one, and its name. */
async function derived(bytes) {
  const { subtle } = crypto;
  const secret = await subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const part = (use) => subtle.sign("HMAC", secret, UTF8.encode(`todoita ${use}`));
  const hashing = await subtle.importKey("raw", await part("hashing"), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const sealing = await subtle.importKey("raw", await part("sealing"), "AES-GCM", false, ["encrypt", "decrypt"]);
  return { id: hex(await part("id")).slice(0, KEY_ID), hashing, sealing };
}

/** A keyed hash (HMAC-SHA-256) of texts for one use, in hexadecimal digits. */
async function hash(key, ...parts) {
  // As JSON: no two lists of texts are the same bytes.
  return hex(await crypto.subtle.sign("HMAC", key.hashing, UTF8.encode(JSON.stringify(parts))));
}

/** A token, the name of its record, and its hashes: what is hashed for one is worthless in another. */
async function bound(key, kind, token) {
  return {
    token,
    record: `${kind}:${await hash(key, kind, token)}`,
    hash: (use, ...parts) => hash(key, use, token, ...parts),
  };
}

// The interface of `todoita.wasm`, by `WebAssembly.Instance` alone. python/tests/test_wasm_abi.py reads the same rows by wasmtime.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { SIZE, imports, start } from "./host.mjs";

const content = (name) => readFileSync(new URL(`../vectors/${name}`, import.meta.url), "utf8");
const rows = (name) => JSON.parse(content(name)).rows;
const misses = new Set(content("known-misses.txt").split("\n").map((line) => line.split(" ")[0]));
const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

test("nothing is imported", () => assert.deepEqual(imports(), []));

for (const [name, least] of [["code.json", 1400], ["code-alphanumeric.json", 70], ["backup-format.json", 36]]) {
  test(`the rows of ${name}`, () => {
    const { call } = start();
    const all = rows(name);
    assert.ok(all.length >= least, `${all.length} rows`);
    for (const { id, text, options, expect } of all) {
      if (misses.has(id)) continue;
      const { kind, digits, problem } = call("read_code", { text, ...options });
      const got = kind === null ? { kind, digits: null } : { kind, digits };
      if (expect.problem !== undefined) got.problem = problem;
      assert.deepEqual(got, expect, `${id}: ${text}`);
    }
  });
}

test("the rows of phone.json", () => {
  const { call } = start();
  const all = rows("phone.json");
  assert.ok(all.length >= 80);
  for (const { id, text, expect } of all) assert.deepEqual(call("read_phone", { text }), expect, id);
});

test("the rows of otp.json", () => {
  const { call } = start();
  let verified = 0;
  for (const { id, kind, expect, ...row } of rows("otp.json")) {
    if (kind === "base32") continue;
    const { secret, digits, counter, seconds, period } = row;
    if (kind === "hotp") {
      assert.deepEqual(call("hotp", { secret, counter, digits }), { code: expect }, id);
      assert.deepEqual(call("verify_hotp", { secret, code: expect, counter, digits }), { ok: true, counter, next: counter + 1 }, id);
    } else {
      const time = seconds * 1000;
      assert.deepEqual(call("totp", { secret, time, digits, period }), { code: expect }, id);
      const step = Math.floor(seconds / period);
      assert.deepEqual(call("verify_totp", { secret, code: expect, time, digits, period }), { ok: true, step }, id);
      assert.deepEqual(call("verify_totp", { secret, code: expect, time, digits, period, lastStep: step }), { ok: false, cause: "used" }, id);
    }
    verified += 1;
  }
  assert.ok(verified >= 40, `${verified} rows`);
});

test("a token that ran ahead is found by two codes in a row", () => {
  const { call } = start();
  const [first, second] = [50, 51].map((counter) => call("hotp", { secret: SECRET, counter }).code);
  assert.deepEqual(call("resync_hotp", { secret: SECRET, first, second, counter: 0 }), { ok: true, counter: 51, next: 52 });
  assert.deepEqual(call("resync_hotp", { secret: SECRET, first, second: first, counter: 0 }), { ok: false, cause: "wrong" });
  const last = "18446744073709551615";
  const { code } = call("hotp", { secret: SECRET, counter: last });
  assert.equal(call("verify_hotp", { secret: SECRET, code, counter: last }).next, null);
});

test("a new secret and its key URI", () => {
  const { call } = start();
  const { secret } = call("new_secret", new TextEncoder().encode("12345678901234567890"));
  assert.equal(secret, SECRET);
  const { uri } = call("key_uri", { secret, account: "hana@example.com", issuer: "Hibari" });
  const key = { type: "totp", secret, account: "hana@example.com", issuer: "Hibari", digits: 6, period: 30, algorithm: "SHA1" };
  assert.deepEqual(call("read_key_uri", { text: uri }), key);
  assert.deepEqual(call("read_key_uri", { text: call("key_uri", key).uri }), key);
});

test("an invalid request is named, and quotes no secret", () => {
  const { call } = start();
  const refused = [
    ["read_code", { text: "482913", digits: 3 }, "range", "digits"],
    ["read_code", { text: "482913", digits: "6" }, "type", "digits"],
    ["read_code", { text: 482913 }, "type", "text"],
    ["read_code", {}, "type", "text"],
    ["read_code", { text: "1", digit: 6 }, "type", "digit"],
    ["read_code", { text: "1", backup: "letters" }, "range", "backup"],
    ["read_code", { text: "1", backupFormat: "xx" }, "range", "backupFormat"],
    ["read_code", { text: "1", backupFormat: "xxxx", backupDigits: 8 }, "range", "backupDigits"],
    ["read_code", { text: "1".repeat(100_001) }, "range", "text"],
    ["read_code", [], "type", "request"],
    ["read_code", new TextEncoder().encode("{"), "type", "request"],
    ["read_code", Uint8Array.of(0xff), "type", "request"],
    ["read_phone", { text: "1", region: "US" }, "range", "region"],
    ["new_secret", new Uint8Array(19), "range", "random"],
    ["totp", { secret: SECRET, time: -1 }, "range", "time"],
    ["totp", { secret: `${SECRET.slice(1)}1`, time: 0 }, "range", "secret"],
    ["totp", { secret: SECRET, time: 0, digits: 9 }, "range", "digits"],
    ["verify_totp", { secret: SECRET, code: "000000", time: 0, window: 11 }, "range", "window"],
    ["verify_hotp", { secret: SECRET, code: "000000", counter: -1 }, "type", "counter"],
    ["verify_hotp", { secret: SECRET, code: "000000", counter: 0, lookAhead: 101 }, "range", "lookAhead"],
    ["key_uri", { secret: SECRET, account: "a:b" }, "range", "account"],
    ["key_uri", { secret: SECRET, account: "a", type: "hotp" }, "range", "counter"],
    ["read_key_uri", { text: `otpauth://totp/a?secret=${SECRET}&digits=9` }, "range", "text"],
  ];
  for (const [name, request, type, argument] of refused) {
    const { error } = call(name, request);
    const what = `${name} ${JSON.stringify(request).slice(0, 80)}: ${JSON.stringify(error)}`;
    assert.ok(error, what);
    assert.deepEqual([error.type, error.argument], [type, argument], what);
    assert.ok(error.message.startsWith(`${argument}: `), what);
    assert.ok(!error.message.includes(SECRET.slice(1, 9)), what);
  }
});

test("the documentation has the size of the module and a program that is tested", () => {
  const page = readFileSync(new URL("../../docs/wasm-abi.md", import.meta.url), "utf8");
  const kilobytes = Number(page.match(/\(less than (\d+) kB\)/)[1]);
  assert.ok(SIZE < kilobytes * 1000 && SIZE > (kilobytes - 20) * 1000, `${SIZE} bytes`);
  const [, file, program] = page.match(/^```python (\S+)\n([^]*?)^```$/m);
  assert.equal(readFileSync(new URL(`../../${file}`, import.meta.url), "utf8"), program);
});

test("addresses that are not of alloc are refused, and memory is given back", () => {
  const { exports, call } = start();
  assert.equal(exports.alloc(0), 0);
  assert.equal(exports.alloc((1 << 21) + 1), 0);
  assert.throws(() => call("read_code", { text: "1".repeat(1 << 21) }), RangeError);
  exports.free(12);
  /** The result of a function for an address and a length, and its own address. */
  const answer = (at, length) => {
    const packed = BigInt.asUintN(64, exports.read_code(at, length));
    const [result, bytes] = [Number(packed >> 32n), Number(packed & 0xffffffffn)];
    return { result, value: JSON.parse(new TextDecoder().decode(new Uint8Array(exports.memory.buffer, result, bytes))) };
  };
  const request = new TextEncoder().encode(JSON.stringify({ text: "482913" }));
  const at = exports.alloc(request.length);
  new Uint8Array(exports.memory.buffer, at, request.length).set(request);
  // Another address, and more bytes than those of the address, are an empty request.
  for (const [address, length] of [[12, 20], [at + 1, 4], [at, request.length + 1], [at, 0xffffffff]]) {
    const { result, value } = answer(address, length);
    assert.equal(value.error.argument, "request");
    exports.free(result);
  }
  const { result, value } = answer(at, request.length);
  assert.equal(value.digits, "482913");
  // A block that is given back twice is no block the second time.
  for (const address of [result, result, at, at]) exports.free(address);
  assert.equal(answer(at, request.length).value.error.argument, "request");
  const text = "認証番号：４８２９１３ ".repeat(200);
  for (let time = 0; time < 50; time += 1) call("read_code", { text });
  const before = exports.memory.buffer.byteLength;
  for (let time = 0; time < 200; time += 1) call("read_code", { text });
  assert.equal(exports.memory.buffer.byteLength, before);
});

test("no copy of a secret is left in the memory after any call", () => {
  const bytes = Uint8Array.from({ length: 20 }, (_, index) => 0xa1 + ((index * 37) % 90));
  const { exports, call } = start();
  const { secret } = call("new_secret", bytes);
  const forms = { bytes, inner: bytes.map((byte) => byte ^ 0x36), outer: bytes.map((byte) => byte ^ 0x5c), base32: Buffer.from(secret) };
  const parts = Object.entries(forms).map(([name, form]) => [name, Array.from({ length: form.length - 7 }, (_, from) => Buffer.from(form.subarray(from, from + 8)))]);
  const left = () => {
    const memory = Buffer.from(exports.memory.buffer);
    return parts.filter(([, all]) => all.some((part) => memory.includes(part))).map(([name]) => name);
  };
  assert.deepEqual(left(), [], "new_secret");
  const account = "hana@example.com";
  const { uri } = call("key_uri", { secret, account });
  const [first, second] = [7, 8].map((counter) => call("hotp", { secret, counter }).code);
  const calls = [
    ["new_secret", bytes],
    ["new_secret", bytes.subarray(1)],
    ["key_uri", { secret, account }],
    ["key_uri", { secret, account: "a:b" }],
    ["read_key_uri", { text: uri }],
    ["read_key_uri", { text: `${uri}&digits=9` }],
    ["hotp", { secret, counter: 7 }],
    ["totp", { secret, time: 0 }],
    ["totp", { secret, time: -1 }],
    ["verify_totp", { secret, code: "000000", time: 0 }],
    ["verify_totp", { secret, code: call("totp", { secret, time: 0 }).code, time: 0 }],
    ["verify_hotp", { secret, code: "000000", counter: 0 }],
    ["verify_hotp", { secret, code: first, counter: 7 }],
    ["resync_hotp", { secret, first, second, counter: 0 }],
    ["resync_hotp", { secret, first, second: first, counter: 0 }],
    ["hotp", { secret, counter: 7, unknown: secret }],
    ["hotp", new TextEncoder().encode(`{"secret": "${secret}", `)],
  ];
  for (const [name, request] of calls) {
    call(name, request);
    assert.deepEqual(left(), [], `${name} ${JSON.stringify(request)}`);
  }
  // A copy would be seen.
  const at = exports.alloc(20);
  new Uint8Array(exports.memory.buffer, at, 20).set(bytes);
  assert.deepEqual(left(), ["bytes"]);
  exports.free(at);
  assert.deepEqual(left(), []);
});

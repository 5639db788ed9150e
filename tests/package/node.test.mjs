// The packed package, installed in an empty folder: what is in it, and every function of `todoita/node`.
// Run `cargo xtask build`, then `node --test tests/package/`. Needs no network: there are no dependencies.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, describe, test } from "node:test";
import { inspect } from "node:util";
import { runInNewContext } from "node:vm";
import { installed } from "./packed.mjs";

const TEXT = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const BYTES = new TextEncoder().encode("12345678901234567890");
const LAST = 2n ** 64n - 1n;
/** The moment at which RFC 6238's secret shows 081804. */
const TIME = 1_111_111_109_000;
const STEP = 37037036;

const { folder, packed, remove } = installed();
after(remove);
const run = (command, ...args) => execFileSync(command, args, { cwd: folder, encoding: "utf8" });

let todoita;
let memory;

before(async () => {
  const { resolve } = createRequire(join(folder, "app.js"));
  todoita = await import(pathToFileURL(resolve("todoita/node")));
  // The glue gives its one instance when it is asked again.
  const glue = await import(pathToFileURL(resolve("todoita/dist/functions/functions.js")));
  ({ memory } = glue.initSync());
});

describe("the tarball", () => {
  test("has what its exports name, WebAssembly included", () => {
    const files = packed.files.map((file) => file.path);
    for (const file of [
      "package.json",
      "README.md",
      "LICENSE-MIT",
      "LICENSE-APACHE",
      "core.js",
      "core.d.ts",
      "node.js",
      "node.d.ts",
      "functions.js",
      "arguments.js",
      "code-step/index.js",
      "code-step/index.d.ts",
      "element.js",
      "element.d.ts",
      "todoita.js",
      "todoita.d.ts",
      "todoita.css",
      "words/ja.json",
      "words/en.json",
      "dist/functions/functions.js",
      "dist/functions/functions_bg.wasm",
      "dist/functions/bytes.js",
      "dist/todoita.js",
      "dist/todoita.ja.js",
      "dist/todoita.en.js",
      "languages.js",
      "field-bytes.js",
      "dist/pin.js",
      "dist/guide-pin.js",
      "guide.js",
      "guide.d.ts",
      "todoita-guide.js",
      "open-guide.js",
      "todoita-guide.css",
      "pictures.json",
      "words/ja.guide.json",
      "words/en.guide.json",
      "words/ja.instagram.json",
      "words/en.twitter.json",
    ]) {
      assert.ok(files.includes(file), `${file} is not in the tarball`);
    }
    const strays = files.filter((file) => /gitignore|^index|\.map$|\.tgz$|\.html$|node_modules/.test(file));
    assert.deepEqual(strays, []);
  });

  test("brings nothing else along", () => {
    const modules = readdirSync(join(folder, "node_modules")).filter((name) => !name.startsWith("."));
    assert.deepEqual(modules, ["todoita"]);
  });

  test("is imported by name", () => {
    writeFileSync(join(folder, "app.mjs"), 'import { hotp } from "todoita/node"; console.log(hotp(process.argv[2], 0));');
    assert.equal(run("node", "app.mjs", TEXT), "755224\n");
    writeFileSync(join(folder, "core.mjs"), 'import { hotp } from "todoita/core"; console.log(hotp(process.argv[2], 1n));');
    assert.equal(run("node", "core.mjs", TEXT), "287082\n");
  });

  test("is required by name", { skip: !process.features.require_module && "this Node cannot require modules" }, () => {
    writeFileSync(join(folder, "app.cjs"), 'console.log(require("todoita/node").hotp(process.argv[2], 2));');
    assert.equal(run("node", "app.cjs", TEXT), "359152\n");
  });

  test("exports the functions of the contract and nothing else", () => {
    assert.deepEqual(Object.keys(todoita).sort(), [
      "hotp",
      "keyUri",
      "newSecret",
      "readCode",
      "readKeyUri",
      "readPhone",
      "resyncHotp",
      "totp",
      "verifyHotp",
      "verifyTotp",
    ]);
  });
});

describe("readCode", () => {
  test("gives the contract's shape", () => {
    assert.deepEqual(todoita.readCode("081804"), { kind: "code", digits: "081804", fixes: [], problem: null });
    assert.deepEqual(todoita.readCode("０８１８０４"), {
      kind: "code",
      digits: "081804",
      fixes: ["full-width"],
      problem: null,
    });
    assert.deepEqual(todoita.readCode("12345678"), { kind: "backup", digits: "12345678", fixes: [], problem: null });
    assert.deepEqual(todoita.readCode(""), { kind: null, digits: "", fixes: [], problem: "empty" });
  });

  test("takes the rule", () => {
    assert.equal(todoita.readCode("12345678", { digits: 8, backup: "none" }).kind, "code");
    assert.equal(todoita.readCode("ABCD2345", { backup: "alphanumeric" }).kind, "backup");
    assert.equal(todoita.readCode("@bank.example #482913", { host: "login.example" }).problem, "other-site");
    assert.equal(todoita.readCode("@bank.example #482913", { host: "bank.example" }).digits, "482913");
    assert.equal(todoita.readCode("@bank.example #482913").digits, "482913");
  });

  test("reads past half a character", () => {
    assert.equal(todoita.readCode("\ud800").kind, null);
    assert.equal(todoita.readCode("認証コード：081804 \ud800").digits, "081804");
  });
});

describe("readPhone", () => {
  test("gives the contract's shape", () => {
    assert.deepEqual(todoita.readPhone("090-1234-5678"), {
      e164: "+819012345678",
      national: "090-1234-5678",
      kind: "mobile",
      sms: true,
      fixes: ["separators"],
    });
    assert.deepEqual(todoita.readPhone("+44 20 7946 0958", { region: "JP" }), {
      e164: "+442079460958",
      national: null,
      kind: "foreign",
      sms: null,
      fixes: ["separators"],
    });
    assert.deepEqual(todoita.readPhone("０５０１２３４５６７８"), {
      e164: "+815012345678",
      national: "050-1234-5678",
      kind: "voip",
      sms: false,
      fixes: ["full-width"],
    });
    assert.deepEqual(todoita.readPhone("090"), { problem: "too-short" });
    assert.deepEqual(todoita.readPhone("hana@example.com"), { problem: "not-a-number" });
  });

  test("names a wrong argument", () => {
    assert.throws(() => todoita.readPhone(9012345678), { name: "TypeError", message: /^text:/ });
    assert.throws(() => todoita.readPhone("090", { region: "US" }), { name: "RangeError", message: /^region:/ });
    assert.throws(() => todoita.readPhone("090", "JP"), { name: "TypeError", message: /^options:/ });
  });
});

describe("codes", () => {
  test("HOTP, with every way to give secret and counter", () => {
    for (const secret of [TEXT, TEXT.toLowerCase(), BYTES, Buffer.from(BYTES), TEXT.replace(/(.{4})/g, "$1 ")]) {
      assert.equal(todoita.hotp(secret, 0), "755224");
    }
    const foreign = runInNewContext("new Uint8Array(bytes)", { bytes: [...BYTES] });
    assert.equal(todoita.hotp(foreign, 0), "755224");
    assert.equal(todoita.hotp(TEXT, 0n, 8), "84755224");
    assert.equal(todoita.hotp(TEXT, 2 ** 31, 8), "04197202");
    assert.equal(todoita.hotp(TEXT, 2 ** 53 - 1, 8), "41891307");
    assert.equal(todoita.hotp(TEXT, 2n ** 53n + 1n, 8), "70354518");
    assert.equal(todoita.hotp(TEXT, 2n ** 63n, 8), "17959616");
    assert.equal(todoita.hotp(TEXT, LAST, 8), "63094451");
  });

  test("TOTP, with every way to give the time", () => {
    assert.equal(todoita.totp(TEXT, TIME), "081804");
    assert.equal(todoita.totp(TEXT, new Date(TIME)), "081804");
    assert.equal(todoita.totp(TEXT, runInNewContext(`new Date(${TIME})`)), "081804");
    assert.equal(todoita.totp(TEXT, TIME + 0.5, { digits: 8 }), "07081804");
    assert.equal(todoita.totp(TEXT, 119_999, { period: 60 }), "287082");
    assert.equal(todoita.totp(TEXT, 0), "755224");
    assert.equal(todoita.totp(TEXT, 8.64e15).length, 6);
  });

  test("verifyTotp accepts once and says why it refuses", () => {
    const { verifyTotp } = todoita;
    assert.deepEqual(verifyTotp(TEXT, "081804", TIME), { ok: true, step: STEP });
    assert.deepEqual(verifyTotp(BYTES, "081804", TIME + 30_000), { ok: true, step: STEP });
    assert.deepEqual(verifyTotp(TEXT, "081804", TIME, { lastStep: STEP - 1 }), { ok: true, step: STEP });
    for (const lastStep of [STEP, BigInt(STEP), STEP + 5]) {
      assert.deepEqual(verifyTotp(TEXT, "081804", TIME, { lastStep }), { ok: false, cause: "used" });
    }
    assert.deepEqual(verifyTotp(TEXT, "081804", TIME + 60_000), { ok: false, cause: "wrong" });
    assert.deepEqual(verifyTotp(TEXT, "081804", TIME + 60_000, { window: 2 }), { ok: true, step: STEP });
    assert.deepEqual(verifyTotp(TEXT, "081804", TIME + 30_000, { window: 0 }), { ok: false, cause: "wrong" });
    assert.deepEqual(verifyTotp(TEXT, "755224", 0, { lastStep: null }), { ok: true, step: 0 });
    assert.deepEqual(verifyTotp(TEXT, "755224", 0, { lastStep: 0 }), { ok: false, cause: "used" });
  });

  test("what is not exactly that many ASCII digits is wrong", () => {
    const texts = ["", "4", "81804", "0081804", "+81804", " 081804", "081804 ", "81804x", "０８１８０４", "٠٨١٨٠٤"];
    texts.push("081_04", "\ud800", "081804\0", "0".repeat(20_000_000), "0x1804", "1e5000");
    for (const text of texts) {
      assert.deepEqual(todoita.verifyTotp(TEXT, text, TIME), { ok: false, cause: "wrong" });
      assert.deepEqual(todoita.verifyHotp(TEXT, text, STEP), { ok: false, cause: "wrong" });
      assert.deepEqual(todoita.resyncHotp(TEXT, text, text, STEP), { ok: false, cause: "wrong" });
    }
  });

  test("verifyHotp looks ahead and never back", () => {
    const { verifyHotp } = todoita;
    assert.deepEqual(verifyHotp(TEXT, "969429", 3), { ok: true, counter: 3n, next: 4n });
    assert.deepEqual(verifyHotp(TEXT, "520489", 3n, { lookAhead: 6 }), { ok: true, counter: 9n, next: 10n });
    assert.deepEqual(verifyHotp(TEXT, "520489", 3n, { lookAhead: 5 }), { ok: false, cause: "wrong" });
    assert.deepEqual(verifyHotp(TEXT, "359152", 3), { ok: false, cause: "wrong" });
    const last = verifyHotp(TEXT, "63094451", LAST - 4n, { digits: 8 });
    assert.deepEqual(last, { ok: true, counter: LAST, next: null });
  });

  test("resyncHotp wants two codes in a row", () => {
    const { resyncHotp } = todoita;
    assert.deepEqual(resyncHotp(TEXT, "399871", "520489", 0), { ok: true, counter: 9n, next: 10n });
    assert.deepEqual(resyncHotp(TEXT, "399871", "520489", 0, { lookAhead: 7 }), { ok: false, cause: "wrong" });
    assert.deepEqual(resyncHotp(TEXT, "520489", "399871", 0), { ok: false, cause: "wrong" });
    assert.deepEqual(resyncHotp(TEXT, "94451".padStart(6, "0"), "755224", LAST), { ok: false, cause: "wrong" });
  });
});

describe("secrets and key URIs", () => {
  test("newSecret gives 20 bytes, others each time", () => {
    const [one, other] = [todoita.newSecret(), todoita.newSecret()];
    assert.equal(Object.prototype.toString.call(one), "[object Uint8Array]");
    assert.equal(one.length, 20);
    assert.notDeepEqual(one, other);
    assert.equal(todoita.hotp(one, 0).length, 6);
  });

  test("a key comes back from its URI", () => {
    const { keyUri, readKeyUri } = todoita;
    const key = { secret: BYTES, issuer: "届いた", account: "hana@example.com" };
    const uri = keyUri(key);
    assert.equal(
      uri,
      "otpauth://totp/%E5%B1%8A%E3%81%84%E3%81%9F:hana%40example.com" +
        `?secret=${TEXT}&issuer=%E5%B1%8A%E3%81%84%E3%81%9F&algorithm=SHA1&digits=6&period=30`,
    );
    const read = readKeyUri(uri);
    assert.deepEqual(read, {
      type: "totp",
      secret: TEXT,
      issuer: "届いた",
      account: "hana@example.com",
      algorithm: "SHA1",
      digits: 6,
      period: 30,
    });
    assert.equal(keyUri(read), uri);
    const counter = { type: "hotp", secret: TEXT, issuer: null, account: "hana", algorithm: "SHA1", digits: 8, counter: LAST };
    assert.deepEqual(readKeyUri(keyUri(counter)), counter);
  });
});

// Every invalid argument: the error's class, and the name at the beginning of its message.
const half = "\ud800";
const huge = "A".repeat(5_000_000);
const noSecret = [null, undefined, 5, true, {}, [], [1, 2], new Uint16Array(20), new ArrayBuffer(20), Symbol("a"), () => {}];
const shortSecret = ["", "GEZD", "GEZDGNBV0", "GEZDGNBVG", "秘密", half, TEXT + half, huge, new Uint8Array(15), new Uint8Array(129)];
const noCounter = [null, undefined, "1", {}, [1], true, new Date()];
const outOfCounters = [-1, -1n, 0.5, NaN, Infinity, 2 ** 53, 2 ** 64, 2n ** 64n];
const noTime = [null, undefined, "2026-11-23", 1n, {}, [TIME], true, { [Symbol.toStringTag]: "Date" }, Object.create(Date.prototype)];
const outOfTime = [-1, NaN, Infinity, -Infinity, 8.64e15 + 2, new Date(NaN), new Date(-1)];
const noCode = [null, undefined, 81804, 81804n, ["081804"], { length: 6 }, true, new String("081804"), Symbol("a")];
const noNumber = [null, "6", 6n, {}, [6], true];
const outOfDigits = [0, 5, 9, -6, 6.5, NaN, 262, 2 ** 53];
const noOptions = [null, "6", 6, [], true];

const wrongs = (type, range) => [...type.map((value) => [value, TypeError]), ...range.map((value) => [value, RangeError])];

/** Name of the argument, its wrong values, and a call with one of them. */
const table = {
  readCode: [
    ["text", wrongs([null, undefined, 81804, ["081804"], {}, true], [huge]), (value, f) => f(value)],
    ["options", wrongs(noOptions, []), (value, f) => f("081804", value)],
    ["digits", wrongs(noNumber, [0, 3, 11, -6, 6.5, NaN, 262]), (value, f) => f("081804", { digits: value })],
    ["code", wrongs([null, 5, {}, true], ["", "letters", "none", huge, half]), (value, f) => f("081804", { code: value })],
    ["backup", wrongs([null, 5, {}, true], ["", "letters", huge, half]), (value, f) => f("081804", { backup: value })],
    ["backupDigits", wrongs(noNumber, [0, 3, 33, 264, NaN]), (value, f) => f("081804", { backupDigits: value })],
    ["backupDigits", wrongs([], [8]), (value, f) => f("081804", { backupDigits: value, backupFormat: "xxxx-xxxx-xxxx" })],
    [
      "backupFormat",
      wrongs(
        [null, 5, {}, ["xxxx"], true],
        ["", "xxx", "xxxx-", "-xxxx", "xxxx--xxxx", "xxxx/xxxx", "xxxx-9999", "9999-xxxx", "XXXX-XXXX", "ｘｘｘｘ", "aaaa-aaaa", "x".repeat(33), huge, half],
      ),
      (value, f) => f("081804", { backupFormat: value }),
    ],
    ["host", wrongs([5, {}, true, []], [huge]), (value, f) => f("081804", { host: value })],
  ],
  hotp: [
    ["secret", wrongs(noSecret, shortSecret), (value, f) => f(value, 0)],
    ["counter", wrongs(noCounter, outOfCounters), (value, f) => f(TEXT, value)],
    ["digits", wrongs(noNumber, outOfDigits), (value, f) => f(TEXT, 0, value)],
  ],
  totp: [
    ["secret", wrongs(noSecret, shortSecret), (value, f) => f(value, TIME)],
    ["time", wrongs(noTime, outOfTime), (value, f) => f(TEXT, value)],
    ["options", wrongs(noOptions, []), (value, f) => f(TEXT, TIME, value)],
    ["digits", wrongs(noNumber, outOfDigits), (value, f) => f(TEXT, TIME, { digits: value })],
    ["period", wrongs(noNumber, [0, -30, 0.5, NaN, 86_401, 2 ** 32 + 30]), (value, f) => f(TEXT, TIME, { period: value })],
  ],
  verifyTotp: [
    ["secret", wrongs(noSecret, shortSecret), (value, f) => f(value, "081804", TIME)],
    ["code", wrongs(noCode, []), (value, f) => f(TEXT, value, TIME)],
    ["time", wrongs(noTime, outOfTime), (value, f) => f(TEXT, "081804", value)],
    ["options", wrongs(noOptions, []), (value, f) => f(TEXT, "081804", TIME, value)],
    ["digits", wrongs(noNumber, outOfDigits), (value, f) => f(TEXT, "081804", TIME, { digits: value })],
    ["period", wrongs(noNumber, [0, -30, NaN, 86_401]), (value, f) => f(TEXT, "081804", TIME, { period: value })],
    ["window", wrongs(noNumber, [-1, 0.5, NaN, 11, 257]), (value, f) => f(TEXT, "081804", TIME, { window: value })],
    [
      "lastStep",
      wrongs(["1", {}, [1], true], [-1, -1n, 0.5, NaN, 2 ** 53, 2n ** 64n]),
      (value, f) => f(TEXT, "081804", TIME, { lastStep: value }),
    ],
  ],
  verifyHotp: [
    ["secret", wrongs(noSecret, shortSecret), (value, f) => f(value, "081804", 0)],
    ["code", wrongs(noCode, []), (value, f) => f(TEXT, value, 0)],
    ["counter", wrongs(noCounter, outOfCounters), (value, f) => f(TEXT, "081804", value)],
    ["options", wrongs(noOptions, []), (value, f) => f(TEXT, "081804", 0, value)],
    ["digits", wrongs(noNumber, outOfDigits), (value, f) => f(TEXT, "081804", 0, { digits: value })],
    ["lookAhead", wrongs(noNumber, [-1, NaN, 0.5, 101, 256]), (value, f) => f(TEXT, "081804", 0, { lookAhead: value })],
  ],
  resyncHotp: [
    ["secret", wrongs(noSecret, shortSecret), (value, f) => f(value, "081804", "081804", 0)],
    ["first", wrongs(noCode, []), (value, f) => f(TEXT, value, "081804", 0)],
    ["second", wrongs(noCode, []), (value, f) => f(TEXT, "081804", value, 0)],
    ["counter", wrongs(noCounter, outOfCounters), (value, f) => f(TEXT, "081804", "081804", value)],
    ["options", wrongs(noOptions, []), (value, f) => f(TEXT, "081804", "081804", 0, value)],
    ["digits", wrongs(noNumber, outOfDigits), (value, f) => f(TEXT, "081804", "081804", 0, { digits: value })],
    ["lookAhead", wrongs(noNumber, [-1, 1001, 65_536]), (value, f) => f(TEXT, "1", "2", 0, { lookAhead: value })],
  ],
  keyUri: [
    ["key", wrongs([undefined, ...noOptions], []), (value, f) => f(value)],
    ["secret", wrongs(noSecret, shortSecret), (value, f) => f({ secret: value, account: "hana" })],
    [
      "account",
      wrongs([null, undefined, 5, {}, ["hana"]], ["", " ", "a:b", "a\nb", half, huge, "é".repeat(2000)]),
      (value, f) => f({ secret: TEXT, account: value }),
    ],
    [
      "issuer",
      wrongs([5, {}, ["a"]], ["a:b", "a\0b", half, huge]),
      (value, f) => f({ secret: TEXT, account: "hana", issuer: value }),
    ],
    ["type", wrongs([], ["steam", null, 5]), (value, f) => f({ type: value, secret: TEXT, account: "hana" })],
    ["algorithm", wrongs([], ["SHA256", null, 1]), (value, f) => f({ algorithm: value, secret: TEXT, account: "hana" })],
    ["digits", wrongs(noNumber, outOfDigits), (value, f) => f({ secret: TEXT, account: "hana", digits: value })],
    ["period", wrongs(noNumber, [0, NaN, 86_401]), (value, f) => f({ secret: TEXT, account: "hana", period: value })],
    ["period", wrongs([], [30]), (value, f) => f({ type: "hotp", secret: TEXT, account: "hana", counter: 0, period: value })],
    ["counter", wrongs([], [0]), (value, f) => f({ secret: TEXT, account: "hana", counter: value })],
    [
      "counter",
      wrongs(noCounter, outOfCounters),
      (value, f) => f({ type: "hotp", secret: TEXT, account: "hana", counter: value }),
    ],
  ],
  readKeyUri: [
    [
      "text",
      wrongs(
        [null, undefined, 5, {}, ["otpauth://"], true],
        ["", "https://example.com/", "otpauth-migration://offline?data=x", "otpauth://totp/hana", half, huge],
      ),
      (value, f) => f(value),
    ],
  ],
};

describe("wrong arguments", () => {
  for (const [name, rows] of Object.entries(table)) {
    test(`${name} names them`, () => {
      for (const [argument, values, call] of rows) {
        for (const [value, expected] of values) {
          const shown = `${name}, ${argument}: ${inspect(value).slice(0, 60)}`;
          assert.throws(
            () => call(value, todoita[name]),
            (error) => {
              assert.equal(error.constructor, expected, `${shown}: ${error}`);
              assert.ok(error.message.startsWith(`${argument}: `), `${shown}: ${error.message}`);
              assert.ok(!error.message.includes("GEZDGNBV"), `${shown}: the secret is in the message`);
              return true;
            },
            shown,
          );
        }
      }
      // And the instance is as it was.
      assert.equal(todoita.hotp(TEXT, 0), "755224");
      assert.deepEqual(todoita.verifyTotp(TEXT, "081804", TIME), { ok: true, step: STEP });
    });
  }

  test("twenty thousand refusals do not grow the memory", () => {
    const { hotp, readKeyUri } = todoita;
    const refuse = (times) => {
      for (let i = 0; i < times; i++) {
        assert.throws(() => hotp("GEZD", 0), RangeError);
        assert.throws(() => readKeyUri("otpauth://totp/hana?secret=GEZD"), RangeError);
      }
    };
    refuse(1_000);
    const before = memory.buffer.byteLength;
    assert.ok(before > 0);
    refuse(10_000);
    assert.equal(memory.buffer.byteLength, before);
  });
});

// `todoita/core` in a real page: under the strictest policy, from plain modules.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { browser, close } from "./engines.mjs";
import { Site } from "./sites.mjs";

after(close);

const EMPTY = `<!doctype html><html lang="ja"><meta charset="utf-8"><title>登録</title><h1>登録</h1></html>`;

test("enrolment in the page: a new secret, its QR code's text, and the first code", async (t) => {
  const site = await Site.start(t, EMPTY);
  const session = await browser(t);
  await session.open(site.url());
  const seen = await session.run(async () => {
    const { hotp, keyUri, newSecret, readCode, readKeyUri, totp, verifyTotp } = await import("/assets/core.js");
    const secret = newSecret();
    const uri = keyUri({ secret, issuer: "Example", account: "hana@example.com" });
    const key = readKeyUri(uri);
    const now = new Date();
    const { digits } = readCode(`認証コード：${totp(key.secret, now)}`);
    const first = verifyTotp(secret, digits, now);
    const again = verifyTotp(secret, digits, now, { lastStep: first.step });
    let refusal;
    try {
      verifyTotp("GEZD", digits, now);
    } catch (error) {
      refusal = `${error.name} ${error.message}`;
    }
    return {
      bytes: secret.length,
      account: key.account,
      first: first.ok,
      again,
      refusal,
      last: hotp("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", 2n ** 64n - 1n, 8),
    };
  });
  assert.deepEqual(seen, {
    bytes: 20,
    account: "hana@example.com",
    first: true,
    again: { ok: false, cause: "used" },
    refusal: "RangeError secret: 2 bytes are too few; a secret has at least 16 (RFC 4226, R6)",
    last: "63094451",
  });
  assert.deepEqual(
    site.asked.filter((path) => path.endsWith(".wasm")),
    ["/assets/dist/functions/functions_bg.wasm"],
  );
});

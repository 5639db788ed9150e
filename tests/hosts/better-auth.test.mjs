// better-auth with its own client and `todoita/better-auth`: the second factor with its backup codes, codes by mail and by SMS.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test, { after } from "node:test";
import { pathToFileURL } from "node:url";
import { browser, close } from "../browser/engines.mjs";
import { Field, complaints, eventually } from "../browser/pages.mjs";
import { built, host, nodeWithSqlite, start } from "./hosts.mjs";

after(close);

const WORDS = JSON.parse(readFileSync(new URL("../../www/words/ja.json", import.meta.url), "utf8"));
const other = (code) => String((Number(code) + 1) % 1_000_000).padStart(6, "0");

test("the second factor, a mailed code and a code by SMS", async (t) => {
  const folder = built("better-auth");
  const node = nodeWithSqlite(host("code-step"));
  assert.ok(node, "Node 22.13 or later, or Linux on x64");
  const { origin } = await start(t, folder, { PORT: "0", BETTER_AUTH_SECRET: "0123456789".repeat(4), NODE_NO_WARNINGS: "1" }, node, "server.mjs");
  const { readKeyUri, totp } = await import(pathToFileURL(join(folder, "node_modules/todoita/node.js")));
  const session = await browser(t);
  await session.open(`${origin}/login`);
  const post = (path, body) =>
    session.run(
      async (path, body) => {
        const options = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
        return (await fetch(`/api/auth/${path}`, options)).json();
      },
      path,
      body,
    );
  const signedIn = async (email) => {
    await eventually(() => session.url(), `${origin}/in`);
    await eventually(() => session.run(() => document.body.textContent), (text) => text.endsWith(`signed in: ${email}`));
    await post("sign-out", {});
  };
  const outbox = async () => (await fetch(`${origin}/outbox`)).json();
  /** Asks for a code; gives it when the page has the answer: until then the field takes no text. */
  const asked = async (field, action) => {
    const before = await outbox();
    await field.choose(action);
    await eventually(() => field.message(), WORDS["new-code"]);
    const after = await eventually(outbox, ({ length }) => length > before.length);
    assert.equal(after.length, before.length + 1);
    return after.at(-1);
  };

  // A person with an authenticator.
  const [email, password] = ["hana@example.com", "correct horse battery"];
  await post("sign-up/email", { email, password, name: "Hana" });
  const { totpURI, backupCodes } = await post("two-factor/enable", { password });
  const { secret } = readKeyUri(totpURI);
  assert.ok((await post("two-factor/verify-totp", { code: totp(secret, Date.now()) })).token);
  await post("sign-out", {});
  const begin = async () => {
    assert.equal((await post("sign-in/email", { email, password })).twoFactorRedirect, true);
    return Field.open(session, `${origin}/login/code`);
  };

  let field = await begin();
  await field.type(other(totp(secret, Date.now())), "enter");
  await eventually(() => field.state(), "refused");
  await field.press(["control", "a"]);
  await field.paste(`認証コード：${totp(secret, Date.now())}`);
  await field.press("enter");
  await signedIn(email);

  field = await begin();
  // In other separators than its own. Of letters alone, as one in six is, these would be two words (docs/reading.md).
  await field.paste(backupCodes.find((code) => /\d/.test(code)).replace("-", " - "));
  await field.press("enter");
  await signedIn(email);

  field = await begin();
  const mailed = await asked(field, "email");
  await (await session.find("[name=trust-device]")).click();
  await (await session.find("#code")).click();
  await field.paste(`Your code is ${mailed}.`);
  await field.press("enter");
  await signedIn(email);
  const again = await post("sign-in/email", { email, password });
  assert.equal(again.twoFactorRedirect, undefined, "the device is trusted");
  await post("sign-out", {});

  // Without a sign-in.
  field = await Field.open(session, `${origin}/login/code`);
  await field.type("123456", "enter");
  await eventually(() => session.run(() => document.querySelector("todoita-code a")?.getAttribute("href")), (href) => /\/login$/.test(href));

  for (const [path, name] of [["/login/mail", "mail@example.com"], ["/login/phone", "819012345678@phone.example"]]) {
    field = await Field.open(session, origin + path);
    const code = await asked(field, "resend");
    await field.type(other(code), "enter");
    await eventually(() => field.state(), "refused");
    await field.press(["control", "a"]);
    await field.paste(code);
    await field.press("enter");
    await signedIn(name);
  }
  const errors = (await complaints(session)).filter((text) => !/\/api\/auth\/.*40[01]/.test(text));
  assert.deepEqual(errors, []);
});

// Flask-Security of the virtual environment (`.tools/python`) in a browser with and without JavaScript: an authenticator, a mailed
// code, a recovery code with its hyphens, refusals.

import assert from "node:assert/strict";
import { join } from "node:path";
import test, { after, before, describe } from "node:test";
import { browser, close } from "../browser/engines.mjs";
import { Field, complaints, eventually } from "../browser/pages.mjs";
import { ROOT } from "../package/packed.mjs";
import { totp } from "./django/totp.mjs";
import { PYTHON, start } from "./hosts.mjs";

const stops = [];
let origin;
before(async () => {
  const folder = join(ROOT, "tests/hosts/flask");
  const server = { after: (stop) => stops.push(stop) };
  ({ origin } = await start(server, folder, { PYTHONDONTWRITEBYTECODE: "1" }, PYTHON, "app.py"));
});
after(async () => {
  await close();
  for (const stop of stops) await stop();
});

const json = async (path) => (await fetch(origin + path)).json();
const wide = (code) => code.replace(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt() + 0xfee0));

/** A new account with a method, and a page in which its password was accepted. */
async function password(t, method, javascript) {
  const account = await json(`/fresh?method=${method}`);
  const session = await browser(t, { javascript });
  await session.open(`${origin}/login`);
  await (await session.find("[name=email]")).click();
  await session.press(account.email, "tab", account.password, "enter");
  await eventually(() => session.count("todoita-code"), 1);
  const field = new Field(session);
  if (javascript) await field.alive();
  const enter = async (text) => {
    if (javascript) await field.paste(text);
    else await field.type(text);
    await field.press("enter");
  };
  const refused = async () => {
    await eventually(() => session.count("todoita-code[cause=wrong]"), 1);
    if (javascript) {
      await field.alive();
      await eventually(() => field.state(), "refused");
    }
    await eventually(() => field.alert(), (text) => text !== "");
  };
  const signedIn = async () => {
    await eventually(() => session.url(), `${origin}/in`);
    assert.equal(await (await session.find("h1")).text(), account.email);
    if (javascript) assert.deepEqual(await complaints(session), []);
  };
  return { account, session, field, enter, refused, signedIn };
}

for (const javascript of [true, false]) {
  describe(`Flask-Security, ${javascript ? "with" : "without"} JavaScript`, () => {
    test("a refused code, then the authenticator's in full-width digits within a sentence", async (t) => {
      const { account, enter, refused, signedIn } = await password(t, "authenticator", javascript);
      const code = totp(account.secret, Date.now());
      await enter(String((Number(code) + 1) % 1_000_000).padStart(6, "0"));
      await refused();
      await enter(`認証コード：${wide(totp(account.secret, Date.now()))}`);
      await signedIn();
    });

    test("a recovery code, refused, then in other digits and with spaces for its hyphens", async (t) => {
      const { account, session, field, enter, refused, signedIn } = await password(t, "authenticator", javascript);
      if (javascript) {
        // In the code's own field: it is posted where recovery codes are.
        await enter("0000-0000-0000");
      } else {
        await (await session.find("[data-way=backup]")).click();
        await eventually(() => session.url(), `${origin}/mf-recovery`);
        await enter("0000-0000-0000");
      }
      await refused();
      assert.equal(await session.url(), `${origin}/mf-recovery`);
      if (javascript) assert.equal(await field.value(), "");
      await enter(wide(account.recovery[0]).replaceAll("-", " "));
      await signedIn();
    });

    test("a code by mail, mailed again, the whole mail", async (t) => {
      const { session, field, enter, signedIn } = await password(t, "email", javascript);
      const { count } = await json("/outbox");
      await (await session.find("[data-way=email]")).click();
      const mailed = await eventually(() => json("/outbox"), (outbox) => outbox.count === count + 1);
      await eventually(() => session.count("todoita-code[sent][channel=email]"), 1);
      if (javascript) await field.alive();
      await enter(javascript ? mailed.text : mailed.text.replace(/\s+/g, " "));
      await signedIn();
    });
  });
}

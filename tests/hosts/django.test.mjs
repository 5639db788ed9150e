// The Django app of the installed wheel (`.tools/python`) with django-allauth and django-two-factor-auth, in a browser with and
// without JavaScript: an authenticator, backup codes, a code that was mailed or sent by text message, refusals, an expired code.

import assert from "node:assert/strict";
import { join } from "node:path";
import test, { after, before, describe } from "node:test";
import { fileURLToPath } from "node:url";
import { browser, close } from "../browser/engines.mjs";
import { Field, complaints, eventually } from "../browser/pages.mjs";
import { PYTHON, start } from "./hosts.mjs";
import { totp } from "./django/totp.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

const stops = [];
/** Starts the site; gives its address. */
async function site(env = {}) {
  const server = { after: (stop) => stops.push(stop) };
  const folder = join(ROOT, "tests/hosts/django");
  const variables = { PYTHONDONTWRITEBYTECODE: "1", ...env };
  return (await start(server, folder, variables, PYTHON, "serve.py")).origin;
}

let origin;
before(async () => (origin = await site()));
after(async () => {
  await close();
  for (const stop of stops) await stop();
});

const json = async (path, from = origin) => (await fetch(from + path)).json();
const wide = (code) => code.replace(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt() + 0xfee0));

/** A new account, and a browser in which its password was accepted. */
async function password(t, kind, javascript) {
  const account = await json(`/fresh?kind=${kind}`);
  const session = await browser(t, { javascript });
  const [path, name] = kind === "allauth" ? ["/accounts/login/", "login"] : ["/account/login/", "auth-username"];
  await session.open(origin + path);
  await (await session.find(`[name=${name}]`)).click();
  await session.press(account.name, "tab", account.password, "enter");
  await eventually(() => session.count("todoita-code"), 1);
  const field = new Field(session);
  if (javascript) await field.alive();
  return { account, session, field };
}

/** Puts a text into the field as a person does: pasted where JavaScript runs, typed where it does not. */
async function enter({ session, field }, text, javascript) {
  if (javascript) await field.paste(text);
  else await field.type(text);
  await (await session.find("todoita-code button:not([data-way], [data-part] *)")).click();
}

const signedIn = async ({ session, account }, at = origin) => {
  await eventually(() => session.url(), `${at}/in`);
  assert.equal(await (await session.find("h1")).text(), account.name);
};

const code = ({ secret }, at = Date.now()) => totp(secret, at);
/** A code of six digits that is not right. */
const wrong = (account) => ["000000", "111111"].find((other) => [-30_000, 0, 30_000].every((drift) => code(account, Date.now() + drift) !== other));

for (const kind of ["allauth", "two-factor"]) {
  for (const javascript of [true, false]) {
    describe(`${kind}, ${javascript ? "with" : "without"} JavaScript`, () => {
      test(`${kind}: a refused code, then the authenticator's in full-width digits within a sentence`, async (t) => {
        const page = await password(t, kind, javascript);
        await enter(page, wrong(page.account), javascript);
        if (javascript) {
          await page.field.alive();
          await eventually(() => page.field.state(), "refused");
        }
        await eventually(() => page.field.alert(), (text) => text !== "");
        await enter(page, `認証コード：${wide(code(page.account))}`, javascript);
        await signedIn(page);
        if (javascript) assert.deepEqual(await complaints(page.session), []);
      });

      test("a backup code", async (t) => {
        const page = await password(t, kind, javascript);
        const [backup] = page.account.backup;
        if (kind === "two-factor") {
          await (await page.session.find("[name=wizard_goto_step][value=backup]")).click();
          await eventually(() => page.session.count("todoita-code[channel=backup]"), 1);
          if (javascript) await page.field.alive();
        }
        await enter(page, ` ${wide(backup.slice(0, 4))} ${backup.slice(4)} `, javascript);
        await signedIn(page);
      });
    });
  }
}

// Codes of letters as allauth has them by default, and six digits. Without JavaScript the input joins the lines of a mail, and
// letters that have no line of their own are no code.
for (const [codes, javascript] of [["letters", true], ["numeric", false]]) {
  test(`allauth, ${javascript ? "with" : "without"} JavaScript: a mailed code of ${codes}, refused, mailed again, the whole mail`, async (t) => {
    const at = codes === "letters" ? origin : await site({ CODES: codes });
    const account = await json("/fresh?kind=mail", at);
    const session = await browser(t, { javascript });
    const field = new Field(session);
    await session.open(`${at}/accounts/login/code/`);
    await (await session.find("[name=email]")).click();
    await session.press(account.email, "enter");
    const page = { account, session, field };
    await eventually(() => session.count("todoita-code"), 1);
    if (javascript) {
      await field.alive();
      assert.match(await field.sent(), /@example\.com/);
    }
    await enter(page, codes === "letters" ? "BCDFGHJK" : "000000", javascript);
    if (javascript) await eventually(() => field.state(), "refused");
    await eventually(() => field.alert(), (text) => text !== "");
    assert.equal(await (await session.find("todoita-code")).attribute("attempts-left"), "2");
    const { count } = await json("/outbox", at);
    await (await session.find("[data-way=resend]")).click();
    const mailed = await eventually(() => json("/outbox", at), (outbox) => outbox.count === count + 1);
    await eventually(() => session.count("todoita-code:not([cause])"), 1);
    if (javascript) await field.alive();
    await enter(page, javascript ? mailed.text : mailed.text.replace(/\s+/g, " "), javascript);
    await signedIn(page, at);
    if (javascript) assert.deepEqual(await complaints(session), []);
  });
}

test("allauth: signing up, and a forgotten password, by the mail with the code", async (t) => {
  const session = await browser(t);
  const field = new Field(session);
  await session.open(`${origin}/accounts/signup/`);
  const name = `s${Date.now()}`;
  for (const [input, value] of [["username", name], ["email", `${name}@example.com`], ["password1", "Shu7-kaben-orita"]]) {
    await (await session.find(`[name=${input}]`)).click();
    await session.press(value);
  }
  await session.press("enter");
  await eventually(() => session.count("todoita-code"), 1);
  await field.alive();
  await enter({ session, field }, (await json("/outbox")).text, true);
  await signedIn({ session, account: { name } });

  const account = await json("/fresh?kind=mail");
  await session.clear();
  await session.open(`${origin}/accounts/password/reset/`);
  await (await session.find("[name=email]")).click();
  await session.press(account.email, "enter");
  await eventually(() => session.count("todoita-code"), 1);
  await field.alive();
  await enter({ session, field }, (await json("/outbox")).text, true);
  await eventually(() => session.count("[name=password1]"), 1);
});

describe("allauth: codes by text message", () => {
  let at;
  before(async () => (at = await site({ CODES: "numeric", PHONES: "1" })));

  for (const javascript of [true, false]) {
    test(`a number confirmed, then a sign-in by its code, ${javascript ? "with" : "without"} JavaScript: refused, expired, sent again`, async (t) => {
      const session = await browser(t, { javascript });
      const page = { session, field: new Field(session) };
      const number = `+8190${String(Date.now()).slice(-8)}`;
      const submit = async (name, ...keys) => {
        await (await session.find(`[name=${name}]`)).click();
        await session.press(...keys, "enter");
      };
      /** The message that the next act sends, when its page is there. */
      const sent = async (act) => {
        const { count } = await json("/messages", at);
        await act();
        const message = await eventually(() => json("/messages", at), (messages) => messages.count === count + 1);
        await eventually(() => session.count("todoita-code[channel=sms]:not([cause])"), 1);
        if (javascript) {
          await page.field.alive();
          assert.match(await page.field.sent(), new RegExp(`末尾${number.slice(-4)}`));
        }
        return javascript ? message.text : message.text.replace(/\s+/g, " ");
      };
      const refused = async () => {
        await enter(page, "000000", javascript);
        await eventually(() => session.count("todoita-code[cause=wrong][attempts-left='2']"), 1);
        if (javascript) await eventually(() => page.field.state(), "refused");
      };
      const isIn = () => eventually(() => session.url(), `${at}/in`);

      await session.open(`${at}/accounts/signup/`);
      const first = await sent(() => submit("phone", number, "tab", "Shu7-kaben-orita"));
      await refused();
      await enter(page, first, javascript);
      await isIn();

      await session.clear();
      await session.open(`${at}/accounts/login/code/`);
      const expired = await sent(() => submit("phone", number));
      await refused();
      await fetch(`${at}/clock?ahead=181`);
      await enter(page, expired, javascript);
      // allauth asks for the number again.
      await eventually(() => session.count("[name=phone]"), 1);
      await fetch(`${at}/clock?ahead=0`);
      await session.open(`${at}/in`);
      assert.notEqual(await session.url(), `${at}/in`);

      await session.open(`${at}/accounts/login/code/`);
      const replaced = await sent(() => submit("phone", number));
      const renewed = await sent(async () => (await session.find("[data-way=resend]")).click());
      assert.notEqual(renewed, replaced);
      await enter(page, renewed, javascript);
      await isIn();
      if (javascript) assert.deepEqual(await complaints(session), []);
    });
  }
});

test("a form of one's own, with and without JavaScript", async (t) => {
  for (const javascript of [true, false]) {
    const session = await browser(t, { javascript });
    const field = new Field(session);
    await session.open(`${origin}/own`);
    if (javascript) {
      await field.alive();
      assert.match(await field.sent(), /5678/);
    }
    await enter({ session, field }, "482914", javascript);
    await eventually(() => field.alert(), (text) => text !== "");
    if (javascript) await eventually(() => field.state(), "refused");
    await enter({ session, field }, "2026/11/22 10:30 認証番号：４８２９１３", javascript);
    await eventually(() => session.url(), `${origin}/accepted`);
  }
});

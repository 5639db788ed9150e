// Passport on Express: its strategy for the password, the code step of todoita/server, and then Passport's session; over HTTP, and
// in a browser with and without JavaScript.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { browser, close } from "../browser/engines.mjs";
import { Field, complaints, eventually } from "../browser/pages.mjs";
import { totp } from "./django/totp.mjs";
import { host, start } from "./hosts.mjs";

after(close);

const ACCOUNT = { name: "hana", password: "correct horse battery" };
const wide = (code) => code.replace(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt() + 0xfee0));
const cookieOf = (response) => response.headers.getSetCookie().map((cookie) => cookie.split(";")[0]).join("; ");

/** A server of its own. `post` gives the answer, `code` asks for hana's password and gives the cookie of the code step. */
async function site(t) {
  const { origin } = await start(t, host("passport", { also: ["backend"] }), { PORT: "0" }, process.execPath, "server.mjs");
  const post = (path, fields, cookie = "") => fetch(origin + path, { method: "POST", body: new URLSearchParams(fields), headers: { cookie }, redirect: "manual" });
  const get = (path, cookie = "") => fetch(origin + path, { headers: { cookie }, redirect: "manual" });
  const sentCode = async () => (await (await get("/outbox")).json())[0].text;
  /** Signs in by SMS and enrols an authenticator; gives its secret, and a code that is good now and was not used. */
  const enrolled = async () => {
    const signIn = cookieOf(await post("/login", ACCOUNT));
    const session = cookieOf(await post("/login/code", { code: await sentCode() }, signIn));
    const { typed } = await (await post("/enrol", {}, session)).json();
    const began = Date.now();
    assert.equal(await (await post("/enrol/confirm", { code: totp(typed, began) }, session)).json(), true);
    return () => totp(typed, Math.max(Date.now(), began + 30_000));
  };
  return { origin, post, get, sentCode, enrolled };
}

test("the session begins with the code, once for the same post, and not again after it has ended", async (t) => {
  const { post, get, sentCode } = await site(t);
  const wrong = await post("/login", { ...ACCOUNT, password: "wrong" });
  assert.deepEqual([wrong.status, wrong.headers.get("location"), cookieOf(wrong)], [302, "/login?failed", ""]);

  const accepted = await post("/login", ACCOUNT);
  assert.deepEqual([accepted.status, accepted.headers.get("location")], [303, "/login/code"]);
  const signIn = cookieOf(accepted);
  assert.match(signIn, /^sign-in=\w+$/, "Passport has begun no session");
  assert.equal((await get("/in", signIn)).headers.get("location"), "/login");

  const fields = { code: await sentCode(), "todoita-attempt": "a".repeat(32) };
  const before = await post("/login/code", { ...fields, code: "000" }, signIn);
  assert.deepEqual([before.status, cookieOf(before)], [422, ""]);
  const first = await post("/login/code", fields, signIn);
  assert.deepEqual([first.status, first.headers.get("location")], [303, "/in"]);
  const session = cookieOf(first);
  assert.match(await (await get("/in", session)).text(), /<h1>hana<\/h1>/);
  assert.equal(cookieOf(await post("/login/code", fields, signIn)), session, "a lost answer is given again");
  assert.equal((await post("/login/code", fields, `${signIn}; ${session}`)).headers.get("location"), "/in");
  assert.match(await (await get("/in", session)).text(), /<h1>hana<\/h1>/);

  await post("/logout", {}, session);
  assert.equal((await get("/in", session)).headers.get("location"), "/login");
  const again = await post("/login/code", fields, signIn);
  assert.deepEqual([again.headers.get("location"), cookieOf(again)], ["/login", ""]);
  assert.equal((await get("/in", session)).headers.get("location"), "/login");
});

for (const javascript of [true, false]) {
  test(`Passport ${javascript ? "with" : "without"} JavaScript: a wrong password, a refused code, the authenticator's code`, async (t) => {
    const { origin, enrolled } = await site(t);
    const code = await enrolled();
    const session = await browser(t, { javascript });
    const password = async (text) => {
      await (await session.find("#name")).click();
      await session.press(ACCOUNT.name, "tab", text, "enter");
    };
    await session.open(`${origin}/login`);
    await password("wrong");
    await eventually(() => session.count("[role=alert]"), 1);
    await password(ACCOUNT.password);
    await eventually(() => session.count("todoita-code[channel=app]"), 1);
    const field = new Field(session);
    if (javascript) await field.alive();

    await field.type(["000000", "111111"].find((other) => other !== code()), "enter");
    if (javascript) {
      await eventually(() => field.state(), "refused");
      await eventually(() => field.alert(), (text) => text.includes("あと9回"));
      await field.paste(`認証コード：${wide(code())}`);
    } else {
      await eventually(() => session.count("todoita-code[cause=wrong]"), 1);
      await field.type(`認証コード：${wide(code())}`);
    }
    await field.press("enter");
    await eventually(() => session.url(), `${origin}/in`);
    assert.equal(await (await session.find("h1")).text(), ACCOUNT.name);
    if (javascript) assert.deepEqual(await complaints(session), []);
  });
}

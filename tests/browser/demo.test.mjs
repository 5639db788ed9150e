// The whole job through the demo, as a person does it.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { Demo, Wire } from "./demo.mjs";
import { browser, close } from "./engines.mjs";
import { Guide, Login, complained, complaints, eventually } from "./pages.mjs";

after(close);

const SECOND = 1000;
const MINUTE = 60 * SECOND;

async function open(t, { options = [], ...rest } = {}) {
  const demo = await Demo.start(t, ...options);
  const session = await browser(t, rest);
  return { demo, session, login: new Login(session, demo) };
}

/** Gives a wrong code, one that is not the right one by chance. */
async function giveWrong(demo, field, n = 0) {
  const code = String((Number(await demo.code()) + 1 + n) % 1_000_000).padStart(6, "0");
  await field.type(["control", "a"], code, "enter");
}

test("password, the phone's message, the whole of it pasted: signed in", async (t) => {
  const { demo, session, login } = await open(t);
  const field = await login.password();
  await field.alive();
  assert.match(await field.sent(), /末尾5678/);
  await login.copyMessage();
  await login.paste();
  assert.equal(await field.value(), await demo.code());
  assert.match(await field.message(), /コードを読み取りました/);
  await field.press("enter");
  await login.isIn();
  const cookies = await session.cookies();
  const cookie = cookies.find(({ name }) => name.endsWith("session"));
  assert.equal(cookie.httpOnly, true);
  assert.match(cookie.sameSite, /Lax|Strict/);
  assert.deepEqual(await complaints(session), []);
});

test("the same with JavaScript off", async (t) => {
  const { session, login } = await open(t, { javascript: false });
  await login.password();
  await login.copyMessage();
  await login.paste();
  await session.press("enter");
  await login.isIn();
});

test("with JavaScript off: wrong code, sent again, another method, and signed in", async (t) => {
  const { demo, session, login } = await open(t, { javascript: false });
  const field = await login.password();
  await giveWrong(demo, field);
  await eventually(() => field.message(), (text) => /違う/.test(text) && /9/.test(text));
  const first = await demo.code();
  await demo.forward(31 * SECOND);
  await field.choose("resend");
  await eventually(() => demo.code(), (code) => code !== first);
  await demo.forward(31 * SECOND);
  await field.choose("email");
  await eventually(async () => (await demo.phone()).messages.at(-1).channel, "email");
  await login.copyMessage();
  await login.paste();
  await session.press("enter");
  await login.isIn();
});

test("with JavaScript off: the guide leads from a missing message to a phone call and a sign-in", async (t) => {
  const { demo, session, login } = await open(t, { javascript: false });
  await login.password();
  await demo.forward(31 * SECOND);
  await (await session.find("[data-part=ways] > summary")).click();
  await (await session.find("[data-part=guide-door]")).click();
  const guide = new Guide(session);
  for (const [screen, answer] of [
    ["sms-check-destination", "right"], ["sms-other-texts-arrive", "no"], ["phone-signal", "still"], ["carrier-filter", "still"],
  ]) {
    await guide.screen(screen);
    assert.equal(await session.url(), demo.url("/login/guide"));
    await (await session.find(`button[name=answer][value="${answer}"]`)).click();
  }
  await guide.screen("other-way");
  await (await session.find("button[name=todoita-action][value=voice]")).click();
  await eventually(async () => (await demo.phone()).messages.at(-1).channel, "voice");
  await eventually(() => session.url(), demo.url("/login/code"));
  await login.copyMessage();
  await login.paste();
  await session.press("enter");
  await login.isIn();
});

test("F120: the guide in the demo leads from the field to a phone call and a sign-in", async (t) => {
  const { demo, session, login } = await open(t);
  const field = await login.password();
  await field.alive();
  await demo.forward(31 * SECOND);
  const guide = await field.guide();
  await guide.screen("sms-check-destination");
  await guide.leave("other");
  await guide.screen("other-way");
  await guide.take("voice");
  await eventually(async () => (await demo.phone()).messages.at(-1).channel, "voice");
  await field.alive();
  await login.copyMessage();
  await login.paste();
  await session.press("enter");
  await login.isIn();
});

test("the same with WebAssembly refused by the policy", async (t) => {
  const { demo, session, login } = await open(t, { options: ["--no-wasm"] });
  const policy = (await fetch(demo.url("/"))).headers.get("content-security-policy");
  assert.doesNotMatch(policy, /wasm-unsafe-eval/);
  await login.password();
  await complained(session, /stays as the page made it/);
  await login.copyMessage();
  await login.paste();
  await session.press("enter");
  await login.isIn();
});

test("the same in English", async (t) => {
  const { login } = await open(t, { lang: "en" });
  const field = await login.password();
  await field.alive();
  assert.match(await field.sent(), /ending in 5678/);
  await login.copyMessage();
  await login.paste();
  assert.match(await field.message(), /code in your message/);
  await field.press("enter");
  await login.isIn();
});

test("F116: a wrong code is reported and counted, and the right one still signs in", async (t) => {
  const { demo, login } = await open(t);
  const field = await login.password();
  await field.alive();
  await giveWrong(demo, field);
  await eventually(() => field.state(), "refused");
  assert.match(await field.alert(), /違う/);
  assert.match(await field.alert(), /9/);
  await field.press(await demo.code(), "enter");
  await login.isIn();
});

test("F116: an expired code is reported, and a new one signs in", async (t) => {
  const { demo, login } = await open(t);
  const field = await login.password();
  await field.alive();
  const old = await demo.code();
  await demo.forward(11 * MINUTE);
  await field.type(old, "enter");
  await eventually(() => field.alert(), (text) => /期限/.test(text));
  await field.choose("resend");
  await eventually(() => demo.code(), (code) => code !== old);
  await eventually(() => field.state(), "ready");
  await field.type(["control", "a"], await demo.code(), "enter");
  await login.isIn();
});

test("a superseded code is reported as used to the person it was sent to", async (t) => {
  const { demo, session, login } = await open(t);
  const field = await login.password();
  await field.alive();
  const first = await demo.code();
  for (let sent = 1; sent <= 2; sent += 1) {
    await demo.forward(31 * SECOND);
    await session.reload();
    await field.alive();
    await field.choose("resend");
    await eventually(async () => (await demo.phone()).messages.length, sent + 1);
  }
  await eventually(() => field.state(), "ready");
  await field.type(first, "enter");
  await eventually(() => field.alert(), (text) => /もう使えません/.test(text));
  assert.equal(await field.state(), "refused");
});

test("ten wrong codes lock the code step until a time that is shown; afterwards the person can sign in", async (t) => {
  const { demo, session, login } = await open(t);
  const field = await login.password();
  await field.alive();
  for (let n = 0; n < 10; n += 1) {
    await giveWrong(demo, field, n);
    await eventually(() => field.state(), (state) => state === "refused" || state === "locked");
    if (n < 9) {
      // The growing wait that each failure from the fifth on costs.
      await demo.forward(10 * MINUTE);
      await session.reload();
      await field.alive();
    }
  }
  await eventually(() => field.state(), "locked");
  assert.match(await field.alert(), /\d+:\d\d/);
  await demo.forward(61 * MINUTE);
  await session.reload();
  await field.alive();
  await field.choose("resend");
  await eventually(() => field.state(), "ready");
  await field.type(["control", "a"], await demo.code(), "enter");
  await login.isIn();
});

for (const when of ["before", "after"]) {
  test(`the service crashes ${when} it accepted the code and restarts: the retry signs in`, async (t) => {
    const { demo, session } = await open(t);
    const wire = await Wire.to(t, demo);
    const login = new Login(session, wire);
    const field = await login.password();
    await field.alive();
    const code = await demo.code();
    wire.cut(when);
    await field.type(code, "enter");
    await eventually(() => field.state(), "unreachable", 25_000);
    assert.equal(await field.value(), code);
    await demo.restart();
    await field.press("enter");
    await login.isIn();
  });
}

test("voice and email: another method is requested and its code signs in", async (t) => {
  for (const method of ["voice", "email"]) {
    await t.test(method, async (t) => {
      const { demo, login } = await open(t);
      const field = await login.password();
      await field.alive();
      await demo.forward(31 * SECOND);
      await field.choose(method);
      await eventually(async () => (await demo.phone()).messages.at(-1).channel, method);
      await eventually(() => field.state(), "ready");
      const { text } = (await demo.phone()).messages.at(-1);
      await field.paste(text);
      await field.press("enter");
      await login.isIn();
    });
  }
});

test("a code of an authenticator app signs in", async (t) => {
  const { demo, login } = await open(t);
  const field = await login.password("taro");
  await field.alive();
  const { apps } = await demo.phone();
  await field.type(apps.find(({ user }) => user === "taro").code, "enter");
  await login.isIn();
});

test("a backup code signs in once, typed where the sent code goes", async (t) => {
  const { demo, session, login } = await open(t);
  const field = await login.password();
  await field.alive();
  const note = (await demo.phone()).notes.find(({ user, consumed }) => user === "hanako" && !consumed);
  await field.type(note.code, "enter");
  await login.isIn();
  await (await session.find("form[action='/logout'] button")).click();
  await eventually(() => session.url(), demo.url("/"));
  const again = await login.password();
  await again.alive();
  await again.type(note.code, "enter");
  await eventually(() => again.state(), "refused");
});

test("after a reload of the code step the remaining times are right", async (t) => {
  const { demo, session, login } = await open(t);
  const field = await login.password();
  await field.alive();
  await demo.forward(5 * MINUTE);
  await session.reload();
  await field.alive();
  assert.match(await field.times(), /5分/);
  await field.type(await demo.code(), "enter");
  await login.isIn();
});

test("F17: no text and no id is doubled when the widget takes over the markup of the server", async (t) => {
  const { demo, session, login } = await open(t);
  const field = await login.password();
  await field.alive();
  await giveWrong(demo, field);
  await eventually(() => field.state(), "refused");
  await session.reload();
  await field.alive();
  const host = await (await session.find("todoita-code")).text();
  for (const sentence of host.split("\n").filter((line) => line.length > 8)) {
    assert.equal(host.split(sentence).length, 2, sentence);
  }
  assert.equal(await session.count("todoita-code [value=resend]"), 1);
});

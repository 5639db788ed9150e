// The account pages: a factor is changed only after a fresh code; and the whole set-up, as the two articles describe it.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { Demo } from "./demo.mjs";
import { browser, close } from "./engines.mjs";
import { Field, Login, complaints, eventually, shownAt } from "./pages.mjs";
import { readOn } from "./qr.mjs";

after(close);

const MINUTE = 60 * 1000;

/** Signs in with a code that was sent, and lets it grow old. */
async function signedIn(t, name, rest = {}) {
  const demo = await Demo.start(t);
  const session = await browser(t, rest);
  const login = new Login(session, demo);
  const field = await login.password(name);
  await field.type(await demo.code(name), "enter");
  await login.isIn();
  await demo.forward(6 * MINUTE);
  return { demo, session };
}

/** Presses the button of a form. */
async function press(session, action) {
  await (await session.find(`form[action='${action}'] button`)).click();
}

const CONFIRM = "/account/confirm/backup";

for (const javascript of [true, false]) {
  test(`new backup codes ask for a fresh code, ${javascript ? "with" : "without"} JavaScript`, async (t) => {
    const { demo, session } = await signedIn(t, "jiro", { javascript });
    const first = await demo.code("jiro");
    await press(session, CONFIRM);
    await eventually(() => session.url(), demo.url(CONFIRM));
    await eventually(() => demo.code("jiro"), (code) => code !== first);
    const field = new Field(session);
    if (javascript) await field.alive();
    assert.match(await field.sent(), /1234/);
    const wrong = String((Number(await demo.code("jiro")) + 1) % 1_000_000).padStart(6, "0");
    await field.type(wrong, "enter");
    await eventually(() => field.message(), (text) => /違う/.test(text));
    await field.type(["control", "a"], await demo.code("jiro"), "enter");
    await eventually(() => session.url(), demo.url("/account/backup"));
    await press(session, "/account/backup");
    await eventually(() => session.count(".codes li"), 10);
    assert.match((await demo.phone()).messages.at(-1).text, /作り直されました/);
    if (javascript) assert.deepEqual(await complaints(session), []);
  });
}

test("an authenticator is replaced after a code of the former one", async (t) => {
  const { demo, session } = await signedIn(t, "hanako");
  await press(session, "/account/confirm/app");
  await eventually(() => session.url(), demo.url("/account/confirm/app"));
  const field = new Field(session);
  await field.alive();
  await field.type((await demo.phone()).apps.find(({ user }) => user === "hanako").code, "enter");
  await eventually(() => session.url(), demo.url("/account/app"));
  await press(session, "/account/app");
  await eventually(() => session.count("dl.key"), 1);
});

for (const javascript of [true, false]) {
  test(`number, app and backup codes are set up${javascript ? ", and each of them signs in" : " without JavaScript"}`, async (t) => {
    const demo = await Demo.start(t);
    const session = await browser(t, { javascript });
    const login = new Login(session, demo);
    // She has a mail address alone.
    const first = await login.password("sakura");
    await first.type(await demo.code("sakura"), "enter");
    await login.isIn();

    await press(session, "/account/confirm/number");
    await eventually(() => session.count(`todoita-phone${javascript ? " [data-part=message]" : ""}`), 1);
    await (await session.find("#number")).click();
    await session.press("+81 (0)80-1111-2222");
    if (javascript) {
      const message = async () => (await session.find("[data-part=message]")).text();
      await eventually(message, (text) => text.includes("080-1111-2222"));
    }
    await session.press("enter");
    await eventually(() => session.count("todoita-code"), 1);
    const field = new Field(session);
    if (javascript) await field.alive();
    await field.type(await demo.code("sakura"), "enter");
    await login.isIn();

    await press(session, "/account/confirm/app");
    await eventually(() => session.url(), demo.url("/account/app"));
    await press(session, "/account/app");
    const image = javascript ? "[data-part=qr]" : "svg.qr";
    await eventually(() => session.count(image), 1);
    const host = await session.find("todoita-setup");
    const uri = await eventually(() => readOn(session, image), (text) => text !== null);
    assert.equal(uri, await host.attribute("uri"));
    await (await session.find("#code")).click();
    await session.press(shownAt(Number(await host.attribute("now")), uri), "enter");
    await login.isIn();

    await press(session, "/account/confirm/backup");
    await eventually(() => session.url(), demo.url("/account/backup"));
    await press(session, "/account/backup");
    await eventually(() => session.count(javascript ? "[data-part=kept-box]" : "todoita-backup-codes"), 1);
    const codes = await session.runSync(() => [...document.querySelectorAll(".codes li")].map((code) => code.textContent.trim()));
    assert.equal(codes.length, 10);
    const made = await session.find("todoita-backup-codes");
    assert.deepEqual([await made.attribute("service"), await made.attribute("account")], ["ひばり便", "sakura"]);
    const done = await session.find("todoita-backup-codes > button");
    if (javascript) {
      await done.click();
      assert.equal(await session.count("[data-part=kept-box]"), 1, "not before they are kept");
      await (await session.find("[data-part=kept-box]")).click();
    }
    await done.click();
    // A form without fields that is sent by GET.
    await eventually(() => session.url(), demo.url("/account?"));
    // Signing in without JavaScript is in demo.test.mjs.
    if (!javascript) return;
    assert.deepEqual(await complaints(session), []);

    for (const method of ["sms", "app", "backup"]) {
      // A time step counts once, and a number is not sent two codes within half a minute.
      await demo.forward(MINUTE);
      await press(session, "/logout");
      await eventually(() => session.url(), demo.url("/"));
      const field = await login.password("sakura");
      assert.match(await field.sent(), /2222/);
      const code = {
        sms: () => demo.code("sakura"),
        app: async () => (await demo.phone()).apps.find(({ user }) => user === "sakura").code,
        backup: () => codes[3],
      }[method];
      await field.type(await code(), "enter");
      await login.isIn();
    }
  });
}

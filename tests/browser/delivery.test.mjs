// The code page of the login service while a gateway reports what became of the code: a page that is open takes notice.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { browser, close } from "./engines.mjs";
import { Service } from "./gateway.mjs";
import { Login, eventually } from "./pages.mjs";

after(close);

test("an open code page takes notice of a code that could not be delivered, takes it back, and loses no typed text", async (t) => {
  const service = await Service.start(t);
  const session = await browser(t);
  const field = await new Login(session, service).password("hanako", "the password");
  await field.alive();
  await eventually(async () => service.taken.length, 1);
  const notice = async () => ((await session.count("#code-notice")) ? (await session.find("#code-notice")).text() : "");
  const usual = async () => (await session.find("[data-part=usual]")).text();
  assert.equal(await notice(), "");
  assert.match(await usual(), /通常は1分以内に届きます/);
  await service.report("failed", service.taken[0]);
  await eventually(notice, "SMSで送ったコードを届けられませんでした。今は、電話・バックアップコードが使えます。", 60_000);
  await field.alive();
  assert.equal(await usual(), "");
  await field.type("12");
  await service.report("delivered", service.taken[0]);
  /** How often this page has looked. */
  const looks = () => session.run(() => performance.getEntriesByType("resource").filter(({ name }) => name.endsWith("/login/code")).length);
  const before = await looks();
  // One may have been under way.
  await eventually(looks, (seen) => seen > before + 1, 60_000);
  assert.equal(await field.value(), "12");
  assert.notEqual(await notice(), "");
  await field.type(["control", "a"], "backspace");
  await eventually(notice, "", 60_000);
  await field.alive();
  assert.match(await usual(), /通常は1分以内に届きます/);
});

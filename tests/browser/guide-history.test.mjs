// The guide and the browser's history: back, a reload, two fields, a router.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { browser, close } from "./engines.mjs";
import { openWithSupport } from "./field-page.mjs";
import { Field, Guide, eventually } from "./pages.mjs";
import { page } from "./sites.mjs";

after(close);

test("the browser's back and a reload keep the place; the address has no answers", async (t) => {
  const { site, session, field } = await openWithSupport(t);
  let guide = await field.guide();
  await guide.answer("right");
  await guide.screen("sms-other-texts-arrive");
  await guide.answer("no");
  await guide.screen("phone-signal");
  assert.equal(await session.url(), site.url());
  await session.reload();
  await field.alive();
  guide = new Guide(session, "todoita-code");
  await guide.alive();
  await guide.screen("phone-signal");
  await session.back();
  await guide.screen("sms-other-texts-arrive");
  await guide.leave("back");
  await guide.screen("sms-check-destination");
  assert.deepEqual(site.posts, []);
});

test("a reload after an action of the guide leaves it closed", async (t) => {
  const { site, session, field } = await openWithSupport(t, { facts: { answers: "json" } });
  site.answer = (response) => response.writeHead(200, { "content-type": "application/json" }).end('{"status":"sent","channel":"voice"}');
  const guide = await field.guide();
  await guide.answer("right");
  await guide.leave("other");
  await guide.take("voice");
  await eventually(() => site.posts.length, 1);
  await eventually(() => field.state(), "ready");
  assert.equal(await session.run(() => history.state.todoita.code.depth), 2);
  await session.reload();
  await field.alive();
  assert.equal(await session.run(() => document.querySelector("[data-part=ways]").open), false);
});

test("moved within the page, or cloned, the field has one guide", async (t) => {
  const { session, field } = await openWithSupport(t);
  const guide = await field.guide();
  await guide.answer("right");
  await guide.screen("sms-other-texts-arrive");
  await session.run(() => {
    const form = document.querySelector("form");
    document.body.prepend(form);
    const clone = form.cloneNode(true);
    clone.querySelector("input:not([type=hidden])").id = "second";
    document.body.append(clone);
  });
  await eventually(() => session.run(() => [...document.querySelectorAll("todoita-guide")].map((it) => it.querySelectorAll("h3").length).join()), "1,1");
});

test("the history is shared: a router's state stays, fragment links lose nothing, two fields are separate", async (t) => {
  const { session, field } = await openWithSupport(t);
  await session.run(() => history.replaceState({ router: 7 }, ""));
  const guide = await field.guide();
  await guide.answer("right");
  await guide.screen("sms-other-texts-arrive");
  assert.deepEqual(await session.run(() => history.state), { router: 7, todoita: { code: { answers: "sms-check-destination right", depth: 1 } } });
  await session.run(() => (location.hash = "#below"));
  await guide.answer("no");
  await guide.screen("phone-signal");
  await session.run(() => history.replaceState("a router's own", ""));
  await guide.answer("still");
  await guide.screen("carrier-filter");
  assert.equal(await session.run(() => history.state), "a router's own");
});

test("the guide goes on where the browser takes no more entries into its history, and a new start stays one", async (t) => {
  const { session, field } = await openWithSupport(t);
  const guide = await field.guide();
  await guide.answer("right");
  await guide.screen("sms-other-texts-arrive");
  await session.run(() => {
    history.pushState = history.replaceState = () => {
      throw new DOMException("more than 100 times per 10 seconds", "SecurityError");
    };
  });
  await guide.answer("no");
  await guide.screen("phone-signal");
  await guide.leave("back");
  await guide.screen("sms-other-texts-arrive");
  await guide.leave("code");
  await eventually(() => guide.open(), false);
  // A router's keys would come back by now, and with them the answers in the entry.
  await session.run(() => new Promise((done) => setTimeout(done, 120)));
  await field.guide();
  await session.run(() => document.querySelector("todoita-guide").changed());
  assert.equal(await guide.screen(), "sms-check-destination");
});

test("after 'back to the code' the browser's Back leaves the page, not the guide", async (t) => {
  const { site, session } = await openWithSupport(t);
  await session.open(site.url("/in"));
  await session.open(site.url());
  const field = new Field(session);
  await field.alive();
  const guide = await field.guide();
  await guide.answer("right");
  await guide.answer("no");
  await guide.screen("phone-signal");
  await guide.leave("code");
  await eventually(() => session.run(() => history.state?.todoita?.code?.depth), 0);
  await session.back();
  await eventually(() => session.url(), site.url("/in"));
});

// The form and its backends: the native post, the answers in JSON, a site's own protocol.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { browser, close, only } from "./engines.mjs";
import { openField } from "./field-page.mjs";
import { Field, complaints, eventually } from "./pages.mjs";
import { STRICT, Site, accept, element, minutes, page, redirect, refuse } from "./sites.mjs";

after(close);

const JSON_SITE = { facts: { answers: "json" } };

test("F91: a plain backend gets the code by a native post, under the input's name, and its redirect is followed", async (t) => {
  const { site, session, field } = await openField(t, { fields: '<input type="hidden" name="csrf" value="abc">' });
  await field.type("482-913", "enter");
  await eventually(() => session.url(), site.url("/in"));
  assert.equal(site.posts.length, 1);
  const [{ path, fields, accept: accepts, type }] = site.posts;
  assert.equal(path, "/login/code");
  assert.equal(fields.code, "482913");
  assert.equal(fields.csrf, "abc");
  assert.match(fields["todoita-attempt"], /^\d+(-\d+){3}$/);
  assert.match(accepts, /text\/html/);
  assert.equal(type, "application/x-www-form-urlencoded");
  assert.deepEqual(await complaints(session), []);
});

test("F91: a code that was typed with spaces is posted without them", async (t) => {
  const { site, session, field } = await openField(t);
  await session.run(() => (document.getElementById("code").value = "482 913"));
  await field.submit();
  await eventually(() => site.posts.length, 1);
  assert.equal(site.posts[0].fields.code, "482913");
});

test("F91, F112: a multipart form, and an input name of the site", async (t) => {
  const { site, field } = await openField(t, { form: 'enctype="multipart/form-data"', code: element({ name: "otp" }) });
  await field.type("482-913");
  await field.submit();
  await eventually(() => site.posts.length, 1);
  assert.match(site.posts[0].type, /^multipart\/form-data/);
  assert.equal(site.posts[0].fields.otp, "482913");
});

test("F89, F92: Enter does not send an incomplete code; the widget explains why", async (t) => {
  const { site, session, field } = await openField(t);
  await field.type("48", "enter");
  assert.equal(await field.alert(), "まだ2桁です。6桁のコードを入力してください。");
  assert.equal(await field.value(), "48");
  await field.press(["control", "a"], "delete", "enter");
  assert.equal(await field.alert(), "コードを入力してください。");
  assert.equal(await session.url(), site.url());
  assert.equal(site.posts.length, 0);
});

test("answers in JSON: accepted, and the location is followed", async (t) => {
  const { site, session, field } = await openField(t, JSON_SITE);
  site.answer = (response) => accept(response);
  await field.paste("認証コード：482913");
  await field.press("enter");
  await eventually(() => session.url(), site.url("/in"));
  assert.match(site.posts[0].accept, /application\/json/);
  assert.equal(site.posts[0].type, "application/x-www-form-urlencoded;charset=UTF-8");
});

test("answers in JSON: a redirect to HTML on this origin is followed as accepted", async (t) => {
  const { site, session, field } = await openField(t, JSON_SITE);
  await field.type("482913", "enter");
  await eventually(() => session.url(), site.url("/in"));
  assert.equal(site.posts.length, 1);
});

test("answers in JSON: a redirect to another origin leads there, as without the field, with the same idempotency key", async (t) => {
  const other = await Site.start(t, "<!doctype html><meta charset=utf-8><title>x</title><h1>Elsewhere</h1>");
  // Without this the browser leaves no form to another origin, with the field or without.
  const policy = STRICT.replace("form-action 'self'", `form-action 'self' ${other.origin}`);
  const { site, session, field } = await openField(t, JSON_SITE, { policy });
  site.answer = (response) => redirect(response, other.url());
  await field.type("482913", "enter");
  await eventually(() => session.url(), other.url());
  assert.equal(new Set(site.posts.map(({ fields }) => fields["todoita-attempt"])).size, 1);
});

test("answers in JSON: an HTML answer is loaded as the browser would load it, with the same idempotency key", async (t) => {
  const { site, session, field } = await openField(t, JSON_SITE);
  site.answer = (response) =>
    response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>x</title><h1>Please call us</h1>");
  await field.type("482913", "enter");
  await eventually(async () => (await session.find("body")).text(), "Please call us");
  assert.equal(new Set(site.posts.map(({ fields }) => fields["todoita-attempt"])).size, 1);
});

test("answers in JSON: after an answer that only the browser can show, the page that stays is as before", async (t) => {
  const { site, session, field } = await openField(t, JSON_SITE);
  // A file for the request; for the browser nothing that takes the place of the page.
  site.answer = (response, { accept }) =>
    /json/.test(accept) ? response.writeHead(200, { "content-type": "text/csv" }).end("a,b") : response.writeHead(204).end();
  await field.type("482913", "enter");
  await eventually(() => site.posts.length, 2);
  assert.equal(new Set(site.posts.map(({ fields }) => fields["todoita-attempt"])).size, 1);
  assert.equal(await session.run(() => document.querySelector("form").noValidate), false);
  await eventually(async () => (await field.input()).property("readOnly"), false);
  site.answer = (response) => accept(response);
  await field.type(["control", "a"], "771204", "enter");
  await eventually(() => session.url(), site.url("/in"));
  assert.match(site.posts.at(-1).accept, /json/);
});

test("answers in JSON: where the site keeps back the submit for an answer that only the browser can show, the field is free", async (t) => {
  const { site, session, field } = await openField(t, JSON_SITE);
  site.answer = (response) => response.writeHead(200, { "content-type": "text/csv" }).end("a,b");
  await session.run(() => document.addEventListener("submit", (event) => event.preventDefault()));
  await field.type("482913", "enter");
  await eventually(() => site.posts.length, 1);
  await eventually(() => field.state(), "ready", 5_000);
  assert.equal(site.posts.length, 1);
});

test("answers in JSON: a location on another origin is not followed", async (t) => {
  const { site, session, field } = await openField(t, JSON_SITE);
  site.answer = (response) => accept(response, { location: "https://evil.example/" });
  await field.type("482913", "enter");
  await eventually(() => field.state(), "accepted");
  assert.equal(await session.url(), site.url());
  assert.match((await complaints(session)).join(), /not on this origin/);
});

test("F90: while a code is checked the input is read-only and busy; a second Enter sends nothing", async (t) => {
  const { site, session, field } = await openField(t, JSON_SITE);
  const release = site.hold(/login/);
  await field.type("482913", "enter", "enter", "7");
  assert.equal(await field.state(), "busy");
  const input = await field.input();
  assert.equal(await input.property("readOnly"), true);
  assert.equal(await input.property("disabled"), false);
  assert.equal(await session.count("todoita-code[aria-busy=true]"), 1);
  assert.equal(await field.value(), "482913");
  assert.equal(await field.focused(), true);
  release();
  await eventually(() => site.posts.length, 1);
});

test("F90: while a new code is asked for, the one that comes can be pasted and sent", async (t) => {
  const { site, session, field } = await openField(t, JSON_SITE);
  // The answer to the button never comes.
  site.answer = (response, { fields }) => fields["todoita-action"] || accept(response);
  await field.choose("resend");
  await eventually(() => site.posts.length, 1);
  assert.equal(await field.state(), "busy");
  await field.choose("resend");
  await (await field.input()).click();
  await field.paste("あなたの認証コードは482913です");
  assert.equal(await field.value(), "482913");
  await field.press("enter");
  await eventually(() => session.url(), site.url("/in"));
  assert.deepEqual(site.posts.map(({ fields }) => fields["todoita-action"] ?? fields.code), ["resend", "482913"]);
  assert.notEqual(site.posts[0].fields["todoita-attempt"], site.posts[1].fields["todoita-attempt"]);
});

test("F90, F94, F110: a refused code stays and is selected; typing replaces it; repeating it is noticed", async (t) => {
  const { site, field } = await openField(t, JSON_SITE);
  site.answer = (response) => refuse(response, "wrong", { attemptsLeft: 7 });
  await field.type("482913", "enter");
  await eventually(() => field.state(), "refused");
  assert.equal(await field.value(), "482913");
  assert.deepEqual(await field.selection(), [0, 6]);
  assert.match(await field.alert(), /7/);
  assert.deepEqual((await field.events("input", "complete")).at(-1), { event: "refused", cause: "wrong" });
  await field.press("771204");
  assert.equal(await field.value(), "771204");
  await eventually(() => field.alert(), "");
  await field.press(["control", "a"], "482913");
  assert.match(await field.alert(), /先ほど/);
});

test("F93: every cause has its own sentence, keeps the text and leaves a next step", async (t) => {
  const { site, field } = await openField(t, JSON_SITE);
  const sentences = {
    wrong: /^違うか、期限切れです。/,
    expired: /^コードの期限が切れました。/,
    used: /^このコードはもう使えません。/,
    locked: /^違うコードが続いたため、\d+:\d\dまで確認できません。/,
    limited: /^送信や入力が多いため、\d+:\d\dまでお待ちください。/,
    unknown: /^こちらの不具合で確認できませんでした。/,
  };
  for (const [index, [cause, sentence]] of Object.entries(sentences).entries()) {
    site.answer = (response) => refuse(response, cause, ["locked", "limited"].includes(cause) ? { retryAt: minutes(30) } : {});
    const code = String(100000 + index);
    await field.type(["control", "a"], code, "enter");
    await eventually(async () => (await field.events()).some((event) => event.cause === cause), true);
    assert.match(await field.alert(), sentence, cause);
    assert.equal(await field.value(), code);
  }
});

test("an unknown cause and a bare 500 get a sentence and keep the code", async (t) => {
  const { site, field } = await openField(t, JSON_SITE);
  site.answer = (response) => refuse(response, "moon-phase");
  await field.type("482913", "enter");
  await eventually(() => field.state(), "refused");
  assert.match(await field.alert(), /^こちらの不具合で確認できませんでした。/);
  site.answer = (response) => response.writeHead(500).end("<h1>oops</h1>");
  await field.type(["control", "a"], "771204", "enter");
  await eventually(() => field.state(), "unreachable");
  assert.match(await field.alert(), /^サイトにつながりませんでした。/);
  assert.equal(await field.value(), "771204");
});

test("a lost answer keeps the code; the retry has the same idempotency key and signs in", async (t) => {
  const { site, session, field } = await openField(t, JSON_SITE);
  site.answer = (response) => response.destroy();
  await field.type("482913", "enter");
  await eventually(() => field.state(), "unreachable");
  assert.equal(await field.value(), "482913");
  site.answer = (response) => accept(response);
  await field.press("enter");
  await eventually(() => session.url(), site.url("/in"));
  const ids = site.posts.map(({ fields }) => fields["todoita-attempt"]);
  assert.ok(ids.length >= 2);
  assert.equal(new Set(ids).size, 1);
});

test("after an answer the next submit has a new idempotency key", async (t) => {
  const { site, field } = await openField(t, JSON_SITE);
  site.answer = (response) => refuse(response, "wrong");
  await field.type("482913", "enter");
  await eventually(() => field.state(), "refused");
  await field.press("771204", "enter");
  await eventually(() => site.posts.length, 2);
  assert.notEqual(site.posts[0].fields["todoita-attempt"], site.posts[1].fields["todoita-attempt"]);
});

test("an answer can replace the values of hidden fields", async (t) => {
  const { site, field } = await openField(t, { ...JSON_SITE, fields: '<input type="hidden" name="csrf" value="old">' });
  site.answer = (response) => refuse(response, "wrong", { fields: { csrf: "new" } });
  await field.type("482913", "enter");
  await eventually(() => field.state(), "refused");
  await field.press("771204", "enter");
  await eventually(() => site.posts.length, 2);
  assert.deepEqual(site.posts.map(({ fields }) => fields.csrf), ["old", "new"]);
});

const WAITS = "Firefox at times keeps the request until the network is back, and is in before it can be looked at";
test("offline: the code stays, and can be sent when the network is back", only("chrome webkit", WAITS), async (t) => {
  const site = await Site.start(t, page(JSON_SITE));
  const session = await browser(t, { own: true });
  const field = await Field.open(session, site.url());
  await field.type("482913");
  site.stop();
  await session.offline(true);
  await eventually(() => field.alert(), (text) => /オフライン|インターネット|つながって/.test(text));
  await field.press("enter");
  await eventually(() => field.state(), (state) => state !== "busy");
  assert.equal(await field.value(), "482913");
  await site.restart();
  await session.offline(false);
  site.answer = (response) => accept(response);
  await eventually(async () => field.state(), (state) => state !== "busy");
  await field.press("enter");
  await eventually(() => session.url(), site.url("/in"));
});

test("a site with a protocol of its own cancels the submit and answers by methods", async (t) => {
  const { site, session, field } = await openField(t);
  await session.run(() =>
    document.addEventListener("todoita-submit", (event) => {
      event.preventDefault();
      window.given = [event.detail.formData.get("code"), event.target.localName];
    }),
  );
  await field.type("482 913", "enter");
  assert.deepEqual(await session.run(() => window.given), ["482913", "todoita-code"]);
  assert.equal(await field.state(), "busy");
  await session.run(() => document.querySelector("todoita-code").refused({ cause: "wrong", attemptsLeft: 3 }));
  await eventually(() => field.state(), "refused");
  assert.match(await field.alert(), /3/);
  await field.press("771204", "enter");
  await session.run(() => document.querySelector("todoita-code").accepted("/in"));
  await eventually(() => session.url(), site.url("/in"));
  assert.equal(site.posts.length, 0);
});

test("a site that accepts within the submit, and takes its attributes back, leaves the field accepted", async (t) => {
  const { session, field } = await openField(t, { facts: { cause: "wrong" } });
  await session.run(() =>
    document.addEventListener("submit", (event) => {
      event.preventDefault();
      event.target.querySelector("todoita-code").accepted();
    }),
  );
  await field.type("482913", "enter");
  await eventually(() => field.state(), "accepted");
  await session.run(() => new Promise((done) => setTimeout(done)));
  assert.equal(await field.state(), "accepted");
  await session.run(() => document.querySelector("todoita-code").removeAttribute("cause"));
  assert.equal(await field.state(), "accepted");
  assert.deepEqual((await field.events("input", "complete", "submit")).map(({ event }) => event), ["accepted"]);
});

test("the code is in no event but todoita-submit", async (t) => {
  const { session, field } = await openField(t, JSON_SITE);
  await session.run(() => {
    window.all = [];
    for (const name of ["input", "complete", "accepted", "refused", "step", "remedy", "unavailable"]) {
      document.addEventListener(`todoita-${name}`, ({ detail }) => window.all.push(JSON.stringify(detail)));
    }
  });
  await field.paste("認証コード：482913");
  assert.doesNotMatch((await session.run(() => window.all)).join(), /482913/);
});

test("F88, F111: auto-submit is off by default; where it is on, a complete code is submitted once", async (t) => {
  const { site, field } = await openField(t, JSON_SITE);
  await field.type("482913");
  await field.value();
  assert.equal(site.posts.length, 0);
  const other = await openField(t, { facts: { answers: "json", "auto-submit": "" } });
  other.site.answer = (response) => refuse(response, "wrong");
  await other.field.type("48291");
  assert.equal(other.site.posts.length, 0);
  await other.field.press("3");
  await eventually(() => other.site.posts.length, 1);
  await eventually(() => other.field.state(), "refused");
  assert.equal(other.site.posts.length, 1);
});

test("F89: Enter submits a complete code in every state", async (t) => {
  const states = {
    ready: {},
    refused: { cause: "wrong" },
    expired: { "expires-at": minutes(-1) },
    "cooling down": { "resend-at": minutes(1) },
    "with a bare channel": { channel: "app", "resend-at": null, "expires-at": null },
    "without ways": { alternatives: null },
  };
  for (const [name, facts] of Object.entries(states)) {
    await t.test(name, async (t) => {
      const { site, field } = await openField(t, { facts: { answers: "json", ...facts } });
      site.answer = (response) => refuse(response, "wrong");
      await field.type("482913", "enter");
      await eventually(() => site.posts.length, 1).catch(() => assert.fail(name));
      assert.equal(site.posts[0].fields.code, "482913", name);
      assert.equal(site.posts[0].fields["todoita-action"], undefined, name);
    });
  }
});

test("'send again' posts its own action with an empty field, and the code step goes on", async (t) => {
  const { site, session, field } = await openField(t);
  await field.choose("resend");
  await eventually(() => site.posts.length, 1);
  assert.equal(site.posts[0].fields["todoita-action"], "resend");
  await eventually(() => session.url(), site.url("/in"));
});

test("the other methods are buttons of the same form; a backup code is chosen without leaving the page", async (t) => {
  const { site, field } = await openField(t);
  assert.deepEqual(await field.methods(), ["voice", "email", "app", "backup"]);
  await field.choose("backup");
  assert.equal(site.posts.length, 0);
  await field.type("123456");
  assert.deepEqual(await field.events("input", "step", "remedy"), []);
  await field.press("78");
  assert.deepEqual(await field.events("input", "step", "remedy"), [{ event: "complete", kind: "backup" }]);
  await field.press(["control", "a"], "delete");
  await field.choose("voice");
  await eventually(() => site.posts.length, 1);
  assert.equal(site.posts[0].fields["todoita-action"], "voice");
});

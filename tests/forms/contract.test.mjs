// The contract with a site in a form of its own: controls, names and addresses, facts, and values of any shape.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { BUTTON, F, GUIDE_SUMMARY, INPUT, LABEL, answerPage, close, eventually, only, page, pause, posts, visit } from "./browser.mjs";

after(close);

const PLAIN = LABEL + INPUT + BUTTON;
const NOW = 'now="2026-11-22T10:31:00Z"';
const FACTS = `channel="sms" destination="5678" ${NOW}`;
const CAN_RESEND = `${FACTS} resend-at="2026-11-22T10:31:00Z"`;
const MUST_WAIT = `${FACTS} resend-at="2026-11-22T10:41:00Z"`;

/** The widget's fields of a post. */
const own = ({ fields }) => Object.fromEntries(Object.entries(fields).filter(([name]) => name.startsWith("todoita-")));

const visible = (person, selector) => person.run((selector) => !!document.querySelector(selector)?.checkVisibility(), selector);

// The site's own controls.

const RESEND = '<button id="again" name="action" value="resend" formaction="/resend" data-way="resend">もう一度ください</button>';

test("data-way=resend: the site's own button takes the place of the widget's, under its own label", async (t) => {
  const { site, person } = await visit(t, { body: F(PLAIN + RESEND, { facts: CAN_RESEND }) });
  assert.equal(await visible(person, "[name=todoita-action][value=resend]"), false);
  assert.equal(await person.run(() => document.getElementById("again").textContent), "もう一度ください");
  await person.click("#again");
  assert.deepEqual(await posts(site), [{ path: "/resend", fields: { action: "resend", code: "" } }]);
});

test("data-way=resend: the site's own button waits as the widget's does", async (t) => {
  const { site, person } = await visit(t, { body: F(PLAIN + RESEND, { facts: MUST_WAIT }) });
  assert.equal(await person.run(() => document.getElementById("again").getAttribute("aria-disabled")), "true");
  assert.match(await person.run(() => document.querySelector("[data-part=wait]").textContent), /あと10分/);
  await person.click("#again");
  await pause(200);
  assert.deepEqual(site.posts, []);
  await person.run(() => document.querySelector("todoita-code").setAttribute("resend-at", "2026-11-22T10:31:00Z"));
  await eventually(() => person.run(() => document.getElementById("again").hasAttribute("aria-disabled")), false);
  await person.click("#again");
  await posts(site);
  assert.equal(site.posts.length, 1);
});

test("data-way: a link in the form, outside of the element, is adopted, and no button is added for it", async (t) => {
  const facts = `${FACTS} alternatives="voice email"`;
  const body = F(PLAIN, { facts }).replace("</form>", '<a id="voice" data-way="voice" href="/call">電話で</a></form>');
  const { person, site } = await visit(t, { body, pages: { "/call": page({ body: "<h1>電話</h1>" }) } });
  await person.click(GUIDE_SUMMARY);
  assert.equal(await person.session.count("[name=todoita-action][value=voice]"), 0);
  assert.equal(await person.session.count("[name=todoita-action][value=email]"), 1);
  // The guide moves the link when it opens.
  await eventually(() => person.session.count("todoita-guide[data-alive]"), 1);
  await person.click("#voice");
  await eventually(() => person.session.url(), site.url("/call"));
});

test("data-way: the guide presses the site's own control", async (t) => {
  const { site, person } = await visit(t, { body: F(PLAIN + RESEND, { facts: CAN_RESEND }) });
  const control = await person.run(() => document.querySelector("todoita-code").control("resend").id);
  assert.equal(control, "again");
  const { alternatives, ...facts } = await person.run(() => document.querySelector("todoita-code").guideFacts);
  assert.equal(alternatives, undefined);
  assert.ok(facts["resend-at"]);
  assert.deepEqual(site.posts, []);
});

test("data-way: a method of the site that is in no attribute is offered in the guide", async (t) => {
  const { person } = await visit(t, { body: F(`${PLAIN}<button id="mail" name="m" value="mail" data-way="email">メール</button>`, { facts: `${FACTS} alternatives="voice"` }) });
  assert.equal(await person.run(() => document.querySelector("todoita-code").guideFacts.alternatives), "voice email");
});

// Names and addresses.

test("a code is posted with todoita-kind, a text that is no code without it", async (t) => {
  const { site, person } = await visit(t, { body: F(PLAIN) });
  await person.type("MXMR", "enter");
  await person.shows(/./);
  await person.press("enter");
  await posts(site, 1);
  assert.deepEqual(Object.keys(own(site.posts[0])), ["todoita-attempt"]);
  await person.open(site.url());
  await person.type("４８２９１３", "enter");
  await posts(site, 2);
  assert.equal(own(site.posts[1])["todoita-kind"], "code");
});

for (const answers of ["", 'answers="json"']) {
  test(`backup-name and backup-action: a backup code goes elsewhere under another name ${answers}`, async (t) => {
    const facts = `${FACTS} backup-name="recovery_code" backup-action="/recovery" ${answers}`;
    const { site, person } = await visit(t, { body: F(PLAIN, { facts }) });
    if (answers) site.answer = (response) => response.writeHead(422, { "content-type": "application/json" }).end('{"cause":"wrong"}');
    await person.type("48291337", "enter");
    assert.deepEqual(await posts(site), [{ path: "/recovery", fields: { recovery_code: "48291337" } }]);
    assert.equal(own(site.posts[0])["todoita-kind"], "backup");
    if (!answers) await person.open(site.url());
    else await person.shows(/使えないコード/);
    await person.retype("482913", "enter");
    assert.deepEqual((await posts(site, 2))[1], { path: "/login/code", fields: { code: "482913" } });
  });
}

test("todoita-submit has the kind and the action", async (t) => {
  const script = `<script>window.details = []; document.addEventListener("todoita-submit", (event) => { event.preventDefault(); details.push([event.detail.kind, event.detail.action]); event.target.refused({ cause: "limited" }) })</script>`;
  const { person } = await visit(t, { body: F(PLAIN, { facts: CAN_RESEND }) + script });
  await person.type("482913", "enter");
  await person.retype("48291337", "enter");
  await person.run(() => document.querySelector("[name=todoita-action][value=resend]").click());
  await eventually(() => person.run(() => details), (details) => details.length === 3);
  assert.deepEqual(await person.run(() => details), [["code", null], ["backup", null], [null, "resend"]]);
});

// Facts.

test("sent: a page that has sent another code says so, until the person types", async (t) => {
  const { person } = await visit(t, { body: F(PLAIN, { facts: `${FACTS} sent` }) });
  await person.shows(/新しいコードを送りました/);
  await person.type("4");
  await eventually(() => person.message(), (text) => !/新しいコード/.test(text));
});

test("sent beside a cause: the refusal is shown", async (t) => {
  const { person } = await visit(t, { body: F(PLAIN, { facts: `${FACTS} sent cause="wrong"` }) });
  await person.shows(/違うか、期限切れ/);
});

test("exhausted: a new code is the next step", async (t) => {
  const { person } = await visit(t, { body: F(PLAIN, { facts: `${CAN_RESEND} cause="exhausted"` }) });
  await person.shows(/試せる回数を超えました/);
  assert.ok(await visible(person, "[name=todoita-action][value=resend]"));
});

for (const [location, expected] of [["/start", "/start"], ["https://elsewhere.example/", "/"], ["javascript:alert(1)", "/"], [undefined, "/"]]) {
  test(`ended: a link leads to the start (location ${location})`, async (t) => {
    const attribute = location ? `location="${location}"` : "";
    const { site, person } = await visit(t, { body: F(PLAIN, { facts: `${CAN_RESEND} cause="ended" ${attribute}` }) });
    await person.shows(/ログインは無効になりました/);
    assert.equal(await visible(person, "[name=todoita-action][value=resend]"), false);
    assert.equal(await person.run(() => document.querySelector("[data-part=restart]").href), site.url(expected));
    assert.ok(await visible(person, "[data-part=restart]"));
  });
}

test("ended, by refused(): its location counts", async (t) => {
  const { site, person } = await visit(t, { body: F(PLAIN, { facts: CAN_RESEND }) });
  assert.equal(await visible(person, "[data-part=restart]"), false);
  await person.run(() => document.querySelector("todoita-code").refused({ cause: "ended", location: "/start" }));
  await person.shows(/ログインは無効になりました/);
  assert.equal(await person.run(() => document.querySelector("[data-part=restart]").href), site.url("/start"));
});

// Values of any shape.

for (const support of ["javascript:alert(1)", "data:text/html,x", "vbscript:x"]) {
  test(`an address is followed by its scheme: support="${support}" shows no link`, async (t) => {
    const { person } = await visit(t, { body: F(PLAIN, { facts: `${FACTS} support="${support}"` }) });
    await person.run(() => (document.querySelector("[data-part=ways]").open = true));
    assert.equal(await person.run(() => document.querySelector("[data-part=support]").getAttribute("href")), null);
    assert.equal(await visible(person, "[data-part=support]"), false);
  });
}

for (const name of ["submit", "action", "method", "target", "requestSubmit", "reset"]) {
  test(`a control named ${name} is harmless: auto-submit, answers in JSON, a page as the answer`, async (t) => {
    const { site, session, person } = await visit(t, { body: F(`${LABEL}${INPUT}<button name="${name}" value="1">確認する</button>`, { facts: `${FACTS} answers="json" auto-submit` }) });
    site.answer = (response) => answerPage(response, "<!doctype html><meta charset=utf-8><h1>お電話ください</h1>", 200);
    await person.type("482913");
    await eventually(async () => (await session.find("body")).text(), (text) => /お電話ください/.test(text));
    assert.deepEqual(site.posts.map(({ path, fields }) => [path, fields.code]), [["/login/code", "482913"]]);
  });
}

const FILES = {
  "null": "null",
  "a number": "5",
  "a list": '["x"]',
  "a number as a sentence": '{"empty": 5, "support": "電話"}',
  "null as a sentence": '{"empty": null}',
  "numbers as plural forms": '{"too-few": {"other": 5}}',
  "a number as the language": '{"lang": 5}',
};
for (const [what, json] of Object.entries(FILES)) {
  test(`a words file that is, or has, ${what} leaves the built-in sentences`, async (t) => {
    const { person } = await visit(t, { body: F(PLAIN, { facts: `${FACTS} words="/words.json"` }), files: { "/words.json": json } });
    await person.press("enter");
    await person.type("4829", "enter");
    await person.shows(/まだ4桁/);
  });
}

test("answers in JSON: a 204 leaves the field usable, and nothing is posted twice", async (t) => {
  const { site, person } = await visit(t, { body: F(PLAIN, { facts: `${FACTS} answers="json"` }) });
  site.answer = (response) => response.writeHead(204).end();
  await person.type("482913", "enter");
  await posts(site);
  await eventually(() => person.state(), "ready");
  assert.equal(site.posts.length, 1);
  assert.equal(await person.run(() => code.readOnly), false);
});

test("a page of nonces is posted again by the browser: its answer's scripts can run", only("chrome", "engines agree"), async (t) => {
  const policy = "default-src 'self'; script-src 'nonce-x' 'wasm-unsafe-eval'";
  const html = page({ body: F(PLAIN, { facts: `${FACTS} answers="json"` }) }).replaceAll("<script", '<script nonce="x"');
  const { site, session, person } = await visit(t, { body: "", path: "/nonce", pages: { "/nonce": html }, policy });
  site.answer = (response) => answerPage(response, "<!doctype html><meta charset=utf-8><h1>お電話ください</h1>", 200);
  await person.type("482913", "enter");
  await eventually(async () => (await session.find("body")).text(), (text) => /お電話ください/.test(text));
  const keys = site.posts.map(({ fields }) => fields["todoita-attempt"]);
  assert.equal(keys.length, 2);
  assert.equal(keys[0], keys[1]);
});

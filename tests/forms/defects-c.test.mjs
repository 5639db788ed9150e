// Parts that were dead, or odd.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test, { after } from "node:test";
import { BUTTON, F, GUIDE_SUMMARY, INPUT, LABEL, ROOT, answerPage, close, eventually, page, pause, posts, visit } from "./browser.mjs";

after(close);

const PLAIN = LABEL + INPUT + BUTTON;
const FACTS = 'channel="sms" destination="5678" now="2026-11-22T10:31:00Z" resend-at="2026-11-22T10:31:00Z" alternatives="voice email backup"';

/** The styles of an element, and its size. */
const style = (person, selector, ...names) =>
  person.run((selector, names) => {
    const it = document.querySelector(selector);
    const { width, height } = it.getBoundingClientRect();
    return { width, height, ...Object.fromEntries(names.map((name) => [name, getComputedStyle(it)[name]])) };
  }, selector, names);

// C1: only the code's input has the field's style.

test("C1: <input type=submit> has the style of <button>, not that of the field", async (t) => {
  const { person } = await visit(t, { body: F(`${LABEL}${INPUT}<input type="submit" id="go" value="確認する">`) });
  const names = ["backgroundImage", "backgroundColor", "letterSpacing", "fontFamily", "fontSize", "borderRadius"];
  const input = await style(person, "#go", ...names);
  const other = await visit(t, { body: F(PLAIN) });
  const button = await style(other.person, "#go", ...names);
  assert.deepEqual({ ...input, width: 0, height: 0 }, { ...button, width: 0, height: 0 });
});

for (const type of ["checkbox", "radio"]) {
  test(`C1: a ${type} keeps its size`, async (t) => {
    const { person } = await visit(t, { body: F(`${LABEL}${INPUT}<input type="${type}" id="other" name="remember">${BUTTON}`) });
    const { width, height } = await style(person, "#other");
    assert.ok(width < 40 && height < 40, `${width} × ${height}`);
  });
}

test("C1: another text input keeps the site's style", async (t) => {
  const { person } = await visit(t, { body: F(`<input id="user" name="user" autocomplete="username">${LABEL}<input id="code" name="code" autocomplete="one-time-code">${BUTTON}`) });
  const outside = await person.run(() => {
    const input = document.createElement("input");
    document.body.append(input);
    return getComputedStyle(input).letterSpacing + getComputedStyle(input).fontSize;
  });
  const { letterSpacing, fontSize } = await style(person, "#user", "letterSpacing", "fontSize");
  assert.equal(letterSpacing + fontSize, outside);
});

// C2: form=.

const ELSEWHERE = `<form id="f" method="post" action="/login/code"></form><todoita-code ${FACTS}>${LABEL}<input id="code" name="code" form="f"><button id="go" form="f">確認する</button></todoita-code>`;

test("C2: a form elsewhere: the idempotency key is posted", async (t) => {
  const { site, person } = await visit(t, { body: ELSEWHERE });
  await person.type("482913", "enter");
  await posts(site, 1);
  assert.match(site.posts[0]?.fields["todoita-attempt"] ?? "", /^\d+(-\d+){3}$/);
});

test("C2: a form elsewhere: 'send again' is posted to it", async (t) => {
  const { site, person } = await visit(t, { body: ELSEWHERE });
  await person.run(() => document.querySelector("[value=resend]").click());
  await posts(site, 1);
  assert.equal(site.posts[0]?.fields["todoita-action"], "resend");
});

test("C2: without any form no button of the element is dead: none is shown, or it is an event", async (t) => {
  const { session, person } = await visit(t, { body: `<todoita-code ${FACTS}>${LABEL}${INPUT}<button id="go" type="button">確認する</button></todoita-code>` });
  const dead = await person.run(() => {
    let events = 0;
    for (const type of ["todoita-submit", "todoita-action"]) document.addEventListener(type, () => (events += 1));
    const button = document.querySelector("[value=resend]");
    if (!button?.checkVisibility()) return false;
    button.click();
    return events === 0;
  });
  assert.equal(dead, false);
  assert.match((await session.console()).map(({ message }) => message).join("\n"), /form/i);
});

// C3: a policy of nonces.

const NONCES = "default-src 'none'; connect-src 'self'; img-src 'self'; form-action 'self'; script-src 'nonce-x' 'wasm-unsafe-eval'; style-src 'nonce-x'";
test("C3: under a policy of nonces alone the guide opens, and is styled", async (t) => {
  const html = page({ body: F(PLAIN, { facts: FACTS }) }).replaceAll("<script", '<script nonce="x"').replace('<link rel="stylesheet"', '<link nonce="x" rel="stylesheet"');
  const { person } = await visit(t, { body: "", path: "/nonce", pages: { "/nonce": html }, policy: NONCES });
  await person.click(GUIDE_SUMMARY);
  await eventually(() => person.session.count('todoita-guide [data-do^="choice "]'), (count) => count > 0);
  await eventually(() => person.run(() => [...document.styleSheets].some(({ href }) => /todoita-guide/.test(href))), true);
});

// C4: the page is not left.

test("C4: a target in an iframe: the field can be used at once", async (t) => {
  const { site, person } = await visit(t, { body: `<iframe name="sink" hidden></iframe>${F(PLAIN, { form: 'target="sink"' })}` });
  await person.type("111111", "enter");
  await posts(site, 1);
  await pause(200);
  await person.retype("482913", "enter");
  assert.deepEqual((await posts(site, 2)).map(({ fields }) => fields.code), ["111111", "482913"]);
});

test("C4: a 204: the field can be used again within a second", async (t) => {
  const { site, person } = await visit(t, { body: F(PLAIN) });
  site.answer = (response) => response.writeHead(204).end();
  await person.type("111111", "enter");
  await posts(site, 1);
  await eventually(() => person.run(() => code.readOnly), false);
});

test("C4: method=dialog: a dialog that opens again is not frozen", async (t) => {
  const { person } = await visit(t, { body: `<dialog id="d">${F(PLAIN).replace('method="post"', 'method="dialog"')}</dialog>` });
  await person.run(() => d.showModal());
  await person.type("482913", "enter");
  await eventually(() => person.run(() => d.open), false);
  await person.run(() => d.showModal());
  await person.retype("771204");
  assert.equal(await person.value(), "771204");
  assert.doesNotMatch(await person.message(), /確認しています/);
});

// C5: a label around the input.

test("C5: a label around the input: the message is not in it", async (t) => {
  const { session, person } = await visit(t, { body: F(`<label id="label">認証コード ${INPUT}</label>${BUTTON}`) });
  await person.type("4829", "enter");
  await person.shows(/まだ4桁/);
  assert.equal(await person.run(() => label.textContent.trim()), "認証コード");
  // WebKit adds the input's own text to a name that contains the input.
  assert.match(await (await session.find("#code")).name(), /^認証コード( 4829)?$/);
});

// C6: the page's neighbours stay neighbours.

test("C6: a label after the input stays right behind it", async (t) => {
  const { person } = await visit(t, { body: F(`<div class="f"><input id="code" name="code" placeholder=" "><label id="label" for="code">認証コード</label></div>${BUTTON}`) });
  assert.equal(await person.run(() => code.nextElementSibling.id), "label");
});

test("C6: in a flex row the message is not between the input and the button", async (t) => {
  const { person } = await visit(t, { body: F(`${LABEL}<div id="row" style="display:flex">${INPUT}${BUTTON}</div>`) });
  assert.equal(await person.run(() => code.nextElementSibling.id), "go");
});

// C7: srcdoc.

test("C7: a page as srcdoc of an iframe reads a message that is bound to its host", async (t) => {
  const inner = page({ body: F(PLAIN) }).replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  const outer = `<!doctype html><meta charset="utf-8"><iframe width="800" height="600" srcdoc="${inner}"></iframe>`;
  const { site, person } = await visit(t, { body: "", pages: { "/outer": outer } });
  const message = "@localhost #482913";
  // The clipboard is closed to the document in the iframe.
  await person.copy(message);
  await person.open(site.url("/outer"), { frame: "iframe" });
  await person.paste(message);
  await eventually(() => person.value(), "482913");
});

// C8: two elements in one form.

const element = (id) => `<todoita-code id="host-${id}" ${FACTS} answers="json"><label for="${id}">${id}</label><input id="${id}" name="${id}"></todoita-code>`;
const TWO = `<form id="f" method="post" action="/login/code">${element("mail")}${element("sms")}${BUTTON}</form>`;

test("C8: two elements in one form, answers in JSON: stopped at the one that has a part of a code", async (t) => {
  const { site, person } = await visit(t, { body: TWO, input: "#mail" });
  await person.type("111222");
  await person.run(() => sms.focus());
  await person.press("3334");
  await person.click("#go");
  await pause(500);
  assert.deepEqual(site.posts, []);
  assert.match(await person.run(() => document.querySelector("#host-sms").textContent), /まだ4桁/);
});

test("C8: Enter presses the site's own button, though it is behind the element", async (t) => {
  const { site, person } = await visit(t, { body: TWO, input: "#mail" });
  await person.type("111222");
  await person.run(() => sms.focus());
  await person.press("333444", "enter");
  await posts(site, 1);
  assert.equal(site.posts[0]?.fields["todoita-action"], undefined);
  assert.equal(site.posts[0]?.fields.sms, "333444");
});

// C9: a button named submit.

test("C9: answers in JSON, auto-submit, a button named submit: an HTML answer is shown, by one post", async (t) => {
  const { site, session, person } = await visit(t, { body: F(`${LABEL}${INPUT}<button name="submit">確認する</button>`, { facts: `${FACTS} answers="json" auto-submit` }) });
  site.answer = (response) => answerPage(response, "<!doctype html><meta charset=utf-8><h1>お電話ください</h1>", 200);
  await person.type("482913");
  await eventually(async () => (await session.find("body")).text(), (text) => /お電話ください/.test(text));
  assert.equal(site.posts.length, 1);
  assert.doesNotMatch((await session.console()).map(({ message }) => message).join("\n"), /TypeError/);
});

test("C9: answers in JSON: an HTML answer is shown without a second post", async (t) => {
  const { site, session, person } = await visit(t, { body: F(PLAIN, { facts: `${FACTS} answers="json"` }) });
  site.answer = (response) => answerPage(response, "<!doctype html><meta charset=utf-8><h1>お電話ください</h1>", 200);
  await person.type("482913", "enter");
  await eventually(async () => (await session.find("body")).text(), (text) => /お電話ください/.test(text));
  assert.equal(site.posts.length, 1);
});

// C10: a tree that is replaced after the start, as by a framework that hydrates late.

const documented = (path) => /hydrat/i.test(readFileSync(new URL(path, ROOT), "utf8"));

test("C10: the tree is replaced after the start: the typed text is carried over, or the documents name the case", async (t) => {
  const { person } = await visit(t, { body: `<div id="root">${F(PLAIN)}</div>` });
  await person.type("4829");
  await person.run(() => {
    const form = document.createElement("template");
    form.innerHTML = root.innerHTML;
    form.content.querySelectorAll("[data-part]:not(input)").forEach((part) => part.remove());
    root.replaceChildren(form.content);
  });
  await pause(300);
  const carried = (await person.value()) === "4829";
  assert.ok(carried || ["README.md", "docs/integrations/script-tag.md"].every(documented));
});

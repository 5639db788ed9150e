// Defects by which a person was kept out, or a wrong code was sent.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { AFTERWARDS, BUTTON, F, INPUT, LABEL, answerPage, close, eventually, library, page, pause, posts, redirect, visit } from "./browser.mjs";

after(close);

const PLAIN = LABEL + INPUT + BUTTON;

/** The fields of the only post. */
async function posted(site, within) {
  const all = await posts(site, 1, within);
  assert.equal(all.length, 1, "one post");
  return all[0];
}

const REPLACEMENTS = {
  "replaceWith, with a whole code before": ["111111", () => { const n = code.cloneNode(); n.value = ""; code.replaceWith(n); }],
  "replaceWith, with a part of a code before": ["1111", () => { const n = code.cloneNode(); n.value = ""; code.replaceWith(n); }],
  "innerHTML of the element": ["111111", () => { const host = document.querySelector("todoita-code"); host.innerHTML = host.innerHTML; }],
  "innerHTML of the form": ["111111", () => { f.innerHTML = f.innerHTML; }],
  "moved to the end of the element": ["11", () => { document.querySelector("todoita-code").append(code); code.value = ""; }],
};
for (const [how, [before, replace]] of Object.entries(REPLACEMENTS)) {
  test(`A1: the code typed into an input that was replaced is posted: ${how}`, async (t) => {
    const { site, person } = await visit(t, { body: F(PLAIN) });
    await person.type(before);
    await person.run(replace);
    await pause(100);
    await person.type("４８２９１３", "enter");
    assert.equal((await posted(site)).fields.code, "482913");
  });
}

test("A1: a replaced input has the description and the messages", async (t) => {
  const { person } = await visit(t, { body: F(PLAIN) });
  await person.run(() => { const n = code.cloneNode(); n.removeAttribute("aria-describedby"); code.replaceWith(n); });
  await person.type("4829", "enter");
  await person.shows(/まだ4桁/);
  assert.ok(await person.run(() => code.getAttribute("aria-describedby")?.split(" ").every((id) => document.getElementById(id))));
  assert.ok(await person.run(() => document.activeElement === code));
});

const OTHERS = `<input type="submit" id="login" value="Log In"><input type="submit" id="resend" name="resend" value="Resend Code"><button id="cancel" name="cancel" value="1">やめる</button><button id="voice" name="method" value="voice" formaction="/other">電話</button>`;
for (const [id, text, path, fields] of [
  ["resend", "", "/login/code", { code: "", resend: "Resend Code" }],
  ["resend", "482", "/login/code", { code: "482", resend: "Resend Code" }],
  ["cancel", "", "/login/code", { cancel: "1", code: "" }],
  ["cancel", "482", "/login/code", { cancel: "1", code: "482" }],
  ["voice", "", "/other", { code: "", method: "voice" }],
]) {
  test(`A2: the site's own "${id}" is posted with "${text}" in the field`, async (t) => {
    const { site, person } = await visit(t, { body: F(LABEL + INPUT + OTHERS) });
    if (text) await person.type(text);
    await person.click(`#${id}`);
    assert.deepEqual(await posted(site), { path, fields });
  });
}

for (const how of ["Enter", "the default button"]) {
  test(`A2: a part of a code is still answered in the element's words, by ${how}`, async (t) => {
    const { site, person } = await visit(t, { body: F(LABEL + INPUT + OTHERS) });
    await person.type("482");
    if (how === "Enter") await person.press("enter");
    else await person.click("#login");
    await person.shows(/まだ3桁/);
    assert.equal(site.posts.length, 0);
  });
}

test("R1: a second press of the site's own button on the same unread text goes through", async (t) => {
  const { site, person } = await visit(t, { body: F(PLAIN) });
  await person.type("MXMR-MKRZ");
  await person.click("#go");
  await person.shows(/./);
  await person.click("#go");
  assert.equal((await posted(site)).fields.code, "MXMR-MKRZ");
});

for (const text of ["482", "該当なし", "4829137"]) {
  test(`R1: the text is posted as it is, "${text}", at the second press`, async (t) => {
    const { site, person } = await visit(t, { body: F(PLAIN) });
    await person.type(text, "enter");
    await person.shows(/./);
    await person.press("enter");
    assert.equal((await posted(site)).fields.code, text);
  });
}

test("R1: after a change of the text the first press is answered again", async (t) => {
  const { site, person } = await visit(t, { body: F(PLAIN) });
  await person.type("482", "enter");
  await person.shows(/まだ3桁/);
  // The text is selected.
  await person.press("end", "9", "enter");
  await person.shows(/まだ4桁/);
  assert.equal(site.posts.length, 0);
});

const BEFORE = {
  "a checkbox": '<input type="checkbox" name="remember">',
  "radios": '<input type="radio" name="device" value="1" checked><input type="radio" name="device" value="2">',
  "a read-only user name": '<input type="text" name="username" autocomplete="username" value="hanako" readonly>',
  "a user name hidden by style": '<input type="text" name="username" autocomplete="username" value="hanako" style="display:none">',
  "a submit button": '<input type="submit" name="back" value="戻る" formnovalidate>',
  "an e-mail address": '<input type="email" name="mail" autocomplete="email" value="a@example.com">',
  "a password": '<input type="password" name="password" autocomplete="current-password" value="demo">',
  "a file": '<input type="file" name="file">',
};
for (const [what, markup] of Object.entries(BEFORE)) {
  for (const input of [INPUT, '<input id="code" name="code" autocomplete="one-time-code">']) {
    const how = input === INPUT ? "" : ", the code's with autocomplete=one-time-code";
    test(`A3: the code's input is found behind ${what}${how}`, async (t) => {
      const { site, person } = await visit(t, { body: F(markup + LABEL + input + BUTTON) });
      await person.type("４８２ ９１３");
      await person.click("#go");
      assert.equal((await posted(site)).fields.code, "482913");
    });
  }
}

for (const [what, inputs] of Object.entries({
  "no input fits": '<input type="checkbox" id="code" name="code" value="1" checked>',
  "several inputs fit": '<input id="code" name="code" value="482913"><input name="pin" value="9">',
})) {
  test(`A3: where ${what}, the element reports it and the plain form is sent`, async (t) => {
    const { site, session, person } = await visit(t, { body: F(inputs + BUTTON) });
    assert.ok(await person.run(() => document.querySelector("todoita-code").hasAttribute("data-unavailable")));
    assert.match((await session.console()).map(({ message }) => message).join("\n"), /one-time-code/);
    await person.click("#go");
    await posted(site);
  });
}

const DISABLERS = {
  "an onsubmit attribute": { form: 'onsubmit="go.disabled = true"' },
  "a listener that was added later": { after: AFTERWARDS('f.addEventListener("submit", () => { go.disabled = true })') },
  "a listener of the document": { after: '<script>document.addEventListener("submit", () => { go.disabled = true })</script>' },
  "rails-ujs": { button: '<input type="submit" id="go" value="確認する" data-disable-with="…">', library: "@rails/ujs/app/assets/javascripts/rails-ujs.js" },
};
for (const [what, { form, after = "", button = BUTTON, library: path }] of Object.entries(DISABLERS)) {
  for (const by of ["enter", "button"]) {
    test(`A4: a button disabled by ${what} is not dead after a stopped submit, sent by ${by}`, async (t) => {
      const { site, person } = await visit(t, {
        body: F(LABEL + INPUT + button, { form }) + after,
        head: path && '<script src="/lib.js"></script>',
        files: path && { "/lib.js": library(path) },
      });
      await person.started({ late: what.includes("later") });
      await person.type("4829", "enter");
      await person.shows(/まだ4桁/);
      await person.press("end", "13");
      if (by === "enter") await person.press("enter");
      else await person.click("#go");
      assert.equal((await posted(site, 1500)).fields.code, "482913");
    });
  }
}

test("A5: read-only until the focus: the whole code can be typed", async (t) => {
  const { site, person } = await visit(t, { body: F(`${LABEL}<input id="code" name="code" readonly onfocus="this.removeAttribute('readonly')">${BUTTON}`) });
  await person.click("#code");
  await person.press("482913");
  assert.equal(await person.value(), "482913");
  await person.press("enter");
  assert.equal((await posted(site)).fields.code, "482913");
});

test("A5: what the site makes read-only later stays so", async (t) => {
  const { person } = await visit(t, { body: F(PLAIN) });
  await person.type("48");
  await person.run(() => (code.readOnly = true));
  await person.press("2");
  await person.run(() => document.querySelector("todoita-code").setAttribute("attempts-left", "3"));
  await pause(100);
  assert.ok(await person.run(() => code.readOnly));
});

for (const cause of ['cause="wrong"', ""]) {
  test(`A6: auto-submit waits for a person where the page brought the code${cause && ", and refused it"}`, async (t) => {
    const body = F(`${LABEL}<input id="code" name="code" value="111111">${BUTTON}`, { facts: `channel="sms" auto-submit ${cause}` });
    const { site, person } = await visit(t, { body });
    site.answer = (response) => answerPage(response, page({ body, answer: site.posts.length }));
    await pause(1200);
    assert.equal(site.posts.length, 0);
    site.answer = (response) => redirect(response, "/in");
    await person.retype("482913");
    await eventually(async () => (await posts(site, 1)).map(({ fields }) => fields.code).join(), "482913");
  });
}

const ATTRIBUTES = [
  ["maxlength=6", "48291337", "48291337", "paste"],
  ["maxlength=6", "48291337", "48291337", "type"],
  ["maxlength=6", "4 8 2 9 1 3", "482913", "type"],
  ["maxlength=6", "482 - 913", "482913", "type"],
  ["maxlength=6", "４８２９１３", "482913", "type"],
  ["maxlength=6", "認証番号：482913", "482913", "paste"],
  ['pattern="[0-9]{6}"', "48291337", "48291337", "type"],
  ["type=number max=999999", "48291337", "48291337", "type"],
  ["minlength=8", "482913", "482913", "type"],
];
for (const [attribute, entered, expected, how] of ATTRIBUTES) {
  test(`A7: ${attribute} neither cuts nor refuses "${entered}" (${how})`, async (t) => {
    const { site, person } = await visit(t, { body: F(`${LABEL}<input id="code" name="code" ${attribute}>${BUTTON}`) });
    await person[how](entered);
    await person.click("#go");
    assert.equal((await posted(site, 1500)).fields.code, expected);
  });
}

test("A7: maxlength=6 with eight digits: they are announced as a backup code", async (t) => {
  const { person } = await visit(t, { body: F(`${LABEL}<input id="code" name="code" maxlength="6">${BUTTON}`) });
  await person.paste("48291337");
  await person.shows(/バックアップコード/);
});

test("A7: pattern of six digits without backup codes: eight digits are answered in the element's words", async (t) => {
  const { site, person } = await visit(t, { body: F(`${LABEL}<input id="code" name="code" pattern="[0-9]{6}">${BUTTON}`, { facts: 'channel="sms" backup="none"' }) });
  await person.type("48291337", "enter");
  await person.shows(/8桁あります/);
  assert.equal(site.posts.length, 0);
});

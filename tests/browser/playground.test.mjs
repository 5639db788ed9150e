// The playground (www/demo/playground*.html): each attribute changes the live field and the markup, the
// simulated server gives the chosen answers, and nothing leaves the page.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test, { after } from "node:test";
import { browser, close } from "./engines.mjs";
import { openField } from "./field-page.mjs";
import { Field, complaints, eventually } from "./pages.mjs";
import { Site } from "./sites.mjs";

after(close);

const WWW = new URL("../../www/", import.meta.url);
const HOST = "#login todoita-code";

const open = (t, path = "playground.html") => openField(t, "", { path: `/assets/demo/${path}`, host: HOST });

/** Gives a setting a value, as a person would. */
const set = (session, name, value) =>
  session.run((name, value) => {
    const all = document.querySelectorAll(`#settings [name="${name}"]`);
    const control = all.length > 1 ? [...all].find((box) => box.value === value) : (all[0] ?? document.getElementById(name));
    if (control.type === "checkbox") control.checked = !control.checked;
    else control.value = value;
    control.dispatchEvent(new Event("input", { bubbles: true }));
    control.dispatchEvent(new Event("change", { bubbles: true }));
  }, name, value);

const markup = (session) => session.run(() => document.getElementById("snippet").textContent);
const events = (session) => session.run(() => [...document.querySelectorAll("#log code")].map(({ textContent }) => textContent));

test("every attribute of the reference can be changed, in the field and in the markup", async (t) => {
  const reference = await readFile(new URL("../../docs/reference.md", import.meta.url), "utf8");
  const [part] = reference.match(/## Attributes[^]*?## Events/);
  const wanted = [...part.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, names]) => [...names.matchAll(/`([\w-]+)`/g)].map(([, name]) => name));
  assert.ok(wanted.length > 25, wanted.join());
  const { session, field } = await open(t);
  const kinds = await session.run(() =>
    Object.fromEntries([...document.querySelectorAll("#settings [name]")].map(({ name, type, options }) => [name, options ? [...options].map(({ value }) => value) : type])),
  );
  // The server's time comes with the times.
  assert.deepEqual(wanted.filter((name) => name !== "now").sort(), Object.keys(kinds).sort());
  for (const [name, kind] of Object.entries(kinds)) {
    // Files that are not there, and a phone that is not there, are tried elsewhere.
    if (["words", "guide-words", "webotp"].includes(name)) continue;
    const before = await session.run((host, name) => document.querySelector(host).getAttribute(name), HOST, name);
    const value = name === "backup-format" ? "xxxx-xxxx" : { number: "7", text: "/somewhere", checkbox: "sms" }[kind] ?? kind.findLast((option) => option && option !== before);
    await set(session, name, value);
    const now = await eventually(() => session.run((host, name) => document.querySelector(host).getAttribute(name), HOST, name), (now) => now !== before);
    const text = await markup(session);
    assert.equal(now === null ? !text.includes(`\n      ${name}=`) : text.includes(`\n      ${name}${now === "" ? "" : `="${now}"`}`), true, `${name}: ${text}`);
    // As it was.
    await session.run(() => document.querySelector("#settings button[type=reset]").click());
    await eventually(() => session.run((host, name) => document.querySelector(host).getAttribute(name) !== null, HOST, name), before !== null);
  }
  await field.alive();
  assert.deepEqual(await complaints(session), []);
});

test("the simulated server gives every answer, and nothing is sent", async (t) => {
  const { site, session, field } = await open(t);
  const answers = await session.run(() => [...document.querySelector("#answer").options].map(({ value }) => value));
  assert.ok(answers.length >= 9);
  const seen = new Set();
  for (const answer of answers) {
    await session.run((answer) => (document.querySelector("#answer").value = answer), answer);
    await session.run((host) => {
      document.querySelector(host).dataset.old = "";
      document.querySelector("#settings button[type=reset]").click();
    }, HOST);
    await eventually(() => session.count(`${HOST}[data-state=ready]:not([data-old])`), 1);
    await field.type(["control", "a"], "482913", "enter");
    const due = { accepted: "accepted", sent: "ready", locked: "locked", unreachable: "unreachable" }[answer];
    await eventually(async () => `${answer}: ${await field.state()}`, (text) => (due ? text.endsWith(`: ${due}`) : !/: (ready|busy)$/.test(text)));
    for (const name of await events(session)) seen.add(name);
  }
  assert.deepEqual(site.posts, []);
  for (const name of ["todoita-submit", "todoita-input", "todoita-complete", "todoita-accepted", "todoita-refused"]) assert.ok(seen.has(name), name);
});

test("a message is inserted by a button as if it were pasted", async (t) => {
  const { session, field } = await open(t);
  await (await session.find("#paste")).click();
  await eventually(() => field.value(), "482913");
  assert.notEqual(await field.message(), "");
});

test("settings stay in the address, in the other language too", async (t) => {
  const { session } = await open(t);
  await set(session, "digits", "4");
  await set(session, "alternatives", "sms");
  await session.run(() => document.querySelector("header a[hreflang]").click());
  await eventually(() => session.url(), (url) => url.includes("playground.en.html"));
  await eventually(async () => (await markup(session)).includes('digits="4"'), true);
  assert.match(await markup(session), /alternatives="sms voice email backup"/);
});

test("without WebAssembly the plain form is shown", async (t) => {
  const site = await Site.start(t, "");
  const session = await browser(t);
  await session.open(site.url("/assets/demo/playground.html?plain"));
  const field = new Field(session, HOST);
  await field.type("４８２９１３", "enter");
  await eventually(() => events(session), (seen) => seen.includes("submit"));
  assert.equal(await field.state(), null);
  assert.deepEqual(site.posts, []);
});

test("the markup, in a page of its own, is a field that works", async (t) => {
  const { session } = await open(t);
  const text = (await markup(session)).replaceAll("/todoita/", "/assets/").replace(/ integrity="[^"]*"/, "");
  const site = await Site.start(t, `<!doctype html><html lang="ja"><meta charset="utf-8"><title>its own</title>${text}`);
  const other = await browser(t);
  const field = await Field.open(other, site.url());
  assert.match(await field.sent(), /5678/);
  await field.paste("認証番号：４８２９１３");
  assert.equal(await field.value(), "482913");
});

test("the guide alone, of each profile", async (t) => {
  const { session } = await open(t);
  for (const profile of ["generic", "instagram", "twitter"]) {
    await set(session, "profile", profile);
    await eventually(() => session.count(`#place todoita-guide[profile=${profile}] h3`), 1);
  }
  assert.deepEqual(await complaints(session), []);
});

test("the playgrounds in both languages have the same structure", async () => {
  const [ja, en] = await Promise.all(["playground.html", "playground.en.html"].map((name) => readFile(new URL(`demo/${name}`, WWW), "utf8")));
  const skeleton = (html) => [...html.matchAll(/<\/?([a-z][a-z0-9-]*)|\s(name|id|for|type)="([^"]*)"/g)].map(([whole]) => whole);
  assert.deepEqual(skeleton(ja), skeleton(en));
});

for (const lang of ["ja", "en"]) {
  test(`the page of the set-up elements has all three at work, and sends nothing (${lang})`, async (t) => {
    const site = await Site.start(t, "");
    const session = await browser(t, { lang });
    await session.open(site.url(`/assets/demo/setup${lang === "en" ? ".en" : ""}.html`));
    await eventually(() => session.count("[data-part=qr], [data-part=kept-box], [data-part=e164]"), 3);
    assert.match(await session.run(() => document.querySelector("todoita-backup-codes ol").innerText), /^(\d{8}\s*){10}$/);
    await (await session.find("#phone")).click();
    await session.press("090-1234-5678", "enter");
    await eventually(() => session.run(() => document.querySelectorAll("output")[2].value.length > 10), true);
    assert.deepEqual(await complaints(session), []);
  });
}

// The field among what pages, frameworks and browsers do to it: defined late, drawn twice, moved, cloned or
// removed while a request is on its way, kept in the back-forward cache, translated, inside a shadow root.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { browser, close } from "./engines.mjs";
import { Field, complaints, eventually } from "./pages.mjs";
import { Site, accept, element, page, refuse } from "./sites.mjs";

after(close);

const SCRIPT = /<script[^>]*dist\/todoita\.js[^>]*><\/script>/;
const JSON_ANSWERS = { facts: { answers: "json" } };

test("text that was typed before the script loads stays", async (t) => {
  const html = page();
  assert.match(html, SCRIPT);
  const site = await Site.start(t, html.replace(SCRIPT, ""));
  const session = await browser(t);
  await session.open(site.url());
  const field = new Field(session);
  await field.type("48 29");
  await session.run(() => void import("/assets/dist/todoita.js"));
  await field.alive();
  await field.press(" 13");
  await eventually(() => field.value(), "482913");
  assert.deepEqual(await complaints(session), []);
});

test("a field that a script makes works, before and after the element is defined", async (t) => {
  const html = page({ code: '<div id="place"></div>' });
  const site = await Site.start(t, html.replace(SCRIPT, ""));
  const session = await browser(t);
  await session.open(site.url());
  const make = () =>
    session.run(() => {
      const field = document.createElement("todoita-code");
      const label = Object.assign(document.createElement("label"), { htmlFor: "code", textContent: "認証コード" });
      const input = Object.assign(document.createElement("input"), { id: "code", name: "code", required: true });
      field.append(label, input, document.createElement("button"));
      document.querySelector("#place").replaceChildren(field);
    });
  await make();
  await session.run(() => void import("/assets/dist/todoita.js"));
  for (const again of [false, true]) {
    if (again) await make();
    const field = new Field(session);
    await field.alive();
    await field.paste("認証コード：482913");
    assert.equal(await field.value(), "482913");
  }
  assert.deepEqual(await complaints(session), []);
});

/** Leaves the field in mid-request, its answer held back. */
const busy = async (t) => {
  const site = await Site.start(t, page(JSON_ANSWERS));
  const session = await browser(t);
  const field = await Field.open(session, site.url());
  const held = [];
  site.answer = (response) => new Promise((done) => held.push(() => done(accept(response))));
  await field.type("482913", "enter");
  await eventually(() => site.posts.length, 1);
  assert.equal(await (await field.input()).property("readOnly"), true);
  return { site, session, field, held };
};

const usable = async (field, host) => {
  await field.alive();
  await eventually(() => field.state(), (state) => state !== null && state !== "busy");
  const input = await field.input();
  assert.equal(await input.property("readOnly"), false);
  assert.equal(await (await host()).attribute("aria-busy"), null);
};

test("F18: moved during a request: the request goes on, and its answer counts", async (t) => {
  const { site, session, field, held } = await busy(t);
  await session.run(() => {
    const host = document.querySelector("todoita-code");
    const wrapper = document.createElement("section");
    host.parentElement.append(wrapper);
    wrapper.append(host);
  });
  assert.equal(await field.state(), "busy");
  held[0]();
  await eventually(() => session.url(), site.url("/in"));
  assert.equal(site.posts.length, 1);
});

test("moved into another form, the field belongs to that one", async (t) => {
  const site = await Site.start(t, page({ after: '<form id="other" method="post" action="/other"><input type="hidden" name="token" value="t"></form>' }));
  const session = await browser(t);
  const field = await Field.open(session, site.url());
  await field.type("48");
  await session.run(() => document.querySelector("#other").append(document.querySelector("todoita-code")));
  await field.type("end", "2913", "enter");
  await eventually(() => session.url(), site.url("/in"));
  assert.equal(site.posts[0].path, "/other");
  assert.equal(site.posts[0].fields.token, "t");
  assert.match(site.posts[0].fields["todoita-attempt"], /^\d+(-\d+){3}$/);
});

/** A page whose form, without an id, is within the element. An input may have the name of the property. */
const around = (parts) => {
  const order = /(<form[^>]*>)\s*(<todoita-code[^>]*>)([^]*)(<.todoita-code>)\s*(<.form>)/;
  const html = page(parts);
  assert.match(html, order);
  return html.replace(order, '$2$1<input type="hidden" name="id" value="7">$3$5$4');
};

test("around a whole form without an id the buttons of the field are the form's", async (t) => {
  const site = await Site.start(t, around());
  const session = await browser(t);
  const field = await Field.open(session, site.url());
  await field.choose("resend");
  await eventually(() => session.url(), site.url("/in"));
  const [{ path, fields }] = site.posts;
  assert.deepEqual([path, fields["todoita-action"], fields.id], ["/login/code", "resend", "7"]);
  assert.match(fields["todoita-attempt"], /^\d+(-\d+){3}$/);
  assert.deepEqual(await complaints(session), []);
});

test("around a form that a page replaces, the buttons and the key of the field are the new form's", async (t) => {
  const site = await Site.start(t, around(JSON_ANSWERS));
  const session = await browser(t);
  site.answer = (response) => refuse(response, "wrong");
  const field = await Field.open(session, site.url());
  await field.type("482913", "enter");
  await eventually(() => field.state(), "refused");
  await session.run(() => {
    const form = document.querySelector("form");
    const copy = form.cloneNode(true);
    copy.removeAttribute("id");
    form.replaceWith(copy);
  });
  await field.choose("resend");
  await eventually(() => site.posts.length, 2);
  assert.equal(site.posts[1].fields["todoita-action"], "resend");
  await eventually(() => field.state(), "refused");
  await field.choose("voice");
  await eventually(() => site.posts.length, 3);
  assert.equal(site.posts[2].fields["todoita-action"], "voice");
  assert.equal(new Set(site.posts.map(({ fields }) => fields["todoita-attempt"])).size, 3);
  assert.deepEqual(await complaints(session), []);
});

test("F18: removed during a request and put back later, the field is usable and keeps its code", async (t) => {
  const { field, session } = await busy(t);
  await session.run(async () => {
    const host = document.querySelector("todoita-code");
    const form = host.parentElement;
    host.remove();
    await new Promise((done) => setTimeout(done, 50));
    form.append(host);
  });
  await usable(field, () => session.find("todoita-code"));
  assert.equal(await field.value(), "482913");
  assert.equal(await session.count("[data-part=message]"), 1);
});

test("cloned during a request: the copy is usable, and the original goes on", async (t) => {
  const { site, session, field, held } = await busy(t);
  await session.run(() => {
    const form = document.querySelector("form");
    const copy = form.cloneNode(true);
    copy.id = "copy";
    for (const element of copy.querySelectorAll("[id=code]")) element.id = "code-copy";
    document.body.append(copy);
  });
  const copy = new Field(session, "#copy todoita-code");
  await usable(copy, () => session.find("#copy todoita-code"));
  assert.equal(await session.count("#copy [data-part=message]"), 1);
  const first = new Field(session, "form:not(#copy) todoita-code");
  assert.equal(await first.state(), "busy");
  held[0]();
  await eventually(() => session.url(), site.url("/in"));
});

test("F19: removed during a request: the answer is ignored, and no error occurs", async (t) => {
  const { site, session, held } = await busy(t);
  await session.run(() => document.querySelector("todoita-code").remove());
  held[0]();
  await session.run(() => new Promise((done) => setTimeout(done, 200)));
  assert.equal(await session.url(), site.url());
  // The browser reports in its console that the request was aborted.
  assert.deepEqual((await complaints(session)).filter((text) => !/ERR_ABORTED/.test(text)), []);
});

test("F99: a page from the back-forward cache has a usable field", async (t) => {
  const { session, field } = await busy(t);
  await session.run(() => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
  await usable(field, () => session.find("todoita-code"));
  assert.equal(await field.value(), "482913");
});

test("F99: back from where an accepted code led, the field is usable", async (t) => {
  const site = await Site.start(t, page(JSON_ANSWERS));
  const session = await browser(t);
  const field = await Field.open(session, site.url());
  // The page stays, as the browser's cache would give it back.
  site.answer = (response) => accept(response, { location: "#in" });
  await field.type("482913", "enter");
  await eventually(() => field.state(), "accepted");
  await session.run(() => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
  await usable(field, () => session.find("todoita-code"));
  assert.equal(await field.state(), "ready");
  await field.submit();
  await eventually(() => site.posts.length, 2);
});

test("F108: a translated page: the sentences still change, and the field works", async (t) => {
  const site = await Site.start(t, page(JSON_ANSWERS));
  const session = await browser(t);
  const field = await Field.open(session, site.url());
  const translate = () =>
    session.run(() => {
      // As a browser's translation does it: each text wrapped in two <font>s, in other words.
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const texts = [];
      while (walker.nextNode()) if (walker.currentNode.data.trim() && !walker.currentNode.parentElement.closest("[translate=no]")) texts.push(walker.currentNode);
      for (const text of texts) {
        const [outer, inner] = [document.createElement("font"), document.createElement("font")];
        text.replaceWith(outer);
        outer.append(inner);
        inner.append(`«${text.data}»`);
      }
    });
  await translate();
  site.answer = (response) => refuse(response, "wrong", { attemptsLeft: 7 });
  await field.type("４８２９１３", "enter");
  await eventually(() => field.state(), "refused");
  await translate();
  assert.match(await field.alert(), /^«.*7.*»$/);
  site.answer = (response) => refuse(response, "expired");
  await field.type(["control", "a"], "777777", "enter");
  await eventually(() => field.alert(), (text) => /期限/.test(text) && !/[«»]/.test(text));
  assert.equal(await field.value(), "777777");
  assert.equal(await session.count("todoita-code [data-part=message] font font font"), 0);
  site.answer = (response) => accept(response);
  await field.type(["control", "a"], "123456", "enter");
  await eventually(() => session.url(), site.url("/in"));
});

test("inside a shadow root: the field, its guide and their styles", async (t) => {
  const shell = `<div id="host"></div><div hidden><form method="post" action="/login/code">${element(JSON_ANSWERS)}</form></div>`;
  const site = await Site.start(t, page().replace(/<form[^]*<.form>/, shell));
  const session = await browser(t);
  await session.open(site.url());
  await session.run(() => {
    const host = document.querySelector("#host");
    const root = host.attachShadow({ mode: "open" });
    const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: "/assets/dist/todoita.css" });
    root.append(style, document.querySelector("form"));
  });
  const inside = (selector, of) =>
    session.run((selector, of) => {
      const found = document.querySelector("#host").shadowRoot.querySelector(selector);
      return of ? found?.[of] : !!found;
    }, selector, of);
  await eventually(() => inside("todoita-code[style]"), true);
  await session.run(() => document.querySelector("#host").shadowRoot.querySelector("input").focus());
  await session.press("４８２ ９１３");
  await eventually(() => inside("#code", "value"), "482913");
  site.answer = (response) => refuse(response, "wrong", { attemptsLeft: 7 });
  await session.press("enter");
  await eventually(() => inside("[role=alert]", "textContent"), (text) => text.includes("7"));
  await session.run(() => document.querySelector("#host").shadowRoot.querySelector("summary").click());
  await eventually(() => inside("todoita-guide [data-do]"), true);
  assert.equal(await inside('link[href*="todoita-guide"]'), true);
  await session.run(() => document.querySelector("#host").shadowRoot.querySelector("todoita-guide [data-do]").click());
  await eventually(() => inside("todoita-guide h3"), true);
  assert.deepEqual((await complaints(session)).filter((text) => !/422/.test(text)), []);
});

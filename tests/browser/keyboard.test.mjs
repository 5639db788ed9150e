// Every path with the keyboard alone: Tab, Enter, Space and what is typed. After each action the focus is
// on something that can be seen, and never on the body.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { STYLE, loginPage } from "./access-states.mjs";
import { close } from "./engines.mjs";
import { openField } from "./field-page.mjs";
import { Guide, eventually } from "./pages.mjs";
import { accept, minutes, refuse } from "./sites.mjs";

after(close);

const SUPPORT = { support: "/help", answers: "json" };

/** The element that has the focus: a name for tests, or why it is lost. */
const focus = (session) =>
  session.run(() => {
    const it = document.activeElement;
    if (!it || it === document.body) return "lost";
    const { x, y, width, height } = it.getBoundingClientRect();
    const top = document.elementFromPoint(x + width / 2, y + Math.min(height, innerHeight) / 2);
    if (!top || !(it.contains(top) || top.contains(it))) return `not visible: ${it.outerHTML.slice(0, 80)}`;
    return it.dataset.do ?? (it.id === "code-submit" ? "submit" : (it.id.startsWith("todoita") ? "" : it.id) || it.value || it.localName);
  });

/** Presses keys and asserts where the focus is then. */
const goes = async (session, keys, wanted) => {
  await session.press(...keys);
  await eventually(() => focus(session), wanted);
};

/** Presses Tab until the focus is on `wanted`; fails where it does not get there, or is lost on the way. */
async function tabTo(session, wanted) {
  const seen = [];
  for (let n = 0; n < 60; n += 1) {
    await session.press("tab");
    const now = await focus(session);
    assert.doesNotMatch(now, /^(lost|not visible)/, `after ${seen.join(" › ")}`);
    seen.push(now);
    if (now === wanted) return seen;
  }
  return assert.fail(`${wanted} is not among ${seen.join(" › ")}`);
}

async function open(t, { facts = SUPPORT } = {}) {
  const opened = await openField(t, loginPage({ facts }), { files: { "/site.css": STYLE } });
  await opened.session.run(() => document.getElementById("code").focus());
  return opened;
}

test("typed, refused, corrected and signed in; the focus stays in the field", async (t) => {
  const { site, session, field } = await open(t);
  site.answer = (response) => refuse(response, "wrong", { attemptsLeft: 3 });
  await goes(session, ["482913", "enter"], "code");
  await eventually(() => field.state(), "refused");
  assert.equal(await focus(session), "code");
  site.answer = (response) => accept(response);
  // The refused code is selected: what is typed takes its place.
  await session.press("482914");
  assert.equal(await field.value(), "482914");
  await goes(session, ["tab"], "submit");
  await session.press(" ");
  await eventually(() => session.url(), site.url("/in"));
  assert.deepEqual(site.posts.map(({ fields }) => fields.code), ["482913", "482914"]);
});

test("a missing code is reported at the field, and the focus goes there from the button", async (t) => {
  const { session, field } = await open(t);
  await goes(session, ["48", "tab"], "submit");
  await goes(session, ["enter"], "code");
  assert.equal(await field.state(), "problem");
});

test("sent again: the focus stays on a visible element", async (t) => {
  const { site, session, field } = await open(t);
  site.answer = (response) =>
    response.writeHead(200, { "content-type": "application/json" }).end(
      JSON.stringify({ status: "sent", channel: "sms", destination: "5678", now: minutes(0), sentAt: minutes(0), resendAt: minutes(1) }),
    );
  await tabTo(session, "resend");
  await session.press("enter");
  await eventually(() => site.posts.length, 1);
  await eventually(() => field.wait(), (text) => text !== "");
  assert.doesNotMatch(await focus(session), /^(lost|not visible)/);
  // It keeps its place while it waits, and sends nothing.
  await session.run(() => document.querySelector("[value=resend]").focus());
  await session.press("enter");
  assert.doesNotMatch(await focus(session), /^(lost|not visible)/);
  assert.equal(site.posts.length, 1);
});

test("the guide: opened, answered, back, searched, a method chosen, and back in the field", async (t) => {
  const { site, session, field } = await open(t);
  const guide = new Guide(session, "todoita-code");
  await tabTo(session, "summary");
  await session.press("enter");
  await guide.alive();
  assert.equal(await focus(session), "summary");
  await guide.screen("sms-check-destination");

  // An answer leads to the next heading; from there Tab goes on in it.
  await tabTo(session, "choice right sms-other-texts-arrive");
  await goes(session, ["enter"], "h3");
  await guide.screen("sms-other-texts-arrive");
  // "Back" is above the heading.
  await goes(session, [["shift", "tab"]], "exit back");
  await goes(session, ["enter"], "h3");
  await guide.screen("sms-check-destination");

  await tabTo(session, "exit menu");
  await goes(session, ["enter"], "h3");
  await guide.screen("entry");
  await session.run(() => document.querySelector("todoita-guide h3").focus());
  for (let n = 0; n < 20 && !(await session.run(() => document.activeElement.type === "search")); n += 1) await session.press("tab");
  assert.ok(await session.run(() => document.activeElement.type === "search"));
  await session.press("届かない", "enter");
  await eventually(async () => (await guide.all("start")).length > 0, true);
  assert.ok(await session.run(() => document.activeElement.type === "search"), "the search keeps the focus");
  const [found] = await guide.all("start");
  await tabTo(session, `start ${found}`);
  await goes(session, ["enter"], "h3");
  await guide.screen(found);

  await tabTo(session, "exit code");
  await goes(session, ["enter"], "code");
  await eventually(() => guide.open(), false);

  // The backup switch, by the guide's other methods.
  await tabTo(session, "summary");
  await session.press("enter");
  await eventually(() => guide.open(), true);
  await tabTo(session, "exit other");
  await goes(session, ["enter"], "h3");
  await tabTo(session, "way backup");
  await goes(session, ["enter"], "code");
  await eventually(() => session.run(() => document.querySelector("todoita-code").dataset.kind), "backup");
  assert.equal(await guide.open(), false);
  assert.deepEqual(site.posts, []);

  await goes(session, ["12345678"], "code");
  assert.equal(await field.value(), "12345678");
});

test("from the backup codes a button leads back to the sent code", async (t) => {
  const { site, session, field } = await open(t);
  const kind = async () => (await session.find("todoita-code")).attribute("data-kind");
  await field.choose("backup");
  await eventually(kind, "backup");
  // The list's own button: the guide has no such way.
  await tabTo(session, "summary");
  await session.press("enter");
  await new Guide(session, "todoita-code").alive();
  const seen = await session.run(() =>
    [...document.querySelectorAll("[data-part=choices] button")].filter((it) => it.checkVisibility()).map((it) => it.value),
  );
  assert.deepEqual(seen, ["code"]);
  await goes(session, ["tab"], "code");
  await session.press("enter");
  await eventually(kind, "code");
  assert.equal(await session.run(() => document.activeElement.localName), "input");
  assert.deepEqual(site.posts, []);
  await session.press("482913", "enter");
  await eventually(() => site.posts.length, 1);
  assert.equal(site.posts[0].fields.code, "482913");
});

test("the focus order is the order on the page, and Tab leaves the field and the guide at both ends", async (t) => {
  const { session, field } = await open(t);
  await session.run(() => {
    for (const [id, how] of [["first", "prepend"], ["last", "append"]]) {
      const link = document.createElement("a");
      link.href = "#";
      link.id = id;
      link.append(id);
      document.querySelector("main")[how](link);
    }
  });
  await field.guide();
  await session.run(() => document.getElementById("first").focus());
  const seen = await tabTo(session, "last");
  assert.equal(seen[0], "code");
  assert.ok(seen.includes("submit") && seen.some((name) => name.startsWith("choice ")) && seen.some((name) => name.startsWith("exit ")), seen.join());
  const places = await session.run(() =>
    [...document.querySelectorAll("main :is(a[href], button, input:not([type=hidden]), summary)")]
      .filter((it) => it.checkVisibility() && it.tabIndex >= 0)
      .map((it) => [it.getBoundingClientRect(), it.outerHTML.slice(0, 60)])
      .map(([{ top, left }, name]) => [Math.round(top), Math.round(left), name]),
  );
  for (const [index, [top, left, name]] of places.entries()) {
    if (!index) continue;
    const [above, before] = places[index - 1];
    assert.ok(top > above || left > before, `${name} comes after an element below it`);
  }
  assert.equal(places.length, seen.length + 1);
  // And back again.
  for (let n = seen.length; n > 0; n -= 1) await session.press(["shift", "tab"]);
  assert.equal(await focus(session), "first");
});

test("F59: the focus is visible, and nothing covers it (2.4.7, 2.4.11)", async (t) => {
  const { session, field } = await open(t);
  await field.guide();
  await session.run(() => document.getElementById("code").focus());
  for (let n = 0; n < 12; n += 1) {
    const { name, ring } = await session.run(() => {
      const it = document.activeElement;
      const { outlineStyle, outlineWidth } = getComputedStyle(it);
      return { name: it.outerHTML.slice(0, 60), ring: outlineStyle === "none" ? 0 : parseFloat(outlineWidth) };
    });
    assert.ok(ring >= 2, `${name}: ${ring}`);
    assert.doesNotMatch(await focus(session), /^(lost|not visible)/);
    await session.press("tab");
    if ((await focus(session)) === "lost") break;
  }
});

test("the guide's search box has the same focus ring as everything else", async (t) => {
  const { session, field } = await open(t);
  const guide = await field.guide();
  await guide.leave("menu");
  await guide.screen("entry");
  const ring = () =>
    session.run(() => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(document.activeElement);
      return { outlineStyle, outlineWidth, boxShadow };
    });
  await session.run(() => document.querySelector("todoita-guide [type=search]").focus());
  const box = await ring();
  await goes(session, ["tab"], "search");
  assert.equal(box.outlineStyle, "solid");
  assert.deepEqual(box, await ring());
});

test("the check of the focus finds one that is missing, or covered", async (t) => {
  const { session } = await open(t);
  await session.run(() => document.activeElement.blur());
  assert.equal(await focus(session), "lost");
  await session.run(() => {
    const lid = document.createElement("div");
    lid.style.cssText = "position: fixed; inset: 0; background: #fff";
    document.body.append(lid);
    document.getElementById("code").focus();
  });
  assert.match(await focus(session), /^not visible/);
});

// The set-up elements among a page's own controls: its other inputs and buttons, its framework, its own errors and lists.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { browser, close, only } from "./engines.mjs";
import { complaints, copy, eventually, shownAt } from "./pages.mjs";
import { Site } from "./sites.mjs";

after(close);

const URI = "otpauth://totp/Example:hana?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Example";

const page = (body) => `<!doctype html>
<html lang="ja"><head><meta charset="utf-8"><title>設定</title>
<link rel="stylesheet" href="/assets/dist/todoita-setup.css">
<script type="module" src="/assets/dist/todoita-setup.js"></script></head>
<body><main><h1>設定</h1><form method="post" action="/set-up">${body}</form></main></body></html>`;

const app = (inputs, buttons = "") =>
  page(`<todoita-setup uri="${URI.replaceAll("&", "&amp;")}">${inputs}<button id="on">有効にする</button>${buttons}</todoita-setup>`);

const phone = (inputs, buttons = "") => page(`<todoita-phone>${inputs}<button id="send">送る</button>${buttons}</todoita-phone>`);

/** Opens a page and waits until its element is at work. */
async function open(t, html, part = "message", options = {}) {
  const site = await Site.start(t, html);
  const session = await browser(t, options);
  await session.open(site.url());
  await eventually(() => session.count(`[data-part=${part}]`), 1);
  return { site, session };
}

const message = (session) => session.run(() => document.querySelector("[data-part=message]").textContent);
const full = (text) => text.replace(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt() + 0xfee0));

async function type(session, selector, ...keys) {
  await (await session.find(selector)).click();
  await session.press(...keys);
}

test("a code that is written in ASCII is an input for the page's framework", async (t) => {
  const { site, session } = await open(t, app('<label for="first">コード</label><input id="first" name="code" required>'));
  await session.run(() => {
    const input = document.querySelector("#first");
    window.seen = [];
    // As React does: what is set by the property is its own change.
    const { get, set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
    let known = "";
    Object.defineProperty(input, "value", { configurable: true, get() { return get.call(input); }, set(text) { known = text; set.call(input, text); } });
    document.addEventListener("input", ({ target }) => {
      if (target !== input || get.call(input) === known) return;
      known = get.call(input);
      window.seen.push(known);
    });
    document.addEventListener("submit", (event) => event.preventDefault());
  });
  const code = shownAt(Date.now(), URI);
  await type(session, "#first", full(code), "enter");
  await eventually(() => session.run(() => window.seen.at(-1)), code);
  assert.equal(await session.run(() => document.querySelector("#first").value), code);
  assert.deepEqual(site.posts, []);
  assert.deepEqual(await complaints(session), []);
});

test("the code's input is found among a page's others", async (t) => {
  const others = '<input id="name" name="name" value="hana" readonly><input type="email" name="mail" value="h@example.com"><input type="checkbox" name="remember">';
  for (const attributes of ["", 'type="tel"', 'autocomplete="section-a One-Time-Code"']) {
    const before = attributes.includes("autocomplete") ? `${others}<input type="tel" name="phone">` : others;
    const { site, session } = await open(t, app(`${before}<label for="first">コード</label><input id="first" name="code" ${attributes}>`));
    await type(session, "#first", "12", "enter");
    await eventually(() => message(session), (text) => text !== "");
    assert.deepEqual(await session.run(() => [...document.querySelectorAll("[aria-invalid]")].map(({ id }) => id)), ["first"], attributes);
    assert.deepEqual(site.posts, []);
  }
  const { session } = await open(t, phone(`${others}<label for="number">電話番号</label><input id="number" name="number" autocomplete="tel">`));
  await type(session, "#number", "0312345678", "enter");
  await eventually(() => message(session), (text) => /固定電話/.test(text));
});

test("a page's other buttons go their own way", async (t) => {
  const buttons = {
    cancel: '<button name="cancel" value="1">やめる</button>',
    other: '<button formaction="/other">別の方法</button>',
    voice: '<button data-way="voice">電話で受け取る</button>',
  };
  for (const [name, button] of Object.entries(buttons)) {
    const { site, session } = await open(t, phone('<label for="number">電話番号</label><input id="number" name="number" type="tel">', button));
    await type(session, "#number", "12");
    await (await session.find("#send + button")).click();
    await eventually(() => site.posts.length, 1);
    assert.equal(site.posts[0].fields.number, "12", name);
  }
});

test("an error that the page came with stays until the text changes", async (t) => {
  const input = '<p id="wrong">だめでした</p><label for="number">電話番号</label><input id="number" name="number" type="tel" value="09012345678" aria-invalid="true" aria-describedby="wrong">';
  const { session } = await open(t, phone(input));
  await eventually(() => message(session), (text) => /090/.test(text));
  const invalid = () => session.run(() => document.querySelector("#number").getAttribute("aria-invalid"));
  assert.equal(await invalid(), "true");
  await type(session, "#number", "end", "backspace");
  await eventually(invalid, null);
  await session.press("7");
  await eventually(() => message(session), (text) => /090/.test(text));
  assert.equal(await invalid(), null);
});

test("an error that the page sets at a number stays until the text changes", async (t) => {
  const { session } = await open(t, phone('<label for="number">電話番号</label><input id="number" name="number" type="tel">'));
  await session.run(() =>
    document.addEventListener("submit", (event) => {
      event.preventDefault();
      document.querySelector("#number").setAttribute("aria-invalid", "true");
    }),
  );
  const invalid = () => session.run(() => document.querySelector("#number").getAttribute("aria-invalid"));
  await type(session, "#number", "09012345678", "enter");
  await eventually(invalid, "true");
  await session.press("tab");
  assert.equal(await invalid(), "true");
  await type(session, "#number", "end", "backspace");
  await eventually(invalid, null);
});

const CODES = ["48291304", "11820473"];
const LISTS = `<todoita-backup-codes service="Example" account="hana" made="2026-11-22T10:31:00Z"><p>案内</p>
<ol>${CODES.map((code) => `<li><code>${code}</code></li>`).join("")}</ol><ul><li>なくさないこと</li></ul><button>次へ</button></todoita-backup-codes>`;

test("only the list's own items are codes", async (t) => {
  const { session } = await open(t, page(LISTS), "controls");
  await session.allowClipboard();
  await copy(session, "");
  await (await session.find("[data-part=copy]")).click();
  await eventually(() => session.run(() => navigator.clipboard.readText()), CODES.join("\n"));
});

/** The texts that are seen, in their order. */
const seen = (session) =>
  session.run(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const seen = [];
    while (walker.nextNode()) {
      const text = walker.currentNode.textContent.trim();
      if (text && getComputedStyle(walker.currentNode.parentElement).visibility === "visible") seen.push(text);
    }
    return seen;
  });

const HEAD = ["Exampleのバックアップコード", "アカウント：hana", "作成日：2026年11月22日"];

test("on paper are the codes, and whose they are", only("chrome", "the driver's DevTools emulate paper"), async (t) => {
  const { session } = await open(t, page(LISTS), "controls", { own: true });
  assert.equal(await (await session.find("[data-part=paper]")).displayed(), false);
  await session.devtools("Emulation.setEmulatedMedia", { media: "print" });
  assert.deepEqual(await seen(session), [...HEAD, ...CODES]);
  // One above the other.
  const tops = await session.run(() => [...document.querySelectorAll("[data-part=paper] p, ol li")].map((line) => line.getBoundingClientRect().top));
  assert.deepEqual(tops, [...new Set(tops)].sort((a, b) => a - b));
});

test("on paper are the new codes of a list that was replaced", only("chrome", "the driver's DevTools emulate paper"), async (t) => {
  const { session } = await open(t, page(LISTS), "controls", { own: true });
  await session.devtools("Emulation.setEmulatedMedia", { media: "print" });
  /** As React does, which knows its own nodes alone: a list with this code before the node that follows. */
  const replace = (code, follows) =>
    session.run((code, follows) => {
      const list = document.createElement("ol");
      list.append(document.createElement("li"));
      list.firstChild.append(code);
      document.querySelector("todoita-backup-codes > ol").remove();
      document.querySelector(follows).before(list);
    }, code, follows);
  await replace("90210733", "todoita-backup-codes > ul");
  assert.deepEqual(await seen(session), [...HEAD, "90210733"]);
  await replace("55120986", "[data-part=paper]");
  await session.devtools("Emulation.setEmulatedMedia", { media: "" });
  await (await session.find("[data-part=copy]")).click();
  assert.equal(await session.run(() => document.activeElement.dataset.part), "copy");
  await session.devtools("Emulation.setEmulatedMedia", { media: "print" });
  assert.deepEqual(await seen(session), [...HEAD, "55120986"]);
});

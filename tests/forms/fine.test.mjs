// Cases that work, and have to keep working: the sequences of password managers and phones, invisible characters, frameworks
// that listen to the input, and unusual pages.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { BUTTON, F, INPUT, LABEL, close, complaints, eventually, library, only, page, pause, posts, startSite, visit, browser, Person } from "./browser.mjs";

after(close);

const PLAIN = LABEL + INPUT + BUTTON;
const DEVTOOLS = "only Chromium's DevTools protocol holds a composition open, or inserts a text from no key";

/** The code that is posted once the site's button is pressed. */
async function sent(person, site) {
  await person.click("#go");
  return (await posts(site, 1))[0]?.fields.code;
}

// Password managers. Each fills in by events of its own.

const MANAGERS = {
  Bitwarden: (text) => {
    const input = document.getElementById("code");
    input.click();
    input.focus();
    const event = (Type, type) => input.dispatchEvent(new Type(type, { bubbles: true }));
    for (const type of ["keydown", "keypress", "keyup"]) event(KeyboardEvent, type);
    input.value = text;
    for (const type of ["keydown", "keypress", "keyup"]) event(KeyboardEvent, type);
    event(Event, "input");
    event(Event, "change");
    input.blur();
  },
  KeePassXC: (text) => {
    const input = document.getElementById("code");
    input.focus();
    input.value = text;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  },
  "1Password": (text) => {
    const input = document.getElementById("code");
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(input, text);
    input.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertReplacementText", data: text }));
  },
  "a value and no event": (text) => {
    document.getElementById("code").value = text;
  },
};
for (const [name, fill] of Object.entries(MANAGERS)) {
  test(`${name} fills in a code, twice, and over typed digits`, async (t) => {
    const { site, person } = await visit(t, { body: F(PLAIN) });
    await person.type("48");
    await person.run(fill, "111111");
    await person.run(fill, "482 913");
    assert.equal(await sent(person, site), "482913");
  });
}

test("filled in and sent in one task", async (t) => {
  const { site, person } = await visit(t, { body: F(PLAIN) });
  await person.run(() => {
    code.value = "482913";
    code.dispatchEvent(new Event("input", { bubbles: true }));
    go.click();
  });
  assert.equal((await posts(site, 1))[0]?.fields.code, "482913");
});

test("keys without a pause, then Enter", async (t) => {
  const { site, person } = await visit(t, { body: F(PLAIN) });
  await person.type("482913", "enter");
  assert.equal((await posts(site, 1))[0]?.fields.code, "482913");
});

test("a keyboard on the screen inserts the whole code, twice", only("chrome", DEVTOOLS), async (t) => {
  const { site, session, person } = await visit(t, { body: F(PLAIN) });
  await person.focus();
  await session.insert("111111");
  await person.press(["control", "a"]);
  await session.insert("482913");
  assert.equal(await sent(person, site), "482913");
});

test("an open composition is not touched, and a cancelled one leaves nothing", only("chrome", DEVTOOLS), async (t) => {
  const { site, session, person } = await visit(t, { body: F(PLAIN) });
  await person.type("48");
  await session.devtools("Input.imeSetComposition", { text: "２９", selectionStart: 2, selectionEnd: 2 });
  assert.equal(await person.value(), "48２９");
  await session.devtools("Input.imeSetComposition", { text: "", selectionStart: 0, selectionEnd: 0 });
  assert.equal(await person.value(), "48");
  await person.press("2913");
  assert.equal(await sent(person, site), "482913");
});

// Invisible characters.

const CHARACTERS = {
  CRLF: "482913\r\n", tab: "\t482913\t", "no-break space": "482\u00a0913", "narrow no-break space": "482\u202f913",
  "zero-width space": "\u200b482913\u200b", BOM: "\ufeff482913", LRM: "\u200e482913\u200e",
  isolates: "\u2066482913\u2069", "soft hyphen": "482\u00ad913", "figure dash": "482\u2012913",
};
test("a pasted code with invisible characters or dashes", async (t) => {
  for (const [name, text] of Object.entries(CHARACTERS)) {
    await t.test(name, async (t) => {
      const { site, person } = await visit(t, { body: F(PLAIN) });
      await person.paste(text);
      assert.equal(await sent(person, site), "482913", name);
    });
  }
});

// Frameworks that keep the input's value.

const VUE = { head: '<script src="/vue.js"></script>', files: { "/vue.js": library("vue/dist/vue.global.prod.js") } };
for (const modifier of ["", ".trim", ".lazy"]) {
  test(`Vue: v-model${modifier}`, async (t) => {
    const body = `<div id="root">${F(`${LABEL}<input id="code" name="code" v-model${modifier}="text">${BUTTON}`)}<output id="state">{{ text }}</output></div>
<script>Vue.createApp({ data: () => ({ text: "" }), compilerOptions: { isCustomElement: (tag) => tag.startsWith("todoita-") } }).mount("#root")</script>`;
    const { site, person } = await visit(t, { ...VUE, body });
    await person.type("４８２ ９１３", "tab");
    await eventually(() => person.run(() => document.getElementById("state").textContent), "482913");
    assert.equal(await sent(person, site), "482913");
  });
}

test("Alpine: x-model", async (t) => {
  const body = `<div x-data="{ text: '' }">${F(`${LABEL}<input id="code" name="code" x-model="text">${BUTTON}`)}<output id="state" x-text="text"></output></div>`;
  const { site, person } = await visit(t, { head: '<script defer src="/alpine.js"></script>', files: { "/alpine.js": library("alpinejs/dist/cdn.min.js") }, body });
  await person.type("４８２ ９１３");
  await eventually(() => person.run(() => document.getElementById("state").textContent), "482913");
  assert.equal(await sent(person, site), "482913");
});

test("Turbo without morph: reached by a link, left and come back to", async (t) => {
  const head = '<script src="/turbo.js"></script>';
  const pages = { "/code": page({ body: F(PLAIN), head }), "/start": page({ body: '<a id="link" href="/code">次へ</a>', head }) };
  const { site, person } = await visit(t, { body: "", pages, path: "/start", files: { "/turbo.js": library("@hotwired/turbo/dist/turbo.es2017-umd.js") } });
  // Turbo first shows a kept copy of the page; the root has one of these attributes until the page itself is there.
  const there = () => location.pathname === "/code" && !document.querySelector("html[data-turbo-preview], html[aria-busy]") && !!document.querySelector("todoita-code[data-state]");
  const arrive = () => eventually(() => person.run(there), true);
  await person.click("#link");
  await arrive();
  await person.type("48");
  await person.session.back();
  await eventually(() => person.session.count("#link"), 1);
  await person.click("#link");
  await arrive();
  await person.retype("４８２９１３");
  assert.equal(await person.session.count("[data-part=message]"), 1);
  await person.press("enter");
  assert.equal((await posts(site, 1))[0]?.fields.code, "482913");
});

// Page translation wraps texts in elements of its own.

const translate = () => {
  document.documentElement.classList.add("translated-ltr");
  for (const it of document.querySelectorAll("label, button, p, summary, span")) {
    for (const text of [...it.childNodes].filter(({ nodeType }) => nodeType === 3)) {
      const font = document.createElement("font");
      font.append(text.data);
      text.replaceWith(font);
    }
  }
};
test("a page that is translated after the start", async (t) => {
  const { site, person } = await visit(t, { body: F(PLAIN) });
  await person.run(translate);
  await person.type("4829", "enter");
  await person.shows(/まだ4桁/);
  await person.type("end", "13", "enter");
  assert.equal((await posts(site, 1))[0]?.fields.code, "482913");
});

test("a page that is translated before the start", async (t) => {
  const body = `${F(PLAIN)}<script>(${translate})()</script>`;
  const { site, person } = await visit(t, { body });
  await person.type("482 913");
  assert.equal(await sent(person, site), "482913");
});

// Unusual pages.

const PAGES = {
  popover: { body: `<button id="open" popovertarget="d">続ける</button><div id="d" popover>${F(PLAIN)}</div>`, before: "#open" },
  "modal dialog": { body: `<button id="open" onclick="d.showModal()">続ける</button><dialog id="d">${F(PLAIN)}</dialog>`, before: "#open" },
  "base href": { body: F(PLAIN), head: '<base href="/elsewhere/">', path: "/login/code" },
  "right to left": { body: `<div dir="rtl">${F(PLAIN)}</div>` },
  "custom validity that is taken back": { body: `${F(PLAIN)}<script>code.setCustomValidity("no"); code.addEventListener("input", () => code.setCustomValidity(code.value.length === 6 ? "" : "no"))</script>` },
  novalidate: { body: F(`${LABEL}<input id="code" name="code" required pattern="[0-9]{6}">${BUTTON}`, { form: "novalidate" }) },
  "fields named like methods of the form": { body: F(`${PLAIN}<input type="hidden" name="submit" value="1"><input type="hidden" name="action" value="2"><input type="hidden" name="reset" value="3">`) },
};
for (const [name, { body, head, before }] of Object.entries(PAGES)) {
  test(`page with ${name}`, async (t) => {
    const { site, person } = await visit(t, { body, head });
    if (before) await person.click(before);
    await person.type("４８２ ９１３", "enter");
    assert.equal((await posts(site, 1))[0]?.fields.code, "482913");
  });
}

// Loading.

for (const [name, pattern] of [["script", /todoita\.js$/], ["wasm", /\.wasm$/], ["sentences", /ja\.json$/]]) {
  test(`a late ${name}: what was typed before is kept and read`, async (t) => {
    const site = await startSite(t, page({ body: F(PLAIN) }));
    const release = site.hold(pattern);
    const session = await browser(t);
    const person = new Person(session);
    // Not awaited: a page whose script is held back is not loaded yet.
    const opened = session.open(site.url()).catch(() => {});
    if (name !== "script") await opened;
    else await pause(400);
    if (name !== "script") await person.type("482 9");
    release();
    await opened;
    await person.started();
    await person.type("end", name === "script" ? "482 913" : "13");
    assert.equal(await sent(person, site), "482913");
  });
}

test("strict-dynamic with Trusted Types", only("chrome firefox", "this policy keeps out the script by which WebKit's console is read"), async (t) => {
  const policy = "default-src 'none'; connect-src 'self'; style-src 'self'; form-action 'self'; script-src 'nonce-x' 'strict-dynamic' 'wasm-unsafe-eval'; require-trusted-types-for 'script'; trusted-types todoita";
  const html = page({ body: F(PLAIN) }).replaceAll("<script", '<script nonce="x"');
  const { site, session, person } = await visit(t, { body: "", path: "/strict", pages: { "/strict": html }, policy });
  await person.type("４８２９１３");
  assert.deepEqual(await complaints(session), []);
  assert.equal(await sent(person, site), "482913");
});

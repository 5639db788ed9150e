// The set-up elements end to end: the three steps, the QR code read from a screenshot, the clock, keyboard, axe, both
// languages, 320 px, the strict policy, and that no secret is left after the element was removed.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test, { after } from "node:test";
import { audit } from "./axe.mjs";
import { ENGINE, browser, close, only } from "./engines.mjs";
import { complaints, eventually, shownAt as shown } from "./pages.mjs";
import { pixels, read } from "./qr.mjs";
import { Site, WITHOUT_WASM } from "./sites.mjs";

after(close);

const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const URI = `otpauth://totp/Example:hana?secret=${SECRET}&issuer=Example`;
const GROUPS = SECRET.match(/.{4}/g).join(" ");
const MINUTE = 60_000;
const WORDS = JSON.parse(await readFile(new URL("../../www/words/ja.setup.json", import.meta.url)));

const shownAt = (time) => shown(time, URI);

const escaped = (text) => text.replaceAll("&", "&amp;");

const document = (body, lang, head = "") => `<!doctype html>
<html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>設定</title>
<link rel="stylesheet" href="/assets/dist/todoita-setup.css">${head}
<script type="module" src="/assets/dist/todoita-setup.js"></script></head>
<body><main><h1>設定</h1>${body}</main></body></html>`;

const app = ({ uri = URI, now = "", lang = "ja" } = {}) =>
  document(
    `<form method="post" action="/account/app"><todoita-setup uri="${escaped(uri)}"${now && ` now="${now}"`}>
<div data-plain><p><code>${GROUPS}</code></p></div>
<label for="first">コード</label> <input id="first" name="code" inputmode="numeric" autocomplete="one-time-code" required>
<button id="on">有効にする</button></todoita-setup></form>`,
    lang,
  );

/** Opens a page and waits until its element is at work. */
async function open(t, html, { part = "steps", policy, ...options } = {}) {
  const site = await Site.start(t, html, policy ? { policy } : {});
  const session = await browser(t, options);
  await session.open(site.url());
  if (part) await eventually(() => session.count(`[data-part=${part}]`), 1);
  return { site, session };
}

const message = (session) => session.run(() => document.querySelector("[data-part=message]")?.textContent ?? "");

/** The beginning of a time step: for the next 30 s a code is off by the same number of steps. */
const stepStart = () => Math.floor(Date.now() / 30_000) * 30_000;

/** Puts a text in place of the input's and presses Enter. */
async function enter(session, text, selector = "#first") {
  await session.run((selector) => {
    const input = document.querySelector(selector);
    input.focus();
    input.select();
  }, selector);
  await session.press(text, "enter");
}

test("the three steps lead to a code that is checked and posted", async (t) => {
  const now = Date.now();
  const { site, session } = await open(t, app({ now }));
  assert.deepEqual(await session.run(() => [...document.querySelectorAll("h2")].map((h) => h.textContent[0])), ["1", "2", "3"]);
  assert.equal(await session.run(() => document.querySelector("[data-plain]").hidden), true);
  await enter(session, "000001");
  await eventually(() => message(session), (text) => text.includes("Example (hana)"));
  assert.equal(await session.run(() => document.activeElement.id), "first");
  assert.deepEqual(site.posts, []);
  const code = shownAt(Date.now());
  await enter(session, code.replace(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt() + 0xfee0)));
  await eventually(() => site.posts.length, 1);
  assert.deepEqual(site.posts[0].fields, { code });
  assert.deepEqual(await complaints(session), []);
});

test("a phone's clock that is off is named, with the way to set it", async (t) => {
  const now = stepStart();
  for (const [lang, slow, fast] of [["ja", "約3分遅れて", "約7分進んで"], ["en", "about 3 minutes slow", "about 7 minutes fast"]]) {
    await t.test(lang, async (t) => {
      const { site, session } = await open(t, app({ now, lang }), { lang });
      await enter(session, shownAt(now - 3 * MINUTE));
      await eventually(() => message(session), (text) => text.includes(slow));
      await enter(session, shownAt(now + 7 * MINUTE));
      await eventually(() => message(session), (text) => text.includes(fast));
      assert.deepEqual(site.posts, []);
    });
  }
});

const random = (length, alphabet) => Array.from({ length }, () => alphabet[Math.floor(Math.random() * alphabet.length)]).join("");

/** How many are read: few in each run of all tests, as many as are asked for by hand. */
const QR_CODES = Number(process.env.TODOITA_QR_CODES ?? 24);

test("random key URIs are read from screenshots of their QR codes", async (t) => {
  assert.ok(Number.isInteger(QR_CODES) && QR_CODES > 0, `TODOITA_QR_CODES=${process.env.TODOITA_QR_CODES} is no number of codes`);
  const { session } = await open(t, app(), { width: 1000, own: ENGINE === "chrome" });
  const uris = Array.from({ length: QR_CODES }, (_, n) => {
    const [issuer, account] = [`Shop${n}`, `${random(1 + (n % 30), "abcdefghijklmnopqrstuvwxyz")}%40example.com`];
    return `otpauth://totp/${issuer}:${account}?secret=${random(26 + 8 * (n % 8), "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567").slice(0, 32)}&issuer=${issuer}&algorithm=SHA1&digits=6&period=30`;
  });
  await session.run(() => {
    document.querySelector("main").hidden = true;
    // An element that does not start says why.
    window.errors = [];
    console.error = (...texts) => window.errors.push(texts.join(" "));
  });
  const drawn = () => session.run(() => [`${document.querySelectorAll("#grid svg").length} drawn`, ...window.errors].join("; "));
  // Light, dark, and at 200 % in both, in turns; as many at a time as a screenshot of 1000 by 460 pixels has room for.
  const PASSES = [
    { each: 6, size: 220, dark: false },
    { each: 6, size: 220, dark: true },
    { each: 2, size: 440, dark: false },
    { each: 2, size: 440, dark: true },
    // Only Chromium's driver can force colours.
    ...(ENGINE === "chrome" ? [{ each: 6, size: 220, dark: true, forced: true }] : []),
  ];
  const counts = {};
  for (let from = 0, turn = 0; from < uris.length; turn += 1) {
    const { each, size, dark, forced = false } = PASSES[turn % PASSES.length];
    const some = uris.slice(from, from + each);
    from += each;
    if (ENGINE === "chrome") await session.devtools("Emulation.setEmulatedMedia", { features: [{ name: "forced-colors", value: forced ? "active" : "none" }] });
    await session.run((some, dark) => {
      document.querySelector("#grid")?.remove();
      document.documentElement.style.colorScheme = dark ? "dark" : "light";
      const grid = document.createElement("form");
      grid.id = "grid";
      for (const uri of some) {
        const host = document.createElement("todoita-setup");
        host.setAttribute("uri", uri);
        const input = document.createElement("input");
        host.append(input);
        grid.append(host);
      }
      document.body.append(grid);
    }, some, dark);
    await eventually(drawn, `${some.length} drawn`);
    const places = await session.run(async (size) => {
      const images = [...document.querySelectorAll("#grid svg")];
      document.querySelector("#grid").replaceChildren(...images);
      const places = images.map((image, n) => {
        // By properties: the policy of the page allows no attribute `style`.
        Object.assign(image.style, { position: "fixed", left: `${(n % 3) * (size + 8)}px`, top: `${Math.floor(n / 3) * (size + 8)}px`, inlineSize: `${size}px` });
        const { x, y, width, height } = image.getBoundingClientRect();
        const scale = devicePixelRatio;
        return { x: x * scale, y: y * scale, width: width * scale, height: height * scale };
      });
      // WebKit's screenshot is of the last frame that was painted.
      for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
      return places;
    }, size);
    const image = pixels(await session.screenshot());
    for (const [n, place] of places.entries()) {
      assert.ok(place.y + place.height <= image.height && place.x + place.width <= image.width, `outside the screenshot: ${JSON.stringify(place)}`);
      assert.equal(read(image, place), some[n]);
    }
    const pass = `${size} px, ${forced ? "forced colours" : dark ? "dark" : "light"}`;
    counts[pass] = (counts[pass] ?? 0) + some.length;
  }
  assert.equal(Object.values(counts).reduce((sum, count) => sum + count), QR_CODES);
  t.diagnostic(`read: ${JSON.stringify(counts)}`);
});

const CODES = ["48291304", "11820473", "90517263"];
const backup = (lang = "ja") =>
  document(
    `<form method="post" action="/done"><todoita-backup-codes service="Example" account="hana" made="2026-11-22T10:31:00Z">
<ol>${CODES.map((code) => `<li><code>${code}</code></li>`).join("")}</ol><button id="next">次へ</button></todoita-backup-codes></form>`,
    lang,
  );

test("backup codes are saved as a file and have to be kept", async (t) => {
  const { site, session } = await open(t, backup("en"), { part: "controls", lang: "en" });
  await session.run(() => {
    const make = URL.createObjectURL;
    URL.createObjectURL = (blob) => {
      blob.text().then((text) => (window.file = text));
      return make.call(URL, blob);
    };
    addEventListener("click", (event) => event.target.download && event.preventDefault());
  });
  await (await session.find("[data-part=download]")).click();
  const text = await eventually(() => session.run(() => window.file), (file) => !!file);
  assert.match(text, /^Backup codes for Example\r\nAccount: hana\r\nMade on: November 22, 2026\r\n\r\n48291304\r\n11820473\r\n90517263\r\n\r\nEach code works once\./);
  await (await session.find("form > todoita-backup-codes > button")).click();
  assert.deepEqual(site.posts, []);
  await (await session.find("[data-part=kept-box]")).click();
  await (await session.find("form > todoita-backup-codes > button")).click();
  await eventually(() => site.posts.length, 1);
  assert.deepEqual(site.posts[0].fields, {});
});

const phone = (lang = "ja") =>
  document(
    `<form method="post" action="/number"><todoita-phone><label for="tel">電話番号</label>
<input id="tel" name="phone" type="tel" autocomplete="tel"><button id="send">送る</button></todoita-phone></form>`,
    lang,
  );

test("a number is shown back and posted in E.164; a landline is questioned once", async (t) => {
  const { site, session } = await open(t, phone(), { part: "message" });
  await enter(session, "０３ー１２３４ー５６７８", "#tel");
  await eventually(() => message(session), (text) => /固定電話/.test(text) && /もう一度/.test(text));
  assert.deepEqual(site.posts, []);
  await enter(session, "090 1234 5678", "#tel");
  await eventually(() => site.posts.length, 1);
  assert.deepEqual(site.posts[0].fields, { phone: "090 1234 5678", "phone-e164": "+819012345678" });
});

/** The name of the focused part, or the id of the focused element. */
const focused = (session) => session.run(() => document.activeElement.dataset.part ?? document.activeElement.id);

/** Presses Tab, as often as it takes through all of these. */
async function tabThrough(session, ...names) {
  for (const name of names) {
    await session.press("tab");
    assert.equal(await focused(session), name);
  }
}

test("the keyboard alone is enough for an app", async (t) => {
  const { site, session } = await open(t, app({ now: Date.now() }));
  await session.run(() => document.querySelectorAll("details")[1].querySelector("summary").focus());
  await session.press("enter");
  await eventually(() => session.run(() => document.querySelectorAll("details")[1].open), true);
  await tabThrough(session, "copy", "open", "first");
  await session.press(shownAt(Date.now()));
  await tabThrough(session, "on");
  await session.press("enter");
  await eventually(() => site.posts.length, 1);
});

test("the keyboard alone is enough for a number", async (t) => {
  const { site, session } = await open(t, phone(), { part: "message" });
  await tabThrough(session, "tel");
  await session.press("03-1234-5678", "enter");
  await eventually(() => message(session), (text) => /もう一度/.test(text));
  await tabThrough(session, "send");
  await session.press(" ");
  await eventually(() => site.posts.length, 1);
});

test("the keyboard alone is enough for backup codes", async (t) => {
  const { site, session } = await open(t, backup(), { part: "controls" });
  await tabThrough(session, "copy", "download", "print", "kept-box", "next");
  await session.press("enter");
  assert.deepEqual(site.posts, [], "not before they are kept");
  await session.run(() => document.querySelector("[data-part=print]").focus());
  await tabThrough(session, "kept-box");
  await session.press(" ");
  await tabThrough(session, "next");
  await session.press("enter");
  await eventually(() => site.posts.length, 1);
  assert.deepEqual(site.posts[0].fields, {});
});

/** The accessibility tree of the page: `{ role, name, description, … }` of each node that is not ignored, with its properties. */
async function tree(session) {
  const { nodes } = await session.devtools("Accessibility.getFullAXTree");
  return nodes
    .filter(({ ignored }) => !ignored)
    .map(({ role, name, description, properties = [] }) => ({
      ...Object.fromEntries(properties.map(({ name, value }) => [name, value.value])),
      role: role?.value, name: name?.value, description: description?.value,
    }));
}

test("a screen reader has the QR code's name, the key spelled, the message and the box", only("chrome", "the driver's DevTools have the accessibility tree"), async (t) => {
  const { session } = await open(t, app({ now: Date.now() }));
  await session.run(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
  await enter(session, "000001");
  const refusal = await eventually(() => message(session), (text) => text.includes("Example (hana)"));
  let nodes = await tree(session);
  const one = (wanted) => {
    const found = nodes.filter(({ role }) => role === wanted);
    assert.equal(found.length, 1, `${wanted}: ${JSON.stringify(found)}`);
    return found[0];
  };
  assert.equal(one("image").name, WORDS["qr-alt"]);
  const texts = nodes.filter(({ role }) => role === "StaticText").map(({ name }) => name);
  assert.ok(texts.includes("G E Z D, G N B V, G Y 3 T, Q O J Q, G E Z D, G N B V, G Y 3 T, Q O J Q"), texts.join("\n"));
  assert.ok(!texts.some((text) => text.includes("GEZD")), "not as a word");
  const input = one("textbox");
  // Spaces are between the sentences.
  assert.deepEqual([input.name, input.description.replaceAll("。 ", "。"), input.invalid], ["コード", refusal, "true"]);
  assert.equal(one("alert").live, "assertive");

  const site = await Site.start(t, backup());
  await session.open(site.url());
  await eventually(() => session.count("[data-part=controls]"), 1);
  nodes = await tree(session);
  const box = one("checkbox");
  assert.deepEqual([box.name, box.checked], [WORDS["backup-kept"], "false"]);
  assert.equal(nodes.filter(({ role }) => role === "listitem").length, CODES.length);
});

for (const lang of ["ja", "en"]) {
  test(`axe finds nothing, and nothing is wider than 320 px (${lang})`, async (t) => {
    for (const [html, part] of [[app({ lang, now: 1 }), "steps"], [backup(lang), "controls"], [phone(lang), "message"]]) {
      await t.test(part, async (t) => {
        const { session } = await open(t, html, { part, lang, width: 320 });
        await session.run(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
        if (part === "steps") await enter(session, "000001");
        assert.ok((await session.run(() => document.documentElement.scrollWidth - innerWidth)) <= 0, part);
        assert.deepEqual(await audit(session), [], part);
        assert.deepEqual(await complaints(session), []);
      });
    }
  });
}

test("without WebAssembly the page is as the site made it", async (t) => {
  const { site, session } = await open(t, app(), { part: null, policy: WITHOUT_WASM, own: true });
  assert.equal(await session.run(() => document.querySelector("[data-plain]").hidden), false);
  await enter(session, "123456");
  await eventually(() => site.posts.length, 1);
  assert.deepEqual(site.posts[0].fields, { code: "123456" });
});

for (const failing of [false, true]) {
  test(`after the element was removed the secret is nowhere${failing ? ", also where an event failed" : ""}`, async (t) => {
    const html = app({ now: Date.now() }).replace(
      '<script type="module"',
      '<script src="/watch.js"></script><script type="module"',
    );
    const site = await Site.start(t, html);
    site.files["/watch.js"] = `window.memories = [];
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const own = WebAssembly[name];
    WebAssembly[name] = async (...all) => {
      const made = await own.apply(WebAssembly, all);
      window.memories.push(Object.values((made.instance ?? made).exports).find((it) => it instanceof WebAssembly.Memory));
      return made;
    };
  }`;
    const session = await browser(t);
    await session.open(site.url());
    await eventually(() => session.count("[data-part=steps]"), 1);
    if (failing) {
      await session.run(() => {
        const input = document.querySelector("#first");
        input.select = () => {
          throw new Error("by the test");
        };
        input.value = "000001";
        input.form.requestSubmit();
      });
    } else {
      await enter(session, "000001");
      await eventually(() => message(session), (text) => text !== "");
    }
    const found = (session) =>
      session.run((secret, groups, raw) => {
        const bytes = window.memories.map(({ buffer }) => new TextDecoder("latin1").decode(buffer)).join();
        const texts = [secret, groups, raw];
        const where = { memory: bytes, page: document.documentElement.outerHTML, storage: JSON.stringify([localStorage, sessionStorage]), history: JSON.stringify(history.state) + location, cookies: document.cookie };
        return Object.keys(where).filter((name) => texts.some((text) => where[name].includes(text)));
      }, SECRET, GROUPS, "12345678901234567890");
    assert.deepEqual(await found(session), ["memory", "page"], "the search can find it");
    await session.run(() => {
      window.element = document.querySelector("todoita-setup");
      window.element.remove();
    });
    await eventually(() => session.run(() => window.element.hasAttribute("uri")), false);
    assert.equal(await session.run((secret) => window.element.outerHTML.includes(secret), SECRET), false);
    assert.deepEqual(await found(session), []);
    assert.deepEqual((await complaints(session)).filter((text) => !failing || !text.includes("by the test")), []);
  });
}

/** Puts elements around inputs into the page, one for each set of attributes over the key URI, and waits until they are at work. */
async function insert(session, ...all) {
  const before = await session.count("[data-part=steps]");
  await session.run((uri, all) => {
    for (const attributes of all) {
      const host = document.createElement("todoita-setup");
      for (const [name, value] of Object.entries({ uri, ...attributes })) host.setAttribute(name, value);
      host.append(document.createElement("input"));
      const form = document.createElement("form");
      form.append(host);
      document.querySelector("main").append(form);
    }
  }, URI, all);
  await eventually(() => session.count("[data-part=steps]"), before + all.length);
}

test("the address of support is followed by its scheme", async (t) => {
  const { site, session } = await open(t, app());
  const addresses = ["javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "vbscript:x", "/help", "mailto:a@example.com", "tel:110"];
  await insert(session, ...addresses.map((support) => ({ support })));
  const links = await session.run(() => [...document.querySelectorAll("[data-part=steps]")].slice(1).map((steps) => steps.querySelector(":scope > a:not([data-part])")?.href ?? null));
  assert.deepEqual(links, [null, null, null, null, site.url("/help"), "mailto:a@example.com", "tel:110"]);
});

for (const [lang, named] of [["en-", undefined], ["en", "en_US"], ["en", 5]]) {
  test(`an invalid language tag leaves the element at work (${lang}, ${named})`, async (t) => {
    const now = stepStart();
    const site = await Site.start(t, app({ now, lang }).replace("<todoita-setup", '<todoita-setup words="/words.json"'));
    site.files["/words.json"] = JSON.stringify({ lang: named });
    const session = await browser(t, { lang: "en" });
    await session.open(site.url());
    await eventually(() => session.count("[data-part=steps]"), 1);
    await enter(session, shownAt(now - 3 * MINUTE));
    await eventually(() => message(session), (text) => text.includes("about 3 minutes slow"));
    await enter(session, "000001");
    await eventually(() => message(session), (text) => text.includes("Example (hana)"));
  });
}

test("an element whose end failed can be inserted again", async (t) => {
  const { session } = await open(t, phone(), { part: "message" });
  await session.run(() => {
    document.querySelector("[data-part=e164]").remove = () => {
      throw new Error("by the test");
    };
    window.host = document.querySelector("todoita-phone");
    window.host.remove();
  });
  await eventually(() => session.run(() => window.host.querySelector("[data-part=message]") === null), true);
  await session.run(() => document.querySelector("form").append(window.host));
  await eventually(() => session.count("[data-part=message]"), 1);
});

test("the clipboard may answer after the element was removed", async (t) => {
  const { session } = await open(t, app());
  await session.run(() => {
    window.rejected = [];
    addEventListener("unhandledrejection", ({ reason }) => window.rejected.push(String(reason)));
    navigator.clipboard.writeText = () => new Promise((resolve) => (window.answer = resolve));
    window.host = document.querySelector("todoita-setup");
    window.host.querySelector("[data-part=copy]").click();
    window.host.remove();
  });
  await eventually(() => session.run(() => window.host.hasAttribute("uri")), false);
  await session.run(() => window.answer());
  // A rejection is reported in a task of its own.
  await session.run(() => new Promise((done) => setTimeout(done, 100)));
  assert.deepEqual(await session.run(() => window.rejected), []);
  assert.deepEqual(await complaints(session), []);
});

test("a file of sentences is checked, and what is no sentence is named", async (t) => {
  const { site, session } = await open(t, app({ lang: "en" }), { lang: "en" });
  const files = { "/null.json": null, "/number.json": 5, "/list.json": ["x"], "/shapes.json": { "step-code": 5, "step-app": null, "step-key": { other: 5 }, "no-such": "x", "code-hint": "Six digits." } };
  for (const [path, file] of Object.entries(files)) site.files[path] = JSON.stringify(file);
  await session.run(() => {
    window.warned = [];
    console.warn = (text) => window.warned.push(text);
  });
  await insert(session, ...Object.keys(files).map((words) => ({ words })));
  const heads = () => [...document.querySelectorAll("[data-part=steps]")].map((steps) => [...steps.querySelectorAll("h2")].map((head) => head.textContent).join());
  const [expected, ...others] = await session.run(heads);
  assert.match(expected, /1.*,2.*,3/);
  assert.deepEqual(others, others.map(() => expected));
  assert.equal(await session.run(() => [...document.querySelectorAll("[data-part=steps]")].at(-1).lastElementChild.textContent), "Six digits.");
  const warned = await session.run(() => window.warned.sort());
  assert.deepEqual(warned, [["/list.json", "0"], ...["no-such", "step-app", "step-code", "step-key"].map((key) => ["/shapes.json", key])].map(([path, key]) => `todoita: ${path} has an invalid sentence "${key}".`));
});

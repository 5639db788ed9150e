// Requirements that axe cannot measure: reflow, zoom and spaced text (1.4.4, 1.4.10, 1.4.12), and stillness (2.3.3), in the
// field and the guide. layout.test.mjs has targets of 44 px and the contrast of the field.
// Only Chromium's DevTools can set a width below the window's least.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { STYLE, loginPage } from "./access-states.mjs";
import { bringContrast } from "./contrast.mjs";
import { ENGINE, browser, close } from "./engines.mjs";
import { Field, eventually } from "./pages.mjs";
import { Site, minutes } from "./sites.mjs";

after(close);

const chromium = { skip: ENGINE !== "chrome" && "Chromium alone" };
const FACTS = { support: "/help", channel: "email", destination: "sakura.long-address.for-the-narrowest-phone@mail.example.org" };
const SPACED = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }";
const SCREENS = ["entry", "sms-check-destination", "carrier-filter", "hidden-on-phone", "other-way", "support", "glossary", "secure-now"];

async function open(t, { width, scale = 1, css = "", lang, features = [], facts = FACTS }) {
  const site = await Site.start(t, loginPage({ lang, facts }));
  site.files["/site.css"] = `${STYLE} ${css}`;
  const session = await browser(t);
  await session.devtools("Emulation.setDeviceMetricsOverride", { width, height: 640, deviceScaleFactor: scale, mobile: false });
  await session.devtools("Emulation.setEmulatedMedia", { features });
  return { session, field: await Field.open(session, site.url()) };
}

/** Texts that cannot be read: a page that scrolls sideways, and texts that their own box cuts off. */
const lost = (session) =>
  session.run(() => {
    const found = [];
    const more = document.documentElement.scrollWidth - innerWidth;
    if (more > 0) found.push(`${more} px sideways`);
    for (const it of document.querySelectorAll("todoita-code *")) {
      const text = [...it.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
      if (!text || !it.checkVisibility()) continue;
      const box = it.getBoundingClientRect();
      if (box.right > innerWidth + 1 || box.left < -1) found.push(`off the page: ${it.textContent.slice(0, 20)}`);
      const { overflowX, overflowY, textOverflow } = getComputedStyle(it);
      const cut = (overflowX !== "visible" && it.scrollWidth > it.clientWidth + 1) || (overflowY !== "visible" && it.scrollHeight > it.clientHeight + 1);
      if (cut || textOverflow === "ellipsis") found.push(`cut: ${it.textContent.slice(0, 20)}`);
    }
    return found;
  });

for (const [name, setting] of Object.entries({
  "at 320 px (400 % of 1280 px)": { width: 320, scale: 4 },
  "at 640 px (200 % of 1280 px)": { width: 640, scale: 2 },
  "at 320 px with spaced text": { width: 320, css: SPACED },
})) {
  test(`no text is cut off or out of reach ${name}: the field, a problem, the guide`, chromium, async (t) => {
    for (const lang of ["ja", "en"]) {
      const { session, field } = await open(t, { ...setting, lang });
      assert.deepEqual(await lost(session), [], `${lang}, at rest`);
      await field.type("1234567890123", "enter");
      await eventually(() => field.state(), "problem");
      assert.deepEqual(await lost(session), [], `${lang}, with a problem`);
      await field.guide();
      for (const screen of SCREENS) {
        await session.run((answers) => {
          dispatchEvent(new PopStateEvent("popstate", { state: { todoita: { code: { answers, depth: 1 } } } }));
          for (const fold of document.querySelectorAll("todoita-guide details")) fold.removeAttribute("name"), (fold.open = true);
        }, screen);
        assert.deepEqual(await lost(session), [], `${lang}, ${screen}`);
      }
    }
  });
}

test("the check finds a text that is cut off, and one that is outside the page", chromium, async (t) => {
  const css = "[data-part=sent] { white-space: nowrap; overflow: hidden } summary { white-space: nowrap; inline-size: 900px }";
  const { session } = await open(t, { width: 320, css: css.replaceAll(";", " !important;").replaceAll(" }", " !important }") });
  const found = (await lost(session)).join("\n");
  assert.match(found, /^cut: /m);
  assert.match(found, /^off the page: /m);
});

test("with reduced motion nothing is animated, in the guide too", chromium, async (t) => {
  const { session, field } = await open(t, {
    width: 640, features: [{ name: "prefers-reduced-motion", value: "reduce" }], facts: { ...FACTS, "resend-at": minutes(1) },
  });
  const guide = await field.guide();
  await guide.leave("menu");
  await guide.screen("entry");
  assert.deepEqual(await session.run(() => document.getAnimations().map((it) => it.effect?.target?.outerHTML.slice(0, 60))), []);
});

/** How much the lines that make a control, and the ring of the focus, differ from the ground (1.4.11). */
const lines = async (session) => {
  await bringContrast(session);
  return session.run(() => {
    const { borderTopColor, outlineColor } = getComputedStyle(document.getElementById("code"));
    const { backgroundColor } = getComputedStyle(document.getElementById("code-submit"));
    const [input, ring, button] = [borderTopColor, outlineColor, backgroundColor].map((color) => window.contrast.on(document.body, color));
    return { input, ring, button };
  });
};

test("the field's border, its focus ring and its button have a contrast of 3, in light and dark", chromium, async (t) => {
  for (const scheme of ["light", "dark"]) {
    const { session, field } = await open(t, { width: 640, features: [{ name: "prefers-color-scheme", value: scheme }] });
    for (const keys of [["48"], ["enter"]]) {
      await field.type(...keys);
      for (const [name, ratio] of Object.entries(await lines(session))) assert.ok(ratio >= 3, `${scheme}, ${name}: ${ratio.toFixed(2)}`);
    }
  }
  const { session, field } = await open(t, { width: 640, css: "#code { border-color: #ccc !important }" });
  await field.type("48");
  assert.ok((await lines(session)).input < 3, "the measure sees a pale line");
});

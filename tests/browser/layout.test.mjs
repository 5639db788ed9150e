// Layout and colours, as far as they can be measured: targets, space, contrast, animation.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { bringContrast } from "./contrast.mjs";
import { close, only } from "./engines.mjs";
import { openField } from "./field-page.mjs";
import { minutes } from "./sites.mjs";

after(close);

const HEAD = '<meta name="color-scheme" content="light dark"><link rel="stylesheet" href="/site.css">';
const FEATURES = only("chrome firefox", "WebKitGTK takes a dark theme from its surroundings, and no other such wish");
const LONG = { channel: "email", destination: "sakura.long-address.for-the-narrowest-phone@mail.example.org" };

function open(t, { css = "", lang = "ja", facts, width = 390, features = {} } = {}) {
  const files = { "/site.css": `body { font-family: sans-serif; margin: 1rem } ${css}` };
  return openField(t, { facts, head: HEAD, html: `lang="${lang}"` }, { files, width, features });
}

/** How far the page can be scrolled sideways. */
const sideways = (session) => session.run(() => document.documentElement.scrollWidth - innerWidth);

for (const [name, css] of [["", ""], [" and text at 200 %", "html { font-size: 200% }"]]) {
  test(`320 px wide${name}: no sideways scrolling, in both languages, with the longest texts`, async (t) => {
    for (const lang of ["ja", "en"]) {
      await t.test(lang, async (t) => {
        const { session, field } = await open(t, { width: 320, css, lang, facts: LONG });
        assert.ok((await sideways(session)) <= 0, `${lang}, at rest`);
        await field.type("1234567890123", "enter");
        await (await session.find("summary")).click();
        assert.ok((await sideways(session)) <= 0, `${lang}, with a message and the ways`);
      });
    }
  });

  const options = css
    ? only("chrome firefox", "MiniBrowser's window gets this narrow by zoom alone, and zoomed WebKit counts the zoom twice in vw")
    : {};
  test(`320 px wide${name}: a whole code, a whole backup code and all slots are visible`, options, async (t) => {
    for (const margin of ["1rem", "24px", "1.5rem"]) {
      await t.test(`margins of ${margin}`, async (t) => {
        const { session, field } = await open(t, { width: 320, css: `${css} body { margin: ${margin} }` });
        for (const code of ["482913", "12345678"]) {
          await field.type(["control", "a"], code);
          assert.equal(await field.value(), code);
          const hidden = await session.run(() => {
            const input = document.getElementById("code");
            // The slots are the second background. Firefox's clientWidth of an input is without its padding.
            const inside = input.getBoundingClientRect().width - 2 * parseFloat(getComputedStyle(input).borderLeftWidth);
            const [at, size] = ["backgroundPositionX", "backgroundSize"].map((name) => parseFloat(getComputedStyle(input)[name].split(", ")[1]));
            // Both widths are rounded, which a zoomed page shows.
            return { text: Math.max(0, input.scrollWidth - input.clientWidth - 1), slots: Math.max(0, Math.round(at + size - inside)) };
          });
          assert.deepEqual(hidden, { text: 0, slots: 0 }, `${code}: px that are not visible`);
        }
      });
    }
  });
}

test("targets are at least 44 px high and wide, and the input's text is 16 px", async (t) => {
  const { session } = await open(t, { width: 320, facts: { support: "/help" } });
  await (await session.find("summary")).click();
  const small = await session.run(() =>
    [...document.querySelectorAll("todoita-code :is(button, summary, input:not([type=hidden]), a)")]
      .filter((it) => it.checkVisibility())
      .map((it) => [it.textContent.trim() || it.id, it.getBoundingClientRect()])
      .filter(([, { width, height }]) => +Math.min(width, height).toFixed(2) < 44)
      .map(([name, { width, height }]) => `${name}: ${width} x ${height}`),
  );
  assert.deepEqual(small, []);
  assert.ok((await session.run(() => parseFloat(getComputedStyle(document.getElementById("code")).fontSize))) >= 16);
});

/** Every visible text of the element with less contrast to its ground than WCAG 2.2 wants (1.4.3). */
const pale = async (session) => {
  await bringContrast(session);
  return session.run(() => {
    const found = [];
    for (const it of document.querySelectorAll("todoita-code, todoita-code *")) {
      const own = [...it.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
      if (!(own || it.matches("input")) || !it.checkVisibility()) continue;
      const ratio = window.contrast.ofText(it);
      if (ratio < 4.5) found.push(`${it.localName} ${it.dataset.part ?? it.role ?? ""} "${it.textContent.slice(0, 12)}": ${ratio.toFixed(2)}`);
    }
    return found;
  });
};

test("text has a contrast of 4.5 in light and dark, in every state", async (t) => {
  for (const scheme of ["light", "dark"]) {
    for (const facts of [{}, { cause: "wrong" }, { cause: "locked", "retry-at": minutes(30) }, { "resend-at": minutes(1) }]) {
      await t.test(`${scheme} ${JSON.stringify(facts)}`, async (t) => {
        const { session, field } = await open(t, { facts, features: { "prefers-color-scheme": scheme } });
        assert.deepEqual(await pale(session), [], `${scheme} ${JSON.stringify(facts)}`);
        await field.paste("４８２９１３");
        assert.deepEqual(await pale(session), [], `${scheme}, with a quiet message`);
      });
    }
  }
});

test("the check of contrast finds a pale text", async (t) => {
  const { session } = await open(t, { css: "[data-part=sent] { color: #999 !important }" });
  assert.equal((await pale(session)).length, 1);
});

test("with reduced motion nothing is animated", FEATURES, async (t) => {
  const { session, field } = await open(t, {
    facts: { "resend-at": minutes(1) },
    features: { "prefers-reduced-motion": "reduce" },
  });
  await field.type("48", "enter");
  assert.deepEqual(await session.run(() => document.getAnimations().map((it) => it.effect?.target?.outerHTML)), []);
});

test("in forced colours state and focus are still distinguishable", FEATURES, async (t) => {
  const { session, field } = await open(t, { features: { "forced-colors": "active" } });
  await field.type("48", "enter");
  const seen = await session.run(() => {
    const { outlineStyle, outlineWidth, borderTopStyle } = getComputedStyle(document.getElementById("code"));
    return { outlineStyle, outlineWidth: parseFloat(outlineWidth), borderTopStyle };
  });
  assert.notEqual(seen.outlineStyle, "none");
  assert.ok(seen.outlineWidth >= 2);
  assert.notEqual(seen.borderTopStyle, "none");
  assert.notEqual(await field.alert(), "");
});

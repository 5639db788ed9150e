// The four themes of docs/theming.md, as the page www/demo/themes.html shows them.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test, { after } from "node:test";
import { bringContrast } from "./contrast.mjs";
import { browser, close } from "./engines.mjs";
import { eventually } from "./pages.mjs";
import { Site } from "./sites.mjs";

after(close);

/** The least contrast of each property, as docs/theming.md states it. */
const LEAST = { ink: 4.5, soft: 4.5, line: 3, accent: 4.5, danger: 4.5, good: 4.5 };

/** Opens the page and waits for its four fields. */
async function open(t) {
  const site = await Site.start(t, "");
  const session = await browser(t);
  await session.open(site.url("/assets/demo/themes.html"));
  await eventually(() => session.count("todoita-code[data-state]"), 4);
  await bringContrast(session);
  return session;
}

/** The contrasts of a theme's properties that are too low, on its ground and on the page. */
const tooLow = (session) =>
  session.run((least) => {
    const found = [];
    for (const theme of document.querySelectorAll(".themes > section")) {
      const value = (name) => getComputedStyle(theme).getPropertyValue(`--todoita-${name}`).trim();
      const inside = theme.appendChild(document.createElement("i"));
      inside.style.background = value("ground");
      for (const [name, ratio] of Object.entries(least)) {
        for (const place of [theme, inside]) {
          const measured = window.contrast.on(place, value(name));
          if (measured < ratio) found.push(`${theme.className}: ${name} ${measured.toFixed(2)} on ${place.localName}`);
        }
      }
      inside.remove();
    }
    return found;
  }, LEAST);

test("each theme has the contrasts that docs/theming.md states", async (t) => {
  assert.deepEqual(await tooLow(await open(t)), []);
});

test("a colour that is too pale is found", async (t) => {
  const session = await open(t);
  await session.run(() => document.querySelector(".night").style.setProperty("--todoita-line", "#333"));
  assert.equal((await tooLow(session)).length, 2);
});

test("the themes of docs/theming.md are those of the page", async () => {
  const [css, documented] = await Promise.all(["www/demo/themes.css", "docs/theming.md"].map((file) => readFile(new URL(`../../${file}`, import.meta.url), "utf8")));
  const values = (text) => text.match(/^ {2}--todoita-[a-z]+: #[0-9a-f]+;$/gm);
  assert.equal(values(css).length, 28);
  assert.deepEqual(values(documented), values(css));
});

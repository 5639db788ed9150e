// Nothing below the field moves, whatever the message: for every sentence that can be one, in both languages.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test, { after } from "node:test";
import { browser, close } from "./engines.mjs";
import { Field } from "./pages.mjs";
import { Site, page } from "./sites.mjs";

after(close);

/** Sentences that are not in the message: src/view.rs has them in other parts. */
const ELSEWHERE = /^(sent|enter|usually|keep|span|phase|way|help|support|resend|expires-in|retry-in)/;

/** Messages that are announced politely, and drawn lighter. */
const QUIET = /^(fix|read-backup|checking|accepted|new-code|attempts-left|phase)/;

/** The first sentences of messages of two, and what can follow: as src/entry/view.rs joins them. */
const pairs = (keys) => {
  const fixes = keys.filter((key) => key.startsWith("fix-"));
  const later = (key) => fixes.slice(fixes.indexOf(key) + 1).map((other) => [key, other]);
  return [["wrong", "attempts-left"], ...fixes.flatMap(later)];
};

/** The longest values. */
const fill = (sentence) =>
  (typeof sentence === "string" ? sentence : sentence.other)
    .replace("{time}", "tomorrow, Nov 29, 10:11 PM").replace("{digits}", "10").replace("{have}", "12").replace("{n}", "9");

const messages = (lang) => {
  const words = JSON.parse(readFileSync(new URL(`../../www/words/${lang}.json`, import.meta.url), "utf8"));
  const single = Object.keys(words).filter((key) => !ELSEWHERE.test(key)).map((key) => [key]);
  const joint = lang === "ja" ? "" : " ";
  return [...single, ...pairs(Object.keys(words))].map((keys) => [keys.join(" + "), keys.map((key) => fill(words[key])).join(joint), QUIET.test(keys[0])]);
};

for (const lang of ["ja", "en"]) {
  for (const width of [390, 320]) {
    test(`${lang}, ${width} px wide: the button is where it was, for every message`, async (t) => {
      const site = await Site.start(t, page({ html: `lang="${lang}"`, head: '<link rel="stylesheet" href="/site.css">' }));
      site.files["/site.css"] = `body { font-family: sans-serif; margin: 0; padding: 1rem; box-sizing: border-box; width: ${width}px }`;
      const session = await browser(t);
      await Field.open(session, site.url());
      const all = messages(lang);
      assert.ok(all.length > 30, `${all.length}`);
      const moved = await session.run((all) => {
        const [alert, status, count, button] = ["[role=alert]", "[role=status]", "[data-part=count]", "#code-submit"].map((selector) => document.querySelector(selector));
        const before = button.getBoundingClientRect().top;
        return all.flatMap(([keys, text, quiet]) => {
          document.querySelector("todoita-code").dataset.tone = quiet ? "quiet" : "alert";
          alert.textContent = quiet ? "" : text;
          status.textContent = quiet ? text : "";
          // As render.js writes it while there are too many digits: alone, and beside an alert.
          count.textContent = quiet ? "" : "13 / 10";
          const by = button.getBoundingClientRect().top - before;
          return by ? [`${keys}: ${by}`] : [];
        });
      }, all);
      assert.deepEqual(moved, []);
    });
  }
}

test("a message that is too long is found", async (t) => {
  const site = await Site.start(t, page());
  const session = await browser(t);
  await Field.open(session, site.url());
  const by = await session.run(() => {
    const top = () => document.querySelector("#code-submit").getBoundingClientRect().top;
    const before = top();
    document.querySelector("[role=alert]").textContent = "長".repeat(400);
    return top() - before;
  });
  assert.ok(by > 0);
});

test("\"keep secret\" is on every code page, and moves nothing where a site leaves it out", async (t) => {
  const site = await Site.start(t, page());
  site.files["/own.json"] = JSON.stringify({ "keep-secret": "" });
  const session = await browser(t);
  const seen = async (facts) => {
    site.files["/code.html"] = page({ facts });
    await Field.open(session, site.url("/code.html"));
    return session.run(() => [document.querySelector("[data-part=usual]").textContent, document.querySelector("#code-submit").getBoundingClientRect().top]);
  };
  for (const channel of ["sms", "voice", "email", "app", "backup"]) {
    const [own, top] = await seen({ channel });
    const [without, topWithout] = await seen({ channel, words: "/own.json" });
    assert.match(own, /^コードは、誰にも教えないでください。/, channel);
    assert.doesNotMatch(without, /教えない|^ /, channel);
    assert.equal(top, topWithout, channel);
  }
});

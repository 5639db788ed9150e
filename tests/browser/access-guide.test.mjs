// axe-core finds nothing on any screen of the guide, in each profile and both languages: in Chromium in light,
// dark and forced colours, in other engines a sample as they are.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test, { after } from "node:test";
import { STYLE, loginPage } from "./access-states.mjs";
import { audit, auditGuide } from "./axe.mjs";
import { ENGINE, browser, close } from "./engines.mjs";
import { Field, Guide } from "./pages.mjs";
import { Site, minutes } from "./sites.mjs";

after(close);

const words = JSON.parse(await readFile(new URL("../../www/words/ja.guide.json", import.meta.url)));
/** Every screen as a start, and those that only a way to them shows whole (tests/browser/coverage.test.mjs). */
const ALL = [...Object.keys(words.screens), "unasked-code self", "sms-check-destination right", "entry mail", "entry call"];
const SAMPLE = ["entry", "sms-check-destination", "carrier-filter", "other-way", "support", "secure-now"];
const PATHS = ENGINE === "chrome" ? ALL : SAMPLE;

const FACTS = {
  site: "ひばり便", domain: "hibari.example", sender: "HIBARI", support: "/help", "support-hours": "9時から18時",
  "support-answer": "2日", urgent: "0120-000-000", "retry-at": minutes(30), resends: "1", "security-key": "/key", reset: "/reset", linked: "/linked",
};

const alone = (lang, profile) => `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>todoita</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><link rel="stylesheet" href="/site.css">
<script type="module" src="/assets/dist/todoita-guide.js"></script></head>
<body><main><h1>todoita</h1><todoita-guide profile="${profile}"></todoita-guide></main></body></html>`;

for (const lang of ["ja", "en"]) {
  test(`axe finds nothing on the ${PATHS.length} screens of the guide in the field (${lang})`, async (t) => {
    const site = await Site.start(t, loginPage({ lang, facts: FACTS }));
    site.files["/site.css"] = STYLE;
    const session = await browser(t);
    const field = await Field.open(session, site.url());
    await field.guide();
    assert.deepEqual(await audit(session), [], "the whole page, at the guide's start");
    assert.deepEqual(await auditGuide(session, "code", PATHS), []);
  });

  for (const profile of ["generic", "instagram", "twitter"]) {
    test(`axe finds nothing on the ${PATHS.length} screens of the guide alone (${lang}, ${profile})`, async (t) => {
      const site = await Site.start(t, alone(lang, profile));
      site.files["/site.css"] = STYLE;
      const session = await browser(t);
      await session.open(site.url());
      await new Guide(session).alive();
      assert.deepEqual(await audit(session), [], "the whole page, at the guide's start");
      // A profile changes words alone: what its screens look like is the same as in the field, above.
      assert.deepEqual(await auditGuide(session, "guide", PATHS, SAMPLE), []);
    });
  }
}

test("the audit of the guide finds a planted defect, and names its screen", async (t) => {
  const site = await Site.start(t, alone("ja", "generic"));
  site.files["/site.css"] = `${STYLE} todoita-guide[data-screen=support] p { color: #999 !important }`;
  const session = await browser(t);
  await session.open(site.url());
  await new Guide(session).alive();
  const found = await auditGuide(session, "guide", ["entry", "support"]);
  assert.ok(found.length > 0);
  for (const line of found) assert.match(line, /^(light|dark|as it is): support: color-contrast: /);
});

// Every statement of the two articles (tests/coverage.json) is honoured by a sentence that a person can
// read: each screen is drawn in each profile, and the sentence is looked for. A statement's member `does` names sentences of the set-up
// elements, which are drawn too, and of the pages of the reference service, whose templates are searched. docs/coverage.md is the list;
// TODOITA_WRITE=1 rewrites it.

import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import test, { after } from "node:test";
import { browser, close } from "./engines.mjs";
import { Field, Guide, eventually } from "./pages.mjs";
import { Site, minutes, page } from "./sites.mjs";

after(close);

const file = (path) => new URL(`../../${path}`, import.meta.url);
const json = async (path) => JSON.parse(await readFile(file(path)));
const rows = await json("tests/coverage.json");
const words = {
  generic: await json("www/words/ja.guide.json"),
  instagram: await json("www/words/ja.instagram.json"),
  twitter: await json("www/words/ja.twitter.json"),
};
const PROFILES = Object.keys(words);
words.setup = await json("www/words/ja.setup.json");
words.service = await json("server/words/ja.json");

const SITE = {
  site: "ひばり便", domain: "hibari.example", sender: "HIBARI", support: "/help", "support-hours": "9時から18時",
  "support-answer": "2日", urgent: "0120-000-000", "retry-at": minutes(30), resends: "1",
};

/** Facts of pages, so that every condition of a sentence holds on one of them. */
const PAGES = {
  "a sign-in": { ...SITE, purpose: "sign-in" },
  "a registration": { ...SITE, purpose: "registration" },
  "a landline": { ...SITE, "number-kind": "landline" },
  "a mail of a phone company": { ...SITE, channel: "email", destination: "h***@docomo.ne.jp" },
  "another mail": { ...SITE, channel: "email", destination: "h***@mail.example" },
  "a code sent just now": { ...SITE, "retry-at": null, "sent-at": minutes(0) },
  "a limit": { ...SITE, cause: "limited", resends: "3", "attempts-left": "2" },
  "nothing but the way": { "retry-at": null, "resend-at": null },
};

const alone = (profile) => `<!doctype html><html lang="ja"><meta charset="utf-8"><title>案内</title>
<script type="module" src="/assets/dist/todoita-guide.js"></script><todoita-guide profile="${profile}"></todoita-guide></html>`;

/** The answers that lead to each screen: as a start, and where a condition needs other answers before it. */
const PATHS = [...Object.keys(words.generic.screens), "unasked-code self", "sms-check-destination right", "entry mail", "entry call"];

/** The texts of every screen, by its name: one for each page and path. */
async function drawn(session, key) {
  return session.run((paths, key) => {
    const seen = {};
    for (const answers of paths) {
      dispatchEvent(new PopStateEvent("popstate", { state: { todoita: { [key]: { answers, depth: 0 } } } }));
      const guide = document.querySelector("todoita-guide");
      (seen[guide.dataset.screen] ??= []).push(guide.textContent);
    }
    return seen;
  }, PATHS, key);
}

/** The texts of the set-up elements, by their tags, after numbers and a code were entered. */
async function drawnSetUp(t, session) {
  const site = await Site.start(t, `<!doctype html><html lang="ja"><meta charset="utf-8"><title>設定</title>
<script type="module" src="/assets/dist/todoita-setup.js"></script>
<form><todoita-setup uri="otpauth://totp/a?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"><input></todoita-setup></form>
<form><todoita-backup-codes><ol><li>12345678</ol></todoita-backup-codes></form>
<form><todoita-phone><input></todoita-phone></form></html>`);
  await session.open(site.url());
  await eventually(() => session.count("[data-part=steps], [data-part=controls], [data-part=e164]"), 3);
  const drawn = await session.run(() => {
    const texts = { "todoita-setup": [], "todoita-backup-codes": [], "todoita-phone": [] };
    const input = document.querySelector("todoita-phone input");
    for (const number of ["+81 (0)90-1234-5678", "81 90 1234 5678"]) {
      input.value = number;
      input.dispatchEvent(new InputEvent("input", { bubbles: true }));
      for (const tag of Object.keys(texts)) texts[tag].push(document.querySelector(tag).textContent.replace(/\s/g, ""));
    }
    return texts;
  });
  site.stop();
  return drawn;
}

/** The templates of the pages of the reference service. */
const TEMPLATES = { "/account": ["account"], "/account/number": ["number"], "/account/backup": ["new_backup", "backup"] };

/** Whether a page of the reference service has a sentence. */
async function hasWord(path, word) {
  const pages = await Promise.all(TEMPLATES[path].map((name) => readFile(file(`server/templates/${name}.html`), "utf8")));
  return word in words.service && pages.some((page) => new RegExp(`words\\.own(_with)?\\("${word}"`).test(page));
}

const merge = (all, more) => {
  for (const [screen, texts] of Object.entries(more)) (all[screen] ??= []).push(...texts);
};

/** A sentence as it is read: without its condition, its values open, its paths without brackets. */
const pattern = (sentence) =>
  new RegExp(
    sentence
      .replace(/^@!?[\w-]+:/, "")
      .replace(/[[\]\s]/g, "")
      .split(/\{\w+\}/)
      .map((piece) => piece.replace(/[.*+?^${}()|\\/-]/g, "\\$&"))
      .join(".+?"),
  );

const at = (all, path) => path.split(".").reduce((value, name) => value?.[name], all);

/** The sentence of a key in a profile: the profile's own, or the one below it. */
function sentence(key, profile) {
  const inScreens = (all, path) => at(all, /^(ui|groups|ways)\./.test(path) ? path : `screens.${path}`);
  const [, only, path] = /^(?:(\w+):)?(.*)$/.exec(key);
  if (only) return only === profile ? inScreens(words[only], path) : undefined;
  // A list is laid over as a whole.
  const list = path.replace(/\.\d+$/, "");
  return list !== path && inScreens(words[profile], list) ? inScreens(words[profile], path) : (inScreens(words[profile], path) ?? inScreens(words.generic, path));
}

test("each of the 94 statements is covered by a sentence on a screen, in each profile; docs/coverage.md lists them", async (t) => {
  const seen = { generic: {}, instagram: {}, twitter: {} };
  const session = await browser(t);
  for (const facts of Object.values(PAGES)) {
    const site = await Site.start(t, page({ facts, html: 'lang="ja"' }));
    const field = await Field.open(session, site.url());
    await field.guide();
    merge(seen.generic, await drawn(session, "code"));
    site.stop();
  }
  for (const profile of ["instagram", "twitter"]) {
    const site = await Site.start(t, alone(profile));
    await session.open(site.url());
    await new Guide(session).alive();
    merge(seen[profile], await drawn(session, "guide"));
    site.stop();
  }
  for (const texts of Object.values(seen)) {
    for (const screen of Object.keys(texts)) texts[screen] = texts[screen].map((text) => text.replace(/\s/g, ""));
  }

  const setUp = await drawnSetUp(t, session);
  const missing = [];
  const lines = [];
  for (const [row, { service, en, says = [], terms = [], does = [], reason }] of Object.entries(rows)) {
    if (reason) {
      lines.push(`| ${row} | ${service} | ${en} | not honoured: ${reason} |`);
      continue;
    }
    const found = [];
    for (const profile of PROFILES) {
      if (service !== "any" && profile !== "generic" && profile !== service) continue;
      const keys = [];
      for (const key of says) {
        const wording = sentence(key, profile);
        if (typeof wording !== "string" || !terms.some((term) => wording.includes(term))) continue;
        const wanted = pattern(wording);
        const screens = Object.entries(seen[profile]).filter(([, texts]) => texts.some((text) => wanted.test(text))).map(([screen]) => screen);
        if (screens.length) keys.push(`\`${key}\` on ${screens.slice(0, 4).join(", ")}${screens.length > 4 ? ", …" : ""}`);
      }
      if (keys.length) found.push(`${profile}: ${keys.join("; ")}`);
      else if (profile !== "generic" || service === "any") missing.push(`${row} in ${profile}: ${says.join(", ")} (${terms.join(", ")})`);
    }
    for (const key of does) {
      const [place, word] = key.split(":");
      if (place.startsWith("/") ? await hasWord(place, word) : setUp[place].some((text) => pattern(words.setup[word]).test(text))) continue;
      missing.push(`${row} on ${place}: ${word}`);
    }
    if (does.length) found.push(`done: ${does.map((key) => key.replace(/^([^:]+):(.+)$/, (_, place, word) => `\`${word}\` ${place.startsWith("/") ? `on ${place}` : `in \`<${place}>\``}`)).join("; ")}`);
    lines.push(`| ${row} | ${service} | ${en} | ${found.join("<br>")} |`);
  }
  assert.deepEqual(missing, []);
  assert.equal(Object.keys(rows).length, 94);

  const text = `# The sentences that cover each statement

The guide covers two articles, on Instagram's and on Twitter's codes. Each of their 94 statements is covered by a
sentence (its key in \`www/words/ja.guide.json\`, or in \`www/words/ja.<profile>.json\` of a profile) on the screens in the
last column. "done" is what the service does about it: a sentence of a set-up element ([setup](setup.md),
\`www/words/ja.setup.json\`), or of a page of the reference service (\`server/words/ja.json\`). \`tests/browser/coverage.test.mjs\` opens the
screens and the elements, searches the templates of the service's pages without opening a page, and fails when this list is out of date;
\`TODOITA_WRITE=1 cargo xtask test --only browser -- coverage.test.mjs\` rewrites it.

| statement | service | text | covered by |
|---|---|---|---|
${lines.join("\n")}
`;
  const list = file("docs/coverage.md");
  if (process.env.TODOITA_WRITE) await writeFile(list, text);
  assert.equal(await readFile(list, "utf8").catch(() => ""), text, "docs/coverage.md is out of date: TODOITA_WRITE=1 rewrites it");
});

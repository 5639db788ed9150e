// Photographs of the widget's states, to look at: target/screenshots/<state>-<language>-<width>-<scheme>.png, an index.html with
// all of them, and contact sheets with those of one group. Words on the command line choose the screenshots whose names contain
// them; `docs` alone takes those of docs/images again.

import { mkdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Demo } from "./demo.mjs";
import { browser, close } from "./engines.mjs";
import { Field, Login, eventually } from "./pages.mjs";
import { Site, accept, minutes, page, refuse } from "./sites.mjs";

const FOLDER = fileURLToPath(new URL("../../target/screenshots/", import.meta.url));
const IMAGES = fileURLToPath(new URL("../../docs/images/", import.meta.url));
const WIDTHS = [320, 390, 1280];
const LANGUAGES = ["ja", "en"];
const SCHEMES = {
  light: [{ name: "prefers-color-scheme", value: "light" }],
  dark: [{ name: "prefers-color-scheme", value: "dark" }],
  forced: [{ name: "forced-colors", value: "active" }, { name: "prefers-color-scheme", value: "dark" }],
};

const JSON_SITE = { answers: "json" };
/** Each state: the element's attributes, and what the person does. */
const STATES = {
  ready: {},
  typing: { act: (field) => field.type("482") },
  complete: { act: (field) => field.type("482913") },
  pasted: { act: (field) => field.paste("認証番号：４８２９１３\n10分以内に") },
  backup: { act: (field) => field.type("12345678") },
  problem: { act: (field) => field.type("48", "enter") },
  "too-many": { act: (field) => field.type("1234567890123") },
  "other-site": { act: (field) => field.paste("482913 is your code\n\n@bank.example #482913") },
  cooling: { facts: { "resend-at": minutes(0.5) } },
  busy: { facts: JSON_SITE, site: (site) => site.hold(/login/), act: (field) => field.type("482913", "enter") },
  refused: { facts: JSON_SITE, act: answered((response) => refuse(response, "wrong", { attemptsLeft: 3 })) },
  used: { facts: JSON_SITE, act: answered((response) => refuse(response, "used", { attemptsLeft: 3 })) },
  locked: { facts: { cause: "locked", "retry-at": minutes(59), "attempts-left": "0" } },
  limited: { facts: { cause: "limited", "retry-at": minutes(1), "attempts-left": "5" } },
  expired: { facts: { "expires-at": minutes(-1) } },
  unreachable: { facts: JSON_SITE, act: answered((response) => response.destroy()) },
  accepted: { facts: JSON_SITE, act: answered((response) => accept(response, { location: undefined })) },
  methods: { facts: { support: "/help" }, act: async (field, session) => (await session.find("summary")).click() },
  mail: { facts: { channel: "email", destination: "sakura.long-address.for-the-narrowest-phone@mail.example.org" } },
  app: { facts: { channel: "app", "resend-at": null, "expires-at": null, destination: null } },
  "text-200": { large: true },
};

/** Screens of the guide, by their answers. */
const SCREENS = [
  "sms-check-destination", "entry", "sms-other-texts-arrive", "hidden-on-phone", "carrier-filter", "app-fresh-code", "code-renew",
  "unasked-code", "secure-now", "other-way", "support", "wait-until", "number-format", "setup-two-step", "glossary", "not-here",
  "number-whose", "mail-search", "sim-check", "someone-asks", "page-from-link", "stolen-phone",
  // With each drawing.
  "phone-signal", "app-find", "wait-other-network", "backup-find", "real-or-fake", "setup-login-alerts",
];
for (const screen of SCREENS) {
  STATES[`guide-${screen}`] = {
    facts: { support: "/help", sender: "HIBARI", domain: "hibari.example" },
    act: async (field, session) => {
      const guide = await field.guide();
      await session.run((answers) => {
        dispatchEvent(new PopStateEvent("popstate", { state: { todoita: { code: { answers, depth: 1 } } } }));
        document.querySelector("todoita-guide details")?.setAttribute("open", "");
      }, screen);
      await guide.screen(screen);
    },
  };
}

function answered(answer) {
  return async (field, _, site) => {
    site.answer = answer;
    await field.type("482913", "enter");
    await eventually(() => field.state(), (state) => state !== "busy" && state !== "ready");
  };
}

const chosen = process.argv.slice(2);
const wanted = (name) => chosen.every((word) => name.includes(word));
/** The names, in the order in which they were taken. */
const screenshots = [];

/** Calls what a test would call when it is over. */
const endings = [];
const t = { after: (end) => endings.push(end) };
const session = await browser(t, { own: true });

async function photograph(state, lang, scheme, width) {
  const name = `${state}-${lang}-${width}-${scheme}`;
  await session.devtools("Emulation.setDeviceMetricsOverride", { width, height: 800, deviceScaleFactor: 1, mobile: false });
  await capture(name, width);
  screenshots.push(name);
}

/** The whole page as it is. */
async function capture(name, width, folder = FOLDER) {
  const { cssContentSize } = await session.devtools("Page.getLayoutMetrics");
  const height = Math.min(Math.ceil(cssContentSize.height), 4000);
  const { data } = await session.devtools("Page.captureScreenshot", {
    captureBeyondViewport: true, clip: { x: 0, y: 0, width: Math.max(width, Math.ceil(cssContentSize.width)), height, scale: 1 },
  });
  await writeFile(`${folder}${name}.png`, Buffer.from(data, "base64"));
}

/** Photographs the window, in every scheme and width that was requested. */
async function photographAll(state, lang) {
  for (const [scheme, features] of Object.entries(SCHEMES)) {
    for (const width of WIDTHS) {
      if (!wanted(`${state}-${lang}-${width}-${scheme}`)) continue;
      await session.devtools("Emulation.setEmulatedMedia", { features });
      await photograph(state, lang, scheme, width);
    }
  }
}

/** Whether a state is wanted in a language, in any scheme and width. */
const any = (state, lang) =>
  Object.keys(SCHEMES).some((scheme) => WIDTHS.some((width) => wanted(`${state}-${lang}-${width}-${scheme}`)));

/** A page with these photographs, each under its name. */
const gallery = (names, zoom = 1) =>
  `<!doctype html><meta charset="utf-8"><title>${names.length}</title>
<style>body{display:flex;flex-wrap:wrap;gap:12px;align-items:start;margin:12px;background:#888;font:14px sans-serif}figure{margin:0}img{zoom:${zoom}}</style>
${names.map((name) => `<figure><figcaption>${name}</figcaption><img src="${name}.png" alt=""></figure>`).join("\n")}`;

/** One picture of many: sheet-<group>-<language>-<width>-<scheme>-<number>.png. */
async function contactSheets() {
  const groups = {};
  for (const name of screenshots) {
    const group = `${name.match(/^(guide|demo)-/)?.[1] ?? "field"}${name.match(/-(?:ja|en)-.*/)[0]}`;
    (groups[group] ??= []).push(name);
  }
  await session.devtools("Emulation.setEmulatedMedia", { features: [] });
  for (const [group, names] of Object.entries(groups)) {
    const wide = group.includes("1280");
    for (let at = 0; at < names.length; at += 12) {
      const name = `sheet-${group}-${at / 12 + 1}`;
      await writeFile(`${FOLDER}sheet.html`, gallery(names.slice(at, at + 12), wide ? 0.4 : 0.75));
      await session.devtools("Emulation.setDeviceMetricsOverride", { width: 1600, height: 800, deviceScaleFactor: 1, mobile: false });
      await session.open(`file://${FOLDER}sheet.html`);
      await capture(name, 1600);
    }
  }
  await rm(`${FOLDER}sheet.html`, { force: true });
}

/** Photographs the pages of the login service. */
async function photographDemo(lang) {
  const demo = await Demo.start(t);
  const login = new Login(session, demo);
  const photographed = (name) => photographAll(`demo-${name}`, lang);
  const press = async (action) => (await session.find(`form[action='${action}'] button`)).click();
  await session.devtools("Emulation.clearDeviceMetricsOverride");
  await session.open(demo.url(`/?lang=${lang}`));
  await photographed("login");
  await (await session.find("#name")).click();
  await session.press("hanako", "tab", "no", "enter");
  await eventually(() => session.count("[role=alert]"), 1);
  await photographed("login-wrong");
  const field = await login.password();
  await field.alive();
  await photographed("code");
  await field.guide();
  await photographed("guide");
  await session.open(demo.url("/login/code#phone"));
  await field.alive();
  await photographed("phone");
  await session.open(demo.url("/login/code"));
  await field.alive();
  await field.type(await demo.code(), "enter");
  await login.isIn();
  await photographed("account");
  await press("/account/confirm/backup");
  await eventually(() => session.url(), demo.url("/account/backup"));
  await photographed("backup-before");
  await press("/account/backup");
  await eventually(() => session.count(".codes"), 1);
  await photographed("backup");
  await session.open(demo.url("/account/app"));
  await photographed("app-before");
  await press("/account/app");
  await eventually(() => session.count("dl.key"), 1);
  await photographed("app");
  await demo.forward(6 * 60 * 1000);
  await session.open(demo.url("/account/confirm/app"));
  await photographed("step-up");
  for (const name of ["help", "outbox", "nothing-here"]) {
    await session.open(demo.url(`/${name}`));
    await photographed(name);
  }
  await session.clear();
}

/** Photographs what the README shows: two screens of the guide on a phone. */
async function photographForDocs() {
  const demo = await Demo.start(t);
  const resize = (width, height) => session.devtools("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: false });
  await session.devtools("Emulation.setEmulatedMedia", { features: SCHEMES.light });
  await resize(390, 800);
  const field = await new Login(session, demo).password();
  await field.alive();
  const guide = await field.guide();
  await capture("guide-start", 390, IMAGES);
  await session.run(() => dispatchEvent(new PopStateEvent("popstate", { state: { todoita: { code: { answers: "carrier-filter", depth: 1 } } } })));
  await guide.screen("carrier-filter");
  await capture("guide-carriers", 390, IMAGES);
}

if (chosen.join() === "docs") {
  try {
    await photographForDocs();
  } finally {
    for (const end of endings.reverse()) await end();
    await close();
  }
  process.exit();
}

await rm(FOLDER, { recursive: true, force: true });
await mkdir(FOLDER, { recursive: true });
try {
  for (const [state, { facts, site: prepare, act, large }] of Object.entries(STATES)) {
    for (const lang of LANGUAGES) {
      if (!any(state, lang)) continue;
      const head = '<meta name="color-scheme" content="light dark"><link rel="stylesheet" href="/shot.css">';
      const site = await Site.start(t, page({ facts, head, html: `lang="${lang}"${large ? ' class="large"' : ""}` }));
      site.files["/shot.css"] = "body { font-family: sans-serif; margin: 1.5rem } .large { font-size: 200% }";
      prepare?.(site);
      const field = await Field.open(session, site.url());
      await act?.(field, session, site);
      await photographAll(state, lang);
    }
  }
  for (const lang of LANGUAGES) if (any("demo-", lang) || chosen.some((word) => word.startsWith("demo"))) await photographDemo(lang);
  if (screenshots.length === 0) throw new Error(`no state has all of these words in its name: ${chosen.join(" ")}`);
  await writeFile(`${FOLDER}index.html`, gallery(screenshots));
  await contactSheets();
  console.log(`${screenshots.length} screenshots in target/screenshots/ (index.html shows them all)`);
} finally {
  for (const end of endings.reverse()) await end();
  await close();
}

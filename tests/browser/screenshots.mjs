// Photographs of the widget's states, to look at: target/screenshots/<state>-<language>-<width>-<scheme>.png
// and an index.html with all of them. Words on the command line choose the screenshots whose names contain them.

import { mkdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Demo } from "./demo.mjs";
import { browser, close } from "./engines.mjs";
import { Field, Login, eventually } from "./pages.mjs";
import { Site, accept, minutes, page, refuse } from "./sites.mjs";

const FOLDER = fileURLToPath(new URL("../../target/screenshots/", import.meta.url));
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
  "unasked-code", "secure-now", "other-way", "support", "wait-until", "number-format", "setup-two-step", "glossary",
];
for (const screen of SCREENS) {
  STATES[`guide-${screen}`] = {
    facts: { support: "/help", sender: "HIBARI", domain: "hibari.example" },
    act: async (field, session) => {
      const guide = await field.guide();
      await session.run((answers) => {
        history.replaceState({ todoita: { code: { answers, depth: 1 } } }, "");
        dispatchEvent(new PopStateEvent("popstate"));
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
const screenshots = [];

/** Calls what a test would call when it is over. */
const endings = [];
const t = { after: (end) => endings.push(end) };
const session = await browser(t, { own: true });

async function photograph(state, lang, scheme, width) {
  const name = `${state}-${lang}-${width}-${scheme}`;
  await session.devtools("Emulation.setDeviceMetricsOverride", { width, height: 800, deviceScaleFactor: 1, mobile: false });
  const { cssContentSize } = await session.devtools("Page.getLayoutMetrics");
  const height = Math.min(Math.ceil(cssContentSize.height), 4000);
  const { data } = await session.devtools("Page.captureScreenshot", {
    captureBeyondViewport: true, clip: { x: 0, y: 0, width: Math.max(width, Math.ceil(cssContentSize.width)), height, scale: 1 },
  });
  await writeFile(`${FOLDER}${name}.png`, Buffer.from(data, "base64"));
  screenshots.push(name);
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

const any = (state, lang) =>
  Object.keys(SCHEMES).some((scheme) => WIDTHS.some((width) => wanted(`${state}-${lang}-${width}-${scheme}`)));

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
  for (const lang of LANGUAGES) {
    if (!["login", "code", "guide-start", "guide-carriers", "phone", "account"].some((state) => any(`demo-${state}`, lang))) continue;
    const demo = await Demo.start(t);
    const login = new Login(session, demo);
    await session.open(demo.url(`/?lang=${lang}`));
    await photographAll("demo-login", lang);
    const field = await login.password();
    await field.alive();
    await photographAll("demo-code", lang);
    const guide = await field.guide();
    await photographAll("demo-guide-start", lang);
    await guide.answer("right");
    await guide.answer("no");
    await guide.answer("still");
    await guide.screen("carrier-filter");
    await photographAll("demo-guide-carriers", lang);
    await session.open(demo.url("/login/code#phone"));
    await field.alive();
    await photographAll("demo-phone", lang);
    await field.type(await demo.code(), "enter");
    await login.isIn();
    await photographAll("demo-account", lang);
    await session.clear();
  }
  await writeFile(
    `${FOLDER}index.html`,
    `<!doctype html><meta charset="utf-8"><title>${screenshots.length}</title>${screenshots
      .map((name) => `<figure><figcaption>${name}</figcaption><img src="${name}.png" alt="" loading="lazy"></figure>`)
      .join("\n")}`,
  );
  console.log(`${screenshots.length} screenshots in target/screenshots/ (index.html shows them all)`);
} finally {
  for (const end of endings.reverse()) await end();
  await close();
}

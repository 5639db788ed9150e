// The browsers, by the name in ENGINE: chrome (the default), firefox, webkit.

import { Driver } from "./webdriver.mjs";

export const ENGINE = process.env.ENGINE ?? "chrome";

const chrome = {
  start: () => Driver.start(process.env.CHROMEDRIVER ?? "chromedriver", ["--port=0"], /on port (\d+)\.$/),
  capabilities: ({ javascript, lang }) => ({
    browserName: "chrome",
    "goog:loggingPrefs": { browser: "ALL" },
    "goog:chromeOptions": {
      ...(process.env.CHROME && { binary: process.env.CHROME }),
      args: [
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--disable-dev-shm-usage", "--force-color-profile=srgb", `--lang=${lang}`, "--window-size=1000,900",
        ...(process.env.CHROME_MORE?.split(" ") ?? []),
      ],
      prefs: {
        "intl.accept_languages": lang,
        // Leaked-password warnings and the offer to save one would take the focus.
        "profile.password_manager_leak_detection": false,
        "credentials_enable_service": false,
        ...(!javascript && { "profile.managed_default_content_settings.javascript": 2 }),
      },
    },
  }),
};

const firefox = {
  start: () =>
    Driver.start(process.env.GECKODRIVER ?? "geckodriver", ["--port=0"], /Listening on [\d.]+:(\d+)/),
  capabilities: ({ javascript, lang }) => ({
    browserName: "firefox",
    "moz:firefoxOptions": {
      ...(process.env.FIREFOX && { binary: process.env.FIREFOX }),
      args: ["-headless"],
      prefs: {
        "javascript.enabled": javascript,
        "intl.accept_languages": lang,
        "dom.events.testing.asyncClipboard": true,
      },
    },
  }),
};

const webkit = {
  // WebKitWebDriver cannot choose a port, and says nothing when it listens.
  start: async () => {
    throw new Error("WebKit is not set up yet");
  },
  capabilities: () => ({ browserName: "MiniBrowser" }),
};

const engine = { chrome, firefox, webkit }[ENGINE];
if (!engine) throw new Error(`ENGINE=${ENGINE}: it is chrome, firefox or webkit`);

let driver;
const idle = new Map();

/**
 * A browser for one test. To start one takes longer than most tests: a later test of the same file gets
 * it again, without cookies and on another page.
 * @param {import("node:test").TestContext} t
 * @param {object} [options]
 * @param {boolean} [options.javascript]
 * @param {string} [options.lang]
 * @param {boolean} [options.own] for a test that changes what the browser itself is like
 */
export async function browser(t, { javascript = true, lang = "ja", own = false } = {}) {
  driver ??= engine.start();
  const kind = `${javascript} ${lang}`;
  const pool = idle.get(kind) ?? idle.set(kind, []).get(kind);
  const session =
    (!own && pool.pop()) || (await (await driver).session(engine.capabilities({ javascript, lang })));
  t.after(async () => {
    if (own) return session.quit();
    await session.clear();
    pool.push(session);
  });
  return session;
}

/** To be called when a file's tests are over. */
export async function close() {
  for (const session of [...idle.values()].flat()) await session.quit();
  (await driver)?.stop();
}

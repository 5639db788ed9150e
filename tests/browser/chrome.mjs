// Chromium and Chrome, by ChromeDriver.

import { Driver, Session } from "./webdriver.mjs";

let driver;

/** Starts a browser; what it takes is what `browser` takes (engines.mjs). */
export async function start({ javascript, lang, features }) {
  driver ??= Driver.start(process.env.CHROMEDRIVER ?? "chromedriver", ["--port=0"], /on port (\d+)\.$/);
  const session = await (await driver).session(
    {
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
    },
    ChromeSession,
  );
  await session.features(features);
  return session;
}

export async function stop() {
  (await driver)?.stop();
}

class ChromeSession extends Session {
  /** A command of the Chrome DevTools protocol. */
  devtools(cmd, params = {}) {
    return this.command("POST", "/goog/cdp/execute", { cmd, params });
  }

  /** Sets the media features that the person's system asks for, by name. */
  features(features) {
    const list = Object.entries(features).map(([name, value]) => ({ name, value }));
    return this.devtools("Emulation.setEmulatedMedia", { features: list });
  }

  canBecome({ javascript, lang }, is) {
    return javascript === is.javascript && lang === is.lang;
  }

  async become({ features, width }) {
    await this.features(features);
    await (width ? this.width(width) : this.devtools("Emulation.clearDeviceMetricsOverride"));
  }

  console() {
    return this.command("POST", "/se/log", { type: "browser" });
  }

  async allowClipboard() {
    const { origin } = new URL(await this.url());
    await this.devtools("Browser.grantPermissions", {
      origin, permissions: ["clipboardReadWrite", "clipboardSanitizedWrite"],
    });
  }

  /** Types a text with an input method; gives what it shows after each step, and takes it over at the end. */
  async *compose(text) {
    for (let end = 1; end <= text.length; end += 1) {
      await this.devtools("Input.imeSetComposition", { text: text.slice(0, end), selectionStart: end, selectionEnd: end });
      yield text.slice(0, end);
    }
    await this.devtools("Input.insertText", { text });
  }

  /** A text that comes at once and from no key, as from autofill or a keyboard on the screen. */
  insert(text) {
    return this.devtools("Input.insertText", { text });
  }

  async offline(offline) {
    await this.devtools("Network.enable");
    await this.devtools("Network.emulateNetworkConditions", { offline, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
  }

  /** The width of the page's viewport. */
  width(width) {
    return this.devtools("Emulation.setDeviceMetricsOverride", { width, height: 800, deviceScaleFactor: 1, mobile: false });
  }
}

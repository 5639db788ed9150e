// Firefox, by geckodriver: each session has a driver of its own. The driver may reach into the browser itself
// here: what Chromium gives by its DevTools protocol, Firefox gives to scripts of its own.

import { Driver, ELEMENT, Session } from "./webdriver.mjs";

/** Media features, as preferences. */
const FEATURES = {
  "prefers-color-scheme: dark": { "layout.css.prefers-color-scheme.content-override": 0 },
  "prefers-color-scheme: light": { "layout.css.prefers-color-scheme.content-override": 1 },
  "prefers-reduced-motion: reduce": { "ui.prefersReducedMotion": 1 },
  "forced-colors: active": { "browser.display.document_color_use": 2 },
};

/** The preferences of a browser as `browser` describes it (engines.mjs). */
const preferences = ({ javascript, lang, features }) => ({
  "javascript.enabled": javascript,
  "intl.accept_languages": lang,
  ...Object.assign({}, ...Object.entries(features).map(([name, value]) => FEATURES[`${name}: ${value}`])),
});

/** Starts a browser; what it takes is what `browser` takes (engines.mjs). */
export async function start(wished) {
  const args = ["--port=0", "--allow-system-access"];
  const driver = await Driver.start(process.env.GECKODRIVER ?? "geckodriver", args, /Listening on [\d.]+:(\d+)/);
  const session = await driver.session(
    {
      browserName: "firefox",
      "moz:firefoxOptions": {
        ...(process.env.FIREFOX && { binary: process.env.FIREFOX }),
        args: ["-headless"],
        prefs: {
          "dom.events.testing.asyncClipboard": true,
          // The icon would be asked for by the browser, and refused by the page's policy.
          "browser.chrome.site_icons": false,
          ...preferences(wished),
        },
      },
    },
    FirefoxSession,
  );
  session.driver = driver;
  return session;
}

/** Nothing is left when the sessions have ended. */
export async function stop() {}

class FirefoxSession extends Session {
  /** Runs an async function in the browser itself. */
  async #inBrowser(script, ...args) {
    await this.command("POST", "/moz/context", { context: "chrome" });
    try {
      return await this.run(script, ...args);
    } finally {
      await this.command("POST", "/moz/context", { context: "content" });
    }
  }

  /** Runs an async function beside the page, in its process: `(frame, ...args)`, where `frame` stays the same. */
  async #besidePage(script, ...args) {
    const { value, error } = await this.#inBrowser(
      (script, args) =>
        new Promise((done) => {
          const { messageManager } = gBrowser.selectedBrowser;
          const name = `test:${Math.random()}`;
          const receive = ({ data }) => {
            messageManager.removeMessageListener(name, receive);
            done(data);
          };
          messageManager.addMessageListener(name, receive);
          const text = `(${script})(this, ...${JSON.stringify(args)}).then(
            (value) => sendAsyncMessage("${name}", { value }),
            (error) => sendAsyncMessage("${name}", { error: String(error) }))`;
          messageManager.loadFrameScript(`data:;charset=utf-8,${encodeURIComponent(text)}`, false);
        }),
      String(script),
      args,
    );
    if (error) throw new Error(`beside the page: ${error}`);
    return value;
  }

  /** The driver deletes the cookies of a page that is there alone, and the page's server may have ended. */
  async clear() {
    await this.open("about:blank");
    await this.#inBrowser(async () => Services.cookies.removeAll());
    await this.console();
  }

  canBecome() {
    return true;
  }

  async become(wished) {
    const before = Object.values(FEATURES).flatMap((features) => Object.keys(features));
    await this.#inBrowser(
      (before, after) => {
        for (const name of before) Services.prefs.clearUserPref(name);
        for (const [name, value] of Object.entries(after)) {
          if (typeof value === "boolean") Services.prefs.setBoolPref(name, value);
          else if (typeof value === "number") Services.prefs.setIntPref(name, value);
          else Services.prefs.setStringPref(name, value);
        }
      },
      before,
      preferences(wished),
    );
    await this.width(wished.width);
  }

  /**
   * The driver waits 200 ms after a click for a page that may load. Where none can, the mouse is moved and pressed
   * instead; what cannot be clicked is left to the driver, which says why.
   */
  async element(id, method, path, body) {
    if (path !== "/click") return super.element(id, method, path, body);
    const element = { [ELEMENT]: id };
    const stays = await this.runSync((it) => {
      if (!it.matches("input:not([type=submit], [type=image]), summary, button[type=button]")) return false;
      it.scrollIntoView({ block: "nearest", behavior: "instant" });
      const { left, top, width, height } = it.getBoundingClientRect();
      return it.contains(document.elementFromPoint(left + width / 2, top + height / 2));
    }, element);
    if (!stays) return super.element(id, method, path, body);
    await this.clickOn(element);
    // Otherwise a click soon after it at the same place would be the second of a double click.
    await this.command("DELETE", "/actions");
  }

  async console() {
    // Errors and violations are the browser's; the calls of `console` stay in the page's process.
    const own = await this.#inBrowser(() => {
      const lines = Services.console.getMessageArray();
      Services.console.reset();
      return lines
        .filter((line) => line instanceof Ci.nsIScriptError && /^https?:/.test(line.sourceName))
        .map(({ flags, errorMessage }) => ({ level: flags & Ci.nsIScriptError.warningFlag ? "WARNING" : "SEVERE", message: errorMessage }));
    });
    const text = await this.#besidePage(async () => {
      const storage = Cc["@mozilla.org/consoleAPI-storage;1"].getService(Ci.nsIConsoleAPIStorage);
      const lines = storage.getEvents();
      storage.clearEvents();
      return lines
        .filter(({ filename }) => /^https?:/.test(filename))
        .map(({ level, arguments: text }) => ({ level: level === "error" ? "SEVERE" : level, message: text.map(String).join(" ") }));
    });
    return [...own, ...text];
  }

  /** Types a text with an input method; gives what it shows after each step, and takes it over at the end. */
  async *compose(text) {
    for (let end = 1; end <= text.length; end += 1) {
      await this.#besidePage(async (frame, text) => {
        if (!frame.composer) {
          frame.composer = Cc["@mozilla.org/text-input-processor;1"].createInstance(Ci.nsITextInputProcessor);
          frame.composer.beginInputTransactionForTests(frame.content);
        }
        const { composer } = frame;
        composer.setPendingCompositionString(text);
        composer.appendClauseToPendingComposition(text.length, composer.ATTR_RAW_CLAUSE);
        composer.setCaretInPendingComposition(text.length);
        composer.flushPendingComposition();
      }, text.slice(0, end));
      yield text.slice(0, end);
    }
    await this.#besidePage(async (frame, text) => {
      frame.composer.commitCompositionWith(text);
      frame.composer = undefined;
    }, text);
  }

  /** A text that comes at once and from no key, as from autofill or a keyboard on the screen. */
  insert(text) {
    return this.#besidePage(async ({ docShell }, text) => {
      const given = Cu.createCommandParams();
      given.setStringValue("state_data", text);
      docShell.doCommandWithParams("cmd_insertText", given);
    }, text);
  }

  /** Drags what is selected at a point of the page to another. */
  async drag(from, to) {
    // Without a screen the button's release drops nothing: the drop itself is fired beside the page.
    await this.pointer({ to: from }, { down: true }, { to: { x: from.x + 20, y: from.y + 20 } }, { to });
    await this.#besidePage(async ({ content }, { x, y }) => {
      const drag = Cc["@mozilla.org/widget/dragservice;1"].getService(Ci.nsIDragService).getCurrentSession(content);
      const drop = content.document.createEvent("DragEvent");
      drop.initDragEvent("drop", true, true, content, 0, x, y, x, y, false, false, false, false, 0, null, drag.dataTransfer);
      content.windowUtils.dispatchDOMEventViaPresShellForTesting(content.document.elementFromPoint(x, y), drop);
      drag.endDragSession(true);
    }, to);
    await this.command("DELETE", "/actions");
  }

  /** Sets the browser offline; it still reaches addresses of this machine. */
  offline(offline) {
    return this.#inBrowser((offline) => {
      Services.io.offline = offline;
    }, offline);
  }

  /** The width of the page's viewport; null is the window's. */
  width(width) {
    return this.#inBrowser(async (width) => {
      gBrowser.selectedBrowser.style.flex = width ? "none" : "";
      gBrowser.selectedBrowser.style.width = width ? `${width}px` : "";
    }, width);
  }
}

// WebKitGTK's MiniBrowser, by WebKitWebDriver: each session has a driver of its own, on one screen for all.

import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { Driver, ELEMENT, Session, firstMatch } from "./webdriver.mjs";

const run = promisify(execFile);

let screen;

/** Starts a browser; what it takes is what `browser` takes (engines.mjs); its language is the machine's. */
export async function start({ javascript, lang, features }) {
  screen ??= openScreen();
  const port = await freePort();
  const driver = await Driver.start(process.env.WEBKITDRIVER ?? "WebKitWebDriver", [`--port=${port}`], port, {
    DISPLAY: `:${(await screen).display}`,
    ...(features["prefers-color-scheme"] === "dark" && { GTK_THEME: "Adwaita:dark" }),
    GTK_IM_MODULE: "gtk-im-context-simple",
    // It refuses to start in most containers, and what runs here is our own pages.
    WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1",
  });
  const args = [
    "--automation",
    "--javascript-can-access-clipboard=true",
    // The page's scripts; the driver's own go on.
    ...(javascript ? [] : ["--enable-javascript-markup=false"]),
  ];
  const session = await driver.session({ "webkitgtk:browserOptions": { args } }, WebKitSession);
  session.driver = driver;
  session.lang = lang;
  return session;
}

export async function stop() {
  (await screen)?.close();
}

async function openScreen() {
  const args = ["-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"];
  const server = spawn(process.env.XVFB ?? "Xvfb", args, { stdio: ["ignore", "pipe", "ignore"] });
  const close = () => server.kill();
  process.once("exit", close);
  const failed = once(server, "error").then(([error]) => {
    throw new Error(`Xvfb cannot be started: ${error.message}`);
  });
  return { close, display: await Promise.race([firstMatch(server.stdout, /^(\d+)$/), failed]) };
}

/** Lets xdotool do something with the screen's own mouse and keyboard. */
async function onScreen(...does) {
  const env = { ...process.env, DISPLAY: `:${(await screen).display}` };
  return (await run(process.env.XDOTOOL ?? "xdotool", does.map(String), { env })).stdout.trim();
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

/**
 * WebKitGTK's driver gives no console. A page that has this as its first script records what it can see
 * itself: calls of `console`, errors, failed loads, violations of the policy. Messages that only
 * the browser itself would write are not recorded.
 */
export const LISTENER = `{
  const note = (level, ...all) => {
    const records = JSON.parse(sessionStorage.listened ?? "[]");
    records.push({ level, message: all.map(String).join(" ") });
    sessionStorage.listened = JSON.stringify(records);
  };
  for (const [method, level] of [["error", "SEVERE"], ["warn", "WARNING"]]) {
    const own = console[method];
    console[method] = (...all) => (note(level, ...all), own.apply(console, all));
  }
  addEventListener("error", ({ message, target }) => note("SEVERE", message ?? "not loaded: " + (target.src ?? target.href)), true);
  addEventListener("unhandledrejection", ({ reason }) => note("SEVERE", reason));
  addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) => {
    // The icon is the browser's own idea.
    if (!blockedURI.endsWith("/favicon.ico")) note("SEVERE", "the policy refused", violatedDirective, blockedURI, sample);
  });
  window.listening = true;
}`;

class WebKitSession extends Session {
  /** The language. This browser cannot be set to request one: the person chooses it on the page. */
  lang;
  #zoom = 1;

  async console() {
    for (;;) {
      const records = await this.run(() => {
        if (!window.listening) return document.readyState;
        const records = JSON.parse(sessionStorage.listened ?? "[]");
        delete sessionStorage.listened;
        return records;
      });
      if (records === "complete") throw new Error("this page has no listener: see LISTENER in webkit.mjs");
      if (Array.isArray(records)) return records;
      // A page that has only begun has no listener yet.
      await pause(10);
    }
  }

  async clear() {
    await this.command("DELETE", "/cookie");
    await this.open("about:blank");
  }

  /**
   * Types a text with an input method, GTK's own: Ctrl+Shift+U, a character's number, and a space that takes it
   * over. Gives what it shows after each step; every character is a composition of its own.
   */
  async *compose(text) {
    for (const character of text) {
      const number = character.codePointAt(0).toString(16);
      await this.press(["control", "shift", "u"]);
      yield "u";
      for (let end = 1; end <= number.length; end += 1) {
        await this.press(number[end - 1]);
        yield `u${number.slice(0, end)}`;
      }
      await this.press(" ");
    }
  }

  /** A text from no key: the driver has no such thing, a script comes nearest. */
  insert(text) {
    return this.run((text) => document.execCommand("insertText", false, text), text);
  }

  /** Drags what is selected at a point of the page to another, by the screen's own mouse: GTK asks it alone. */
  async drag(from, to) {
    await this.run(() => {
      window.dragged = [];
      for (const type of ["dragstart", "dragover", "dragend"]) addEventListener(type, ({ target }) => window.dragged.push([type, target.id].join(" ")));
    });
    const { left, top, over } = await this.run(
      ({ x, y }) => ({ left: screenX, top: screenY + outerHeight - innerHeight, over: document.elementFromPoint(x, y).id }),
      to,
    );
    const move = ({ x, y }) => onScreen("mousemove", left + x, top + y);
    // A little further each time, until the page has seen it.
    const until = async (point, seen) => {
      for (let far = 0; far < 200; far += 1) {
        await move({ x: point.x + (far % 20), y: point.y + (far % 2) });
        if (await this.run((seen) => window.dragged.some((it) => it.startsWith(seen)), seen)) return;
      }
      throw new Error(`no ${seen}`);
    };
    await move(from);
    await onScreen("mousedown", 1);
    await until(from, "dragstart");
    await until(to, `dragover ${over}`);
    await onScreen("mouseup", 1);
  }

  /** The width of the page's viewport; where the window cannot be as narrow, the page is zoomed into, as a person does. */
  async width(width) {
    const [step, narrowest] = [1.2, 447];
    const zooms = Math.max(0, Math.ceil(Math.log(narrowest / width) / Math.log(step)));
    await this.resize(Math.ceil(width * step ** zooms), 900);
    const inner = () => this.run(() => innerWidth);
    const [window] = (await onScreen("search", "--onlyvisible", "--class", "MiniBrowser")).split("\n").slice(-1);
    await onScreen("windowfocus", "--sync", window);
    for (let zoom = 0; zoom < zooms; zoom += 1) {
      const before = await inner();
      await onScreen("key", "ctrl+plus");
      while ((await inner()) === before);
      this.#zoom *= step;
    }
    // A zoomed pixel is cut off, none is added.
    const off = width - (await inner());
    if (off !== 0 && off !== 1) throw new Error(`the viewport is ${await inner()} px wide`);
  }

  /** The driver forgets the zoom where it clicks. */
  async element(id, method, path, body) {
    if (path !== "/click" || this.#zoom === 1) return super.element(id, method, path, body);
    const { x, y, width, height } = await this.runSync((it) => {
      it.scrollIntoView({ block: "nearest" });
      return it.getBoundingClientRect().toJSON();
    }, { [ELEMENT]: id });
    const at = (middle) => Math.round(middle * this.#zoom);
    return this.pointer({ to: { x: at(x + width / 2), y: at(y + height / 2) } }, { down: true }, { up: true });
  }

  /** Fires the event in the page, which is all the driver can do. */
  offline(offline) {
    return this.run((offline) => {
      Object.defineProperty(navigator, "onLine", { value: !offline, configurable: true });
      dispatchEvent(new Event(offline ? "offline" : "online"));
    }, offline);
  }

  // MiniBrowser binds no keys to these.
  undo() {
    return this.run(() => document.execCommand("undo"));
  }

  redo() {
    return this.run(() => document.execCommand("redo"));
  }
}

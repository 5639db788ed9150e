// A client of the W3C WebDriver protocol: what these tests need of it, over fetch. Written here rather
// than taken from npm: it is a page long, the same for the three engines (WebKitGTK's driver among
// them), and runs on every Node that the project supports.
//
// https://www.w3.org/TR/webdriver2/

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** Keys without a character, by their code points in WebDriver (section 17.4.2). */
export const Key = Object.freeze({
  backspace: "\uE003", tab: "\uE004", enter: "\uE007", shift: "\uE008", control: "\uE009", alt: "\uE00A",
  escape: "\uE00C", end: "\uE010", home: "\uE011", left: "\uE012", up: "\uE013", right: "\uE014",
  down: "\uE015", delete: "\uE017",
});

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

/** A driver's process, on a port of its own choice. */
export class Driver {
  #process;
  #url;

  /**
   * Starts `program`.
   * @param {string} program
   * @param {string[]} args with a port of 0, where the driver can choose
   * @param {RegExp} ready a line of its output; its first group is the port
   */
  static async start(program, args, ready) {
    const driver = new Driver();
    driver.#process = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"] });
    const failed = once(driver.#process, "error").then(([error]) => {
      throw new Error(`${program} cannot be started: ${error.message}`);
    });
    const listening = (async () => {
      for await (const line of createInterface({ input: driver.#process.stdout })) {
        const port = line.match(ready)?.[1];
        if (port) return port;
      }
      throw new Error(`${program} ended before it listened`);
    })();
    driver.#url = `http://127.0.0.1:${await Promise.race([listening, failed])}`;
    // A process that nobody listens to would stop at a full pipe.
    driver.#process.stdout.resume();
    return driver;
  }

  /** Starts a browser and gives its session. */
  async session(capabilities) {
    const { sessionId } = await request(`${this.#url}/session`, "POST", {
      capabilities: { alwaysMatch: capabilities },
    });
    return new Session(`${this.#url}/session/${sessionId}`);
  }

  stop() {
    this.#process.kill();
  }
}

async function request(url, method, body) {
  const response = await fetch(url, {
    method,
    ...(body && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  const { value } = await response.json();
  if (!response.ok) throw new Error(`${value.error}: ${value.message.split("\n")[0]}`);
  return value;
}

/** One browser window and its cookies. */
export class Session {
  #url;

  constructor(url) {
    this.#url = url;
  }

  #send(method, path, body) {
    return request(`${this.#url}${path}`, method, body);
  }

  quit() {
    return this.#send("DELETE", "");
  }

  open(url) {
    return this.#send("POST", "/url", { url: String(url) });
  }

  url() {
    return this.#send("GET", "/url");
  }

  reload() {
    return this.#send("POST", "/refresh", {});
  }

  back() {
    return this.#send("POST", "/back", {});
  }

  /** Runs a function in the page with these arguments (JSON values or elements); a promise is awaited. */
  async run(script, ...args) {
    const text = `const done = arguments[arguments.length - 1];
      Promise.resolve((${script}).apply(null, Array.prototype.slice.call(arguments, 0, -1)))
        .then((value) => done({ value }), (error) => done({ error: String(error?.stack ?? error) }));`;
    const answer = await this.#send("POST", "/execute/async", { script: text, args });
    if (answer.error) throw new Error(`in the page: ${answer.error}`);
    return answer.value;
  }

  /** The one element that a CSS selector names. */
  async find(selector) {
    const found = await this.#send("POST", "/elements", { using: "css selector", value: selector });
    if (found.length !== 1) throw new Error(`${found.length} elements are ${selector}`);
    return new Element(this, found[0][ELEMENT], selector);
  }

  async count(selector) {
    return (await this.#send("POST", "/elements", { using: "css selector", value: selector })).length;
  }

  /** What an element's own endpoint answers. */
  element(id, method, path, body) {
    return this.#send(method, `/element/${id}${path}`, body);
  }

  /** Presses keys one after the other, wherever the focus is; an array is a chord: `["control", "v"]`. */
  async press(...keys) {
    const actions = [];
    const stroke = (key) => Key[key] ?? key;
    for (const key of keys.flatMap((key) => (Array.isArray(key) || Key[key] ? [key] : [...key]))) {
      const chord = Array.isArray(key) ? key.map(stroke) : [stroke(key)];
      actions.push(...chord.map((value) => ({ type: "keyDown", value })));
      actions.push(...chord.reverse().map((value) => ({ type: "keyUp", value })));
    }
    await this.#send("POST", "/actions", { actions: [{ type: "key", id: "keyboard", actions }] });
  }

  /** Clicks into the middle of an element, several times for a word or a paragraph. */
  async clickOn(element, times = 1) {
    const click = [{ type: "pointerDown", button: 0 }, { type: "pointerUp", button: 0 }];
    const actions = [{ type: "pointerMove", origin: element, x: 0, y: 0 }, ...Array(times).fill(click).flat()];
    await this.#send("POST", "/actions", { actions: [{ type: "pointer", id: "mouse", actions }] });
  }

  /** A PNG of the window. */
  async screenshot() {
    return Buffer.from(await this.#send("GET", "/screenshot"), "base64");
  }

  /** Leaves the page, its cookies and what its console said behind. */
  async clear() {
    await this.#send("DELETE", "/cookie");
    await this.open("about:blank");
    await this.console().catch(() => {});
  }

  cookies() {
    return this.#send("GET", "/cookie");
  }

  resize(width, height) {
    return this.#send("POST", "/window/rect", { width, height });
  }

  async newWindow() {
    const { handle } = await this.#send("POST", "/window/new", { type: "tab" });
    return handle;
  }

  window() {
    return this.#send("GET", "/window");
  }

  switchTo(handle) {
    return this.#send("POST", "/window", { handle });
  }

  /** A command of the Chrome DevTools protocol: Chromium only. */
  devtools(cmd, params = {}) {
    return this.#send("POST", "/goog/cdp/execute", { cmd, params });
  }

  /** The browser's console since the last call: Chromium only, with `goog:loggingPrefs`. */
  console() {
    return this.#send("POST", "/se/log", { type: "browser" });
  }
}

/** An element of a page. */
export class Element {
  #session;
  #id;

  constructor(session, id, selector) {
    this.#session = session;
    this.#id = id;
    this.selector = selector;
  }

  toJSON() {
    return { [ELEMENT]: this.#id };
  }

  #send(method, path, body) {
    return this.#session.element(this.#id, method, path, body);
  }

  click() {
    return this.#send("POST", "/click", {});
  }

  /** What a person sees of its text. */
  text() {
    return this.#send("GET", "/text");
  }

  property(name) {
    return this.#send("GET", `/property/${name}`);
  }

  attribute(name) {
    return this.#send("GET", `/attribute/${name}`);
  }

  displayed() {
    return this.#send("GET", "/displayed");
  }

  /** What the browser tells assistive technology. */
  name() {
    return this.#send("GET", "/computedlabel");
  }

  role() {
    return this.#send("GET", "/computedrole");
  }

  rect() {
    return this.#send("GET", "/rect");
  }
}

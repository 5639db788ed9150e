// A client of the W3C WebDriver protocol: what these tests need of it, over fetch. Written here rather
// than taken from npm: it is a page long, the same for the three engines (WebKitGTK's driver among
// them), and runs on every Node that the project supports.
//
// https://www.w3.org/TR/webdriver2/

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";

/** Keys without a character, by their code points in WebDriver (section 17.4.2). */
export const Key = Object.freeze({
  backspace: "\uE003", tab: "\uE004", enter: "\uE007", shift: "\uE008", control: "\uE009", alt: "\uE00A",
  escape: "\uE00C", end: "\uE010", home: "\uE011", left: "\uE012", up: "\uE013", right: "\uE014",
  down: "\uE015", delete: "\uE017",
});

/** How long a script in a page may run, in milliseconds: on a busy machine longer than the protocol's half minute. */
const PATIENCE = 120_000;

/** The name under which an element goes over the wire (section 12.1). */
export const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

/** A driver's process. */
export class Driver {
  #process;
  #url;

  /**
   * Starts `program`.
   * @param {string} program
   * @param {string[]} args
   * @param {RegExp | number} ready a line of its output, whose first group is the port it chose; or the
   *   port that `args` gave a driver that says nothing
   * @param {Record<string, string>} [env] beside ours
   */
  static async start(program, args, ready, env) {
    const driver = new Driver();
    const silent = typeof ready === "number";
    const stdio = ["ignore", silent ? "ignore" : "pipe", "inherit"];
    driver.#process = spawn(program, args, { stdio, env: { ...process.env, ...env } });
    const failed = once(driver.#process, "error").then(([error]) => {
      throw new Error(`${program} cannot be started: ${error.message}`);
    });
    const ended = once(driver.#process, "exit").then(() => {
      throw new Error(`${program} ended before it listened`);
    });
    const port = silent ? answering(ready) : firstMatch(driver.#process.stdout, ready);
    driver.#url = `http://127.0.0.1:${await Promise.race([port, failed, ended])}`;
    ended.catch(() => {});
    // A process that nobody listens to would stop at a full pipe.
    driver.#process.stdout?.resume();
    return driver;
  }

  /**
   * Starts a browser and gives its session.
   * @template {Session} S
   * @param {object} capabilities
   * @param {new (url: string) => S} Kind
   */
  async session(capabilities, Kind = Session) {
    const { sessionId } = await request(`${this.#url}/session`, "POST", {
      capabilities: { alwaysMatch: { ...capabilities, timeouts: { script: PATIENCE } } },
    });
    return new Kind(`${this.#url}/session/${sessionId}`);
  }

  stop() {
    this.#process.kill();
  }
}

/** The first group of the line of `output` that `ready` matches. */
export async function firstMatch(output, ready) {
  for await (const line of createInterface({ input: output })) {
    const found = line.match(ready)?.[1];
    if (found) return found;
  }
  // The error of the process has more.
  return new Promise(() => {});
}

/** The port, as soon as a driver answers at it. */
async function answering(port) {
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/status`).catch(() => null);
    if (answer?.ok) return port;
    await pause(20);
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

/** One browser window and its cookies; each engine's own code is in its file. */
export class Session {
  #url;

  /** A driver that has this session alone, and ends with it. */
  driver;

  constructor(url) {
    this.#url = url;
  }

  /** Any command of the session. */
  command(method, path, body) {
    return request(`${this.#url}${path}`, method, body);
  }

  /** Ends the browser; one that does not answer ends with its driver. */
  async quit() {
    await this.command("DELETE", "").catch(() => {});
    this.driver?.stop();
  }

  open(url) {
    return this.command("POST", "/url", { url: String(url) });
  }

  url() {
    return this.command("GET", "/url");
  }

  reload() {
    return this.command("POST", "/refresh", {});
  }

  back() {
    return this.command("POST", "/back", {});
  }

  /** Runs a function in the page with these arguments (JSON values or elements); a promise is awaited. */
  async run(script, ...args) {
    const text = `const done = arguments[arguments.length - 1];
      Promise.resolve((${script}).apply(null, Array.prototype.slice.call(arguments, 0, -1)))
        .then((value) => done({ value }), (error) => done({ error: String(error?.stack ?? error) }));`;
    const answer = await this.command("POST", "/execute/async", { script: text, args });
    if (answer.error) throw new Error(`in the page: ${answer.error}`);
    return answer.value;
  }

  /** Runs a function that waits for nothing: also where the page's scripts are off. */
  runSync(script, ...args) {
    return this.command("POST", "/execute/sync", { script: `return (${script}).apply(null, arguments)`, args });
  }

  /** The one element that a CSS selector names. */
  async find(selector) {
    const found = await this.command("POST", "/elements", { using: "css selector", value: selector });
    if (found.length !== 1) throw new Error(`${found.length} elements are ${selector}`);
    return new Element(this, found[0][ELEMENT], selector);
  }

  async count(selector) {
    return (await this.command("POST", "/elements", { using: "css selector", value: selector })).length;
  }

  /** The answer of an endpoint of the element. */
  element(id, method, path, body) {
    return this.command(method, `/element/${id}${path}`, body);
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
    await this.command("POST", "/actions", { actions: [{ type: "key", id: "keyboard", actions }] });
  }

  /** Clicks into the middle of an element, several times for a word or a paragraph. */
  async clickOn(element, times = 1) {
    const click = [{ type: "pointerDown", button: 0 }, { type: "pointerUp", button: 0 }];
    const actions = [{ type: "pointerMove", origin: element, x: 0, y: 0 }, ...Array(times).fill(click).flat()];
    await this.command("POST", "/actions", { actions: [{ type: "pointer", id: "mouse", actions }] });
  }

  /** Moves and presses the mouse: `{ to: { x, y } }` in the viewport, `{ down: true }`, `{ up: true }`. */
  async pointer(...steps) {
    const actions = steps.map(({ to, down }) =>
      to ? { type: "pointerMove", duration: 50, x: to.x, y: to.y } : { type: down ? "pointerDown" : "pointerUp", button: 0 },
    );
    await this.command("POST", "/actions", { actions: [{ type: "pointer", id: "mouse", actions }] });
  }

  /** Drags what is selected at a point of the page to another. */
  drag(from, to) {
    return this.pointer({ to: from }, { down: true }, { to: { x: from.x + 20, y: from.y + 20 } }, { to }, { up: true });
  }

  /** A PNG of the window. */
  async screenshot() {
    return Buffer.from(await this.command("GET", "/screenshot"), "base64");
  }

  /** Leaves the page, and deletes its cookies and console. */
  async clear() {
    await this.command("DELETE", "/cookie");
    await this.open("about:blank");
    await this.console();
  }

  /** Whether `become` can make the browser, which is like `is`, as wished (both as `browser` takes them, engines.mjs). */
  canBecome() {
    return false;
  }

  /** Makes the browser as wished; an engine without a `become` in its file stays as it was started. */
  async become() {}

  cookies() {
    return this.command("GET", "/cookie");
  }

  resize(width, height) {
    return this.command("POST", "/window/rect", { width, height });
  }

  async newWindow() {
    const { handle } = await this.command("POST", "/window/new", { type: "tab" });
    return handle;
  }

  window() {
    return this.command("GET", "/window");
  }

  switchTo(handle) {
    return this.command("POST", "/window", { handle });
  }

  /** The browser's complaints since the last call: `[{ level: "SEVERE" | …, message }]`. */
  async console() {
    throw new Error("this engine's file has to say how its console is read");
  }

  /** Allows the page to write to the clipboard. */
  async allowClipboard() {}

  undo() {
    return this.press(["control", "z"]);
  }

  redo() {
    return this.press(["control", "shift", "z"]);
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

  /** Its visible text. */
  text() {
    return this.#send("GET", "/text");
  }

  property(name) {
    return this.#send("GET", `/property/${name}`);
  }

  attribute(name) {
    return this.#send("GET", `/attribute/${name}`);
  }

  /** Whether it can be seen. Not by the driver: WebKit's does not know that a closed <details> hides. */
  displayed() {
    return this.#session.runSync((it) => it.checkVisibility({ visibilityProperty: true }), this);
  }

  /** Its name and role for assistive technology. */
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

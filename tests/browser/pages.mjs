// Page objects: what a person sees and does, in the words of the tests.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";

/**
 * Waits until `read` gives what is wanted, and fails with what it gave last.
 * @template T
 * @param {() => Promise<T>} read
 * @param {T | ((seen: T) => boolean)} wanted
 */
export async function eventually(read, wanted, within = 15_000) {
  const good = typeof wanted === "function" ? wanted : (seen) => seen === wanted;
  const end = Date.now() + within;
  let seen;
  for (;;) {
    try {
      seen = await read();
      if (good(seen)) return seen;
    } catch (error) {
      if (Date.now() > end) throw error;
      seen = error;
    }
    if (Date.now() > end) {
      assert.fail(`after ${within} ms: ${JSON.stringify(seen)}, not ${typeof wanted === "function" ? wanted : JSON.stringify(wanted)}`);
    }
    await pause(20);
  }
}

/** The code that an authenticator with a key URI shows at `time` (RFC 6238), computed here by Node. */
export function shownAt(time, uri) {
  const secret = new URL(uri).searchParams.get("secret");
  const bits = [...secret].map((c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(time / 30_000)));
  const mac = createHmac("sha1", key).update(counter).digest();
  return String((mac.readUInt32BE(mac.at(-1) & 15) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** Puts a text on the browser's clipboard. */
export async function copy(session, text) {
  await session.allowClipboard();
  await session.run((text) => navigator.clipboard.writeText(text), text);
}

/** The element `<todoita-code>` and the input in it. */
export class Field {
  #session;
  #host;

  constructor(session, host = "todoita-code") {
    this.#session = session;
    this.#host = host;
  }

  /** Opens a page with a field and waits until the widget is in charge. */
  static async open(session, url, host) {
    await session.open(url);
    const field = new Field(session, host);
    await field.alive();
    return field;
  }

  /** Waits until the widget is in charge, and from then on notes its events. */
  async alive() {
    await eventually(() => this.#isAlive(), true);
    await this.#session.run(() => {
      if (window.events) return;
      window.events = [];
      for (const name of ["submit", "input", "complete", "accepted", "refused", "unavailable", "step", "remedy"]) {
        document.addEventListener(`todoita-${name}`, ({ type, detail }) => {
          const { formData, ...rest } = detail ?? {};
          window.events.push({ event: type.slice(8), ...rest });
        });
      }
    });
  }

  async #isAlive() {
    // A server may render the state; the custom property, under a strict policy, only a script can set. Asked
    // without a script: Firefox's driver waits for one in vain where JavaScript is off.
    const style = await (await this.#session.find(this.#host)).attribute("style");
    return !!style?.includes("--todoita-digits");
  }

  #part(selector) {
    return this.#session.find(`${this.#host} ${selector}`);
  }

  input() {
    return this.#part("input:not([type=hidden], [type=search])");
  }

  /** `data-state`; null while the widget is not there. */
  async state() {
    return (await this.#session.find(this.#host)).attribute("data-state");
  }

  /** Clicks into the field and presses keys. */
  async type(...keys) {
    await (await this.input()).click();
    await this.#session.press(...keys);
  }

  /** Presses keys where the focus is. */
  press(...keys) {
    return this.#session.press(...keys);
  }

  /** Pastes a text with Ctrl+V where the caret is. */
  async paste(text) {
    await copy(this.#session, text);
    const focused = await this.#session.run((host) => document.querySelector(host).contains(document.activeElement), this.#host);
    if (!focused) await (await this.input()).click();
    await this.#session.press(["control", "v"]);
  }

  undo() {
    return this.#session.undo();
  }

  redo() {
    return this.#session.redo();
  }

  async value() {
    return (await this.input()).property("value");
  }

  /** The caret, or both ends of the selection. */
  async selection() {
    const input = await this.input();
    const [start, end] = [await input.property("selectionStart"), await input.property("selectionEnd")];
    return start === end ? start : [start, end];
  }

  focused() {
    return this.#session.run((host) => document.activeElement === document.querySelector(`${host} input:not([type=hidden])`), this.#host);
  }

  /** The message under the field. */
  async message() {
    return (await this.#part("[data-part=message]")).text();
  }

  /** The text of the alert, without polite messages. */
  async alert() {
    return (await this.#part("[role=alert]")).text();
  }

  /** Where the code went. */
  async sent() {
    return (await this.#part("[data-part=sent]")).text();
  }

  /** How long the code lives, or how long one has to wait. */
  async times() {
    return (await this.#part("[data-part=times]")).text();
  }

  /** How long until another code may be asked for. */
  async wait() {
    return (await this.#part("[data-part=wait]")).text();
  }

  /** Presses the site's own button. */
  async submit() {
    await (await this.#part("button:not([name=todoita-action])")).click();
  }

  /** Presses one of the widget's buttons by its value; takes it from the guide's other methods if it is there. */
  async choose(action) {
    const button = await this.#part(`[name=todoita-action][value=${action}]`);
    if (await button.displayed()) return button.click();
    if (!(await this.#isAlive())) {
      await (await this.#part("[data-part=ways] > summary")).click();
      return button.click();
    }
    const guide = await this.guide();
    await guide.leave("other");
    await guide.take(action);
  }

  /** Opens the guide. */
  async guide() {
    await (await this.#part("[data-part=ways] > summary")).click();
    const guide = new Guide(this.#session, this.#host);
    await guide.alive();
    return guide;
  }

  /** The values of the offered methods. */
  methods() {
    return this.#session.run(
      (host) => [...document.querySelectorAll(`${host} [data-part=choices] button`)].map((button) => button.value),
      this.#host,
    );
  }

  /** The events since the last call, without those named in `but`. */
  async events(...but) {
    const events = await this.#session.run(() => window.events.splice(0));
    return events.filter(({ event }) => !but.includes(event));
  }
}

/** `<todoita-guide>`, in a field or alone. */
export class Guide {
  #session;
  #host;

  constructor(session, host = "body") {
    this.#session = session;
    this.#host = host;
  }

  /** Waits until it shows a screen. */
  async alive() {
    const alive = (host) => !!document.querySelector(`${host} todoita-guide[data-alive]`);
    await eventually(() => this.#session.run(alive, this.#host), true);
  }

  #find(selector) {
    return this.#session.find(`${this.#host} todoita-guide ${selector}`);
  }

  /** The name of the screen, and that of each after it until it is `name`. */
  async screen(name) {
    const read = async () => (await this.#session.find(`${this.#host} todoita-guide`)).attribute("data-screen");
    return name ? eventually(read, name) : read();
  }

  async heading() {
    return (await this.#find("h3")).text();
  }

  /** All that can be read. */
  async text() {
    return (await this.#session.find(`${this.#host} todoita-guide`)).text();
  }

  /** Presses an answer, behind "more" too. */
  async answer(name) {
    const behind = (host, name) => !!document.querySelector(`${host} todoita-guide details[data-part=more]:not([open]) [data-do^="choice ${name} "]`);
    if (await this.#session.run(behind, this.#host, name)) await (await this.#find("[data-part=more] > summary")).click();
    await (await this.#find(`[data-do^="choice ${name} "]`)).click();
  }

  /** Presses an exit: code, other, support, menu, back. */
  async leave(name) {
    await (await this.#find(`[data-do="exit ${name}"]`)).click();
  }

  /** Takes a method. */
  async take(method) {
    await (await this.#find(`[data-do="way ${method}"]`)).click();
  }

  /** The names of what can be pressed of a kind: choice, way, exit, start. */
  all(kind) {
    return this.#session.run(
      (host, kind) =>
        [...document.querySelectorAll(`${host} todoita-guide [data-do^="${kind} "]`)].map((button) => button.dataset.do.split(" ")[1]),
      this.#host,
      kind,
    );
  }

  /** Searches in a person's own words; gives the screens that were found. */
  async search(words) {
    const input = await this.#find("[type=search]");
    await input.click();
    await this.#session.press(["control", "a"], words, "enter");
    await eventually(() => this.#session.count(`${this.#host} todoita-guide [data-part=search] [data-part=answers] p`), 1);
    return this.all("start");
  }

  /** Whether it is open to be seen. */
  open() {
    return this.#session.run((host) => !!document.querySelector(`${host} todoita-guide`)?.checkVisibility(), this.#host);
  }
}

/** The demo's login site, seen by a person who has signed in with a password. */
export class Login {
  #session;
  #demo;

  constructor(session, demo) {
    this.#session = session;
    this.#demo = demo;
  }

  /** Gives a name and the password, up to the code step. */
  async password(name = "hanako", password = "demo") {
    const { lang } = this.#session;
    await this.#session.open(this.#demo.url(lang ? `/?lang=${lang}` : "/"));
    await (await this.#session.find("#name")).click();
    await this.#session.press(name, "tab", password, "enter");
    await eventually(() => this.#session.url(), this.#demo.url("/login/code"));
    // Firefox has the new address before the style sheets, and the page cannot be operated until they are there.
    await eventually(() => this.#session.runSync(() => document.readyState), "complete");
    return new Field(this.#session);
  }

  /** Copies the newest message off the demo's phone the way a person does: drags over it, Ctrl+C. */
  async copyMessage() {
    const text = await this.#session.find("#phone .messages > :first-child .text");
    const { from, to } = await this.#session.runSync((it) => {
      it.scrollIntoView({ block: "center" });
      const { left, top, right, bottom } = it.getBoundingClientRect();
      const inside = (x, y) => ({ x: Math.round(x), y: Math.round(y) });
      return { from: inside(left + 1, top + 4), to: inside(right - 1, bottom - 4) };
    }, text);
    await this.#session.pointer({ to: from }, { down: true }, { to }, { up: true });
    await this.#session.press(["control", "c"]);
  }

  /** Pastes what was copied into the field. */
  async paste() {
    await (await this.#session.find("#code")).click();
    await this.#session.press(["control", "v"]);
  }

  /** Waits until the person is in. */
  async isIn() {
    await eventually(() => this.#session.url(), this.#demo.url("/account"));
    await this.#session.find("form[action='/logout']");
  }
}

/**
 * The complaints in the page's console: violations of the policy, errors, failed requests. The
 * answers that a test asks for (422 and the like) are not complaints.
 */
export async function complaints(session) {
  const lines = await session.console();
  return lines
    .filter(({ level, message }) => level === "SEVERE" && !/status of 4(0|1|2)\d/.test(message))
    .map(({ message }) => message);
}

/** Waits until what the console complained of has each of these in it. */
export async function complained(session, ...patterns) {
  const messages = [];
  const read = async () => messages.push(...(await complaints(session))) && messages.join("\n");
  await eventually(read, (text) => patterns.every((pattern) => pattern.test(text)));
}

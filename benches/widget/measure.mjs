// Measurements of a contender, in one browser window.

import { setTimeout as pause } from "node:timers/promises";

/**
 * Runs in every page from its start: records when the field is on the screen and when the widget works. An element
 * in the document is visible only after the frame that draws it, and the first frame of a page takes longest; a page
 * that draws everything by script has not drawn it yet.
 */
const NOTE = (field, alive) => `
  (() => {
    const seen = (window.seen = { usable: null, alive: null, blocked: 0 });
    const awaited = new Map(${JSON.stringify([...(field ? [["usable", field]] : []), ["alive", alive]])});
    const check = () => {
      for (const [what, selector] of awaited) {
        if (!document.querySelector(selector)) continue;
        awaited.delete(what);
        if (!awaited.size) watch.disconnect();
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => (seen[what] = performance.now());
          port2.postMessage(0);
        });
      }
    };
    const watch = new MutationObserver(check);
    watch.observe(document, { subtree: true, childList: true, attributes: true });
    new PerformanceObserver((list) => {
      for (const task of list.getEntries()) seen.blocked += task.duration - 50;
    }).observe({ type: "longtask", buffered: true });
  })();`;

/** A phone of the middle: a quarter of this processor, 1.6 Mbit/s and 150 ms to the server and back. */
const PHONE = { cpu: 4, latency: 150, down: (1.6 * 1024 * 1024) / 8 };
const DESK = { cpu: 1, latency: 0, down: -1 };
const WARM_PHONE = { ...PHONE, warm: true };
export const CONDITIONS = { "cold, phone": PHONE, "warm, phone": WARM_PHONE, "cold, desk": DESK };

const until = async (session, check, within = 20_000) => {
  const end = Date.now() + within;
  for (;;) {
    const seen = await session.run(check).catch(() => null);
    if (seen) return seen;
    if (Date.now() > end) return null;
    await pause(25);
  }
};

const here = (selector) => `() => !!document.querySelector(${JSON.stringify(selector)})`;

export class Bench {
  constructor(session) {
    this.session = session;
  }

  /** Opens a contender's page, its notes running. */
  async open({ contender, url }, { cpu, latency, down, warm } = DESK) {
    const { session } = this;
    if (this.noted) await session.devtools("Page.removeScriptToEvaluateOnNewDocument", { identifier: this.noted });
    const source = NOTE(contender.field, contender.alive);
    await session.devtools("Page.enable");
    ({ identifier: this.noted } = await session.devtools("Page.addScriptToEvaluateOnNewDocument", { source }));
    await session.open("about:blank");
    await session.devtools("Network.enable");
    if (!warm) await session.devtools("Network.clearBrowserCache");
    const network = { offline: false, latency, downloadThroughput: down, uploadThroughput: down };
    await session.devtools("Network.emulateNetworkConditions", network);
    await session.devtools("Emulation.setCPUThrottlingRate", { rate: cpu });
    await session.open(url);
    return until(session, here(contender.alive));
  }

  /** Milliseconds from the navigation: to the field, to the widget in charge; and what blocked beyond 50 ms a task. */
  async navigation(served, condition) {
    await this.open(served, condition);
    await pause(300);
    return this.session.run(() => window.seen);
  }

  /** Bytes that came until the widget was in charge and all was quiet, by path. */
  async bytes(served) {
    served.fetched.clear();
    await this.open(served);
    await pause(500);
    return Object.fromEntries(served.fetched);
  }

  async focus({ contender }) {
    await this.session.run((field) => {
      const [input] = document.querySelectorAll(field);
      input.focus();
    }, contender.field);
  }

  async key(key, { commands, modifiers = 0 } = {}) {
    const text = key.length === 1 && !modifiers ? key : undefined;
    const code = key.length === 1 ? key.toUpperCase().charCodeAt(0) : { Backspace: 8, Delete: 46 }[key];
    const about = { key, windowsVirtualKeyCode: code, modifiers, commands };
    await this.session.devtools("Input.dispatchKeyEvent", { type: text ? "keyDown" : "rawKeyDown", text, ...about });
    await this.session.devtools("Input.dispatchKeyEvent", { type: "keyUp", ...about });
  }

  /** Empties the field as a person would, box after box. */
  async empty(served) {
    const boxes = await this.session.run((field) => document.querySelectorAll(field).length, served.contender.field);
    for (let box = boxes - 1; box >= 0; box--) {
      await this.session.run((field, box) => document.querySelectorAll(field)[box].focus(), served.contender.field, box);
      await this.key("a", { commands: ["selectAll"], modifiers: 2 });
      await this.key("Backspace");
    }
  }

  /**
   * Records in the page the time of each key or paste, from the event `begin` to the event `end` (or to the next
   * task without one): `whole`, from the first listener to the last microtask, including the browser's own work
   * between them; `own`, the listeners and microtasks alone.
   */
  watch(begin, then, end) {
    return this.session.run((begin, then, end) => {
      window.spans = [];
      let span = null;
      let open = null;
      const finish = () => {
        if (span?.ended) window.spans.push({ own: span.own, whole: span.ended - span.began, missed: span.missed + (open ? 1 : 0) });
        span = open = null;
      };
      const close = (event) => {
        if (open?.event !== event) return;
        span.ended = performance.now();
        span.own += span.ended - open.at;
        open = null;
      };
      for (const type of [begin, ...then]) {
        addEventListener(type, (event) => {
          // A key by which the benchmark empties the field.
          if (event.key !== undefined && !/^\d$/.test(event.key)) return;
          if (type === begin) {
            finish();
            span = { began: performance.now(), own: 0, missed: 0 };
            if (!end) {
              const { port1, port2 } = new MessageChannel();
              port1.onmessage = finish;
              port2.postMessage(0);
            }
          }
          // An event that another one fires is a part of it.
          if (!span || (open && !open.over)) return;
          if (open) span.missed++;
          open = { event, at: performance.now() };
        }, true);
        // Two microtasks: after those that other microtasks queue.
        addEventListener(type, (event) => {
          if (open?.event === event) open.over = true;
          queueMicrotask(() => queueMicrotask(() => close(event)));
        });
      }
      if (end) addEventListener(end, finish, true);
    }, begin, then, end);
  }

  /** Milliseconds that each key takes. */
  async keystrokes(served, rounds) {
    await this.open(served);
    await this.watch("keydown", ["keypress", "beforeinput", "input"], "keyup");
    for (let round = 0; round < rounds; round++) {
      await this.focus(served);
      for (const digit of "482913") await this.key(digit);
      await this.empty(served);
    }
    return this.session.run(() => window.spans);
  }

  /** The same of a pasted message. */
  async pastes(served, text, rounds) {
    await this.open(served);
    await this.copy(served, text);
    await this.watch("paste", ["beforeinput", "input"]);
    for (let round = 0; round < rounds; round++) {
      await this.focus(served);
      await this.key("v", { commands: ["paste"], modifiers: 2 });
      await this.empty(served);
    }
    return this.session.run(() => window.spans);
  }

  async copy({ url }, text) {
    const permissions = ["clipboardReadWrite", "clipboardSanitizedWrite"];
    await this.session.devtools("Browser.grantPermissions", { origin: new URL(url).origin, permissions });
    await this.session.run((text) => navigator.clipboard.writeText(text), text);
  }

  /** The memory that remains after `times` mounts and unmounts: bytes of the whole page (WebAssembly too), nodes, listeners. */
  async kept(served, times) {
    await this.open(served);
    const { session } = this;
    if (served.contender.mount) await session.run(`() => { ${served.contender.mount} }`);
    const cycle = (times) =>
      session.run(async (times, alive) => {
        window.unmount();
        for (let i = 0; i < times; i++) {
          window.mount();
          // Until it works, or long enough to know that it does not: some draw in a later task.
          for (let wait = 0; wait < 20 && !document.querySelector(alive); wait++) await new Promise((done) => setTimeout(done));
          window.unmount();
        }
        window.mount();
      }, times, served.contender.alive);
    const check = async () => {
      for (let i = 0; i < 3; i++) await session.devtools("HeapProfiler.collectGarbage");
      const { metrics } = await session.devtools("Performance.getMetrics");
      const of = (name) => metrics.find((metric) => metric.name === name).value;
      const memory = await session.run(async () => (await performance.measureUserAgentSpecificMemory()).bytes);
      return { bytes: memory, nodes: of("Nodes"), listeners: of("JSEventListeners") };
    };
    await session.devtools("Performance.enable");
    // Memory that the first instances allocate once does not count for each.
    await cycle(50);
    const before = await check();
    await cycle(times);
    const after = await check();
    return Object.fromEntries(Object.keys(after).map((key) => [key, after[key] - before[key]]));
  }

  /** The text that the form would send for each input. */
  async inputs(served) {
    const { session } = this;
    const { contender } = served;
    const value = () => session.run(`() => ${contender.value}`);
    const fresh = async () => {
      await this.open(served);
      await this.focus(served);
    };
    const paste = async (text) => {
      await this.copy(served, text);
      await this.focus(served);
      await this.key("v", { commands: ["paste"], modifiers: 2 });
      await pause(50);
    };
    const made = {};
    await fresh();
    for (const digit of "４８２９１３") await session.devtools("Input.insertText", { text: digit });
    made.wide = await value();
    await fresh();
    for (const text of ["４", "４８２", "４８２９１３"]) {
      await session.devtools("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
    }
    await session.devtools("Input.insertText", { text: "４８２９１３" });
    await pause(50);
    made.composed = await value();
    for (const [name, text] of Object.entries({ message: MESSAGE, backup: "48291357" })) {
      await fresh();
      await paste(text);
      made[name] = await value();
    }
    await fresh();
    for (const digit of "111111") await this.key(digit);
    await paste("482913");
    made.over = await value();
    served.policy = STRICT;
    made.strict = (await this.open(served)) ? "alive" : "not alive";
    if (contender.mount || contender.name !== "a bare input") {
      const refused = await session.console();
      const count = refused.filter(({ message }) => /Content Security Policy/.test(message)).length;
      if (count) made.strict += `, ${count} complaints`;
    }
    served.policy = null;
    await session.console();
    made.noscript = /<input[^>]*name="code"/.test(contender.html) ? "482913" : "no field";
    return made;
  }
}

export const MESSAGE = "2026/11/22 10:30 認証番号：482913";
const STRICT =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types todoita";

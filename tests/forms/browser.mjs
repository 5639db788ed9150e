// The one place where these tests touch the helpers of tests/browser: a change of a name there is a change here.

import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { ENGINE, browser, close, only } from "../browser/engines.mjs";
import { complaints, copy, eventually } from "../browser/pages.mjs";
import { NOW, Site, minutes, redirect } from "../browser/sites.mjs";

export { ENGINE, NOW, browser, close, complaints, copy, eventually, minutes, only, pause, redirect };

/** The root of the project. */
export const ROOT = new URL("../../", import.meta.url);

/** These sites have scripts and styles in their markup, as most have: the policy allows them. */
const POLICY = "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; frame-ancestors 'self'";

/** A file of a package that `cargo xtask test --only forms` installs (tests/forms/package.json). */
export const library = (path) => readFileSync(new URL(`.tools/forms/node_modules/${path}`, ROOT));

/**
 * A page with a form.
 * @param {object} parts
 * @param {string} parts.body
 * @param {string} [parts.head] scripts and styles of the site
 * @param {boolean} [parts.script] whether the page has the widget's script; without it the page is the plain form
 * @param {number} [parts.answer] the number of the post that this page answers
 */
export function page({ body, head = "", script = true, answer = 0 }) {
  const widget = '<link rel="stylesheet" href="/assets/dist/todoita.css"><script type="module" src="/assets/dist/todoita.js"></script>';
  return `<!doctype html>
<html lang="ja" data-answer="${answer}"><head><meta charset="utf-8"><title>確認コード</title>
<script>addEventListener("todoita-unavailable", (event) => event.target.setAttribute("data-unavailable", ""));
addEventListener("invalid", () => (window.wasRefused = true), true)</script>
${head}${script ? widget : ""}</head>
<body>${body}</body></html>`;
}

/**
 * A site on a free port.
 * @param {import("node:test").TestContext} t
 * @param {Record<string, string> | string} pages by path, or the one at `/`
 * @param {{ files?: Record<string, string | Buffer>, policy?: string }} [options]
 */
export async function startSite(t, pages, { files = {}, policy = POLICY } = {}) {
  const site = await Site.start(t, pages, { policy });
  Object.assign(site.files, files);
  return site;
}

/** Answers a post with a page. */
export const answerPage = (response, html, status = 422) =>
  response.writeHead(status, { "content-type": "text/html; charset=utf-8" }).end(html);

/** The text on the clipboard of each browser. */
const copied = new WeakMap();

/** A person in front of a page with one or more forms. */
export class Person {
  /** @param {import("../browser/webdriver.mjs").Session} session */
  constructor(session, input = "#code", button = null) {
    this.session = session;
    this.inputSelector = input;
    this.buttonSelector = button;
  }

  /** Opens a page and waits until each element on it has started, or has reported that it cannot. */
  async open(url, { frame } = {}) {
    await this.session.open(url);
    this.frame = frame;
    await this.enterFrame();
    await this.started();
  }

  async enterFrame() {
    if (!this.frame) return;
    await this.session.command("POST", "/frame", { id: null });
    await this.session.command("POST", "/frame", { id: await this.session.find(this.frame) });
  }

  /**
   * Waits until each `<todoita-code>` is in charge or has stepped aside; without the script a page is ready at once.
   * With `late`, until the site's own late listener is there too.
   */
  async started({ late = false } = {}) {
    const ready = (late) =>
      new Promise((done) => {
        const began = performance.now();
        const check = () => {
          const hosts = document.querySelector('script[src*="todoita"]') ? [...document.querySelectorAll("todoita-code")] : [];
          const good =
            document.readyState === "complete" &&
            hosts.every((host) => host.matches("[data-state], [data-unavailable]")) &&
            (!late || "late" in document.documentElement.dataset);
          if (good || performance.now() - began > 5000) done(good);
          else setTimeout(check, 10);
        };
        check();
      });
    if (!(await this.session.run(ready, late))) throw new Error("an element on the page has not started");
  }

  /** Whether the browser refused to send the form, by constraint validation, or the site's script did and shows `refused`. */
  wasRefused(refused) {
    const isRefused = (refused) => !!window.wasRefused || (!!refused && !!document.querySelector(refused)?.checkVisibility());
    return this.session.run(isRefused, refused ?? null).catch(() => false);
  }

  /** Runs a function in the page. */
  run(script, ...args) {
    return this.session.run(script, ...args);
  }

  /** Puts the focus into the code's input, at the end of its text, once a framework has drawn it. */
  async focus() {
    await eventually(() => this.session.count(this.inputSelector), (count) => count > 0);
    await this.session.run((selector) => document.querySelector(selector).focus(), this.inputSelector);
  }

  /** Presses keys in the code's input. */
  async type(...keys) {
    await this.focus();
    await this.session.press(...keys);
  }

  press(...keys) {
    return this.session.press(...keys);
  }

  /** Replaces the text of the input by typing. */
  retype(...keys) {
    return this.type(["control", "a"], ...keys);
  }

  /** Puts a text on the clipboard. */
  async copy(text) {
    if (copied.get(this.session) !== text) await copy(this.session, text);
    copied.set(this.session, text);
  }

  /** Pastes with Ctrl+V. */
  async paste(text) {
    await this.copy(text);
    await this.focus();
    await this.session.press(["control", "v"]);
  }

  async click(selector) {
    await (await this.session.find(selector)).click();
  }

  /** Presses the site's own button. */
  submit() {
    return this.buttonSelector ? this.click(this.buttonSelector) : this.session.press("enter");
  }

  value() {
    return this.run((selector) => document.querySelector(selector).value, this.inputSelector);
  }

  /** The widget's text under the input, or an empty text. */
  message() {
    return this.run(() =>
      [...document.querySelectorAll("todoita-code [role=alert], todoita-code [role=status]")].map(({ textContent }) => textContent.trim()).join(""),
    );
  }

  /** Waits for a message that matches. */
  async shows(pattern) {
    await eventually(() => this.message(), (text) => pattern.test(text));
  }

  /** The element's `data-state`. */
  state() {
    return this.run(() => document.querySelector("todoita-code").dataset.state ?? null);
  }

  /** Waits until the page that answers the given post is there and ready. */
  async answered(number) {
    const there = async () => {
      await this.enterFrame();
      return this.run(() => document.documentElement.dataset.answer);
    };
    await eventually(there, String(number));
    await this.started();
  }
}

/** A person on the page of a defect's test. */
export async function visit(t, { body, head, files, policy, pages = {}, input, button, frame, path = "/", lang } = {}) {
  const site = await startSite(t, { "/": page({ body, head }), ...pages }, { files, policy });
  const session = await browser(t, lang ? { lang } : {});
  const person = new Person(session, input, button);
  await person.open(site.url(path), { frame });
  return { site, session, person };
}

/** The posts of a site once there are `count` of them, each as its path and its fields without the widget's own. */
export async function posts(site, count = 1, within = 8000) {
  const end = Date.now() + within;
  while (site.posts.length < count && Date.now() < end) await pause(10);
  return site.posts.map(({ path, fields }) => ({
    path,
    fields: Object.fromEntries(Object.entries(fields).filter(([name]) => !name.startsWith("todoita-")).sort()),
  }));
}

/** The names of the parts that the element adds. */
export const PARTS = ["message", "more", "ways"];

/** The control that opens the guide. */
export const GUIDE_SUMMARY = "[data-part=ways] > summary";

/** The guide's controls, by selector. */
const GUIDE = { choice: 'todoita-guide [data-do^="choice "]', code: 'todoita-guide [data-do="exit code"]', back: 'todoita-guide [data-do="exit back"]' };

/** Opens the guide, answers the first question, and gives whether that screen is there. */
export async function askGuide(person) {
  await person.click(GUIDE_SUMMARY);
  await eventually(() => person.session.count(GUIDE.choice), (count) => count > 0);
  await person.run((selector) => document.querySelector(selector).click(), GUIDE.choice);
  await eventually(() => person.session.count(GUIDE.code), (count) => count > 0);
}

/** Goes back from the guide to the code. */
export const leaveGuide = (person) => person.run((selector) => document.querySelector(selector).click(), GUIDE.code);

/** Goes one screen back in the guide. */
export const backInGuide = (person) => person.run((selector) => document.querySelector(selector).click(), GUIDE.back);

/** The markup of the README's page. `F("<label>…")` is any markup as the element's children. */
export const F = (children, { facts = 'channel="sms" destination="5678"', form = "" } = {}) =>
  `<form id="f" method="post" action="/login/code" ${form}><todoita-code ${facts}>${children}</todoita-code></form>`;

export const LABEL = '<label for="code">認証コード</label>';
export const INPUT = '<input id="code" name="code">';
export const BUTTON = '<button id="go">確認する</button>';

/**
 * A script of the site that runs once the element has started; `data-late` on the root says that it did. Without the
 * element's script it runs when the page is loaded.
 */
export const AFTERWARDS = (script) => `<script>addEventListener("load", function wait() {
  const started = !document.querySelector('script[src*="todoita"]') || document.querySelector("[data-state], [data-unavailable]");
  if (!started) return setTimeout(wait, 20);
  ${script}; document.documentElement.dataset.late = "";
})</script>`;

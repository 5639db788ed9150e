// Drives one form through its cases, once without the script and once with it, by the same steps.

import assert from "node:assert/strict";
import { browser, answerPage, library, page, pause, Person, posts, redirect, startSite } from "./browser.mjs";
import { BACKUP, CODE, LETTERS, WRONG } from "./compare.mjs";

const MESSAGE = `2026/11/22 10:30 認証番号：${CODE}（有効期限10分）`;
const FULL_WIDTH = "４８２９１３";

/** How long a post is waited for, in milliseconds: one that is certain to come, and one that may not. */
const CERTAIN = 8000;
const UNCERTAIN = 1500;

/** One side of the comparison: a site with the form, and a person on it. */
class Side {
  static async start(t, form, script) {
    const side = new Side();
    side.form = form;
    side.script = script;
    const tags = (form.libraries ?? []).map((path) => `<script src="/lib/${path}"></script>`).join("");
    const files = Object.fromEntries((form.libraries ?? []).map((path) => [`/lib/${path}`, library(path)]));
    const body = (html, answer) => page({ body: html, head: tags, script, answer });
    const frame = "<!doctype html><meta charset=utf-8><iframe src=/frame width=900 height=600></iframe>";
    const pages = form.frame ? { "/": frame, "/frame": body(form.html, 0) } : { "/": body(form.html, 0) };
    side.site = await startSite(t, pages, { files });
    side.site.answer = (response, post) => {
      if (form.status) return response.writeHead(form.status).end();
      if (!Object.values(post.fields).includes(WRONG)) return redirect(response, "/in");
      const refused = form.html.replaceAll("<todoita-code", '<todoita-code cause="wrong" attempts-left="7" now="2026-11-22T10:31:00Z"');
      answerPage(response, body(refused, side.site.posts.length));
    };
    side.person = new Person(await browser(t), form.input ?? "#code", form.button);
    return side;
  }

  async open() {
    this.site.posts.length = 0;
    await this.person.open(this.site.url(), { frame: this.form.frame });
    if (this.script && !this.form.unavailable) assert.ok(await this.person.state(), "the element is in charge");
    if (this.form.late) await this.person.started({ late: true });
    if (this.form.before) await this.person.click(this.form.before);
    this.site.posts.length = 0;
  }

  /** Sends the form by Enter or by its button. */
  async send(by) {
    // The site's own script sends it, perhaps in a moment.
    if (this.form.auto && (await posts(this.site, 1, 1_000)).length > 0) return;
    const enter = this.form.press === "enter" || (by === "enter" && this.form.enter !== false);
    if (enter) await this.person.press("enter");
    else await this.person.submit();
  }

  /** Takes the steps of a case; `expected` posts are waited for. Gives what was posted. */
  async run(name, { expected, within }) {
    await this.open();
    const { person, site } = this;
    if (name === "typed") {
      await person.type(CODE);
      await this.send("enter");
    } else if (name === "pasted message") {
      await person.paste(MESSAGE);
      await this.send("button");
    } else if (name === "full-width") {
      await person.type(FULL_WIDTH);
      await this.send("enter");
    } else if (name === "8 digits") {
      await person.type(BACKUP);
      await this.send("button");
    } else if (name === "wrong, then right") {
      await person.type(WRONG);
      await this.send("enter");
      if ((await posts(site, 1, within)).length === 1) {
        if (this.form.stays) await pause(100);
        else await person.answered(1);
        if (this.form.before && !this.form.stays) await person.click(this.form.before);
        await person.retype(CODE);
        if (!this.form.auto) await this.send("enter");
      }
    } else {
      await person.type(LETTERS);
      await this.send("button");
      if ((await posts(site, 1, 500)).length === 0) await this.send("button");
    }
    return this.settled(expected, within);
  }

  /** Presses one of the site's other controls. */
  async other({ press, text, then }, { expected, within }) {
    await this.open();
    const { person } = this;
    if (text) await person.type(text);
    await person.click(press);
    if (then) {
      await person.click(then.type);
      await person.press(then.text);
      await person.click(then.press);
    }
    return this.settled(expected, within);
  }

  /** Waits until the posts are there, or the browser has refused to send the form. */
  async settled(expected, within) {
    if ((await posts(this.site, expected, Math.min(within, 300))).length < expected && !(await this.person.wasRefused(this.form.refused))) {
      await posts(this.site, expected, within);
    }
    // A second post of the same press would come at once.
    await pause(20);
    return posts(this.site, 0);
  }
}

/** Both sides of a form. */
export class Pair {
  static async start(t, form) {
    const pair = new Pair();
    [pair.plain, pair.element] = await Promise.all([Side.start(t, form, false), Side.start(t, form, true)]);
    return pair;
  }

  /**
   * The posts of both sides.
   * @param {(side: Side, wait: { expected: number, within: number }) => Promise<object[]>} steps
   * @param {number} expected how many posts the steps mean
   * @param {boolean} known whether the element is known to lose here; then nobody waits long for what does not come
   */
  async both(steps, expected, known) {
    const plain = await steps(this.plain, { expected, within: CERTAIN });
    const element = await steps(this.element, { expected: plain.length || expected, within: known || plain.length === 0 ? UNCERTAIN : CERTAIN });
    return { plain, element };
  }
}

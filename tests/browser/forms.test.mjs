// Forms as sites write them (tests/forms/): whatever the plain form does is possible with the element around its input.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { FORMS } from "../forms/forms.mjs";
import { browser, close } from "./engines.mjs";
import { Field, eventually } from "./pages.mjs";
import { Site } from "./sites.mjs";

after(close);

/** A page with the form; `alive`: with the element's script. */
const pageOf = ({ form = "", element = "", content, outside, head = "" }, alive) => {
  const script = alive ? '<script type="module" src="/assets/dist/todoita.js"></script>' : "";
  const host = `<todoita-code id=host channel=sms ${element}>${content}</todoita-code>`;
  const body = outside ? outside + host : `<form method=post action="/login/code" ${form}>${host}</form>`;
  return `<!doctype html><html lang=ja><head><meta charset=utf-8><title>確認コード</title>${head}${script}</head><body>${body}</body></html>`;
};

/** A person in front of the form, with the element or without. */
class Person {
  #session;

  constructor(session, alive) {
    this.#session = session;
    this.alive = alive;
  }

  async type(...keys) {
    await this.run(() => {
      const input = document.getElementById("code");
      input.focus();
      // A number has no selection.
      if (input.selectionStart !== null) input.setSelectionRange(input.value.length, input.value.length);
    });
    await this.#session.press(...keys);
  }

  /** Over the whole text. */
  async replaceBy(text) {
    await this.type(["control", "a"], text);
  }

  async press(id) {
    await (await this.#session.find(`#${id}`)).click();
  }

  run(script) {
    return this.#session.run(script);
  }

  waits(milliseconds) {
    return pause(milliseconds);
  }

  /** The element says why the form was not sent. */
  async isStopped(message) {
    await eventually(() => this.run(() => document.querySelector("[data-part=message]")?.textContent), (text) => message.test(text));
  }
}

const posted = (site) =>
  site.posts.map(({ path, fields: { "todoita-attempt": _, ...fields } }) => (path === "/login/code" ? fields : { path, ...fields }));

for (const [name, form] of Object.entries(FORMS)) {
  for (const alive of [true, false]) {
    test(`${name}, ${alive ? "with the element" : "as the plain form"}`, async (t) => {
      const site = await Site.start(t, pageOf(form, alive), { policy: "object-src 'none'" });
      const session = await browser(t);
      await session.open(site.url());
      if (alive) await new Field(session).alive();
      await form.steps(new Person(session, alive));
      const expected = (!alive && form.plain) || form.posts;
      if (!expected.length) await pause(300);
      await eventually(async () => JSON.stringify(posted(site)), JSON.stringify(expected));
      await pause(100);
      assert.deepEqual(posted(site), expected);
    });
  }
}

// A whole sign-in with its troubles, the same for every framework: refused, refused again for the same cause, expired, a
// new code, the guide and back, signed in.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { browser } from "../browser/engines.mjs";
import { Field, complaints, eventually } from "../browser/pages.mjs";
import { redirect } from "../browser/sites.mjs";
import { ScriptedStep } from "./backend/scripted.mjs";
import { MESSAGE } from "./hosts.mjs";

const WORDS = JSON.parse(readFileSync(new URL("../../www/words/ja.json", import.meta.url), "utf8"));

/** Counts from now on how often each text was put into an alert. */
const listen = (session) =>
  session.run(() => {
    window.alerts = [];
    new MutationObserver((changes) => {
      const element = ({ target }) => (target.nodeType === Node.TEXT_NODE ? target.parentElement : target);
      const regions = new Set(changes.flatMap((change) => [element(change), ...change.addedNodes].filter((node) => node?.matches?.("[role=alert]"))));
      for (const { isConnected, textContent } of regions) if (isConnected && textContent) window.alerts.push(textContent);
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });

/** Waits until the framework has drawn whatever it still draws. */
const settled = (session) => session.run(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50))));

/** Types a code in place of what is there, and presses Enter. */
async function enter(field, code) {
  await (await field.input()).click();
  await field.press(["control", "a"], code, "enter");
}

/** Types a code that is refused: the reason is announced once, and stays. */
async function refused(session, field, code, reason) {
  await session.run(() => void window.alerts.splice(0));
  await enter(field, code);
  await eventually(() => field.alert(), reason);
  await settled(session);
  assert.equal(await field.alert(), reason, "the reason stays");
  assert.deepEqual(await session.run(() => window.alerts), [reason], "the reason is announced once");
  assert.equal(await session.run(() => document.querySelector("todoita-code input").getAttribute("aria-invalid")), "true");
  assert.equal(await session.count("[data-part=message]"), 1);
}

/**
 * Signs in at a page, with every trouble on the way.
 * @param {import("node:test").TestContext} t
 * @param {string} url of the page
 * @param {object} [how]
 * @param {string} [how.resend] the page's own control for a new code; the widget's button where there is none
 * @param {ScriptedStep} [how.step] what was posted is looked up there
 */
export async function troubles(t, url, { resend, step } = {}) {
  const session = await browser(t);
  const field = await Field.open(session, url);
  await listen(session);
  assert.match(await field.sent(), /末尾5678/);

  await refused(session, field, "111111", WORDS.wrong);
  await refused(session, field, "222222", WORDS.wrong);
  await refused(session, field, "333333", WORDS.expired);

  await (resend ? (await session.find(resend)).click() : field.choose("resend"));
  await eventually(() => field.message(), WORDS["new-code"]);
  await settled(session);
  assert.equal(await field.message(), WORDS["new-code"], "the sentence stays");
  await eventually(() => field.wait(), (text) => text !== "");

  const guide = await field.guide();
  const screen = await guide.screen();
  await guide.answer((await guide.all("choice"))[0]);
  await eventually(() => guide.screen(), (name) => name !== screen);
  await session.back();
  await guide.screen(screen);
  await guide.leave("code");
  await eventually(() => guide.open(), false);

  await field.paste(MESSAGE);
  await eventually(() => field.value(), "482913");
  await field.press("enter");
  await eventually(() => session.url(), new URL("/in", url).href);
  assert.deepEqual(await complaints(session), []);
  if (step) assert.deepEqual(step.posted, ["111111", "222222", "333333", "resend", "482913"]);
}

/** The answers of a site in JSON, by a step of its own. */
export function answersInJson(site) {
  const step = new ScriptedStep();
  site.answer = (response, { fields }) => {
    const [status, type, body] = step.json(step.post(fields));
    response.writeHead(status, { "content-type": type }).end(JSON.stringify(body));
  };
  return step;
}

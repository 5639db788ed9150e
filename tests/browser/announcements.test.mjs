// Announcements, step by step, as tables: the changes of live regions, and the field in the accessibility tree of
// the browser. No screen reader runs here.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { STYLE, loginPage } from "./access-states.mjs";
import { ENGINE, browser, close } from "./engines.mjs";
import { openField } from "./field-page.mjs";
import { Field, eventually } from "./pages.mjs";
import { Site, accept, minutes, refuse } from "./sites.mjs";

after(close);

const SITE = { answers: "json", support: "/help" };

/** Notes from now on every change of a live region that says something: `"assertive (ja): …"`. */
const listen = (session) =>
  session.run(() => {
    window.announced = [];
    const note = (node) => {
      const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
      const region = element?.closest("[role=alert], [role=status], [aria-live]");
      const text = region?.textContent.trim();
      if (!text || !region.checkVisibility()) return;
      const how = region.role === "alert" || region.ariaLive === "assertive" ? "assertive" : "polite";
      window.announced.push(`${how} (${region.closest("[lang]").lang}): ${text}`);
    };
    new MutationObserver((changes) => {
      // A region that changed in several places at once is announced once.
      const regions = new Set(changes.map(({ target }) => (target.nodeType === Node.TEXT_NODE ? target.parentElement : target)?.closest("[role=alert], [role=status], [aria-live]")).filter(Boolean));
      for (const region of regions) note(region);
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });

/** The announcements since the last call. */
const announced = (session) => session.run(() => window.announced.splice(0));

/** The input in Chromium's accessibility tree. */
async function tree(session) {
  const { nodes } = await session.devtools("Accessibility.getFullAXTree");
  const node = nodes.find(({ role, ignored }) => !ignored && role?.value === "textbox");
  const states = Object.fromEntries(node.properties.map(({ name, value }) => [name, value.value]));
  const { required, invalid, readonly, busy = false } = states;
  return { name: node.name.value, description: node.description?.value, required, invalid, readonly, busy };
}

async function open(t, { lang = "ja", facts = SITE } = {}) {
  const opened = await openField(t, loginPage({ lang, facts }), { files: { "/site.css": STYLE } });
  await listen(opened.session);
  return opened;
}

/** The announcements at each step, in their order. */
const TABLE = {
  ja: {
    typing: [],
    short: ["assertive (ja): まだ5桁です。6桁のコードを入力してください。"],
    mended: ["polite (ja): 全角を半角に変えました。"],
    wrong: ["polite (ja): 確認しています…", "assertive (ja): 違うか、期限切れです。最新のコードを入力してください。あと3回試せます。"],
    again: [
      "polite (ja): あと3回試せます。",
      "assertive (ja): 先ほど確認できなかったコードです。別のコードを入力してください。",
      "polite (ja): 確認しています…",
      "assertive (ja): 違うか、期限切れです。最新のコードを入力してください。あと3回試せます。",
    ],
    lost: ["polite (ja): 確認しています…", "assertive (ja): サイトにつながりませんでした。もう一度お試しください。"],
    limited: ["polite (ja): 確認しています…", "assertive (ja): 送信や入力が多いため、時間をおいてお試しください。長くて1日です。"],
    sent: ["polite (ja): 新しいコードを送りました。最後に届いたものを使ってください。"],
    accepted: ["polite (ja): 確認しています…", "polite (ja): 確認できました。"],
  },
  en: {
    typing: [],
    short: ["assertive (en): The code must be 6 digits. You entered 5."],
    mended: ["polite (en): We changed full-width digits."],
    wrong: ["polite (en): Checking…", "assertive (en): Wrong or expired code. Use the newest one. 3 attempts left."],
    again: [
      "polite (en): 3 attempts left.",
      "assertive (en): You have already tried this code. Enter a different one.",
      "polite (en): Checking…",
      "assertive (en): Wrong or expired code. Use the newest one. 3 attempts left.",
    ],
    lost: ["polite (en): Checking…", "assertive (en): We could not reach the site. Try again."],
    limited: ["polite (en): Checking…", "assertive (en): Too many requests. Try again later (up to a day)."],
    sent: ["polite (en): We sent a new code. Use the last one that comes."],
    accepted: ["polite (en): Checking…", "polite (en): Code accepted."],
  },
};

const SENT = { now: minutes(0), sentAt: minutes(0), resendAt: minutes(1), channel: "sms", destination: "5678" };

for (const [lang, table] of Object.entries(TABLE)) {
  test(`each step is announced once, and in the page's language (${lang})`, async (t) => {
    const { site, session, field } = await open(t, { lang });
    const whole = ["control", "a"];
    const answer = (how) => (site.answer = how);
    const STEPS = {
      typing: () => field.type("48291"),
      short: () => field.press("enter"),
      mended: () => field.type(whole, "４８２９１３"),
      wrong: () => answer((response) => refuse(response, "wrong", { attemptsLeft: 3 })) && field.press("enter"),
      again: () => field.press("1", "backspace", "482913", "enter"),
      lost: () => answer((response) => response.destroy()) && field.type(whole, "482914", "enter"),
      limited: () => answer((response) => refuse(response, "limited", { attemptsLeft: 3 })) && field.type(whole, "482915", "enter"),
      sent: () => session.run((sent) => document.querySelector("todoita-code").sent(sent), SENT),
      accepted: () => answer((response) => accept(response, { location: undefined })) && field.type(whole, "482916", "enter"),
    };
    assert.deepEqual(Object.keys(STEPS), Object.keys(table));
    for (const [name, act] of Object.entries(STEPS)) {
      await act();
      await eventually(() => session.run(() => window.announced.length), (length) => length >= table[name].length).catch(() => {});
      // An announcement too many fails the next step.
      assert.deepEqual(await announced(session), table[name], name);
    }
    await eventually(() => field.state(), "accepted");
    assert.deepEqual(await announced(session), []);
  });
}

// Only Chromium gives its accessibility tree away.
test("the accessibility tree has the field's name, description and state at each step", { skip: ENGINE !== "chrome" && "Chromium alone" }, async (t) => {
  const { site, session, field } = await open(t);
  const seen = async () => {
    const { description, ...rest } = await tree(session);
    return { ...rest, description };
  };
  const calm = { name: "認証コード", required: true, invalid: "false", readonly: false, busy: false };
  const first = await seen();
  assert.match(first.description, /5678/);
  assert.deepEqual(first, { ...calm, description: first.description });

  await field.type("48", "enter");
  assert.deepEqual(await seen(), { ...calm, invalid: "true", description: `${first.description} まだ2桁です。6桁のコードを入力してください。` });

  const release = site.hold(/login/);
  site.answer = (response) => refuse(response, "wrong", { attemptsLeft: 3 });
  await field.type(["control", "a"], "482913", "enter");
  await eventually(() => field.state(), "busy");
  assert.deepEqual(await seen(), { ...calm, readonly: true, description: `${first.description} 確認しています…` });
  assert.equal(await session.run(() => document.querySelector("todoita-code").ariaBusy), "true");

  release();
  await eventually(() => field.state(), "refused");
  assert.deepEqual(await seen(), {
    ...calm, invalid: "true",
    description: `${first.description} 違うか、期限切れです。最新のコードを入力してください。あと3回試せます。`,
  });
});

test("the engine exposes the names and roles of the parts", async (t) => {
  const { session } = await open(t);
  await (await session.find("summary")).click();
  const exposed = async (selector) => {
    const element = await session.find(selector);
    return [await element.role(), await element.name()];
  };
  assert.deepEqual(await exposed("#code"), ["textbox", "認証コード"]);
  assert.deepEqual(await exposed("#code-submit"), ["button", "確認する"]);
  assert.deepEqual(await exposed("todoita-code [value=resend]"), ["button", "新しいコードを送る"]);
  await eventually(() => session.count("todoita-guide[data-alive]"), 1);
  const [role, heading] = await exposed("todoita-guide h3");
  assert.equal(role, "heading");
  assert.deepEqual(await exposed("todoita-guide [data-part=guide]"), ["group", heading]);
  assert.deepEqual(await exposed("todoita-guide [data-part=exits]"), ["group", "そのほか"]);
});

test("in a page of another language, the widget's texts have the language en", async (t) => {
  const site = await Site.start(t, loginPage({ facts: SITE }).replace('lang="ja"', 'lang="fr"'));
  const session = await browser(t);
  const field = await Field.open(session, site.url());
  await listen(session);
  await field.type("48", "enter");
  assert.deepEqual(await announced(session), ["assertive (en): The code must be 6 digits. You entered 2."]);
  await field.guide();
  const foreign = await session.run(() =>
    [...document.querySelectorAll("todoita-code [data-part], todoita-guide *")]
      .filter((it) => it.textContent.trim() && it.closest("[lang]").lang !== "en")
      .map((it) => it.outerHTML.slice(0, 80)),
  );
  assert.deepEqual(foreign, []);
  // The site's own texts stay as they are.
  assert.equal(await session.run(() => document.querySelector("label").closest("[lang]").lang), "fr");
});

test("a screen of the guide is announced by its focused heading, the result of a search by a status", async (t) => {
  const { session, field } = await open(t);
  const guide = await field.guide();
  await announced(session);
  await guide.leave("menu");
  await guide.screen("entry");
  assert.equal(await session.run(() => document.activeElement.textContent), await guide.heading());
  assert.deepEqual(await announced(session), []);
  await guide.search("qqqqqq");
  // The terms are fetched when somebody searches.
  await eventually(() => session.run(() => window.announced.length), (length) => length > 0);
  const [none, ...more] = await announced(session);
  assert.match(none, /^polite \(ja\): ./);
  assert.deepEqual(more, []);
});

test("the recorder of announcements notices a text that is announced twice", async (t) => {
  const { session } = await open(t);
  await session.run(() => {
    document.querySelector("todoita-code [role=status]").textContent = "a";
    document.querySelector("todoita-code [role=alert]").textContent = "a";
  });
  assert.deepEqual(await announced(session), ["polite (ja): a", "assertive (ja): a"]);
});

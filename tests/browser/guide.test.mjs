// The guide: from each symptom to a way forward, in the page.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test, { after } from "node:test";
import { browser, close, only } from "./engines.mjs";
import { SUPPORT, openWithSupport } from "./field-page.mjs";
import { Field, Guide, complained, complaints, eventually } from "./pages.mjs";
import { Site, minutes, page } from "./sites.mjs";

after(close);

const CARRIER_MAIL = { channel: "email", destination: "h***@docomo.ne.jp" };
const NOT_SENT = { "resend-at": null, "expires-at": null, "sent-at": null, destination: null };

/**
 * The fifteen symptoms: what the page knows, what the person presses, and where that ends. A step is
 * an answer and the screen it leads to; an end is `code` (back in the field), what was posted
 * (`resend`, `voice`, …), or a screen.
 */
const SYMPTOMS = {
  "where does it arrive": {
    steps: ["right sms-other-texts-arrive", "yes hidden-on-phone", "found"],
    end: "code",
  },
  "however often it is sent, no SMS comes": {
    steps: ["right sms-other-texts-arrive", "no phone-signal", "still carrier-filter", "send"],
    end: "resend",
  },
  "ordinary texts come, only codes do not": {
    steps: ["right sms-other-texts-arrive", "yes hidden-on-phone", "still carrier-filter", "still other-way", "way voice"],
    end: "voice",
  },
  "after many resends it says wait 24 hours": {
    facts: { cause: "limited", "retry-at": minutes(60) },
    steps: ["way email"],
    end: "email",
  },
  "it goes to the old number": {
    steps: ["whose number-whose", "old lost-what-is-left", "logged-in still-logged-in", "done"],
    end: "code",
  },
  "the app is gone": {
    facts: { channel: "app", ...NOT_SENT },
    steps: ["gone lost-what-is-left", "way backup"],
    end: "code",
  },
  "an app code was never set up": {
    facts: { channel: "app", ...NOT_SENT },
    steps: ["never app-find", "still other-way", "exit support support"],
    end: "support",
  },
  "the code is right but is refused": {
    facts: { cause: "wrong" },
    steps: ["still code-renew", "send"],
    end: "resend",
  },
  "the code came late": {
    facts: { cause: "expired" },
    steps: ["late code-renew", "send"],
    end: "resend",
  },
  "what and where is the backup code": {
    facts: { channel: "backup", ...NOT_SENT },
    steps: ["found backup-enter", "enter"],
    end: "code",
  },
  "a code came that nobody asked for": {
    steps: ["exit menu entry", "unasked unasked-code", "not-me secure-account", "done done"],
    end: "done",
  },
  "the mail does not come": {
    facts: CARRIER_MAIL,
    steps: ["right mail-search", "still mail-allow-domain", "send"],
    end: "resend",
  },
  "locked, and the unlock code does not come": {
    facts: { cause: "locked" },
    steps: ["use unlock-code", "still other-way", "exit support support"],
    end: "support",
  },
  "a new SIM": {
    steps: ["right sms-other-texts-arrive", "two sim-check", "other other-way", "way voice"],
    end: "voice",
  },
  "a caller asks for the code": {
    steps: ["came it-came", "asked someone-asks", "told secure-now", "done done"],
    end: "done",
  },
  "it shows a stranger's account": {
    steps: ["came it-came", "stranger not-your-account", "off support"],
    end: "support",
  },
  "the phone is at home": {
    steps: ["not-here not-here", "send"],
    end: "resend",
  },
  "support does not answer": {
    steps: ["exit menu entry", "waiting support"],
    end: "support",
  },
};

for (const lang of ["ja", "en"]) {
  for (const [symptom, { facts, steps, end }] of Object.entries(SYMPTOMS)) {
    test(`${lang}: ${symptom}`, async (t) => {
      const { site, session, field } = await openWithSupport(t, { facts, lang });
      const guide = await field.guide();
      assert.match(await guide.heading(), lang === "ja" ? /[ぁ-ん]/ : /^[^ぁ-ん]+$/);
      let read = 1;
      for (const step of steps) {
        const [first, second, third] = step.split(" ");
        if (first === "way") await guide.take(second);
        else if (first === "exit") await guide.leave(second);
        else await guide.answer(first);
        const next = first === "exit" ? third : first === "way" ? undefined : second;
        if (next) await guide.screen(next);
        read += next && next !== "done" ? 1 : 0;
        if (next === "entry") read = 1;
      }
      assert.ok(read <= 5, `${read} screens`);
      if (end === "code") {
        await eventually(() => field.focused(), true);
        assert.equal(await guide.open(), false);
        assert.equal(site.posts.length, 0);
      } else if (["support", "done"].includes(end)) {
        assert.equal(await guide.screen(), end);
        if (end === "support") assert.equal(await session.count("todoita-guide a[href='/help']"), 1);
      } else {
        await eventually(() => site.posts.length, 1);
        assert.equal(site.posts[0].fields["todoita-action"], end);
      }
      assert.deepEqual(await complaints(session), []);
    });
  }
}

test("the guide's files are fetched when it is opened, from the page's own origin alone", async (t) => {
  const { site, session, field } = await openWithSupport(t);
  const before = site.asked.length;
  assert.deepEqual(site.asked.filter((path) => /guide|picture/.test(path)), []);
  const guide = await field.guide();
  const asked = site.asked.slice(before).map((path) => path.replace(/-[0-9a-f]{8}/, "")).sort();
  assert.deepEqual(asked, [
    "/assets/dist/todoita-guide.css", "/assets/dist/todoita-guide.js", "/assets/dist/todoita-guide.wasm", "/assets/words/ja.guide.json",
  ]);
  await guide.answer("right");
  await guide.answer("no");
  await guide.screen("phone-signal");
  // The search's terms are fetched when somebody searches.
  await guide.leave("menu");
  await guide.screen("entry");
  await guide.search("ドコモ");
  assert.deepEqual(site.asked.slice(before + 4).filter((path) => !/pictures/.test(path)), ["/assets/words/ja.search.json"]);
});

test("the first screen is shown within a frame after its files have arrived", async (t) => {
  const { session, field } = await openWithSupport(t);
  await field.guide();
  // Everything is there now: a second guide is drawn from it.
  const drawn = await session.run(
    () =>
      new Promise((done) => {
        const place = document.querySelector("todoita-code details");
        place.querySelector("todoita-guide").remove();
        requestAnimationFrame(() => {
          place.append(document.createElement("todoita-guide"));
          requestAnimationFrame(() => done(!!place.querySelector("todoita-guide h3")));
        });
      }),
  );
  assert.equal(drawn, true);
});

test("a changed file of the guide is not run, and the plain list of methods stays", async (t) => {
  const { site, session } = await openWithSupport(t);
  site.change = (path, body) => (/todoita-guide-\w+\.js$/.test(path) ? Buffer.concat([body, Buffer.from("\n")]) : body);
  await (await session.find("[data-part=ways] > summary")).click();
  // WebKit's own message is in its console alone; the page gets an event that the file was refused.
  await complained(session, /integrity|not loaded: \S+todoita-guide-/);
  assert.equal(await session.run(() => !!customElements.get("todoita-guide")), false);
  await (await session.find("[data-part=choices] [value=voice]")).click();
  await eventually(() => site.posts.length, 1);
});

test("by keyboard alone: the heading of each new screen has the focus", async (t) => {
  const { session, field } = await openWithSupport(t);
  await (await field.input()).click();
  const focused = () => session.run(() => document.activeElement.dataset.do ?? document.activeElement.localName);
  const tabTo = async (wanted) => {
    for (let press = 0; press < 40; press++) {
      if ((await focused()).startsWith(wanted)) return;
      await session.press("tab");
    }
    assert.fail(`${wanted} is not reached by Tab`);
  };
  await tabTo("summary");
  await session.press("enter");
  const guide = new Guide(session, "todoita-code");
  await guide.alive();
  await tabTo("choice right");
  await session.press("enter");
  await guide.screen("sms-other-texts-arrive");
  assert.equal(await focused(), "h3");
  await tabTo("choice no");
  await session.press(" ");
  await guide.screen("phone-signal");
  assert.equal(await focused(), "h3");
  await tabTo("exit code");
  await session.press("enter");
  assert.equal(await field.focused(), true);
});

test("the events have the screen and the remedy that helped, and nothing about the person", async (t) => {
  const { field } = await openWithSupport(t);
  const guide = await field.guide();
  await field.events();
  await guide.answer("right");
  await guide.answer("no");
  await guide.screen("phone-signal");
  await guide.answer("came");
  await eventually(() => guide.open(), false);
  assert.deepEqual(await field.events(), [
    { event: "step", profile: "generic", screen: "sms-other-texts-arrive" },
    { event: "step", profile: "generic", screen: "phone-signal" },
    { event: "remedy", profile: "generic", remedy: "phone-signal", outcome: "came" },
  ]);
});

test("the guide takes a refusal into account that happened while the page is open", async (t) => {
  const { session, field } = await openWithSupport(t, { facts: { channel: "app", ...NOT_SENT } });
  await session.run(() => document.querySelector("todoita-code").refused({ cause: "wrong", now: Date.now() }));
  const guide = await field.guide();
  await guide.screen("app-where");
  await guide.answer("refused");
  await guide.screen("app-fresh-code");
});

test("the guide takes answers into account that came while it was closed", async (t) => {
  const { session, field } = await openWithSupport(t);
  const guide = await field.guide();
  await guide.answer("right");
  await guide.leave("code");
  await eventually(() => guide.open(), false);
  const answer = (what, answer) =>
    session.run((what, answer) => document.querySelector("todoita-code")[what](answer), what, { now: minutes(0), ...answer });
  await answer("sent", { channel: "email", destination: "h***@mail.example", sentAt: minutes(0) });
  await (await session.find("[data-part=ways] > summary")).click();
  await guide.screen("mail-check-address");
  assert.match(await guide.heading(), /h\*\*\*@mail\.example/);
  await guide.leave("code");
  await answer("refused", { cause: "locked", retryAt: minutes(30) });
  await (await session.find("[data-part=ways] > summary")).click();
  await guide.screen("wait-until");
  // Behind a lock there is no code to enter.
  await guide.leave("page");
  // A wait that is over is none.
  await answer("refused", { cause: "wrong" });
  await (await session.find("[data-part=ways] > summary")).click();
  await guide.screen("code-compare");
  await guide.leave("menu");
  await guide.answer("locked");
  await guide.screen("locked-which");
});

test("a file of the guide that failed to load is fetched again the next time", async (t) => {
  for (const lost of [/todoita-guide-\w+\.js$/, /todoita-guide-\w+\.wasm$/, /ja\.guide\.json$/]) {
    await t.test(String(lost), async (t) => {
      const { site, session } = await openWithSupport(t);
      site.change = (path, body) => (lost.test(path) ? Buffer.from("lost") : body);
      await (await session.find("[data-part=ways] > summary")).click();
      await complained(session, /todoita: .*(could not be fetched|stays closed)/);
      site.change = (path, body) => body;
      await (await session.find("[data-part=ways] > summary")).click();
      await (await session.find("[data-part=ways] > summary")).click();
      await new Guide(session, "todoita-code").alive();
      assert.equal(await session.count("todoita-guide h3"), 1);
    });
  }
});

test("backup=\"digits\" is not an address; backup=\"none\" is no method; an unsafe address is no link", async (t) => {
  const { session, field } = await openWithSupport(t, { facts: { backup: "digits", reset: "javascript:alert(1)" } });
  let guide = await field.guide();
  await guide.leave("other");
  await guide.take("backup");
  await eventually(() => guide.open(), false);
  assert.equal(await session.count("todoita-guide a:not([href='/help'])"), 0);
  const { field: none } = await openWithSupport(t, { facts: { backup: "none" } });
  guide = await none.guide();
  await guide.leave("other");
  assert.ok(!(await guide.all("way")).includes("backup"));
});

test("a search leads to screens, and its text is not sent with the form", async (t) => {
  const { site, field } = await openWithSupport(t);
  const guide = await field.guide();
  await guide.leave("menu");
  await guide.screen("entry");
  assert.deepEqual(await guide.search("ドコモ"), ["carrier-filter"]);
  // Nothing found: what is urgent, what most people ask about, and support.
  assert.deepEqual(await guide.search("qwertz"), ["someone-asks", "secure-now", "it-came", "support"]);
  assert.deepEqual((await guide.search("頼んでいないのに認証コードが勝手に届く"))[0], "unasked-code");
  await field.type("482913", "enter");
  await eventually(() => site.posts.length, 1);
  assert.deepEqual(Object.keys(site.posts[0].fields).sort(), ["code", "todoita-attempt", "todoita-kind"]);
});

test("the line of every screen leads to what helps whom somebody asks, as a new start", async (t) => {
  const { session, field } = await openWithSupport(t);
  const guide = await field.guide();
  await guide.answer("right");
  await guide.screen("sms-other-texts-arrive");
  await (await session.find("todoita-guide [data-part=safety] button")).click();
  await guide.screen("someone-asks");
  assert.equal(await session.count("todoita-guide [data-part=safety]"), 0);
});

test("the other ways are named on their button", async (t) => {
  const { session, field } = await openWithSupport(t, { facts: { alternatives: "voice email" } });
  const guide = await field.guide();
  const other = await session.find('todoita-guide [data-do="exit other"]');
  assert.match(await other.text(), /メール、電話/);
  await guide.leave("other");
  await guide.screen("other-way");
});

test("the link to the site's notices has no other answers in its place", async (t) => {
  const { session, field } = await openWithSupport(t, { facts: { incident: "", notice: "/status", alternatives: "voice email" } });
  const guide = await field.guide();
  await guide.screen("site-trouble");
  assert.equal(await session.count("todoita-guide :has(> a[href='/status']) > button"), 0);
  assert.ok((await session.count("todoita-guide [data-do^='method'], todoita-guide button")) > 2);
});

for (const [name, css, html] of [
  ["", "", ""],
  [" and text at 200 %", "html { font-size: 200% }", ""],
  [" from right to left", "", 'dir="rtl"'],
]) {
  test(`every screen, in both languages, at 320 px${name}: no sideways scrolling, no small target, no placeholder`, async (t) => {
    const screens = Object.keys(JSON.parse(await readFile(new URL("../../www/words/ja.guide.json", import.meta.url))).screens);
    for (const lang of ["ja", "en"]) {
      const head = '<link rel="stylesheet" href="/own.css">';
      const site = await Site.start(t, page({ facts: SUPPORT, head, html: `lang="${lang}" ${html}` }));
      site.files["/own.css"] = css;
      const session = await browser(t, { lang, width: 320 });
      const field = await Field.open(session, site.url());
      await field.guide();
      for (const screen of screens) {
        const seen = await session.run((screen) => {
          dispatchEvent(new PopStateEvent("popstate", { state: { todoita: { code: { answers: screen, depth: 1 } } } }));
          const guide = document.querySelector("todoita-guide");
          for (const fold of guide.querySelectorAll("details")) fold.open = true;
          const pressed = [...guide.querySelectorAll("button, a, summary, input")];
          const small = ({ height, width }) => +Math.min(height, width).toFixed(2) < 44;
          const { scrollWidth, clientWidth } = document.documentElement;
          return {
            screen: guide.dataset.screen,
            sideways: Math.max(0, scrollWidth - clientWidth),
            small: pressed.filter((it) => small(it.getBoundingClientRect())).map((it) => it.textContent),
            open: guide.textContent.match(/\{\w+\}|@!?[a-z-]+:|undefined|null/g),
            exits: guide.querySelectorAll("[data-part=exits] button").length >= 2,
            heading: guide.querySelector("h3").textContent.length > 1,
          };
        }, screen);
        assert.deepEqual(seen, { screen, sideways: 0, small: [], open: null, exits: true, heading: true }, lang);
      }
    }
  });
}

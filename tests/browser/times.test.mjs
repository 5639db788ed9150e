// Times: what the server said, measured by what has elapsed, never by the page's own clock.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { browser, close } from "./engines.mjs";
import { Field, eventually } from "./pages.mjs";
import { NOW, Site, minutes, page } from "./sites.mjs";

after(close);

const HOUR = 3_600_000;

/** A page whose clock is `off` milliseconds from what it should be, moves in steps, and can be put forward. */
async function withClock(t, off, own, step = 1) {
  const site = await Site.start(t, page({ ...own, head: '<script src="/clock.js"></script>' }));
  site.files["/clock.js"] = `{
    const inSteps = (ms) => Math.floor(ms / ${step}) * ${step};
    const RealDate = Date, now = performance.now.bind(performance);
    let off = ${off};
    window.forward = (ms) => { off += ms; ahead += ms; };
    let ahead = 0;
    performance.now = () => inSteps(now() + ahead);
    window.Date = class extends RealDate {
      constructor(...given) { given.length ? super(...given) : super(this.constructor.now()); }
      static now() { return inSteps(RealDate.now() + off); }
    };
  }`;
  const session = await browser(t);
  return { site, session, field: await Field.open(session, site.url()) };
}

const facts = (off) => ({ facts: { now: minutes(0), "sent-at": minutes(0), "expires-at": minutes(10), "resend-at": minutes(0.5), ...off } });

test("the resend cool-down and the code's life are right with the phone's clock two hours off", async (t) => {
  for (const off of [-2 * HOUR, 0, 2 * HOUR]) {
    const { field } = await withClock(t, off, facts());
    assert.match(await field.wait(), /(30|2\d)秒/, `clock off by ${off / HOUR} h`);
    assert.match(await field.times(), /10分/);
  }
});

test("they survive a reload: the time that has passed is not given back", async (t) => {
  const { session, field } = await withClock(t, 2 * HOUR, facts());
  await pause(3000);
  await session.reload();
  await field.alive();
  assert.match(await field.wait(), /2[0-7]秒/);
});

test("while the cool-down runs 'send again' does nothing and says so; then it sends", async (t) => {
  const site = await Site.start(t, page(facts({ "resend-at": new Date(NOW + 5000).toISOString() })));
  const session = await browser(t);
  const field = await Field.open(session, site.url());
  const button = await session.find("[value=resend]");
  assert.equal(await button.attribute("aria-disabled"), "true");
  await button.click();
  await eventually(() => button.attribute("aria-disabled"), null, 10_000);
  assert.equal(site.posts.length, 0);
  assert.equal(await field.wait(), "");
  await button.click();
  await eventually(() => site.posts.length, 1);
});

test("106, 107: announcements at fixed phases, none every second, nothing below zero", async (t) => {
  const site = await Site.start(t, page(facts({ "expires-at": new Date(NOW + 66_000).toISOString(), "resend-at": null })));
  const session = await browser(t);
  await Field.open(session, site.url());
  await session.run(() => {
    window.spoken = [];
    const note = (region) => region.textContent && window.spoken.push(region.textContent);
    for (const region of document.querySelectorAll("[role=status], [role=alert]")) {
      new MutationObserver(() => note(region)).observe(region, { childList: true, characterData: true, subtree: true });
    }
  });
  const heard = () => session.run(() => window.spoken);
  await eventually(heard, (spoken) => spoken.length > 0, 10_000);
  await pause(3000);
  const spoken = await heard();
  assert.equal(spoken.length, 1, spoken.join(" | "));
  assert.match(spoken[0], /1分/);
});

test("107: a code whose life is over is said to be, by the server's time alone", async (t) => {
  const { field } = await withClock(t, -2 * HOUR, facts({ "expires-at": new Date(NOW + 5000).toISOString() }));
  assert.equal(await field.state(), "ready");
  await eventually(() => field.state(), "expired", 10_000);
  assert.match(await field.alert(), /期限/);
});

test("a device that slept: the larger of its two clocks counts", async (t) => {
  const { session, field } = await withClock(t, 0, facts());
  await session.run(() => window.forward(11 * 60_000));
  await session.run(() => document.dispatchEvent(new Event("visibilitychange")));
  await eventually(() => field.state(), "expired");
  assert.equal(await field.wait(), "");
});

test("a clock that moves in coarse steps: the cool-down does not stand still", async (t) => {
  // A browser that guards against fingerprints rounds its clocks, so that a tick may find no time gone.
  const { field } = await withClock(t, 0, facts(), 700);
  const seconds = async () => Number(/(\d+)秒/.exec(await field.wait())?.[1]);
  const first = await seconds();
  await eventually(seconds, (left) => left <= first - 4, 10_000);
});

test("locked: until when, in the reader's clock time, rounded up to the next full minute", async (t) => {
  const site = await Site.start(t, page(facts({ cause: "locked", "retry-at": minutes(58.5), "attempts-left": "0" })));
  const session = await browser(t);
  const field = await Field.open(session, site.url());
  assert.equal(await field.state(), "locked");
  const time = await session.run((at) => new Intl.DateTimeFormat("ja", { hour: "numeric", minute: "2-digit" }).format(at), NOW + 59 * 60_000);
  assert.ok((await field.alert()).includes(time), await field.alert());
});

test("the attributes may change: a new code is told and counts", async (t) => {
  const site = await Site.start(t, page(facts({ "expires-at": minutes(-1) })));
  const session = await browser(t);
  const field = await Field.open(session, site.url());
  assert.equal(await field.state(), "expired");
  await session.run((now, later) => {
    const host = document.querySelector("todoita-code");
    host.setAttribute("now", now);
    host.setAttribute("expires-at", later);
  }, minutes(1), minutes(11));
  await eventually(() => field.state(), "ready");
  assert.match(await field.times(), /10分/);
});

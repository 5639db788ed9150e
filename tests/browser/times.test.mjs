// Times: those of the server, measured by elapsed time, never by the page's own clock.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { close } from "./engines.mjs";
import { openField } from "./field-page.mjs";
import { Field, eventually } from "./pages.mjs";
import { NOW, minutes, page } from "./sites.mjs";

after(close);

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * A clock for a page. It does not move, unless `step` is given: then it is the real one, in steps of so many milliseconds.
 * `forward(wall, uptime)` moves `Date` and `performance` and wakes the page; a reload keeps what has passed.
 */
const clock = (off, step) => `{
  const RealDate = Date;
  const uptime = performance.now.bind(performance);
  const kept = sessionStorage.getItem("clock");
  const { start, wall, awake } = kept ? JSON.parse(kept) : { start: RealDate.now() + ${off}, wall: 0, awake: 0 };
  const state = { start, wall, awake };
  const keep = () => sessionStorage.setItem("clock", JSON.stringify(state));
  keep();
  const passed = () => ${step ? `Math.floor(uptime() / ${step}) * ${step}` : 0};
  window.forward = (wall, awake = wall) => {
    state.wall += wall;
    state.awake += awake;
    keep();
    document.dispatchEvent(new Event("visibilitychange"));
  };
  performance.now = () => state.awake + passed();
  window.Date = class extends RealDate {
    constructor(...given) { given.length ? super(...given) : super(this.constructor.now()); }
    static now() { return state.start + state.wall + passed(); }
  };
}`;

/** A page with such a clock, `off` milliseconds from the server's, and `forward` for it. */
async function withClock(t, parts, { off = 0, step = 0 } = {}) {
  const head = '<script src="/clock.js"></script>';
  const opened = await openField(t, { ...parts, head }, { files: { "/clock.js": clock(off, step) } });
  const forward = (wall, uptime = wall) => opened.session.run((wall, uptime) => window.forward(wall, uptime), wall, uptime);
  return { ...opened, forward };
}

/** The facts of a code that was just sent: it lives for ten minutes, and may be sent again after half a minute. */
const facts = (more) => ({ facts: { now: minutes(0), "sent-at": minutes(0), "expires-at": minutes(10), "resend-at": minutes(0.5), ...more } });
const later = (ms) => new Date(NOW + ms).toISOString();

test("the resend cool-down and the code's life are right with the phone's clock two hours off", async (t) => {
  for (const off of [-2 * HOUR, 0, 2 * HOUR]) {
    const { field, forward } = await withClock(t, facts(), { off });
    assert.equal(await field.wait(), "あと30秒で送れます", `clock off by ${off / HOUR} h`);
    assert.equal(await field.times(), "このコードは、あと10分使えます。");
    await forward(7_000);
    assert.equal(await field.wait(), "あと23秒で送れます", `clock off by ${off / HOUR} h`);
  }
});

test("after a reload the times go on from the time that has elapsed", async (t) => {
  const { session, field, forward } = await withClock(t, facts(), { off: 2 * HOUR });
  await forward(3_000);
  assert.equal(await field.wait(), "あと27秒で送れます");
  await session.reload();
  await field.alive();
  assert.equal(await field.wait(), "あと27秒で送れます");
});

test("during the cool-down 'send again' does nothing and shows why; afterwards it sends", async (t) => {
  const { site, session, field, forward } = await withClock(t, facts({ "resend-at": later(5_000) }));
  const button = await session.find("[value=resend]");
  assert.equal(await button.attribute("aria-disabled"), "true");
  assert.equal(await field.wait(), "あと5秒で送れます");
  await button.click();
  await forward(4_000);
  assert.equal(await button.attribute("aria-disabled"), "true");
  await forward(1_000);
  await eventually(() => button.attribute("aria-disabled"), null);
  assert.equal(site.posts.length, 0);
  assert.equal(await field.wait(), "");
  await button.click();
  await eventually(() => site.posts.length, 1);
});

test("the field counts down by itself", async (t) => {
  const { field } = await openField(t, facts());
  const seconds = async () => Number(/(\d+)秒/.exec(await field.wait())?.[1]);
  await eventually(seconds, (left) => left <= 28);
});

test("F106, F107: times are announced at fixed phases, not every second, and never below zero", async (t) => {
  const { session, field, forward } = await withClock(t, facts({ "expires-at": later(66_000), "resend-at": null }));
  await session.run(() => {
    window.spoken = [];
    const note = (region) => region.textContent && window.spoken.push(region.textContent);
    for (const region of document.querySelectorAll("[role=status], [role=alert]")) {
      new MutationObserver(() => note(region)).observe(region, { childList: true, characterData: true, subtree: true });
    }
  });
  const spoken = () => session.run(() => window.spoken);
  await forward(5_000);
  assert.deepEqual(await spoken(), []);
  for (let second = 0; second < 20; second += 1) await forward(1_000);
  assert.deepEqual(await spoken(), ["このコードが使えるのは、あと1分です。"]);
  assert.equal(await field.times(), "このコードは、あと41秒使えます。");
  await forward(HOUR);
  await eventually(() => field.state(), "expired");
  assert.equal(await field.times(), "");
});

test("F107: an expired code is reported, by the server's time alone", async (t) => {
  const { field, forward } = await withClock(t, facts({ "expires-at": later(5_000) }), { off: -2 * HOUR });
  await forward(4_000);
  assert.equal(await field.state(), "ready");
  await forward(1_000);
  await eventually(() => field.state(), "expired");
  assert.match(await field.alert(), /^コードの期限が切れました。/);
});

test("a device that slept: the larger of its two clocks counts", async (t) => {
  // A page's own clock may stop while the device sleeps; the wall clock may be set back meanwhile.
  for (const [wall, uptime] of [[11 * MINUTE, 0], [-HOUR, 11 * MINUTE]]) {
    const { field, forward } = await withClock(t, facts());
    await forward(wall, uptime);
    await eventually(() => field.state(), "expired");
    assert.equal(await field.wait(), "");
  }
});

test("a clock that moves in coarse steps: the cool-down still counts down", async (t) => {
  // A browser that protects against fingerprinting rounds its clocks, so that no time may pass between two ticks.
  const { field } = await withClock(t, facts(), { step: 700 });
  const seconds = async () => Number(/(\d+)秒/.exec(await field.wait())?.[1]);
  const first = await seconds();
  await eventually(seconds, (left) => left <= first - 4, 10_000);
});

test("locked: until when, in the local time of the person, never too early", async (t) => {
  // Half a minute past a full one: the time is rounded up.
  const { session, field } = await openField(t, facts({ cause: "locked", "retry-at": minutes(59.5), "attempts-left": "0" }));
  assert.equal(await field.state(), "locked");
  const time = await session.run((at) => new Intl.DateTimeFormat("ja", { hour: "numeric", minute: "2-digit" }).format(at), NOW + 60 * MINUTE);
  assert.equal(await field.alert(), `違うコードが続いたため、${time}まで確認できません。`);
});

test("an end on another day says which: tomorrow by its name, from then on the day of the week", async (t) => {
  const { site, session } = await openField(t, facts());
  for (const [lang, hours, sentence] of [
    ["ja", 24, /、明日11月23日.*まで/], ["ja", 72, /、11月25日\(水\).*まで/], ["en", 24, / tomorrow, Nov 23, /], ["en", 72, / Wed, Nov 25, /],
  ]) {
    site.files["/locked.html"] = page({ html: `lang="${lang}"`, ...facts({ cause: "locked", "retry-at": minutes(60 * hours) }) });
    const field = await Field.open(session, site.url("/locked.html"));
    assert.match(await field.alert(), sentence, `${lang}, in ${hours} h`);
  }
});

test("F107: changed attributes report a new code, and its times count", async (t) => {
  const { session, field } = await openField(t, facts({ "expires-at": minutes(-1) }));
  assert.equal(await field.state(), "expired");
  await session.run((now, later) => {
    const host = document.querySelector("todoita-code");
    host.setAttribute("now", now);
    host.setAttribute("expires-at", later);
  }, minutes(1), minutes(11));
  await eventually(() => field.state(), "ready");
  assert.equal(await field.times(), "このコードは、あと10分使えます。");
});

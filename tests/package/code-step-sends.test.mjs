// `todoita/server`: the limits of the codes that are sent.

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { HOUR, MINUTE, SECOND, Scene } from "./code-step.mjs";

let scene;
beforeEach(() => void (scene = new Scene()));

const act = (signIn, action, options) => scene.step.post(signIn, { "todoita-action": action }, options);

describe("limits of sends", () => {
  test("one is sent again after half a minute, by another channel at once, and a limit is stated with the methods that work", async () => {
    const signIn = await scene.begin();
    const refused = await scene.step.post(signIn, { "todoita-action": "resend" });
    assert.deepEqual([refused.cause, refused.facts.resendAt - scene.now, refused.facts.open], ["limited", 30 * SECOND, ["email"]]);
    assert.equal(scene.sent.length, 1);
    const mailed = await scene.step.post(signIn, { "todoita-action": "email" });
    assert.deepEqual([mailed.facts.channel, mailed.facts.destination, mailed.facts.resends], ["email", "h•••@example.com", 1]);
    for (let count = 0; count < 4; count += 1) {
      scene.now += 30 * SECOND;
      await scene.step.post(signIn, { "todoita-action": "resend" });
    }
    assert.equal(scene.sent.length, 5, "two of seven are kept for known places");
    await scene.step.begin("hana", { known: true });
    assert.equal(scene.sent.length, 6);
  });

  test("a limit by the client's network and by the destination holds for all accounts", async () => {
    scene.step = scene.stepOf({ limits: { sendsPerAddress: 2, sendsPerDestination: 3 } });
    scene.contacts = Object.fromEntries([1, 2, 3, 4].map((n) => [`user${n}`, { email: `user${n}@example.com` }]));
    const place = { address: "192.0.2.1" };
    for (const name of Object.keys(scene.contacts)) await scene.step.begin(name, place);
    assert.equal(scene.sent.length, 2);
    scene.sent = [];
    scene.contacts = Object.fromEntries([1, 2, 3, 4].map((n) => [`user${n}`, { email: "shared@example.com" }]));
    const answers = [];
    for (const name of Object.keys(scene.contacts)) answers.push((await scene.step.begin(name)).answer);
    assert.equal(scene.sent.length, 3);
    assert.deepEqual([answers[3].cause, answers[3].facts.channel, answers[3].attributes().channel], ["limited", undefined, undefined]);
  });

  test("a refusal offers the methods whose own limits have room, in JSON and on a page", async () => {
    scene.contacts = { hana: { sms: "+819012345678", voice: "+819012345678", email: "hana@example.com" }, saki: { email: "hana@example.com" } };
    scene.step = scene.stepOf({ limits: { sendsPerDestination: 2 } });
    const signIn = await scene.begin({ known: true });
    for (const account of ["saki", "saki"]) await scene.step.begin(account, { known: true });
    const first = await act(signIn, "resend");
    assert.deepEqual([first.cause, first.facts.open, first.facts.alternatives], ["limited", ["voice"], ["voice"]], "the mail address is full");
    assert.equal(first.attributes().alternatives, "voice");
    await act(signIn, "voice");
    const second = await act(signIn, "sms");
    assert.deepEqual([second.cause, second.facts.open, second.attributes().alternatives], ["limited", [], undefined], "the number is full");
    assert.equal(second.facts.resendAt, scene.now + HOUR);
    await scene.enrolled();
    assert.deepEqual((await act(signIn, "sms")).facts.open, ["app"]);
  });

  test("resendAt is when the limits have room, on every page", async () => {
    scene.step = scene.stepOf({ limits: { sends: 2 } });
    const signIn = await scene.begin({ known: true });
    const began = scene.now;
    assert.equal((await scene.step.status(signIn)).facts.resendAt, began + 30 * SECOND);
    scene.now += MINUTE;
    assert.equal((await act(signIn, "resend")).facts.resendAt, began + HOUR);
    assert.equal((await scene.step.status(signIn)).facts.resendAt, began + HOUR);
    assert.equal((await scene.post(signIn, "123123")).facts.resendAt, began + HOUR);
    scene.now = began + HOUR;
    assert.ok((await act(signIn, "resend")).sent);
  });

  test("addresses count by their networks: IPv4 and its /24, the /64 of IPv6 and its /48", async () => {
    const sentFrom = async (limits, ...addresses) => {
      scene = new Scene();
      scene.step = scene.stepOf({ limits });
      scene.contacts = Object.fromEntries(addresses.map((_, n) => [`user${n}`, { email: `user${n}@example.com` }]));
      for (const [n, address] of addresses.entries()) await scene.step.begin(`user${n}`, { address });
      return scene.sent.length;
    };
    const [one, range] = [{ sendsPerAddress: 1 }, { sendsPerRange: 1 }];
    assert.equal(await sentFrom(one, "192.0.2.7", "::ffff:192.0.2.7", "192.0.2.8"), 2);
    assert.equal(await sentFrom(range, "192.0.2.7", "192.0.2.8", "192.0.3.7"), 2);
    assert.equal(await sentFrom(one, "2001:db8:1:2::1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:3::1"), 2);
    assert.equal(await sentFrom(range, "2001:db8:1:2::1", "2001:db8:1:3::1", "2001:db8:2:2::1"), 2);
    assert.equal(await sentFrom(one, undefined, undefined), 2);
    // Counted at a resend and stated on the page, too.
    scene.step = scene.stepOf({ limits: { sendsPerAddress: 1 } });
    const address = "192.0.2.9";
    const signIn = await scene.begin({ address }, "user0");
    scene.now += MINUTE;
    assert.equal((await act(signIn, "resend", { address })).cause, "limited");
    assert.equal((await scene.step.status(signIn, { address })).facts.resendAt, scene.now - MINUTE + HOUR);
    assert.ok((await act(signIn, "resend", { address: "192.0.2.10" })).sent);
  });

  test("the limit of codes by SMS and call for all is an alarm, once an hour, and spares mail", async () => {
    scene.step = scene.stepOf({ limits: { sendsPaid: 1 } });
    scene.contacts = Object.fromEntries([1, 2, 3].map((n) => [`user${n}`, { sms: `+8190123${n}5678`, email: `user${n}@example.com` }]));
    await scene.begin({}, "user1");
    assert.deepEqual(scene.alarms, []);
    const { answer, signIn } = await scene.step.begin("user2");
    assert.equal(answer.cause, "limited");
    const until = scene.now + HOUR;
    assert.deepEqual(scene.alarms, [{ reason: "paid-limit", until }]);
    await scene.begin({}, "user3");
    assert.equal(scene.alarms.length, 1);
    assert.ok((await act(signIn, "email")).sent);
    scene.now = until;
    await scene.begin({}, "user2");
    await scene.begin({}, "user3");
    assert.deepEqual(scene.alarms.slice(1), [{ reason: "paid-limit", until: until + HOUR }]);
  });
});

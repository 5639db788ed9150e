// `todoita/server`: the rules of SECURITY.md that the code step keeps, with a store in memory. Stores of databases:
// tests/package/stores.test.mjs and tests/hosts/stores.test.mjs.

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { DAY, HOUR, MINUTE, SECOND, Scene, causeOf, other } from "./code-step.mjs";

let scene;
beforeEach(() => void (scene = new Scene()));

describe("codes that are sent", () => {
  test("a message with the right code is accepted, once, across sign-ins", async () => {
    const signIn = await scene.begin();
    const [{ code, ...message }] = scene.sent;
    assert.deepEqual(message, {
      account: "hana", channel: "sms", destination: "+819012345678", minutes: 10, boundLine: `@login.example #${code}`,
    });
    const elsewhere = await scene.begin({ known: true });
    assert.equal(await causeOf(scene.post(elsewhere, code)), "wrong", "of another sign-in");
    const answer = await scene.post(signIn, `認証コード：${code}`);
    assert.ok(answer.accepted);
    assert.equal(answer.account, "hana");
    assert.match(answer.session, /^[0-9a-f]{64}$/);
    assert.equal(await causeOf(scene.post(signIn, code)), "used");
    assert.equal(await causeOf(scene.post(signIn, other(code))), "wrong");
  });

  test("the newest two are valid until they expire, and accepting one invalidates both", async () => {
    const signIn = await scene.begin();
    for (const _ of [1, 2]) {
      scene.now += 30 * SECOND;
      assert.ok((await scene.step.post(signIn, { "todoita-action": "resend" })).sent);
    }
    const [first, second, third] = scene.sent.map(({ code }) => code);
    assert.equal(await causeOf(scene.post(signIn, first)), "used");
    scene.now += 9 * MINUTE + 30 * SECOND;
    assert.equal(await causeOf(scene.post(signIn, second)), "expired");
    scene.now -= 5 * MINUTE;
    assert.equal(await causeOf(scene.post(signIn, second, "b".repeat(32))), "expired", "a clock that is put back revives nothing");
    assert.ok((await scene.post(signIn, third)).accepted);
  });

  test("a code is bound to its destination", async () => {
    const signIn = await scene.begin();
    scene.contacts.hana = { sms: "+819087654321" };
    assert.equal(await causeOf(scene.post(signIn, scene.sent[0].code)), "wrong");
  });

  test("no code is more likely than another", async () => {
    scene.step = scene.stepOf({ limits: { sends: 1e6, sendsPerDestination: 1e6, sendsPerPrefix: 1e6, sendsPaid: 1e6, resendAfter: 0, sendsWithin: 1 } });
    const signIn = await scene.begin();
    for (let count = 0; count < 300; count += 1) {
      scene.now += 2;
      await scene.step.post(signIn, { "todoita-action": "resend" });
    }
    const first = new Set(scene.sent.map(({ code }) => code[0]));
    assert.equal(first.size, 10);
    assert.ok(scene.sent.every(({ code }) => /^\d{6}$/.test(code)));
    assert.ok(new Set(scene.sent.map(({ code }) => code)).size > 295);
  });
});

describe("failures", () => {
  test("are counted for an account, whatever the sign-in; waits grow, and the tenth locks for an hour", async () => {
    const left = [];
    const waits = [];
    for (let count = 0; count < 10; count += 1) {
      const signIn = await scene.begin({ known: true, channel: "email" });
      const answer = await scene.post(signIn, other(scene.sent.at(-1)?.code ?? "0"));
      left.push(answer.facts.attemptsLeft);
      waits.push(((answer.facts.retryAt ?? scene.now) - scene.now) / SECOND);
      assert.equal(answer.cause, count < 9 ? "wrong" : "locked");
      scene.now = answer.facts.retryAt ?? scene.now;
    }
    assert.deepEqual(left, [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    assert.deepEqual(waits, [0, 0, 0, 0, 30, 60, 120, 240, 480, 3600]);
  });

  test("a code that comes too early is not counted and not compared", async () => {
    const signIn = await scene.begin({ known: true });
    for (let count = 1; count <= 5; count += 1) await scene.post(signIn, other(scene.sent[0].code, count));
    const early = await scene.post(signIn, scene.sent[0].code, "a".repeat(32));
    assert.deepEqual([early.cause, early.facts.attemptsLeft, early.facts.retryAt - scene.now], ["limited", 5, 30 * SECOND]);
    scene.now += 30 * SECOND;
    assert.ok((await scene.post(signIn, scene.sent[0].code, "a".repeat(32))).accepted);
  });

  test("guesses at the same instant never exceed the limit", async () => {
    scene.step = scene.stepOf({ limits: { freeFailures: 20 } });
    const signIn = await scene.begin({ known: true });
    const guesses = Array.from({ length: 50 }, (_, index) => causeOf(scene.post(signIn, other(scene.sent[0].code, index + 1))));
    const causes = await Promise.all(guesses);
    assert.equal(causes.filter((cause) => cause !== "locked").length, 9);
    assert.equal(await causeOf(scene.post(signIn, scene.sent[0].code)), "locked");
  });

  test("a failure is counted before the code is compared, and a crash in between does not give it back", async () => {
    const whole = scene.store;
    let updates = 0;
    scene.store = { ...whole, update: (...given) => (++updates % 2 ? whole.update(...given) : Promise.reject(new Error("crash"))) };
    const signIn = await scene.begin();
    const { code } = scene.sent[0];
    scene.step = scene.stepOf();
    await assert.rejects(scene.post(signIn, other(code), "a".repeat(32)), /crash/);
    scene.store = whole;
    scene.step = scene.stepOf();
    assert.equal((await scene.step.status(signIn)).facts.attemptsLeft, 9);
    assert.equal((await scene.post(signIn, other(code), "a".repeat(32))).facts.attemptsLeft, 9, "the same attempt is counted once");
  });

  test("a success takes back the failures of its own sign-in only, and a new code none", async () => {
    const [mine, theirs] = [await scene.begin({ known: true }), await scene.begin({ known: true, channel: "email" })];
    await scene.post(theirs, other(scene.sent[1].code));
    await scene.post(mine, other(scene.sent[0].code));
    scene.now += MINUTE;
    assert.equal((await scene.step.post(mine, { "todoita-action": "resend" })).facts.attemptsLeft, 8);
    assert.ok((await scene.post(mine, scene.sent.at(-1).code)).accepted);
    assert.equal((await scene.step.status(theirs)).facts.attemptsLeft, 9);
  });

  test("guesses from elsewhere do not keep the owner out of a known place", async () => {
    for (let count = 0; count < 40; count += 1) {
      const answer = await scene.post(await scene.begin({ channel: "email" }), "123123");
      scene.now = answer.facts.retryAt && answer.facts.retryAt - scene.now < DAY ? answer.facts.retryAt : scene.now;
    }
    const elsewhere = await scene.begin({ channel: "email" });
    assert.equal(await causeOf(scene.post(elsewhere, "123123")), "locked");
    scene.now += HOUR;
    const { signIn, answer } = await scene.step.begin("hana", { known: true });
    assert.equal(answer.cause, undefined);
    assert.ok((await scene.post(signIn, scene.sent.at(-1).code)).accepted);
  });

  test("an unlocked account is open at once", async () => {
    scene.step = scene.stepOf({ limits: { freeFailures: 20, failures: 2 } });
    const signIn = await scene.begin();
    for (const by of [1, 2]) await scene.post(signIn, other(scene.sent[0].code, by));
    assert.equal(await causeOf(scene.post(signIn, scene.sent[0].code)), "locked");
    await scene.step.unlock("hana");
    assert.ok((await scene.post(signIn, scene.sent[0].code)).accepted);
  });
});

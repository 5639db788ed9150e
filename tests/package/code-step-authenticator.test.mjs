// `todoita/server`: authenticators, and the keys under which they and the codes are stored.

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import * as todoita from "../../www/node.js";
import { KEY, MINUTE, SECOND, Scene, causeOf, other } from "./code-step.mjs";

let scene;
beforeEach(() => void (scene = new Scene()));

describe("an authenticator", () => {
  test("the code of the enrolment fails at the first sign-in, a later one is accepted once", async () => {
    const secret = await scene.enrolled();
    const [mine, theirs] = [await scene.begin({ channel: "app" }), await scene.begin({ channel: "app" })];
    const first = todoita.totp(secret, scene.now);
    assert.equal(await causeOf(scene.post(mine, first)), "wrong");
    scene.now += 30 * SECOND;
    const code = todoita.totp(secret, scene.now);
    const answers = await Promise.all([causeOf(scene.post(mine, code)), causeOf(scene.post(theirs, code))]);
    assert.deepEqual(answers.sort(), ["accepted", "wrong"]);
  });

  test("its secret is stored sealed, for its account alone", async () => {
    const texts = [];
    const whole = scene.store;
    scene.store = { ...whole, update: (keys, change) => whole.update(keys, (read) => (texts.push(JSON.stringify([keys, read])), change(read))) };
    scene.step = scene.stepOf();
    const secret = await scene.enrolled();
    await scene.post(await scene.begin(), "123123");
    await scene.step.begin("hana", { channel: "email" });
    const stored = texts.join("\n");
    const { code, destination } = scene.sent[0];
    const bytes = Buffer.from(secret, "utf8").toString("hex");
    for (const word of [secret, bytes, code, destination]) assert.ok(!stored.includes(word), `${word} is in the store`);
    // Moved to another account it opens nothing.
    const [mine] = await whole.read(["account:hana"]);
    await whole.update(["account:saki"], () => ({ values: [{ text: mine, expiresAt: null }] }));
    scene.now += 30 * SECOND;
    assert.equal(await causeOf(scene.post(await scene.begin({ channel: "app" }, "saki"), todoita.totp(secret, scene.now))), "unknown");
    assert.deepEqual(scene.alarms, [{ reason: "unopened-secret", account: "saki" }]);
  });

  test("a proposal replaces nothing, ends after ten minutes, and wrong codes of it are failures of the account", async () => {
    const secret = await scene.enrolled();
    const { enrolment, typed } = await scene.step.enrol("hana");
    scene.now += 30 * SECOND;
    const wrong = await scene.step.confirm("hana", enrolment, other(todoita.totp(typed, scene.now)));
    assert.deepEqual([wrong.cause, wrong.facts.attemptsLeft], ["wrong", 9]);
    assert.equal((await scene.step.confirm("hana", enrolment, "hello")).facts.attemptsLeft, 9);
    assert.ok((await scene.post(await scene.begin({ channel: "app" }), todoita.totp(secret, scene.now))).accepted, "the former one still counts");
    scene.now += 10 * MINUTE;
    assert.equal(await causeOf(scene.step.confirm("hana", enrolment, todoita.totp(typed, scene.now))), "ended");
    await scene.step.removeAuthenticator("hana");
    assert.equal(await scene.step.hasAuthenticator("hana"), false);
  });
});

describe("a proposed secret", () => {
  const confirm = (enrolment, typed, account = "hana") => causeOf(scene.step.confirm(account, enrolment, todoita.totp(typed, scene.now)));

  test("belongs to its own enrolment: another session's proposal changes nothing, and cannot be confirmed without its name", async () => {
    const mine = await scene.step.enrol("hana");
    const theirs = await scene.step.enrol("hana");
    for (const name of [undefined, null, 5, "", theirs.enrolment.slice(1), theirs.enrolment.replace(/.$/, "g"), await scene.begin()]) {
      assert.equal(await confirm(name, theirs.typed), "ended", String(name));
    }
    assert.equal(await confirm(mine.enrolment, theirs.typed), "wrong", "the code of another proposal");
    assert.equal(await confirm(mine.enrolment, mine.typed, "saki"), "ended", "another account");
    assert.equal(await confirm(mine.enrolment, mine.typed), "accepted");
    assert.equal(await confirm(theirs.enrolment, theirs.typed), "ended", "the authenticator has changed since");
  });

  test("is confirmed by one of two posts at once, and both have the same outcome", async () => {
    const { enrolment, typed } = await scene.step.enrol("hana");
    assert.deepEqual(await Promise.all([confirm(enrolment, typed), confirm(enrolment, typed)]), ["accepted", "accepted"]);
    assert.equal(await confirm(enrolment, typed), "accepted", "as after a lost answer");
    const [stored] = await scene.store.read(["account:hana"]);
    assert.equal(JSON.parse(stored).changes, 1);
    assert.deepEqual(JSON.parse(stored).failures, [], "a code that is posted again is no failure");
    // Another code does not confirm it again, and the first one is used.
    const first = todoita.totp(typed, scene.now);
    scene.now += MINUTE;
    assert.equal(await confirm(enrolment, typed), "ended");
    const signIn = await scene.begin({ channel: "app" });
    assert.equal(await causeOf(scene.post(signIn, first)), "wrong");
    assert.ok((await scene.post(signIn, todoita.totp(typed, scene.now))).accepted);
    await scene.step.removeAuthenticator("hana");
    assert.equal(await confirm(enrolment, typed), "ended");
  });

  test("ends with the removal of the authenticator", async () => {
    await scene.enrolled();
    const { enrolment, typed } = await scene.step.enrol("hana");
    await scene.step.removeAuthenticator("hana");
    assert.equal(await confirm(enrolment, typed), "ended");
    assert.equal(await scene.step.hasAuthenticator("hana"), false);
  });
});

describe("keys", () => {
  const newer = new Uint8Array(32).fill(9);
  const appCode = async (secret) => causeOf(scene.post(await scene.begin({ channel: "app", known: true }), todoita.totp(secret, scene.now)));

  test("a new key before the former one keeps everything valid", async () => {
    const secret = await scene.enrolled();
    const signIn = await scene.begin();
    scene.now += 30 * SECOND;
    scene.step = scene.stepOf({ key: newer });
    assert.equal(await causeOf(scene.post(signIn, scene.sent[0].code)), "ended");
    scene.step = scene.stepOf({ key: [newer, KEY] });
    assert.ok((await scene.post(signIn, scene.sent[0].code)).accepted);
    assert.equal(await appCode(secret), "accepted");
  });

  test("an accepted code seals the secret under the first key, and rekey does without one: the former key can go", async () => {
    const secret = await scene.enrolled();
    await scene.enrolled("saki");
    scene.now += 30 * SECOND;
    scene.step = scene.stepOf({ key: [newer, KEY] });
    assert.ok((await scene.post(await scene.begin(), scene.sent[0].code)).accepted, "of any kind");
    assert.deepEqual([await scene.step.rekey("saki"), await scene.step.rekey("nobody")], [true, true]);
    scene.step = scene.stepOf({ key: newer });
    assert.equal(await appCode(secret), "accepted");
    assert.equal(await scene.step.rekey("saki"), true);
    scene.step = scene.stepOf();
    assert.equal(await scene.step.rekey("saki"), false, "under the former key alone it does not open");
  });

  test("a secret that does not open is no wrong code but an alarm, once an hour; another method still works", async () => {
    const secret = await scene.enrolled();
    scene.now += 30 * SECOND;
    scene.step = scene.stepOf({ key: newer });
    assert.deepEqual([await appCode(secret), await appCode(secret)], ["unknown", "unknown"]);
    assert.deepEqual(scene.alarms, [{ reason: "unopened-secret", account: "hana" }]);
    const signIn = await scene.begin({ known: true });
    assert.equal(await causeOf(scene.post(signIn, other(scene.sent.at(-1).code))), "wrong", "a code that was sent");
    assert.ok((await scene.post(signIn, scene.sent.at(-1).code)).accepted);
    scene.now += 60 * MINUTE;
    await appCode(secret);
    assert.equal(scene.alarms.length, 2);
  });

  test("an attempt that met a secret that did not open is verified again when its key is back, and counted once", async () => {
    const secret = await scene.enrolled();
    scene.now += 30 * SECOND;
    scene.step = scene.stepOf({ key: [newer, KEY] });
    const signIn = await scene.begin({ channel: "app" });
    const whole = scene.step;
    scene.step = scene.stepOf({ key: newer });
    const attempt = "a".repeat(32);
    const refused = await scene.post(signIn, todoita.totp(secret, scene.now), attempt);
    assert.deepEqual([refused.cause, refused.facts.attemptsLeft], ["unknown", 9]);
    scene.step = whole;
    assert.ok((await scene.post(signIn, todoita.totp(secret, scene.now), attempt)).accepted);
  });

  test("sends that were counted under the former key count under the new one", async () => {
    scene.step = scene.stepOf({ limits: { sendsPerDestination: 2 } });
    await scene.begin({ known: true });
    scene.step = scene.stepOf({ key: [newer, KEY], limits: { sendsPerDestination: 2 } });
    await scene.begin({ known: true });
    const { answer } = await scene.step.begin("hana", { known: true, channel: "sms" });
    assert.deepEqual([answer.cause, scene.sent.length], ["limited", 2]);
  });

  test("a key may be wiped by its owner: the code step has a copy", async () => {
    const bytes = Buffer.alloc(32, 7);
    scene.step = scene.stepOf({ key: bytes });
    bytes.fill(0);
    const signIn = await scene.begin();
    scene.step = scene.stepOf();
    assert.ok((await scene.post(signIn, scene.sent[0].code)).accepted);
  });
});

// `todoita/server`: what may be posted, and the answers.

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { DAY, HOUR, Scene, causeOf, other } from "./code-step.mjs";

let scene;
beforeEach(() => void (scene = new Scene()));

describe("a post", () => {
  test("the same attempt has the same outcome and the same session; another with the same code has not", async () => {
    const signIn = await scene.begin();
    const wrong = await Promise.all([1, 2, 3].map(() => scene.post(signIn, other(scene.sent[0].code), "a".repeat(32))));
    assert.deepEqual(wrong.map(({ facts }) => facts.attemptsLeft), [9, 9, 9]);
    const right = await Promise.all([1, 2, 3].map(() => scene.post(signIn, scene.sent[0].code, "b".repeat(32))));
    assert.deepEqual(new Set(right.map(({ session }) => session)).size, 1);
    assert.ok(right.every(({ accepted }) => accepted));
    assert.equal(await causeOf(scene.post(signIn, scene.sent[0].code, "c".repeat(32))), "used");
  });

  test("of two hundred at once, each an attempt of its own, one is accepted", async () => {
    scene.step = scene.stepOf({ limits: { freeFailures: 1000, failures: 1000, failuresPerDay: 1000, failuresPerMonth: 1000 } });
    const signIn = await scene.begin({ known: true });
    const answers = await Promise.all(Array.from({ length: 200 }, () => scene.post(signIn, scene.sent[0].code)));
    assert.equal(answers.filter(({ accepted }) => accepted).length, 1);
  });

  test("anything that can be posted is answered, and what is no code counts nothing", async () => {
    const signIn = await scene.begin();
    const form = new FormData();
    form.append("code", "123456");
    form.append("code", "123457");
    const odd = [undefined, null, 5, "text", [], {}, { code: 5 }, { code: ["1", "2"] }, { code: {} }, { code: "" }, { code: "4829" },
      { code: "1".repeat(20_000) }, { code: "\ud800" }, form, new URLSearchParams(), Object.create({ code: "123456" }),
      { code: "@bank.example #482913" }];
    for (const fields of odd) {
      const answer = await scene.step.post(signIn, fields);
      assert.deepEqual([answer.cause, answer.facts.attemptsLeft], ["wrong", 10], JSON.stringify(fields));
    }
    for (const action of ["", "voice", "app", "backup", "toString", "__proto__", "x".repeat(1000)]) {
      assert.equal(await causeOf(scene.step.post(signIn, { "todoita-action": action })), "unknown", action);
    }
    for (const token of [undefined, null, 5, "", "x", signIn.slice(1), `${signIn.slice(0, -1)}g`, ["a"], signIn.toUpperCase()]) {
      if (token !== signIn) assert.equal(await causeOf(scene.step.post(token, { code: scene.sent[0].code })), "ended", String(token));
    }
    const fields = new FormData();
    fields.append("code", scene.sent[0].code);
    assert.ok((await scene.step.post(signIn, fields)).accepted);
  });

  test("after an acceptance the page is over, and a lost answer is still given again", async () => {
    const signIn = await scene.begin();
    const { session } = await scene.post(signIn, scene.sent[0].code, "a".repeat(32));
    assert.equal(await causeOf(scene.step.status(signIn)), "ended");
    assert.equal(await causeOf(scene.post(signIn, "no code")), "ended");
    assert.equal(await causeOf(scene.step.post(signIn, { "todoita-action": "email" })), "ended");
    assert.equal((await scene.post(signIn, scene.sent[0].code, "a".repeat(32))).session, session);
  });

  test("a sign-in is over after three hours", async () => {
    const signIn = await scene.begin();
    scene.now += 3 * HOUR - 1;
    assert.equal(await causeOf(scene.post(signIn, scene.sent[0].code)), "expired");
    scene.now += 1;
    assert.equal(await causeOf(scene.post(signIn, scene.sent[0].code)), "ended");
    scene.now += DAY * 31;
    await scene.step.sweep();
    assert.deepEqual(await scene.store.read(["account:hana"]), [undefined]);
  });
});

describe("an answer", () => {
  const page = (answer) => `<todoita-code${answer.html()}>`;
  const options = { location: "/in", start: "/login", page };

  test("is JSON where it is asked for, and otherwise a page or a redirect", async () => {
    const signIn = await scene.begin();
    const wrong = await scene.post(signIn, other(scene.sent[0].code));
    const json = wrong.reply({ ...options, accept: "application/json, application/problem+json" });
    assert.deepEqual([json.status, json.headers["content-type"], json.headers["cache-control"]], [422, "application/problem+json", "no-store"]);
    assert.deepEqual(JSON.parse(json.body), {
      type: "about:blank", title: "Unprocessable Entity", status: 422, cause: "wrong", now: "2026-11-22T10:30:00.000Z", channel: "sms",
      destination: "5678", sentAt: "2026-11-22T10:30:00.000Z", expiresAt: "2026-11-22T10:40:00.000Z",
      resendAt: "2026-11-22T10:30:30.000Z", attemptsLeft: 9,
    });
    const html = wrong.reply({ ...options, accept: "text/html,application/xhtml+xml" });
    assert.deepEqual([html.status, html.headers["content-type"]], [422, "text/html; charset=utf-8"]);
    assert.equal(
      html.body,
      '<todoita-code cause="wrong" channel="sms" destination="5678" alternatives="email" now="2026-11-22T10:30:00.000Z" ' +
        'sent-at="2026-11-22T10:30:00.000Z" expires-at="2026-11-22T10:40:00.000Z" resend-at="2026-11-22T10:30:30.000Z" attempts-left="9">',
    );
    const limited = (await scene.step.post(signIn, { "todoita-action": "resend" })).response({ ...options, accept: "application/json" });
    assert.deepEqual([limited.status, limited.headers.get("retry-after")], [429, "30"]);
    assert.deepEqual((await limited.json()).open, ["email"]);
    const again = (await scene.step.post(signIn, { "todoita-action": "email" })).response({ ...options, accept: "*/*" });
    assert.match(await again.text(), /^<todoita-code sent channel="email"/);
    const accepted = await scene.post(signIn, scene.sent[0].code);
    assert.deepEqual(accepted.json(options), { status: "accepted", location: "/in" });
    const response = accepted.response(options);
    assert.deepEqual([response.status, response.headers.get("location")], [303, "/in"]);
    const ended = await scene.post("", "123456");
    assert.deepEqual([ended.status, ended.json({ location: "/login" }).location], [400, "/login"]);
    assert.equal(ended.response(options).headers.get("location"), "/login");
  });

  test("says of another code that it was sent, and not of the first", async () => {
    const { signIn, answer } = await scene.step.begin("hana");
    assert.deepEqual([answer.sent, answer.attributes().sent, answer.facts.sentAt], [false, undefined, scene.now]);
    assert.equal((await scene.step.post(signIn, { "todoita-action": "email" })).attributes().sent, true);
    assert.equal((await scene.step.status(signIn)).attributes().sent, undefined);
  });

  test("its attributes are escaped", async () => {
    scene.contacts.hana = { email: '"<a&b>"@example.com' };
    const { answer } = await scene.step.begin("hana");
    assert.match(answer.html(), / destination="&quot;•••@example\.com"/);
    scene.contacts.hana = { email: 'a@"<&>.example' };
    assert.match((await scene.step.begin("hana", { known: true })).answer.html(), / destination="a•••@&quot;&lt;&amp;&gt;\.example"/);
  });
});

// Backends: Express and Fastify with todoita/server, posted to over HTTP and in a browser; and a plain one, shaped as
// those of Rails, Django and PHP are, which answers 303 to HTML and knows nothing of the package.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import test, { after, describe } from "node:test";
import { pathToFileURL } from "node:url";
import { browser, close } from "../browser/engines.mjs";
import { Field, complaints, eventually } from "../browser/pages.mjs";
import { STRICT, Site, minutes, redirect } from "../browser/sites.mjs";
import { MESSAGE, filesOf, host, plain, start } from "./hosts.mjs";

after(close);

/** A server of its own, with hana enrolled; `code()` is one that is good now, and was not used before. */
async function enrolled(t, name) {
  const folder = host(name, { also: ["backend"] });
  const { readKeyUri, totp } = await import(pathToFileURL(join(folder, "node_modules/todoita/node.js")));
  const { origin, output } = await start(t, folder, { PORT: "0" }, process.execPath, "server.mjs");
  const post = (path, fields, headers = {}) =>
    fetch(origin + path, { method: "POST", body: new URLSearchParams(fields), headers, redirect: "manual" });
  const proposed = await post("/enrol", {});
  const [enrolment] = proposed.headers.get("set-cookie").split(";");
  const { uri, typed } = await proposed.json();
  const { secret } = readKeyUri(uri);
  assert.equal(typed, secret);
  const began = Date.now();
  const first = totp(secret, began);
  const confirm = async (code, headers) => (await post("/enrol/confirm", { code }, headers)).json();
  assert.equal(await confirm("000000" === first ? "111111" : "000000", { cookie: enrolment }), false);
  assert.equal(await confirm(first), false, "another browser");
  assert.equal(await confirm(first, { cookie: enrolment }), true);
  const [cookie] = (await post("/login", {})).headers.get("set-cookie").split(";");
  const check = async (code, attempt, accept = "application/json, application/problem+json") => {
    const fields = { code, ...(attempt && { "todoita-attempt": attempt.repeat(32) }) };
    const response = await post("/login/code", fields, { cookie, accept });
    const type = response.headers.get("content-type") ?? "";
    return { status: response.status, location: response.headers.get("location"), type, body: /json/.test(type) ? await response.json() : await response.text() };
  };
  const code = () => totp(secret, Math.max(Date.now(), began + 30_000));
  const act = async (action) => {
    const response = await post("/login/code", { "todoita-action": action }, { cookie, accept: "application/json, application/problem+json" });
    return { status: response.status, body: await response.json() };
  };
  return { origin, output, secret, first, code, check, act, cookie, post };
}

for (const name of ["express", "fastify"]) {
  describe(name, () => {
    test("a message with the right code is accepted, once, and its attempt again and again", async (t) => {
      const { check, code, first, output, secret } = await enrolled(t, name);

      const reused = await check(first, "a");
      assert.equal(reused.status, 422);
      assert.match(reused.type, /^application\/problem\+json/);
      assert.deepEqual([reused.body.cause, reused.body.attemptsLeft], ["wrong", 9], "the code of the enrolment");
      assert.equal((await check(first, "a")).body.attemptsLeft, 9, "the same attempt is counted once");
      assert.equal((await check(first, "b")).body.attemptsLeft, 8);

      const right = code();
      const message = `認証コード：${right.replace(/./g, (digit) => String.fromCharCode(digit.charCodeAt() + 0xfee0))}`;
      const accepted = await check(message, "c");
      assert.deepEqual([accepted.status, accepted.body], [200, { status: "accepted", location: "/in" }]);
      assert.equal((await check(right, "c")).status, 200, "a lost answer is given again");
      assert.deepEqual((await check(right, "d")).body.cause, "used", "another attempt with the same code");
      for (const word of [secret, right, first, message]) assert.ok(!output.join("\n").includes(word), "it is in the log");
    });

    test("guesses at one instant are counted before they are compared, then the next one has to wait", async (t) => {
      const { check, code } = await enrolled(t, name);
      const right = code();
      const guesses = Array.from({ length: 20 }, (_, index) => check(String((Number(right) + 1 + index) % 1_000_000).padStart(6, "0")));
      const causes = (await Promise.all(guesses)).map(({ body }) => body.cause);
      assert.equal(causes.filter((cause) => cause === "wrong").length, 5);
      assert.equal(causes.filter((cause) => cause === "limited").length, 15);
      const closed = await check(right);
      assert.deepEqual([closed.status, closed.body.cause], [429, "limited"]);
      assert.ok(new Date(closed.body.retryAt) > new Date(closed.body.now));
    });

    test("two posts of the right code at one instant: one is in", async (t) => {
      const { check, code } = await enrolled(t, name);
      const right = code();
      const answers = await Promise.all([..."abcdef"].map((attempt) => check(right, attempt)));
      assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 422, 422, 422, 422, 422]);
    });

    test("one attempt posted six times at one instant is one: in, or counted once", async (t) => {
      const { check, code } = await enrolled(t, name);
      const right = code();
      const wrong = await Promise.all(Array.from({ length: 6 }, () => check(right === "000000" ? "111111" : "000000", "a")));
      assert.deepEqual(wrong.map(({ body }) => body.attemptsLeft), Array(6).fill(9));
      const answers = await Promise.all(Array.from({ length: 6 }, () => check(right, "b")));
      assert.deepEqual(answers.map(({ status }) => status), Array(6).fill(200));
    });

    test("a code by SMS is sent, read out of its message, and not sent again at once", async (t) => {
      const { act, check, origin } = await enrolled(t, name);
      const { status, body } = await act("sms");
      assert.deepEqual([status, body.status, body.channel, body.destination], [200, "sent", "sms", "5678"]);
      const again = await act("resend");
      assert.deepEqual([again.status, again.body.cause, again.body.open], [429, "limited", ["app"]]);
      const [{ to, text }] = await (await fetch(`${origin}/outbox`)).json();
      assert.equal(to, "+819012345678");
      assert.match(text, /\n\n@localhost #\d{6}$/);
      assert.equal((await check(text)).status, 200);
    });

    test("anything that can be posted is answered", async (t) => {
      const { check, origin, cookie, post } = await enrolled(t, name);
      const html = "text/html,application/xhtml+xml";
      const refused = await check("000", undefined, html);
      assert.equal(refused.status, 422);
      assert.match(refused.body, /<todoita-code [^>]*cause="wrong" channel="app" [^>]*now="[^>]*attempts-left="10">/);
      const raw = (body, type = "application/x-www-form-urlencoded") =>
        fetch(`${origin}/login/code`, { method: "POST", body, headers: { cookie, accept: html, "content-type": type }, redirect: "manual" });
      const bodies = [raw(""), raw("code=1&code=2"), raw("code[a]=1"), raw("__proto__=1&code=%00"), raw("code=%ff%fe"), raw(`code=${"1".repeat(15_000)}`)];
      assert.deepEqual((await Promise.all(bodies)).map(({ status }) => status), Array(6).fill(422));
      assert.equal((await raw(`code=${"1".repeat(50_000)}`)).status, 413);
      assert.ok((await raw("{", "application/json")).status < 500);
      const other = await post("/login/code", { code: "123456" });
      assert.deepEqual([other.status, other.headers.get("location")], [303, "/"]);
    });

    test(`${name} in a browser`, async (t) => {
      const { origin, code } = await enrolled(t, name);
      const session = await browser(t);
      await session.open(`${origin}/in`);
      await session.run(async () => void (await fetch("/login", { method: "POST" })));
      const field = await Field.open(session, `${origin}/login/code`);
      await field.type("000", "enter");
      assert.match(await field.alert(), /まだ3桁|3桁/);
      await field.press(["control", "a"], "000000", "enter");
      await eventually(() => field.state(), "refused");
      await field.paste(`2026/11/22 10:30 認証番号：${code()}`);
      await field.press("enter");
      await eventually(() => session.url(), `${origin}/in`);
      assert.deepEqual(await complaints(session), []);
    });
  });
}

describe("a plain backend that answers 303 to HTML", () => {
  const values = {
    csrf_token: "abc", attempt: "0".repeat(32), now: minutes(0), expires_at: minutes(9), resend_at: minutes(1), attempts_left: "8", cause: "",
  };
  const markup = readFile(new URL("server-rendered/code.html", import.meta.url), "utf8");
  const filled = async (more) =>
    Object.entries({ ...values, ...more }).reduce((html, [name, value]) => html.replace(`{{ ${name} }}`, value), await markup);

  async function site(t) {
    const pages = { "/": await filled(), "/login/code": await filled({ cause: "wrong", attempts_left: "7", attempt: "1".repeat(32) }) };
    const site = await Site.start(t, pages, { policy: STRICT });
    site.files = Object.fromEntries(Object.entries(filesOf(plain())).map(([path, body]) => [`/todoita${path}`, body]));
    // As such a backend has it: digits by NFKC, spaces and hyphens away, and exactly six of them.
    site.answer = (response, { fields }) => {
      const code = fields.code.normalize("NFKC").replace(/[\s-]/g, "");
      redirect(response, fields.csrf_token === "abc" && code === "482913" ? "/in" : "/login/code");
    };
    return site;
  }

  test("a wrong code comes back with its cause, the right one is in", async (t) => {
    const backend = await site(t);
    const session = await browser(t);
    const field = await Field.open(session, backend.url());
    assert.equal(await field.state(), "ready");
    await field.type("111111", "enter");
    await eventually(() => session.url(), backend.url("/login/code"));
    await field.alive();
    await eventually(() => field.alert(), (output) => /7/.test(output));
    await field.paste(MESSAGE);
    await field.press("enter");
    await eventually(() => session.url(), backend.url("/in"));
    assert.deepEqual(backend.posts.map(({ fields }) => fields.code), ["111111", "482913"]);
    assert.deepEqual(backend.posts.map(({ fields }) => fields["todoita-attempt"]), ["0".repeat(32), "1".repeat(32)]);
    assert.deepEqual(await complaints(session), []);
  });

  test("without JavaScript", async (t) => {
    const backend = await site(t);
    const session = await browser(t, { javascript: false });
    await session.open(backend.url());
    await (await session.find("#code")).click();
    await session.press("４８２ ９１３", "enter");
    await eventually(() => session.url(), backend.url("/in"));
    assert.equal(backend.posts[0].fields["todoita-attempt"], "0".repeat(32));
  });
});

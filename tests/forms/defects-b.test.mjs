// Defects by which nothing was shown, or the wrong thing.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import {
  AFTERWARDS, BUTTON, F, PARTS, INPUT, LABEL, answerPage, askGuide, backInGuide, close, eventually, leaveGuide, library, page, pause, posts, redirect, visit,
} from "./browser.mjs";

after(close);

const PLAIN = LABEL + INPUT + BUTTON;
const FACTS = 'channel="sms" destination="5678" now="2026-11-22T10:31:00Z" alternatives="voice email backup"';
const REFUSED = `${FACTS} cause="wrong" attempts-left="7"`;

// B1: morphing.

const TURBO = {
  head: '<meta name="turbo-refresh-method" content="morph"><script src="/turbo.js"></script>',
  files: { "/turbo.js": library("@hotwired/turbo/dist/turbo.es2017-umd.js") },
};

for (const status of [303, 422]) {
  test(`B1: Turbo with morph, a refusal by ${status}: message, parts and guide stay, and the code gets in`, async (t) => {
    const path = "/code.html";
    const html = (facts) => page({ body: F(PLAIN, { facts }).replace("/login/code", path), head: TURBO.head });
    const { site, person } = await visit(t, { body: "", path, files: { ...TURBO.files, [path]: html(FACTS) } });
    site.answer = (response, { fields }) => {
      if (fields.code === "482913") return redirect(response, "/in");
      site.files[path] = html(REFUSED);
      return status === 422 ? answerPage(response, site.files[path]) : redirect(response, path);
    };
    await person.type("111111", "enter");
    await posts(site, 1);
    await person.shows(/あと7回/);
    for (const part of PARTS) assert.equal(await person.session.count(`[data-part=${part}]`), 1, part);
    await person.retype("4829", "enter");
    await person.shows(/まだ4桁/);
    await askGuide(person);
    await leaveGuide(person);
    await person.type("end", "13", "enter");
    await eventually(() => person.session.url(), site.url("/in"));
  });
}

const MORPHS = {
  idiomorph: ["idiomorph/dist/idiomorph.js", (html) => Idiomorph.morph(document.body, new DOMParser().parseFromString(html, "text/html").body)],
  morphdom: ["morphdom/dist/morphdom-umd.js", (html) => morphdom(document.body, new DOMParser().parseFromString(html, "text/html").body)],
};
for (const [name, [path, morph]] of Object.entries(MORPHS)) {
  for (const typed of ["", "4829"]) {
    test(`B1: ${name}, with "${typed}" in the field: a refusal by attributes is shown, with one set of parts`, async (t) => {
      const { person } = await visit(t, { body: F(PLAIN, { facts: FACTS }), head: '<script src="/lib.js"></script>', files: { "/lib.js": library(path) } });
      if (typed) await person.type(typed);
      await person.run(morph, `<body>${F(PLAIN, { facts: REFUSED })}</body>`);
      await pause(100);
      for (const part of PARTS) assert.equal(await person.session.count(`[data-part=${part}]`), 1, part);
      await person.shows(/あと7回/);
      await person.retype("4829", "enter");
      await person.shows(/まだ4桁/);
      assert.ok(await person.run(() => code.getAttribute("aria-describedby")?.split(" ").every((id) => document.getElementById(id))));
    });
  }
}

// B2: a refusal's sentence.

const kept = (value) => `${LABEL}<input id="code" name="code" value="${value}">${BUTTON}`;
const SENTENCES = { wrong: /違うか、期限切れ/, expired: /期限が切れました/, used: /もう使えません/, limited: /お待ちください|時間をおいて/, unknown: /こちらの不具合/ };
for (const [cause, sentence] of Object.entries(SENTENCES)) {
  for (const value of ["111111", "1111"]) {
    test(`B2: cause="${cause}" beside a kept value of ${value.length} digits is shown`, async (t) => {
      const { person } = await visit(t, { body: F(kept(value), { facts: `${FACTS} cause="${cause}" attempts-left="7"` }) });
      await person.shows(sentence);
    });
  }
}

test('B2: cause="locked" beside a kept value is shown', async (t) => {
  const { person } = await visit(t, { body: F(kept("111111"), { facts: `${FACTS} cause="locked"` }) });
  await person.shows(/違うコードが続いた/);
});

test("B2: a refused code that the server kept is recognised when it is sent again", async (t) => {
  const { site, person } = await visit(t, { body: F(kept("111111"), { facts: REFUSED }) });
  await person.shows(/違うか、期限切れ/);
  await person.retype("111111");
  await person.shows(/先ほど確認できなかった/);
  // The person may send it again.
  await person.press("enter");
  await posts(site, 1);
});

test("B2: a sentence by refused() survives form.reset()", async (t) => {
  const { person } = await visit(t, { body: F(PLAIN, { facts: FACTS }) });
  await person.type("111111");
  await person.run(() => {
    document.querySelector("todoita-code").refused({ cause: "wrong", attemptsLeft: 7, now: "2026-11-22T10:31:00Z" });
    f.reset();
  });
  await pause(100);
  await person.shows(/違うか、期限切れ/);
  await person.type("4");
  await eventually(async () => /違うか、期限切れ/.test(await person.message()), false);
});

test("B2: a cause by attribute and form.reset() in one task: the sentence stays", async (t) => {
  const { person } = await visit(t, { body: F(PLAIN, { facts: FACTS }) });
  await person.type("111111");
  await person.run(() => {
    document.querySelector("todoita-code").setAttribute("cause", "wrong");
    f.reset();
  });
  await pause(100);
  await person.shows(/違うか、期限切れ/);
});

test("B2: the same cause by attribute a second time is announced again", async (t) => {
  const { person } = await visit(t, { body: F(PLAIN, { facts: FACTS }) });
  const refuse = () => person.run(() => document.querySelector("todoita-code").setAttribute("cause", "wrong"));
  await refuse();
  await person.shows(/違うか、期限切れ/);
  await person.type("222222");
  await eventually(async () => /違うか、期限切れ/.test(await person.message()), false);
  await refuse();
  await person.shows(/違うか、期限切れ/);
});

// B3: the guide and routers.

const BACKS = {
  "its own way back": (person) => leaveGuide(person),
  "one step back": (person) => backInGuide(person),
  "the browser's Back": (person) => person.session.back(),
};
for (const [how, back] of Object.entries(BACKS)) {
  test(`B3: Turbo, guide opened and left by ${how}: the page is not fetched again, the text stays`, async (t) => {
    const start = page({ body: '<a id="link" href="/code">次へ</a>', head: TURBO.head });
    const { site, person } = await visit(t, { ...TURBO, body: F(PLAIN, { facts: FACTS }), pages: { "/start": start, "/code": page({ body: F(PLAIN, { facts: FACTS }), head: TURBO.head }) }, path: "/start" });
    await person.click("#link");
    await eventually(() => person.session.count("todoita-code[data-state]"), 1);
    await person.type("4829");
    await person.run(() => (document.querySelector("todoita-code").marker = 1));
    await askGuide(person);
    await back(person);
    await pause(400);
    assert.equal(await person.run(() => document.querySelector("todoita-code").marker), 1);
    await person.type("end", "13");
    assert.equal(await person.value(), "482913");
    assert.equal(site.posts.length, 0);
  });
}

// B5: FormData between submits.

/** The site's own handler, which prevents every submit; it listens after the element. */
const PREVENTED = AFTERWARDS('f.addEventListener("submit", (event) => event.preventDefault())');

const formData = (person) => person.run(() => new FormData(f).get("code"));

test("B5: FormData has the text of the moment, also after a submit that the site prevented", async (t) => {
  const { person } = await visit(t, { body: F(PLAIN) + PREVENTED });
  await person.started({ late: true });
  await person.type("111111", "enter");
  await person.retype("482913");
  assert.equal(await formData(person), "482913");
});

test("B5: FormData is empty after a reset", async (t) => {
  const { person } = await visit(t, { body: F(PLAIN) + PREVENTED });
  await person.started({ late: true });
  await person.type("111111", "enter");
  await person.run(() => f.reset());
  assert.equal(await formData(person), "");
});

test("B5: FormData has the code, not the text around it, before any submit", async (t) => {
  const { person } = await visit(t, { body: F(PLAIN) });
  await person.run(() => (code.value = "482 913"));
  assert.equal(await formData(person), "482913");
});

// B6: who listened first.

const SEND = `const send = (event) => { event.preventDefault(); sent.push(Object.fromEntries(new FormData(f))) }; window.sent = []; document.addEventListener("todoita-submit", () => { document.body.dataset.submitted = 1 });`;
const ORDERS = {
  before: `<script>${SEND} f.addEventListener("submit", send)</script>`,
  after: `<script>${SEND}</script>${AFTERWARDS('f.addEventListener("submit", send)')}`,
};
for (const [order, script] of Object.entries(ORDERS)) {
  const open = async (t) => {
    const { person } = await visit(t, { body: F(PLAIN) + script });
    if (order === "after") await person.started({ late: true });
    return person;
  };
  test(`B6: a listener ${order} the element: a part of a code does not reach it, and is answered`, async (t) => {
    const person = await open(t);
    await person.type("4829", "enter");
    await person.shows(/まだ4桁/);
    assert.deepEqual(await person.run(() => sent), []);
  });

  test(`B6: a listener ${order} the element: it gets the code and the idempotency key, and todoita-submit is there`, async (t) => {
    const person = await open(t);
    await person.type("４８２９１３", "enter");
    const [fields] = await eventually(() => person.run(() => sent), (sent) => sent.length === 1);
    assert.equal(fields.code, "482913");
    assert.match(fields["todoita-attempt"] ?? "", /^\d+(-\d+){3}$/);
    assert.equal(await person.run(() => document.body.dataset.submitted), "1");
  });

  test(`B6: a listener ${order} the element: a refused code is known again`, async (t) => {
    const person = await open(t);
    await person.type("111111", "enter");
    await person.run(() => document.querySelector("todoita-code").refused({ cause: "wrong" }));
    await person.retype("111111", "enter");
    await person.shows(/先ほど確認できなかった/);
  });
}

// B7: inputs without a selection.

for (const [type, name, steps] of [
  ["number", "a full-width code", ["４８２９１３"]],
  ["number", "a code typed over a wrong one", ["111111", ["control", "a"], "482913"]],
  ["number", "a full-width code typed over a wrong one", ["111111", ["control", "a"], "４８２９１３"]],
  ["number", "a digit changed in the middle", ["482713", "left", "left", "backspace", "9"]],
  ["email", "a full-width code", ["４８２９１３"]],
  ["email", "a code", ["482913"]],
]) {
  test(`B7: type=${type}, ${name}, gives 482913 and no error`, async (t) => {
    const { session, person } = await visit(t, { body: F(`${LABEL}<input id="code" name="code" type="${type}" autocomplete="one-time-code">${BUTTON}`) });
    await person.type(...steps);
    assert.equal(await person.value(), "482913");
    assert.doesNotMatch((await session.console()).map(({ message }) => message).join("\n"), /Error/);
  });
}

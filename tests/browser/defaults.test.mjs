// Attributes that a page states once for all its fields: those of <meta name="todoita">.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { browser, close } from "./engines.mjs";
import { Field, complaints, eventually } from "./pages.mjs";
import { Site, element, page } from "./sites.mjs";

after(close);

const META = '<meta name="todoita" digits="8" backup="none" answers="json" support="/help" alternatives="voice" words="/own.json">';
/** The first one counts, for the field and for the guide. */
const LATER = '<meta name="todoita" digits="4" backup="digits" support="data:," site="Später">';

test("the page's defaults are those of each field that lacks the attribute; an attribute wins, an empty one too", async (t) => {
  const own = 'digits="6" answers="" support="" alternatives="email"';
  const facts = { alternatives: null };
  const first = element({ facts }).replace("<todoita-code ", '<todoita-code id="plain" ');
  const second = element({ id: "second", name: "second", facts }).replace("<todoita-code ", `<todoita-code id="other" ${own} `);
  const site = await Site.start(t, page({ head: META + LATER, code: first, after: `<form method="post" action="/native">${second}</form>` }));
  site.files = { "/own.json": JSON.stringify({ wrong: "ひばりのコードとちがいます。" }) };
  site.answer = (response, { path }) => {
    if (path === "/native") return response.writeHead(303, { location: "/in" }).end();
    response.writeHead(422, { "content-type": "application/json" }).end(JSON.stringify({ cause: "wrong" }));
  };
  const session = await browser(t);
  const field = await Field.open(session, site.url(), "#plain");
  const other = new Field(session, "#other");
  await other.alive();
  assert.deepEqual(await field.methods(), ["voice"]);
  assert.deepEqual(await other.methods(), ["email"]);
  assert.equal(await session.count("#plain [data-part=support]:not([hidden])"), 1);
  assert.equal(await session.count("#other [data-part=support]:not([hidden])"), 0);

  await field.type("48291305", "enter");
  await eventually(() => field.alert(), (text) => /^ひばりのコードとちがいます/.test(text));
  assert.deepEqual(site.posts.map(({ path, fields }) => [path, fields.code, fields["todoita-kind"]]), [["/login/code", "48291305", "code"]]);
  const guide = await field.guide();
  assert.match(await guide.text(), /コードは8桁です[^]*サポートに連絡する/);
  assert.doesNotMatch(await session.run(() => document.body.textContent), /Später/);
  await guide.leave("code");

  await other.type("482913", "enter");
  await eventually(() => session.url(), site.url("/in"));
  assert.equal(site.posts[1].fields.second, "482913");
  assert.deepEqual(await complaints(session), []);
});

test("without a field's attribute and without the page's the built-in values hold; a later meta of another name is none", async (t) => {
  const site = await Site.start(t, page({ head: '<meta name="todoita-other" digits="8">' }));
  const field = await Field.open(await browser(t), site.url());
  await field.type("482913", "enter");
  await eventually(() => site.posts.length, 1);
  assert.equal(site.posts[0].fields["todoita-kind"], "code");
});

// axe-core finds nothing in any state of the field, in both languages: in Chromium in light, dark and
// forced colours, in other engines a sample, since only Chromium's DevTools can set those.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { STYLE, PLAIN, STATES, loginPage } from "./access-states.mjs";
import { SCHEMES, audit } from "./axe.mjs";
import { ENGINE, browser, close } from "./engines.mjs";
import { Field, eventually } from "./pages.mjs";
import { STRICT, Site } from "./sites.mjs";

after(close);

const SAMPLE = ["waiting", "too few", "refused: wrong", "refused: locked", "accepted"];
const wanted = Object.keys(STATES).filter((name) => ENGINE === "chrome" || SAMPLE.includes(name));

async function start(t, page, policy = STRICT) {
  const site = await Site.start(t, page, { policy });
  site.files["/site.css"] = STYLE;
  return site;
}

for (const lang of ["ja", "en"]) {
  test(`F100: axe finds nothing in the field's states (${lang}; ${Object.keys(SCHEMES).join(", ")})`, async (t) => {
    const session = await browser(t);
    const found = {};
    for (const name of wanted) {
      const { facts, act, is } = STATES[name];
      const site = await start(t, loginPage({ lang, facts }));
      const field = await Field.open(session, site.url());
      await act?.(field, session, site);
      await eventually(async () => `${name}: ${await field.state()}`, `${name}: ${is}`);
      const complaints = await audit(session);
      if (complaints.length) found[name] = complaints;
      await session.open("about:blank");
      site.stop();
    }
    assert.deepEqual(found, {});
  });
}

test("axe finds nothing without WebAssembly, and with the list of methods open", async (t) => {
  const session = await browser(t);
  for (const lang of ["ja", "en"]) {
    const plain = await start(t, loginPage({ lang }), PLAIN["no WebAssembly"].policy);
    await session.open(plain.url());
    await eventually(() => session.run(() => document.readyState), "complete");
    assert.deepEqual(await audit(session), [], `${lang}, no WebAssembly`);

    const open = await start(t, loginPage({ lang, facts: { support: "/help" } }));
    const release = open.hold(/todoita-guide/);
    const field = await Field.open(session, open.url());
    await (await session.find("[data-part=ways] > summary")).click();
    assert.equal((await field.methods()).length, 4);
    assert.deepEqual(await audit(session), [], `${lang}, the plain ways`);
    release();
  }
});

test("the audit finds planted defects: a missing name, a pale text, a small target, a pale digit on lines", async (t) => {
  const site = await start(t, loginPage());
  site.files["/site.css"] = `${STYLE} [data-part=sent] { color: #aaa !important }`;
  const session = await browser(t);
  await Field.open(session, site.url());
  await session.run(() => {
    document.querySelector("label").remove();
    const box = document.createElement("p");
    for (const name of ["a", "b"]) {
      const button = document.createElement("button");
      button.append(name);
      button.style.cssText = "all: unset; display: inline-block; width: 10px; height: 10px; font-size: 8px; background: #fff; color: #000";
      box.append(button);
    }
    document.querySelector("main").append(box);
    document.getElementById("code").value = "482913";
    document.getElementById("code").style.color = "#bbb";
    const dim = document.createElement("p");
    dim.append("dim");
    dim.style.cssText = "forced-color-adjust: none; color: #222; background: #000";
    box.after(dim);
  });
  const found = (await audit(session)).join("\n");
  if (ENGINE === "chrome") assert.match(found, /forced: contrast of the picture: p "dim"/);
  for (const rule of ["label", "color-contrast", "target-size", "color-contrast \\(undecided\\)"]) assert.match(found, new RegExp(`: ${rule}: `), found);
});

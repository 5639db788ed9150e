// axe-core finds nothing on the pages of the reference login service, with JavaScript and in the markup that
// stands there without it, nor on the front page and the playground; in both languages.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { audit } from "./axe.mjs";
import { Demo } from "./demo.mjs";
import { ENGINE, browser, close } from "./engines.mjs";
import { Field, Guide, Login, eventually } from "./pages.mjs";
import { Site } from "./sites.mjs";

after(close);

/** What axe finds, under the name of the page; nothing is kept where it finds nothing. */
const into = (found, session) => async (name) => {
  const complaints = await audit(session);
  if (complaints.length) found[name] = complaints;
};

for (const lang of ["ja", "en"]) {
  test(`axe finds nothing on the login service's pages (${lang})`, async (t) => {
    const demo = await Demo.start(t);
    const session = await browser(t, { own: true, lang });
    const login = new Login(session, demo);
    const found = {};
    const look = into(found, session);

    await session.open(demo.url("/"));
    await look("password");
    await (await session.find("#name")).click();
    await session.press("hanako", "tab", "no", "enter");
    await eventually(() => session.count("[role=alert]"), 1);
    await look("password, wrong");

    const field = await login.password();
    await field.alive();
    await look("code");
    await field.type("48", "enter");
    await look("code, too few");
    const wrong = String((Number(await demo.code()) + 1) % 1_000_000).padStart(6, "0");
    await field.type(["control", "a"], wrong, "enter");
    await eventually(() => field.state(), "refused");
    await look("code, refused");
    await field.guide();
    await look("code, with the guide");

    await session.open(demo.url("/login/code"));
    await field.alive();
    await field.type(await demo.code(), "enter");
    await login.isIn();
    await look("account");
    await (await session.find("form[action='/account/backup'] button")).click();
    await eventually(() => session.count(".codes"), 1);
    await look("backup codes");
    await session.open(demo.url("/account/app"));
    await look("enrolment, before");
    await (await session.find("form[action='/account/app'] button")).click();
    await eventually(() => session.count("dl.key"), 1);
    await look("enrolment");
    await (await session.find("#code")).click();
    await session.press("000000", "enter");
    await eventually(() => session.count("#app-wrong"), 1);
    await look("enrolment, wrong");

    for (const path of ["/help", "/outbox", "/nothing-here"]) {
      await session.open(demo.url(path));
      await look(path);
    }
    assert.deepEqual(found, {});
  });

  // Only Chromium's DevTools can keep a file away from a page of the service.
  test(`axe finds nothing in the markup that the login service sends (${lang})`, { skip: ENGINE !== "chrome" && "Chromium alone" }, async (t) => {
    const demo = await Demo.start(t);
    const session = await browser(t, { own: true, lang });
    // axe is JavaScript itself: the widget is kept away instead.
    await session.devtools("Network.enable");
    await session.devtools("Network.setBlockedURLs", { urls: ["*/assets/dist/*.js"] });
    const login = new Login(session, demo);
    const found = {};
    const look = into(found, session);

    await login.password();
    await look("code");
    await (await session.find("[data-part=ways] > summary")).click();
    await look("code, with the ways");
    await (await session.find("#code")).click();
    await session.press("000000", "enter");
    await eventually(() => session.run(() => document.querySelector("[role=alert]").textContent), (said) => said !== "");
    await look("code, refused");

    await (await session.find("[data-part=ways] > summary")).click();
    await (await session.find("[data-part=guide-door]")).click();
    await eventually(() => session.url(), demo.url("/login/guide"));
    await look("guide");
    const guide = new Guide(session);
    await (await session.find("nav button[value='entry'], nav button[name=start]")).click();
    await guide.screen("entry");
    await look("guide, its entry");
    assert.deepEqual(found, {});
  });
}

for (const file of ["index.html", "index.en.html", "playground.html", "playground.en.html"]) {
  test(`axe finds nothing on ${file}`, async (t) => {
    const site = await Site.start(t, "");
    const session = await browser(t, { own: true, lang: file.includes(".en.") ? "en" : "ja" });
    const field = await Field.open(session, site.url(`/assets/demo/${file}`), "main todoita-code");
    assert.deepEqual(await audit(session), [], "as it comes");
    await field.type(["control", "a"], "48", "enter");
    await eventually(() => field.state(), "problem");
    await field.guide();
    if (file.startsWith("playground")) {
      await session.run(() => {
        for (const fold of document.querySelectorAll("#settings details")) fold.open = true;
        const profile = document.querySelector("#profile");
        profile.value = "twitter";
        profile.dispatchEvent(new Event("change", { bubbles: true }));
      });
      await eventually(() => session.count("#place todoita-guide h3"), 1);
    }
    // Two guides stand in the playground, each with its exits; in a login page stands one.
    const but = file.startsWith("playground") ? { "landmark-unique": "two guides on purpose" } : {};
    assert.deepEqual(await audit(session, { but }), [], "with a problem, and all of it open");
  });
}

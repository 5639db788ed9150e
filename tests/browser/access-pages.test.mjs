// axe-core finds nothing on the pages of the reference login service, with JavaScript and in the markup that
// is shown without it, nor on the front page and the playground; in both languages.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { audit } from "./axe.mjs";
import { Demo } from "./demo.mjs";
import { ENGINE, browser, close } from "./engines.mjs";
import { Field, Guide, Login, eventually } from "./pages.mjs";
import { Site } from "./sites.mjs";

after(close);

/** Collects the findings of axe by page; a page without findings is left out. */
const into = (found, session) => async (name) => {
  const complaints = await audit(session);
  if (complaints.length) found[name] = complaints;
};

for (const lang of ["ja", "en"]) {
  test(`axe finds nothing on the login service's pages (${lang})`, async (t) => {
    const demo = await Demo.start(t);
    const session = await browser(t, { lang });
    const login = new Login(session, demo);
    const found = {};
    const check = into(found, session);

    await session.open(demo.url("/"));
    await check("password");
    await (await session.find("#name")).click();
    await session.press("hanako", "tab", "no", "enter");
    await eventually(() => session.count("[role=alert]"), 1);
    await check("password, wrong");

    const field = await login.password();
    await field.alive();
    await check("code");
    await field.type("48", "enter");
    await check("code, too few");
    const wrong = String((Number(await demo.code()) + 1) % 1_000_000).padStart(6, "0");
    await field.type(["control", "a"], wrong, "enter");
    await eventually(() => field.state(), "refused");
    await check("code, refused");
    await field.guide();
    await check("code, with the guide");

    await session.open(demo.url("/login/code"));
    await field.alive();
    await field.type(await demo.code(), "enter");
    await login.isIn();
    await check("account");
    await (await session.find("form[action='/account/confirm/backup'] button")).click();
    await eventually(() => session.url(), demo.url("/account/backup"));
    await check("backup codes, before");
    await (await session.find("form[action='/account/backup'] button")).click();
    await eventually(() => session.count(".codes"), 1);
    await check("backup codes");
    await session.open(demo.url("/account/app"));
    await check("enrolment, before");
    await (await session.find("form[action='/account/app'] button")).click();
    await eventually(() => session.count("[data-part=steps]"), 1);
    await check("enrolment");
    await (await session.find("#code")).click();
    // The page itself stops a wrong code once.
    await session.press("000000", "enter");
    await check("enrolment, stopped");
    await session.press("enter");
    await eventually(() => session.count("#app-wrong"), 1);
    await check("enrolment, wrong");
    await session.open(demo.url("/account/number"));
    await eventually(() => session.count("todoita-phone [data-part=message]"), 1);
    await check("number");
    // The page itself stops a landline once.
    await (await session.find("#number")).click();
    await session.press("03-1234-5678", "enter");
    await eventually(() => session.count("[data-part=message][role=alert]"), 1);
    await check("number, stopped");
    await session.press("enter");
    await eventually(() => session.count("#number-wrong"), 1);
    await check("number, refused");
    await (await session.find("#number")).click();
    await session.press(["control", "a"], "080-1111-2222", "enter");
    await eventually(() => session.count("todoita-code"), 1);
    await new Field(session).alive();
    await check("number, its code");
    await demo.forward(6 * 60 * 1000);
    await session.open(demo.url("/account/confirm/app"));
    await check("step-up, before");
    await (await session.find("form[action='/account/confirm/app'] button")).click();
    await eventually(() => session.count("todoita-code"), 1);
    await new Field(session).alive();
    await check("step-up");

    for (const path of ["/help", "/outbox", "/nothing-here"]) {
      await session.open(demo.url(path));
      await check(path);
    }
    assert.deepEqual(found, {});
  });

  // Only Chromium's DevTools can keep a file away from a page of the service.
  test(`axe finds nothing in the markup that the login service sends (${lang})`, { skip: ENGINE !== "chrome" && "Chromium alone" }, async (t) => {
    const demo = await Demo.start(t);
    const session = await browser(t, { lang, own: true });
    // axe is JavaScript itself: the widget is kept away instead.
    await session.devtools("Network.enable");
    await session.devtools("Network.setBlockedURLs", { urls: ["*/assets/dist/*.js"] });
    const login = new Login(session, demo);
    const found = {};
    const check = into(found, session);

    await login.password();
    await check("code");
    await (await session.find("[data-part=ways] > summary")).click();
    await check("code, with the ways");
    await (await session.find("#code")).click();
    await session.press("000000", "enter");
    await eventually(() => session.run(() => document.querySelector("[role=alert]").textContent), (text) => text !== "");
    await check("code, refused");

    await (await session.find("[data-part=ways] > summary")).click();
    await (await session.find("[data-part=guide-door]")).click();
    await eventually(() => session.url(), demo.url("/login/guide"));
    await check("guide");
    const guide = new Guide(session);
    await (await session.find("nav button[value='entry'], nav button[name=start]")).click();
    await guide.screen("entry");
    await check("guide, its entry");
    assert.deepEqual(found, {});
  });
}

for (const file of ["index.html", "index.en.html", "playground.html", "playground.en.html"]) {
  test(`axe finds nothing on ${file}`, async (t) => {
    const site = await Site.start(t, "");
    const session = await browser(t, { lang: file.includes(".en.") ? "en" : "ja" });
    const field = await Field.open(session, site.url(`/assets/demo/${file}`), "main todoita-code");
    assert.deepEqual(await audit(session), [], "as it comes");
    await field.type(["control", "a"], "48", "enter");
    await eventually(() => field.state(), "problem");
    // WebKit's driver does not press what the lower edge of the window cuts.
    await session.run(() => document.querySelector("main todoita-code summary").scrollIntoView({ block: "center" }));
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
    assert.deepEqual(await audit(session), [], "with a problem, and all of it open");
  });
}

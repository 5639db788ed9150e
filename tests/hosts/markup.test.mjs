// Keycloak's theme and WordPress's plugin, which are not run: their markup as these systems render it, in a browser.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test, { after } from "node:test";
import { browser, close } from "../browser/engines.mjs";
import { Field, complaints, eventually } from "../browser/pages.mjs";
import { Site, redirect } from "../browser/sites.mjs";
import php from "../forms/catalogue/php.mjs";
import { ROOT } from "../package/packed.mjs";

after(close);

const read = (path) => readFileSync(join(ROOT, "tests/hosts", path), "utf8");
const FILES = '<link rel="stylesheet" href="/assets/dist/todoita.css"><script type="module" src="/assets/dist/todoita.js"></script>';
const page = (body) => `<!doctype html><html lang="ja"><meta charset="utf-8"><title>認証コード</title>${FILES}${body}`;

test("Keycloak: two authenticators; refused, then the whole message", async (t) => {
  const template = read("keycloak/login-otp.ftl").match(/<form [^]*<\/form>/)[0];
  /** As FreeMarker renders it. */
  const rendered = (refused) => {
    const [, item] = template.match(/<#list [^>]*>([^]*?)<\/#list>/);
    const choices = ["c0", "c1"].map((id) => item.replaceAll("${credential.id}", id).replace(/<#if [^>]*>checked<\/#if>/, id === "c0" ? "checked" : ""));
    const html = template
      .replace(/<#if otpLogin[^>]*>[^]*<\/#list>\s*<\/#if>/, () => choices.join(""))
      .replace(/<#if messagesPerField[^>]*>([^]*?)<\/#if>/g, refused ? "$1" : "")
      .replace("${url.loginAction}", "/login")
      .replace(/\$\{kcSanitize[^}]*\}/, "Invalid authenticator code.")
      .replace(/\$\{[^}]*\}/g, "Phone");
    assert.doesNotMatch(html, /<#|<@|\$\{/);
    return page(html);
  };
  const site = await Site.start(t, { "/": rendered(false), "/refused": rendered(true) });
  site.answer = (response, { fields }) => redirect(response, fields.otp === "482913" ? "/in" : "/refused");
  const session = await browser(t);
  const field = new Field(session);
  await session.open(site.url());
  await field.alive();
  const otp = async () => (await session.find("#otp")).click();
  await otp();
  await session.press("111111", "enter");
  await eventually(() => session.url(), site.url("/refused"));
  await field.alive();
  await eventually(() => field.alert(), (text) => text !== "");
  await (await session.find("[value=c1]")).click();
  await otp();
  await field.paste("認証コード：４８２９１３");
  await session.press("enter");
  await eventually(() => session.url(), site.url("/in"));
  assert.deepEqual(site.posts.map(({ fields }) => [fields.otp, fields.selectedCredentialId]), [["111111", "c0"], ["482913", "c1"]]);
  assert.deepEqual(await complaints(session), []);
});

test("WordPress Two-Factor: the element from the plugin's hooks, its button after it", async (t) => {
  const plugin = read("wordpress/todoita.php");
  const attributes = (provider) => plugin.match(new RegExp(`'${provider}'\\s*=> '([^']*)'`))[1];
  const [app, mail] = ["WordPress two-factor, authenticator", "WordPress two-factor, e-mail"].map((name) => php.find((form) => form.name.startsWith(name)));
  /** The plugin's hooks run before the prompt and after the paragraph with the input. */
  const hooked = ({ html }, provider) =>
    page(
      html
        .replace(/<\/?todoita-code[^>]*>/g, "")
        .replace(/(<input type="hidden"[^>]*>\s*)(?=<p)/, `$1<todoita-code ${attributes(provider)}>`)
        .replace(/(<input type="text"[^]*?<\/p>)/, "$1</todoita-code>"),
    );
  const site = await Site.start(t, { "/app": hooked(app, "Two_Factor_Totp"), "/mail": hooked(mail, "Two_Factor_Email") }, { policy: "default-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'" });
  const session = await browser(t);
  for (const [path, form, text, code] of [["/app", app, "認証コード：４８２９１３", "482913"], ["/mail", mail, "Enter 48291305 to log in.", "48291305"]]) {
    const field = await Field.open(session, site.url(path));
    assert.equal(await session.count("todoita-code [type=submit]"), 0);
    await field.paste(text);
    await (await session.find("#submit")).click();
    await eventually(() => session.url(), site.url("/in"));
    assert.equal(site.posts.at(-1).fields[form.field], code);
  }
  // "Resend Code" is another button of the form: it passes, without a code.
  const field = await Field.open(session, site.url("/mail"));
  await field.type("482");
  await (await session.find("#resend")).click();
  await eventually(() => session.url(), site.url("/in"));
  assert.equal(site.posts.at(-1).fields["two-factor-email-code-resend"], "Resend Code");
});

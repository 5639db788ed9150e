// htmx and Turbo: a whole sign-in with its troubles, where each answer replaces the form or is morphed into it.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import test, { after } from "node:test";
import { close } from "../browser/engines.mjs";
import { STRICT, Site, redirect } from "../browser/sites.mjs";
import { ScriptedStep } from "./backend/scripted.mjs";
import { filesOf, host } from "./hosts.mjs";
import { troubles } from "./troubles.mjs";

after(close);

/** Neither library has a Trusted Types policy that a page can name. Turbo's progress bar has a style sheet with a nonce. */
const POLICY = STRICT.replace(/; require-trusted-types.*/, "").replace("style-src 'self'", "style-src 'self' 'nonce-progress'");

const LIBRARIES = ["htmx.org/dist/htmx.min.js", "htmx-2/dist/htmx.min.js", "idiomorph/dist/idiomorph-ext.min.js", "@hotwired/turbo/dist/turbo.es2017-umd.js"];
let files;

/**
 * A site whose page states the facts of its step. `answer`: how it answers a post that is not accepted; `change`: another page
 * than the file.
 */
async function site(t, page, answer, change = (html) => html) {
  if (!files) {
    const modules = join(host("hypermedia"), "node_modules");
    files = Object.fromEntries(LIBRARIES.map((path) => [`/${path}`, readFileSync(join(modules, path))]));
    for (const [path, body] of Object.entries(filesOf(join(modules, "todoita")))) files[`/todoita${path}`] = body;
  }
  const site = await Site.start(t, {}, { policy: POLICY });
  const step = new ScriptedStep();
  const template = change(readFileSync(new URL(`hypermedia/${page}.html`, import.meta.url), "utf8"));
  const html = () => template.replace("{{facts}}", step.attributes).replace("{{nonce}}", "progress");
  site.files = Object.create(files, { [`/${page}.html`]: { enumerable: true, get: html } });
  site.answer = (response, { fields }) => {
    if (step.post(fields)) {
      if (!response.req.headers["hx-request"]) return redirect(response, "/in");
      return response.writeHead(200, { "hx-redirect": "/in" }).end();
    }
    answer(response, html(), step);
  };
  await troubles(t, site.url(`/${page}.html`), { step });
}

/** The whole page, with the status of a refusal: what a server answers to a browser without the library, too. */
const rendered = (response, html, { facts }) => response.writeHead(facts.cause ? 422 : 200, { "content-type": "text/html; charset=utf-8" }).end(html);

for (const version of [4, 2]) {
  const page = `htmx-${version}`;
  test(`htmx ${version}: each answer is morphed into the form`, (t) => site(t, page, rendered));
  test(`htmx ${version}: each answer replaces the form`, (t) =>
    site(t, page, rendered, (html) => html.replace(/hx-swap="[^"]+"/, 'hx-swap="outerHTML"')));
}

test("Turbo 8: each answer leads back to the page, which is morphed", (t) => site(t, "turbo", (response) => redirect(response, "/turbo.html")));

test("Turbo 8: each refusal replaces the page", (t) =>
  site(t, "turbo", (response, html, step) => (step.facts.cause ? rendered(response, html, step) : redirect(response, "/turbo.html"))));

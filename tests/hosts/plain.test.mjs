// A page that drops the files in, from a host of their own.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import test, { after } from "node:test";
import { browser, close } from "../browser/engines.mjs";
import { Field, complaints, eventually } from "../browser/pages.mjs";
import { STRICT, Site } from "../browser/sites.mjs";
import { filesOf, openGuide, plain, signIn, weigh } from "./hosts.mjs";

after(close);

const TYPES = { ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".wasm": "application/wasm" };

/** A host of static files with the headers that docs/embedding.md states; `allow` is its Access-Control-Allow-Origin. */
async function hosted(t, { allow = "*", change = (path, body) => body } = {}) {
  const files = filesOf(plain());
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const body = files[pathname.replace(/^\/todoita/, "")];
    const headers = { "content-type": TYPES[extname(pathname)] ?? "text/plain" };
    // Style sheets need none.
    if (allow && !pathname.endsWith(".css")) headers["access-control-allow-origin"] = allow;
    response.writeHead(body ? 200 : 404, headers).end(body && change(pathname, body));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  // Another origin than the page's, which is on localhost.
  const origin = `http://127.0.0.1:${server.address().port}`;
  const integrity = `sha384-${createHash("sha384").update(files["/dist/todoita.js"]).digest("base64")}`;
  return { origin, integrity };
}

/** The page of the integration, on a site of its own, with the other host's policy. */
async function open(t, { origin, integrity }) {
  const markup = await readFile(new URL("plain/index.html", import.meta.url), "utf8");
  const html = markup.replaceAll("https://static.example", origin).replace("sha384-…", integrity);
  const policy = STRICT.replace("script-src 'self'", `script-src ${origin}`)
    .replace("connect-src 'self'", `connect-src 'self' ${origin}`)
    .replace("style-src 'self'", `style-src ${origin}`);
  const site = await Site.start(t, html, { policy });
  return { site, session: await browser(t) };
}

test("a script tag with integrity, from another host, under the strictest policy", async (t) => {
  const { site, session } = await open(t, await hosted(t));
  const field = await Field.open(session, site.url());
  await weigh(t, session, "a script tag");
  assert.match(await field.sent(), /末尾5678/);
  await openGuide(session, field);
  await signIn(session, site, field);
});

/** The form works without the element, for the reason in the console. */
async function plainForm(session, site, reason) {
  await session.open(site.url());
  const output = [];
  await eventually(async () => output.push(...(await complaints(session))) && output.join("\n"), (all) => reason.test(all));
  await (await session.find("#code")).click();
  await session.press("482913", "enter");
  await eventually(() => session.url(), site.url("/in"));
  assert.deepEqual(site.posts.map(({ fields }) => fields), [{ code: "482913" }]);
}

test("with another integrity nothing runs, and the form is posted", async (t) => {
  const { origin } = await hosted(t);
  const { site, session } = await open(t, { origin, integrity: `sha384-${"A".repeat(64)}` });
  await plainForm(session, site, /valid digest/);
});

test("without the header nothing is read from another host, and the form is posted", async (t) => {
  const { site, session } = await open(t, await hosted(t, { allow: "" }));
  await plainForm(session, site, /CORS/);
});

test("a changed script is not run", async (t) => {
  const change = (path, body) => (path.endsWith("todoita.js") ? Buffer.concat([body, Buffer.from("\n")]) : body);
  const { site, session } = await open(t, await hosted(t, { change }));
  await plainForm(session, site, /valid digest/);
});

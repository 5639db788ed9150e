// Web sites for the tests: pages that hold the widget, and backends that answer its form.

import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname } from "node:path";
import { LISTENER } from "./engines.mjs";

const WWW = new URL("../../www/", import.meta.url);
const TYPES = {
  ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css",
  ".json": "application/json", ".wasm": "application/wasm",
};

/** The policy that README asks a site for, at its strictest. */
export const STRICT =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; " +
  "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; " +
  "require-trusted-types-for 'script'; trusted-types todoita";

/** The same with WebAssembly refused. */
export const WITHOUT_WASM = STRICT.replace(" 'wasm-unsafe-eval'", "");

/** The instant of the pages' facts, and one some minutes from it. */
export const NOW = Date.parse("2026-11-22T10:31:00Z");
export const minutes = (n) => new Date(NOW + n * 60_000).toISOString();

const SCRIPT = '<script type="module" src="/assets/dist/todoita.js"></script>';

/**
 * A page of the contract.
 * @param {object} parts
 * @param {Record<string, string>} [parts.facts] attributes of the element, over those of a code just sent
 * @param {string} [parts.input] attributes of the input
 * @param {string} [parts.form] attributes of the form
 * @param {string} [parts.fields] markup inside the form, before the element
 * @param {string} [parts.code] the element, or several, instead of the usual one
 * @param {string} [parts.after] markup after the form
 * @param {string} [parts.head] markup in the head
 * @param {string} [parts.html] attributes of the root
 * @param {string} [parts.script] the widget's script
 */
export function page({ facts, input = "", form = "", fields = "", code, after = "", head = "", html = 'lang="ja"', script = SCRIPT } = {}) {
  return `<!doctype html>
<html ${html}>
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>確認コード</title>
<link rel="stylesheet" href="/assets/dist/todoita.css">
${script}${head}</head>
<body>
<p id="before">前の文章</p>
<form method="post" action="/login/code" ${form}>${fields}
${code ?? element({ facts, input })}
</form>
<p id="below">下の文章</p>${after}
</body></html>`;
}

/** The element with its label, input and button. */
export function element({ facts = {}, input = "", id = "code", name = "code", within = "" } = {}) {
  const all = {
    channel: "sms", destination: "5678", now: minutes(0), "sent-at": minutes(-1), "expires-at": minutes(9),
    "resend-at": minutes(0), "attempts-left": "8", alternatives: "voice email app backup", ...facts,
  };
  const attributes = Object.entries(all).filter(([, value]) => value !== null);
  return `<todoita-code ${attributes.map(([key, value]) => `${key}="${value}"`).join(" ")}>
<label for="${id}">認証コード</label>
<input id="${id}" name="${name}" inputmode="numeric" autocomplete="one-time-code" required ${input}>
<button id="${id}-submit">確認する</button>${within}
</todoita-code>`;
}

/** A site on a free port of this machine. */
export class Site {
  /** The posts, oldest first: `{ path, fields, accept, type }`. */
  posts = [];
  /** Which assets were asked for. */
  asked = [];
  /** The answer to a post: `(response, post) => …`; by default a redirect to an HTML page. */
  answer = (response) => redirect(response, "/in");
  /** Other files, by path. */
  files = {};
  /** Changes an asset on its way: `(path, body) => body`. */
  change = (path, body) => body;
  #assets;
  #pages;
  #policy;
  #server;
  #held = [];

  /**
   * @param {import("node:test").TestContext} t
   * @param {Record<string, string> | string} pages by path, or the one at `/`
   * @param {{ policy?: string, assets?: URL }} options `assets`: the folder served at `/assets/`
   */
  static async start(t, pages, { policy = STRICT, assets = WWW } = {}) {
    const site = new Site();
    site.#assets = assets;
    site.#pages = {
      "/in": `<!doctype html><meta charset="utf-8"><title>中</title><h1>ログインしました</h1>`,
      ...(typeof pages === "string" ? { "/": pages } : pages),
    };
    site.#policy = policy;
    site.#server = createServer((request, response) =>
      site.#handle(request, response).catch((error) => {
        response.writeHead(500).end(String(error?.stack));
      }),
    ).listen(0, "127.0.0.1");
    await once(site.#server, "listening");
    t.after(() => site.stop());
    return site;
  }

  /** Its address. `localhost`, so that the browser counts it as a secure context. */
  get origin() {
    return `http://localhost:${this.#server.address()?.port ?? this.port}`;
  }

  url(path = "/") {
    return this.origin + path;
  }

  /** Keeps back what is asked for at paths that `pattern` matches, until the result is called. */
  hold(pattern) {
    let release;
    const released = new Promise((done) => (release = done));
    this.#held.push({ pattern, released });
    return release;
  }

  /** From now on nobody answers at its port. */
  stop() {
    this.port = this.#server.address()?.port;
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** Answers again, at the same port. */
  async restart() {
    this.#server.listen(this.port, "127.0.0.1");
    await once(this.#server, "listening");
  }

  async #handle(request, response) {
    const { pathname } = new URL(request.url, "http://localhost");
    for (const { pattern, released } of this.#held) if (pattern.test(pathname)) await released;
    response.setHeader("content-security-policy", this.#policy);
    response.setHeader("cache-control", "no-store");
    if (request.method === "POST") {
      const post = await read(request, pathname);
      this.posts.push(post);
      await this.answer(response, post);
    } else if (pathname in this.#pages) {
      response.writeHead(200, { "content-type": TYPES[".html"] }).end(withListener(this.#pages[pathname]));
    } else if (pathname === "/listen.js") {
      response.writeHead(200, { "content-type": TYPES[".js"] }).end(LISTENER);
    } else if (pathname in this.files) {
      response.writeHead(200, { "content-type": TYPES[extname(pathname)] }).end(this.files[pathname]);
    } else if (pathname.startsWith("/assets/")) {
      this.asked.push(pathname);
      const body = await readFile(new URL(`.${pathname.slice("/assets".length)}`, this.#assets)).catch(() => null);
      const type = TYPES[extname(pathname)] ?? "text/plain";
      if (body) response.writeHead(200, { "content-type": type }).end(this.change(pathname, type === TYPES[".html"] ? withListener(body) : body));
      else response.writeHead(404).end();
    } else {
      // The browser asks for an icon by itself.
      response.writeHead(pathname === "/favicon.ico" ? 204 : 404).end();
    }
  }
}

/** A page with the engine's listener, if it has one, before all its scripts. */
export function withListener(html) {
  if (!LISTENER) return html;
  const first = '<meta charset="utf-8">';
  return String(html).replace(first, `${first}<script src="/listen.js"></script>`);
}

async function read(request, path) {
  const body = new Response(request, { headers: request.headers });
  const fields = Object.fromEntries(await body.formData());
  return { path, fields, accept: request.headers.accept, type: request.headers["content-type"] };
}

/** 303, as a server answers a form. */
export const redirect = (response, location) => response.writeHead(303, { location }).end();

/** 200 and the answer of acceptance. */
export const accept = (response, more = {}) =>
  json(response, 200, "application/json", { status: "accepted", location: "/in", ...more });

/** A refusal as RFC 9457 has it. */
export const refuse = (response, cause, more = {}, status = 422) =>
  json(response, status, "application/problem+json", {
    type: "about:blank", title: "refused", status, cause, now: minutes(0), ...more,
  });

const json = (response, status, type, value) =>
  response.writeHead(status, { "content-type": type }).end(JSON.stringify(value));

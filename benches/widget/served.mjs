// Serves the pages locally like a well-configured host: brotli 11, cached, cross-origin isolated (so that the page's
// clock has a resolution of 5 µs).

import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const TYPES = { ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".wasm": "application/wasm" };
const best = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 } };

/** A page on a port of its own. `fetched`: the bytes of each file that was asked for, by path. */
export class Served {
  fetched = new Map();
  policy = null;
  #bodies = new Map();

  constructor(contender) {
    this.contender = contender;
  }

  async start() {
    this.server = createServer((request, response) => this.#answer(request, response)).listen(0, "127.0.0.1");
    await once(this.server, "listening");
    this.url = `http://localhost:${this.server.address().port}/`;
    return this;
  }

  stop() {
    this.server.closeAllConnections();
    this.server.close();
  }

  #body(path) {
    if (!this.#bodies.has(path)) {
      // Pagefind's own files are already compressed; its host sends them as they are.
      const raw = readFileSync(join(this.contender.folder, path));
      const packed = /\.(pagefind|pf_\w+)$/.test(path) ? raw : brotliCompressSync(raw, best);
      this.#bodies.set(path, { body: packed, encoding: packed === raw ? "identity" : "br" });
    }
    return this.#bodies.get(path);
  }

  #answer(request, response) {
    const path = new URL(request.url, "http://localhost").pathname;
    response.setHeader("cross-origin-opener-policy", "same-origin");
    response.setHeader("cross-origin-embedder-policy", "require-corp");
    response.setHeader("cross-origin-resource-policy", "same-origin");
    if (this.policy) response.setHeader("content-security-policy", this.policy);
    if (path === "/") {
      const head = { "content-type": "text/html; charset=utf-8", "cache-control": "no-cache" };
      return response.writeHead(200, head).end(this.contender.html);
    }
    if (path === "/in") return response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>in</title>");
    try {
      const { body, encoding } = this.#body(path);
      this.fetched.set(path, body.length);
      response.writeHead(200, {
        "content-type": TYPES[extname(path)] ?? "application/octet-stream", "content-encoding": encoding,
        "content-length": body.length, "cache-control": "public, max-age=3600, immutable",
      });
      response.end(body);
    } catch {
      response.writeHead(404, { "content-type": "text/plain" }).end();
    }
  }
}

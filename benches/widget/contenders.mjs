// The contenders: each is a page with one field for a code (or with a widget that is not one), built for production
// as its own documentation describes.

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
export const PEERS = join(ROOT, ".tools/peers/node_modules");
const OUT = join(ROOT, "target/bench");

export const version = (name) => JSON.parse(readFileSync(join(PEERS, name, "package.json"), "utf8")).version;

const document = (head, body) =>
  `<!doctype html><html lang="ja"><meta charset="utf-8"><title>code</title><meta name="viewport" content="width=device-width">
${head}<form method="post" action="/in">${body}</form></html>`;

const LABELLED = `<label for="code">認証コード</label>
<input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required>
<button>確認する</button>`;

/** One module script that draws everything into #place. */
const drawn = (name) => document(`<script type="module" src="/${name}.js"></script>`, `<div id="place"></div><button>確認する</button>`);

/** The files of todoita's page: what `cargo xtask build` made. */
const todoita = () => {
  const out = join(OUT, "todoita");
  // Without files of an earlier build.
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  cpSync(join(ROOT, "www/dist"), join(out, "dist"), { recursive: true });
  cpSync(join(ROOT, "www/words"), join(out, "words"), { recursive: true });
  return { out };
};

/** A peer's page, bundled by esbuild. */
const bundled = (name) => {
  const out = join(OUT, name);
  mkdirSync(out, { recursive: true });
  execFileSync(
    "esbuild",
    [
      join(ROOT, `benches/widget/peers/${name}.js`), "--bundle", "--minify", "--format=esm", "--target=es2022", "--splitting",
      `--outdir=${out}`, '--define:process.env.NODE_ENV="production"', "--legal-comments=none", "--log-level=error",
    ],
    { env: { ...process.env, NODE_PATH: PEERS } },
  );
  return out;
};

/** Pagefind's index of one page, with its WebAssembly. */
const pagefind = () => {
  const out = join(OUT, "pagefind");
  mkdirSync(join(out, "site"), { recursive: true });
  writeFileSync(join(out, "site/index.html"), "<html lang=en><body><h1>A code</h1><p>A code was sent.</body></html>");
  execFileSync(join(PEERS, "@pagefind/linux-x64/bin/pagefind_extended"), ["--site", join(out, "site"), "--quiet"], { stdio: "pipe" });
  cpSync(join(out, "site/pagefind"), join(out, "pagefind"), { recursive: true });
  writeFileSync(
    join(out, "start.js"),
    `const pagefind = await import("/pagefind/pagefind.js");
await pagefind.init();
await pagefind.search("code");
document.getElementById("place").dataset.there = "";`,
  );
  return out;
};

/**
 * `field`: the input; null if there is no field for a code. `alive`: a selector that matches once the
 * widget works. `value`: what the form would send, in the page.
 */
export function contenders() {
  const own = todoita();
  const posted = `new FormData(document.forms[0]).get("code")`;
  return [
    {
      name: "a bare input", folder: own.out, html: document("", LABELLED), field: "#code", alive: "#code", value: posted,
      about: "what the browser does by itself",
    },
    {
      name: "todoita", folder: own.out, field: "#code", alive: 'todoita-code[style*="--todoita-digits"]', value: posted,
      about: "this project; the page of its README",
      html: document(
        `<link rel="stylesheet" href="/dist/todoita.css">
<script type="module" src="/dist/todoita.js"></script>`,
        `<div id="place"><todoita-code channel="sms" destination="5678">${LABELLED}</todoita-code></div>`,
      ),
      mount: `
        const made = document.querySelector("todoita-code").cloneNode(false);
        window.mount = () => {
          const field = made.cloneNode(false);
          const label = document.createElement("label");
          const input = document.createElement("input");
          const button = document.createElement("button");
          Object.assign(input, { id: "code", name: "code", required: true });
          label.htmlFor = "code";
          field.append(label, input, button);
          document.getElementById("place").append(field);
        };
        window.unmount = () => document.getElementById("place").replaceChildren();`,
    },
    {
      name: "input-otp + React", about: `input-otp ${version("input-otp")}, react ${version("react")}`, folder: bundled("input-otp"),
      html: drawn("input-otp"), field: "#code", alive: "input[data-input-otp]", value: posted, framework: true,
    },
    {
      name: "zag", about: `@zag-js/pin-input and vanilla ${version("@zag-js/pin-input")}`, folder: bundled("zag"),
      html: drawn("zag"), field: "#place input:not([type=hidden]):not([aria-hidden])", alive: "#place [data-there]", value: posted,
    },
    {
      name: "Ionic", about: `@ionic/core ${version("@ionic/core")}, ion-input-otp`, folder: bundled("ionic"), html: drawn("ionic"),
      field: "ion-input-otp input", alive: "ion-input-otp.hydrated input", value: `document.querySelector("ion-input-otp").value`, framework: true,
    },
    {
      name: "Hanko", about: `@teamhanko/hanko-elements ${version("@teamhanko/hanko-elements")}: its code field comes after an answer of its own service`,
      folder: bundled("hanko"), html: drawn("hanko"), field: null, alive: "hanko-auth", framework: true,
    },
    {
      name: "ALTCHA", about: `altcha ${version("altcha")}: no code field`, folder: bundled("altcha"), html: drawn("altcha"),
      field: null, alive: "altcha-widget > *", framework: true,
    },
    {
      name: "Cap", about: `@cap.js/widget ${version("@cap.js/widget")}: no code field`, folder: (() => {
        const out = bundled("cap");
        cpSync(join(PEERS, "@cap.js/wasm/browser/cap_wasm_bg.wasm"), join(out, "cap_wasm_bg.wasm"));
        return out;
      })(),
      html: drawn("cap"), field: null, alive: "cap-widget",
    },
    {
      name: "Pagefind", about: `pagefind ${version("pagefind")}: no code field; its script and WebAssembly, after a first search`, folder: pagefind(),
      html: drawn("start"), field: null, alive: "#place[data-there]",
    },
  ];
}

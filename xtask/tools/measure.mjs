// Measures what a site ships: prints JSON, one object for each file.

import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { brotliCompressSync, constants } from "node:zlib";

const www = new URL("../../www/", import.meta.url);
const hashed = (pattern) => {
  const name = readdirSync(new URL("dist/", www)).find((name) => pattern.test(name));
  return `dist/${name}`;
};

// Files with a budget of their own, and groups of files that are loaded together, in Japanese; then the rest.
const parts = {
  script: ["dist/todoita.js"],
  "script-ja": ["dist/todoita.ja.js"],
  style: ["dist/todoita.css"],
  "guide-words": ["words/ja.guide.json"],
  "guide-search": ["words/ja.search.json"],
  guide: ["dist/todoita-guide.js", hashed(/^todoita-guide-[0-9a-f]{8}\.wasm$/), "dist/todoita-guide.css"],
  pictures: ["pictures.json"],
  setup: ["dist/todoita-setup.js"],
  "": ["dist/todoita.en.js", hashed(/^todoita-[0-9a-f]{8}\.wasm$/), "words/ja.json", "words/en.json", "words/en.guide.json", "words/en.search.json", "dist/todoita-setup.css", "dist/functions/functions.js", "dist/functions/functions_bg.wasm"],
};
const files = Object.entries(parts).flatMap(([part, paths]) => paths.map((path) => [part, path]));

const missing = files.filter(([, path]) => !existsSync(new URL(path, www)));
if (missing.length) {
  console.error(`not there: ${missing.map(([, path]) => `www/${path}`).join(", ")}`);
  process.exit(1);
}

const measured = files.map(([part, path]) => {
  const bytes = readFileSync(new URL(path, www));
  const brotli = brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
  return {
    path,
    raw: bytes.length,
    brotli: brotli.length,
    integrity: `sha384-${createHash("sha384").update(bytes).digest("base64")}`,
    part,
  };
});
console.log(JSON.stringify(measured));

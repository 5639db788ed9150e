// Measures what a site ships: prints JSON, one object for each file.

import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { brotliCompressSync, constants } from "node:zlib";

const www = new URL("../../www/", import.meta.url);
const wasm = readdirSync(new URL("dist/", www)).find((name) => /^todoita-[0-9a-f]{8}\.wasm$/.test(name));

// What a login page in Japanese loads, then the rest.
const field = ["dist/todoita.js", `dist/${wasm}`, "dist/todoita.css", "words/ja.json"];
const others = ["words/en.json", "dist/functions/functions.js", "dist/functions/functions_bg.wasm"];

const missing = [...field, ...others].filter((path) => !existsSync(new URL(path, www)));
if (missing.length) {
  console.error(`not there: www/${missing.join(", www/")}`);
  process.exit(1);
}

const measured = [...field, ...others].map((path) => {
  const bytes = readFileSync(new URL(path, www));
  const brotli = brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
  return {
    path,
    raw: bytes.length,
    brotli: brotli.length,
    integrity: `sha384-${createHash("sha384").update(bytes).digest("base64")}`,
    field: field.includes(path),
  };
});
console.log(JSON.stringify(measured));

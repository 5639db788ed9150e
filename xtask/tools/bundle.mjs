// Makes the one file to drop in, www/dist/todoita.js, from the modules of the field.
//
// The wasm gets a name with its content's hash; dist/pin.js carries that name and the hash of the
// bytes, so that an `integrity` on the one file covers the wasm as well.

import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const { build } = createRequire(import.meta.url)(
  fileURLToPath(new URL("../../.tools/npm/node_modules/esbuild", import.meta.url)),
);
const www = fileURLToPath(new URL("../../www/", import.meta.url));
const hash = (name, bytes, encoding) => createHash(name).update(bytes).digest(encoding);

for (const name of readdirSync(`${www}dist`)) {
  if (/^todoita-[0-9a-f]{8}\.wasm$/.test(name)) rmSync(`${www}dist/${name}`);
}

const wasm = readFileSync(`${www}dist/field/field_bg.wasm`);
// The build has taken the imports out (xtask/src/bundle.rs): only those that the field never calls.
const glue = readFileSync(`${www}dist/field/field_bg.js`, "utf8");
const idle = /^__wbg_set_wasm$|^__wbg___wbindgen_throw_|^__wbindgen_init_externref_table$/;
const missed = [...glue.matchAll(/^export function (\w+)/gm)].map(([, name]) => name).filter((name) => !idle.test(name));
if (missed.length) throw new Error(`the field's module needs from JavaScript: ${missed.join(", ")}`);
const name = `todoita-${hash("sha256", wasm, "hex").slice(0, 8)}.wasm`;
writeFileSync(`${www}dist/${name}`, wasm);
writeFileSync(
  `${www}dist/pin.js`,
  `// Made by \`cargo xtask build\`: the field's wasm, and the hash of its bytes.
export const wasm = new URL("${name}", import.meta.url);
export const integrity = "sha384-${hash("sha384", wasm, "base64")}";
`,
);

/**
 * `new URL("./words/ja.json", import.meta.url)` names a file from the module that says it; in the
 * bundle the same file is named from dist/.
 */
const files = {
  name: "files",
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace(
        /new URL\("([^"]+)", import\.meta\.url\)/g,
        (_, file) => `new URL("${relative(`${www}dist`, resolve(dirname(path), file))}", import.meta.url)`,
      ),
    })),
};

await build({
  entryPoints: [`${www}todoita.js`],
  outfile: `${www}dist/todoita.js`,
  bundle: true,
  minify: true,
  format: "esm",
  charset: "utf8",
  // The floor of the design's contract.
  target: ["safari15.4", "chrome99", "firefox98"],
  legalComments: "none",
  logLevel: "warning",
  plugins: [files],
});

// The style sheet, without its comments: the same rules, for the same browsers as it is written for.
await build({
  entryPoints: [`${www}todoita.css`],
  outfile: `${www}dist/todoita.css`,
  minifyWhitespace: true,
  minifyIdentifiers: true,
  charset: "utf8",
  logLevel: "warning",
});

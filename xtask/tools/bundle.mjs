// Makes the one file to drop in, www/dist/todoita.js, from the modules of the field, and the guide's
// file, which that one fetches when the guide is opened.
//
// A wasm gets a name with its content's hash; dist/pin.js carries that name and the hash of the bytes,
// dist/guide-file.js the hash of the guide's file, so that an `integrity` on the one file covers it all.

import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const { build } = createRequire(import.meta.url)(
  fileURLToPath(new URL("../../.tools/npm/node_modules/esbuild", import.meta.url)),
);
const www = fileURLToPath(new URL("../../www/", import.meta.url));
const hash = (name, bytes, encoding) => createHash(name).update(bytes).digest(encoding);

const sri = (bytes) => `sha384-${hash("sha384", bytes, "base64")}`;

for (const name of readdirSync(`${www}dist`)) {
  if (/^todoita-(guide-)?[0-9a-f]{8}\.(wasm|js)$/.test(name)) rmSync(`${www}dist/${name}`);
}

/** Gives a module its content's hash for a name, and writes both to dist/`pin`. */
const pinned = (part, file, pin) => {
  const wasm = readFileSync(`${www}dist/${part}/${part}_bg.wasm`);
  // The build has taken the imports out (xtask/src/bundle.rs): only those that are never called.
  const glue = readFileSync(`${www}dist/${part}/${part}_bg.js`, "utf8");
  const idle = /^__wbg_set_wasm$|^__wbg___wbindgen_throw_|^__wbindgen_init_externref_table$/;
  // Functions that the module itself exports are in the glue too.
  const own = WebAssembly.Module.exports(new WebAssembly.Module(wasm)).map(({ name }) => name);
  const missed = [...glue.matchAll(/^export function (\w+)/gm)].map(([, name]) => name).filter((name) => !idle.test(name) && !own.includes(name));
  if (missed.length) throw new Error(`the module of the ${part} needs from JavaScript: ${missed.join(", ")}`);
  const name = `${file}-${hash("sha256", wasm, "hex").slice(0, 8)}.wasm`;
  writeFileSync(`${www}dist/${name}`, wasm);
  writeFileSync(
    `${www}dist/${pin}`,
    `// Made by \`cargo xtask build\`: the ${part}'s wasm, and the hash of its bytes.
export const wasm = new URL("${name}", import.meta.url);
export const integrity = "${sri(wasm)}";
`,
  );
};
pinned("field", "todoita", "pin.js");
pinned("guide", "todoita-guide", "guide-pin.js");

/**
 * `new URL("./words/ja.json", import.meta.url)` names a file relative to its module; in the
 * bundle the same file is named from dist/.
 */
const files = {
  name: "files",
  setup: ({ onLoad, onResolve }) => {
    onResolve({ filter: /\/open-guide\.js$/ }, ({ resolveDir }) => ({ path: `${resolveDir}/open-guide.pinned.js` }));
    onLoad({ filter: /\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace(
        /new URL\("([^"]+)", import\.meta\.url\)/g,
        (_, file) => `new URL("${named(resolve(dirname(path), file))}", import.meta.url)`,
      ),
    }));
  },
};

/** A file's name from dist/; style sheets are taken without their comments, as they are made there. */
const named = (file) => (file.endsWith(".css") ? basename(file) : relative(`${www}dist`, file));

const dropIn = (name) =>
  build({
    entryPoints: [`${www}${name}`],
    outfile: `${www}dist/${name}`,
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

// The guide first: the field fetches its file by its hash.
await dropIn("todoita-guide.js");
const guide = readFileSync(`${www}dist/todoita-guide.js`);
const name = `todoita-guide-${hash("sha256", guide, "hex").slice(0, 8)}.js`;
writeFileSync(`${www}dist/${name}`, guide);
writeFileSync(
  `${www}dist/guide-file.js`,
  `// Made by \`cargo xtask build\`: the guide's file, and the hash of its bytes.
export const guide = new URL("${name}", import.meta.url);
export const integrity = "${sri(guide)}";
`,
);
await dropIn("todoita.js");

// The style sheets, without their comments: the same rules, for the same browsers as they are written for.
for (const name of ["todoita.css", "todoita-guide.css"]) {
  await build({
    entryPoints: [`${www}${name}`],
    outfile: `${www}dist/${name}`,
    minifyWhitespace: true,
    minifyIdentifiers: true,
    charset: "utf8",
    logLevel: "warning",
  });
}

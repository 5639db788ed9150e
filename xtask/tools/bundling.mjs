// The common parts of bundle.mjs and bundle-setup.mjs.

import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const installed = (name) => createRequire(import.meta.url)(fileURLToPath(new URL(`../../.tools/npm/node_modules/${name}`, import.meta.url)));
const { build } = installed("esbuild");
const { minify } = installed("terser");

export const www = fileURLToPath(new URL("../../www/", import.meta.url));

/** The beginning of the hash of a file, for its name. */
export const shortHash = (bytes) => createHash("sha256").update(bytes).digest("hex").slice(0, 8);

/** The value of an `integrity` attribute. */
export const integrity = (bytes) => `sha384-${createHash("sha384").update(bytes).digest("base64")}`;

/** Deletes the files of dist/ whose name matches: those of an older build. */
export const removeOld = (pattern) => {
  for (const name of readdirSync(`${www}dist`)) if (pattern.test(name)) rmSync(`${www}dist/${name}`);
};

/**
 * For the npm modules: copies the glue of a WebAssembly module to dist/, gives the wasm its content's hash for a name, and writes name
 * and hash to dist/`pin`. Gives the bytes.
 */
export const pinned = (part, file, pin) => {
  const wasm = readFileSync(`${www}dist/${part}/${part}_bg.wasm`);
  const name = `${file}-${shortHash(wasm)}.wasm`;
  writeFileSync(`${www}dist/${name}`, wasm);
  writeFileSync(`${www}dist/${part}-glue.js`, readFileSync(`${www}dist/${part}/${part}-glue.js`));
  writeFileSync(
    `${www}dist/${pin}`,
    `// Made by \`cargo xtask build\`: the ${part}'s wasm, and the hash of its bytes.
export const wasm = new URL("${name}", import.meta.url);
export const integrity = "${integrity(wasm)}";
`,
  );
  return wasm;
};

/** A file's name from dist/; style sheets are taken without their comments, as they are made there. */
const named = (file) => (file.endsWith(".css") ? basename(file) : relative(`${www}dist`, file));

/** The modules that others take the place of in a bundle. */
const INSTEAD = {
  "open-guide.js": "open-guide.pinned.js",
  "field-bytes.js": "field-bytes.inline.js",
  "languages.js": "languages.inline.js",
  "setup-bytes.js": "setup-bytes.inline.js",
  "setup-languages.js": "setup-languages.inline.js",
};

/**
 * `new URL("./words/ja.guide.json", import.meta.url)` names a file relative to its module; in the
 * bundle the same file is named from dist/.
 */
const files = {
  name: "files",
  setup: ({ onLoad, onResolve }) => {
    onResolve({ filter: /\.js$/ }, ({ path, resolveDir }) => {
      const instead = INSTEAD[basename(path)];
      return instead && { path: `${resolveDir}/${instead}` };
    });
    onLoad({ filter: /\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace(
        /new URL\("([^"]+)", import\.meta\.url\)/g,
        (_, file) => `new URL("${named(resolve(dirname(path), file))}", import.meta.url)`,
      ),
    }));
  },
};

/** The text of a bundle, made of a module of www/. terser makes the output of esbuild two percent smaller. */
export const bundled = async (module, define = {}) => {
  const { outputFiles } = await build({
    entryPoints: [`${www}${module}`],
    write: false,
    bundle: true,
    minify: true,
    format: "esm",
    charset: "utf8",
    // The floor of the design's contract.
    target: ["safari15.4", "chrome99", "firefox98"],
    legalComments: "none",
    logLevel: "warning",
    plugins: [files],
    define,
  });
  const { code } = await minify(outputFiles[0].text, { module: true, ecma: 2020, compress: { passes: 3 } });
  return code;
};

/** The character above U+00FF of these bytes in UTF-8; the bytes as they are if they are not one. */
const character = (bytes) => {
  const found = Buffer.from(bytes, "latin1").toString();
  return Buffer.from(found).toString("latin1") === bytes ? found : bytes;
};

/**
 * Bytes as a template string, a character for each, but one for the bytes of a character above U+00FF in UTF-8, as in the words that
 * the module reads; `decoded` (www/wasm-instance.js) reads it. Under brotli it is hardly larger than the bytes, base64 a fifth larger.
 */
const literal = (bytes) =>
  `\`${Buffer.from(bytes)
    .toString("latin1")
    .replace(/[\xe0-\xef][\x80-\xbf]{2}|[\xc4-\xdf][\x80-\xbf]/g, character)
    .replace(/[`\\]|\$\{/g, "\\$&")
    .replaceAll("\r", "\\r")}\``;

/**
 * Declares the variable `name`, which a bundle reads, with the bytes of a WebAssembly module as a text. Only here: esbuild would escape
 * them. At the end: two parts, script and bytes, are a hundred bytes smaller under brotli than script, bytes and script.
 */
export const withBytes = (text, name, bytes) => {
  const count = text.split(name).length - 1;
  if (count !== 1) throw new Error(`the bundle reads ${name} in ${count} places, not in one`);
  return `${text.trimEnd().replace(/;?$/, ";")}var ${name}=${literal(bytes)};\n`;
};

/**
 * The sentences of some languages, for `define`: their keys once, and a list in their order for each language. `kind` is in the
 * names of their files: `.setup`, or nothing.
 */
export const sentences = (languages, kind = "") => {
  const all = languages.map((lang) => JSON.parse(readFileSync(`${www}words/${lang}${kind}.json`, "utf8")));
  const [keys, ...others] = all.map((words) => Object.keys(words).join(" "));
  if (others.some((other) => other !== keys)) throw new Error(`www/words: ${languages.join(", ")} do not have the same sentences in the same order`);
  return {
    SENTENCE_KEYS: JSON.stringify(keys),
    SENTENCES: JSON.stringify(Object.fromEntries(languages.map((lang, index) => [lang, Object.values(all[index])]))),
  };
};

/** A style sheet without its comments: the same rules, for the same browsers as they are written for. */
export const styleSheet = (name) =>
  build({
    entryPoints: [`${www}${name}`],
    outfile: `${www}dist/${name}`,
    minifyWhitespace: true,
    minifyIdentifiers: true,
    charset: "utf8",
    logLevel: "warning",
  });

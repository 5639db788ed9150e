// Makes a page's module of a Rust build: `node xtask/tools/glue.mjs FROM.wasm OUT NAME OPTIONS…` writes OUT/NAME_bg.wasm, by
// wasm-bindgen and by wasm-opt with the OPTIONS, and OUT/NAME-glue.js, wasm-bindgen's JavaScript made smaller for a page:
//
// - Objects cross by their places in a list in JavaScript, not in a table of the module (externref): smaller, the more
//   objects cross. wasm-bindgen does so where the module's section `target_features` does not list `reference-types`.
// - Imports and exports have names of one letter, in the module and in the JavaScript. Exports that the JavaScript does not
//   use are removed.
// - Code for engines below the floor of docs/field.md, and for objects that were not freed, is taken out.
//
// A module whose data is before its stack (xtask/src/bundle.rs) must have no function that calls itself.
//
// A part of the JavaScript that is not found as it is expected ends the build: a new version of wasm-bindgen is looked at.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { withoutFeatures } from "./features.mjs";

const [from, out, name, ...options] = process.argv.slice(2);
const tools = fileURLToPath(new URL("../../.tools/", import.meta.url));
const run = (tool, ...values) => execFileSync(tool, values, { encoding: "utf8", maxBuffer: 1e8 });

mkdirSync(out, { recursive: true });
const wasm = `${out}/${name}_bg.wasm`;
const glue = `${out}/${name}_bg.js`;
const plain = `${out}/${name}.wasm`;
writeFileSync(plain, withoutFeatures(readFileSync(from), ["reference-types", "multivalue"]));
run(`${tools}bin/wasm-bindgen`, "--target", "bundler", "--no-typescript", "--encode-into", "always", "--out-dir", out, "--out-name", name, plain);

let text = readFileSync(glue, "utf8");
/** Replaces the one place of a pattern. */
const replace = (pattern, by) => {
  const found = text.match(new RegExp(pattern, `${pattern.flags}g`))?.length ?? 0;
  if (found !== 1) throw new Error(`${glue} has ${found} places of ${pattern}, not one: look what this version of wasm-bindgen writes`);
  text = text.replace(pattern, by);
};

// Every object is freed by the page.
replace(/^const \w+Finalization = [^;]*?;\n/ms, "");
replace(/^ +\w+Finalization\.register\(.*;\n/m, "");
replace(/^ +\w+Finalization\.unregister\(.*;\n/m, "");
replace(/^if \(Symbol\.dispose\) .*\n/m, "");
// Safari's decoder fails after 2 GB; a page does not come to that.
replace(/^const MAX_SAFARI_DECODE_BYTES[^]*?\n}\n/m, "");
text = text.replaceAll("decodeText(", "cachedTextDecoder.decode(");
// A decoder needs no first use, and no text of a page's module begins with a byte order mark.
replace(/^cachedTextDecoder\.decode\(\);\n/m, "");
replace(/new TextDecoder\('utf-8', .*\);/, "new TextDecoder();");
text = text.replaceAll("Number.MAX_SAFE_INTEGER", "(2 ** 53 - 1)");
// The first places, which nothing reads, have no value.
text = text.replace("new Array(1024).fill(undefined)", "new Array(1024)");

// A text is encoded at once: the loop over its ASCII characters is for long texts.
replace(/(?<=^    if \(realloc === undefined\) \{\n[^]*?        return ptr;\n)    }\n[^]*?    return ptr;\n/m, "");
replace(/^    if \(realloc === undefined\) \{\n/m, "");
text = text.replaceAll(", wasm.__wbindgen_realloc", "");
// A wrong use, after which nothing goes on; the build takes the messages out of the module (xtask/src/bundle.rs).
replace(/throw new Error\(getStringFromWasm0\(arg0, arg1\)\);/, "throw new Error();");
// A memory that has grown has a new buffer.
replace(/cachedDataViewMemory0 === null \|\| [^{]*(?=\) \{)/, "cachedDataViewMemory0?.buffer !== wasm.memory.buffer");
replace(/cachedUint8ArrayMemory0 === null \|\| [^{]*(?=\) \{)/, "cachedUint8ArrayMemory0?.buffer !== wasm.memory.buffer");

// Code that a module may have in several places, or in none.
// A number is made one where it crosses.
text = text.replace(/^    \w+\(.*\) \{\n[^]*?^    }\n/gm, (method) => {
  for (const [line, number, value] of method.matchAll(/^ +const (val\d+) = \+(\w+);\n/gm)) {
    method = method.replace(line, "").replace(new RegExp(`\\b${number}\\b`, "g"), value);
  }
  return method;
});
// Memory that cannot be had ends the page's module; nothing is left to be freed.
text = text.replace(/^ +try \{\n((?: +\w+ = .*;\n)+) +} catch \(e\) \{\n(?: +if \(ptr\d.*\n)+ +throw e;\n +}\n/gm, "$1");
// A constructor sets its members where it has their values.
text = text.replace(/^ +let (?:(?:ptr|len)\d(?:, )?)+;\n((?: +\w+ = .*;\n)+)/gm, (_, lines) => lines.replace(/^ +(?=\w)/gm, "        const "));
text = text.replace(/^    __destroy_into_raw\(\) \{\n([^]*?) +return ptr;\n    }\n    free\(\) \{\n.*\n/gm, "    free() {\n$1").replaceAll("__wbg_ptr", "ptr");
text = text.replace(/const ret = (.*);\n +this\.ptr = ret;\n +return this;/g, "this.ptr = $1;");
// A view of the memory is made where it is needed; no address, length or number of a page is over 2^31.
text = text.replace(/getUint8ArrayMemory0\(\)\.subarray\(ptr, ptr \+ ([\w.]+)\)/g, "new Uint8Array(wasm.memory.buffer, ptr, $1)");
text = text.replace(/^ +ptr = ptr >>> 0;\n/m, "").replace(/(malloc\(buf\.length, 1\)) >>> 0;/, "$1;");
text = text.replace(/^export function __wbg_[^]*?^}\n/gm, (imported) => imported.replace(/(?<=\w|\)) >>> 0/g, ""));
text = text.replace(/\((__wbindgen_enum_\w+)\.indexOf\((\w+)\) \+ 1 \|\| \d+\) - 1/g, "placeIn($1, $2)");
text = text.replaceAll(", wasm.__wbindgen_malloc)", ")").replace("(arg, malloc, realloc) {", "(arg) {").replace("malloc(buf.length", "wasm.__wbindgen_malloc(buf.length");
text = text.replace(
  /^ +\w+ ptr1 = (?:isLikeNone\(ret\) \? 0 : )?passStringToWasm0\(ret\);\n.*WASM_VECTOR_LEN;\n(?: +getDataViewMemory0\(\).setInt32\(\(arg0\).*\n){2}/gm,
  "    returnText(arg0, ret);\n",
);
if (/placeIn\(/.test(text)) text += `
/** The place of a name among those of an enum; behind the last if it is none of them. */
function placeIn(names, name) { return (names.indexOf(name) + 1 || names.length + 1) - 1; }
`;
if (/returnText\(/.test(text)) text += `
/** Writes where a text is, and its length, to where the module expects them; 0 for none. */
function returnText(to, text) {
    const ptr = isLikeNone(text) ? 0 : passStringToWasm0(text);
    new Uint32Array(wasm.memory.buffer, to, 2).set([ptr, WASM_VECTOR_LEN]);
}
`;

/** The names in the JavaScript's own scope that the module imports. */
const imported = [...text.matchAll(/^export function (\w+)\(/gm)].map(([, known]) => known).filter((known) => known !== "__wbg_set_wasm");
const module = new WebAssembly.Module(readFileSync(wasm));
const unused = WebAssembly.Module.exports(module)
  .map((known) => known.name)
  .filter((known) => known !== "__wbindgen_start" && !new RegExp(`\\bwasm\\.${known}\\b`).test(text));
const map = JSON.parse(
  run("wasm-opt", ...unused.map((known) => `--remove-exports=${known}`), ...options, "--minify-imports-and-exports-and-modules", wasm, "-o", wasm),
);

// The data of such a module is before its stack.
if (options.includes("--low-memory-unused")) {
  const functions = run("wasm-dis", wasm).split(/\n \(func /).slice(1);
  const calls = new Map(functions.map((body) => [body.match(/^\S+/)[0], [...body.matchAll(/\(call (\S+)/g)].map(([, called]) => called)]));
  const done = new Set();
  const follow = (name, callers) => {
    if (callers.includes(name)) throw new Error(`${wasm}: a function calls itself, so its stack has no limit: ${[...callers, name].join(" → ")}`);
    if (!done.has(name)) for (const called of calls.get(name) ?? []) follow(called, [...callers, name]);
    done.add(name);
  };
  for (const name of calls.keys()) follow(name, []);
}

let start = "";
for (const [long, short] of map.exports) {
  if (long === "__wbindgen_start") start = `\n  wasm.${short}();`;
  else text = text.replace(new RegExp(`\\bwasm\\.${long}\\b`, "g"), `wasm.${short}`);
}
const imports = map.imports.map(([, long, short]) => {
  if (!imported.includes(long)) throw new Error(`the module imports ${long}, which ${glue} does not have`);
  // A dropped object is not taken out of the list.
  return `${short}: ${long.endsWith("_object_drop_ref") ? "dropObject" : long}`;
});
// Functions of the crate stay exported; wasm-bindgen's own begin with two underscores.
text = text.replace(/^export function (?=__)/gm, "function ");
replace(
  /^function __wbg_set_wasm\(\w+\) \{[^]*?\n}\n?/m,
  `
/** Instantiates the module of these bytes. */
export const connect = async (bytes) => {
  const { instance } = await WebAssembly.instantiate(bytes, { a: { ${imports.join(", ")} } });
  wasm = instance.exports;${start}
};
`,
);
writeFileSync(`${out}/${name}-glue.js`, `// Made by \`cargo xtask build\` of wasm-bindgen's JavaScript.\n${text}`);
for (const file of [glue, plain, `${out}/${name}.js`]) rmSync(file);

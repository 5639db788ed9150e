import { cpSync, readdirSync } from "node:fs";
import { build } from "esbuild";

const out = "public";
await build({ entryPoints: ["main.js"], bundle: true, minify: true, splitting: true, format: "esm", outdir: out });

// esbuild leaves `new URL("…", import.meta.url)` as it is: the files have to be beside the bundle.
const from = "node_modules/todoita";
for (const name of ["words", "pictures.json", "todoita-guide.css"]) {
  cpSync(`${from}/${name}`, `${out}/${name}`, { recursive: true });
}
for (const name of readdirSync(`${from}/dist`).filter((name) => name.endsWith(".wasm"))) {
  cpSync(`${from}/dist/${name}`, `${out}/${name}`);
}
cpSync("index.html", `${out}/index.html`);

// For bundled-functions.test.mjs: the functions in a page and in a server.
import { cpSync } from "node:fs";
import { build } from "esbuild";

const options = { bundle: true, minify: true, format: "esm" };
await build({ ...options, entryPoints: ["called-page.js"], outdir: "called" });
// esbuild leaves `new URL("…", import.meta.url)` as it is: the file has to be beside the bundle.
cpSync("node_modules/todoita/dist/functions/functions_bg.wasm", "called/functions_bg.wasm");
await build({ ...options, entryPoints: ["called-server.js"], platform: "node", outdir: "called-server" });

import { copyFileSync, mkdirSync } from "node:fs";
import { nodeResolve } from "@rollup/plugin-node-resolve";

// Rollup leaves `new URL("…", import.meta.url)` as it is: the file has to be beside the bundle.
const wasmBeside = (folder) => ({
  name: "wasm-beside",
  writeBundle() {
    mkdirSync(folder, { recursive: true });
    copyFileSync("node_modules/todoita/dist/functions/functions_bg.wasm", `${folder}/functions_bg.wasm`);
  },
});

export default [
  {
    input: "called-page.js",
    output: { dir: "called", format: "es" },
    plugins: [nodeResolve({ browser: true }), wasmBeside("called")],
  },
  {
    input: "called-server.js",
    output: { dir: "called-server", format: "es" },
    plugins: [nodeResolve({ exportConditions: ["node"] })],
    external: /^node:/,
  },
];

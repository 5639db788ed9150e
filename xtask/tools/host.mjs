// Makes `todoita.wasm`: `node xtask/tools/host.mjs FROM.wasm TO.wasm OPTIONS…` takes wasm-bindgen's descriptions out of a
// Rust build and optimises it by wasm-opt with the OPTIONS. Only whole numbers cross its exports, so that it imports nothing
// and needs none of wasm-bindgen's JavaScript. Fails where that is no longer so.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { withoutFeatures } from "./features.mjs";

const [from, to, ...options] = process.argv.slice(2);
const tools = fileURLToPath(new URL("../../.tools/", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "todoita-wasm-"));
try {
  const run = (tool, ...values) => execFileSync(`${tools}${tool}`, values, { encoding: "utf8", maxBuffer: 1e8 });
  // No object crosses; with reference types it would bring a table for them.
  const numbers = join(folder, "host.wasm");
  writeFileSync(numbers, withoutFeatures(readFileSync(from), ["reference-types", "multivalue"]));
  run("bin/wasm-bindgen", "--target", "bundler", "--no-typescript", "--out-dir", folder, "--out-name", "host", numbers);
  const plain = join(folder, "host_bg.wasm");
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(readFileSync(plain)));
  if (imports.length > 0) throw new Error(`the module imports ${JSON.stringify(imports)}`);
  run("npm/node_modules/.bin/wasm-opt", ...options, plain, "-o", to);
} finally {
  rmSync(folder, { recursive: true });
}

// `todoita/node`: the WebAssembly is read synchronously from beside this file, so `require` works too.
import { webcrypto } from "node:crypto";
import { readFileSync } from "node:fs";

import { initSync } from "./dist/functions/functions.js";
import { source } from "./random.js";

initSync({ module: readFileSync(new URL("./dist/functions/functions_bg.wasm", import.meta.url)) });
source.crypto ??= webcrypto;

export * from "./functions.js";

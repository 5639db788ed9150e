// `todoita/node`: the WebAssembly comes from a script, without a file to read and without waiting, so `require` and every
// bundler of servers take it along.
import { Buffer } from "node:buffer";

import { base64 } from "./dist/functions/bytes.js";
import { initSync } from "./dist/functions/functions.js";

initSync({ module: Buffer.from(base64, "base64") });

export * from "./functions.js";

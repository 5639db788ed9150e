// `todoita/node`: the WebAssembly is read from beside this file, at once, so `require` works too.
import { webcrypto } from "node:crypto";
import { readFileSync } from "node:fs";

import { initSync } from "./dist/functions/functions.js";
import { SECRET_BYTES } from "./functions.js";

initSync({ module: readFileSync(new URL("./dist/functions/functions_bg.wasm", import.meta.url)) });

export { hotp, keyUri, readCode, readKeyUri, readPhone, resyncHotp, totp, verifyHotp, verifyTotp } from "./functions.js";

// Node 18 has no global `crypto`.
export const newSecret = () => webcrypto.getRandomValues(new Uint8Array(SECRET_BYTES));

// `todoita/node` and `todoita/core` in a worker (the export condition `workerd`): there is no file system, and no
// WebAssembly is compiled at run time, so the runtime brings it as a module.
import module from "./dist/functions/functions_bg.wasm";

import { initSync } from "./dist/functions/functions.js";
import { SECRET_BYTES } from "./functions.js";

initSync({ module });

export { hotp, keyUri, readCode, readKeyUri, readPhone, resyncHotp, totp, verifyHotp, verifyTotp } from "./functions.js";

export const newSecret = () => crypto.getRandomValues(new Uint8Array(SECRET_BYTES));

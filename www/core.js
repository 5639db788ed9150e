// `todoita/core`, for browsers and bundlers: the import waits until the WebAssembly is there.
import init from "./dist/functions/functions.js";
import { SECRET_BYTES } from "./functions.js";

await init();

export { hotp, keyUri, readCode, readKeyUri, readPhone, resyncHotp, totp, verifyHotp, verifyTotp } from "./functions.js";

export const newSecret = () => crypto.getRandomValues(new Uint8Array(SECRET_BYTES));

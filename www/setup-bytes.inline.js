// As setup-bytes.js, in the one file to drop in: the script contains the WebAssembly as a text, a character for each byte.
/* global SETUP_WASM */ // xtask/tools/bundle-setup.mjs
import { decoded } from "./wasm-instance.js";

// The variable has its value when the whole script has run, and the first element may be there before.
export const bytes = () => Promise.resolve().then(() => decoded(SETUP_WASM));

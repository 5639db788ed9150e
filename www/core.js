// `todoita/core`, for browsers and bundlers: the import waits until the WebAssembly is loaded.
import init from "./dist/functions/functions.js";

await init();

export * from "./functions.js";

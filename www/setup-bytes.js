// The WebAssembly of the set-up elements, fetched. In the one file to drop in, setup-bytes.inline.js takes its place.
import { integrity, wasm } from "./dist/setup-pin.js";
import { fetched } from "./wasm-instance.js";

export const bytes = fetched({ integrity, wasm });

// The WebAssembly of the field, fetched. In the one file to drop in, field-bytes.inline.js takes its place.
import { integrity, wasm } from "./dist/pin.js";
import { fetched } from "./wasm-instance.js";

export const bytes = fetched({ integrity, wasm });

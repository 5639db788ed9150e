// The field's core (src/wasm/field.rs), as the class `Field` of one instance of its WebAssembly.
import { connect } from "./dist/field-glue.js";
import { bytes } from "./field-bytes.js";
import { starter } from "./wasm-instance.js";

export { Field } from "./dist/field-glue.js";

/** Starts the WebAssembly, once; until then there is no `Field` to make. */
export const start = starter(bytes, connect);

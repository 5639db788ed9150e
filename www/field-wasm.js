// The field's core (src/wasm/field.rs). Its texts are those of src/entry/wire.rs.
import { integrity, wasm } from "./dist/pin.js";
import { instances } from "./wasm-instance.js";

/**
 * Starts the core of one element: a function of a text and a name, `begin` (the text is the settings of the site), `update` (an
 * event, with the milliseconds since the page's facts were stated) or `view`.
 */
export const start = instances({ integrity, wasm });

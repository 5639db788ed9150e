// The guide as its module has it (src/wasm/guide.rs); its texts are those of src/guide/page.rs.
import { integrity, wasm } from "./dist/guide-pin.js";
import { instance } from "./instance.js";

const { start, Told } = instance("guide", { integrity, wasm });
export { start };

let guide;

/** The screen that the answers lead to. `known`: values with U+001F between them. */
export const screen = (known, answers) => (guide ??= new Told()).ask(`${known}\x1f${answers}`, "screen");

/** The screens that fit a person's own words. */
export const find = (groups, text) => (guide ??= new Told()).ask(`${groups}\x1f${text}`, "find");

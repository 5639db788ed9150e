// The guide as its module has it (src/wasm/guide.rs); its texts are those of src/guide/page.rs.
import { integrity, wasm } from "./dist/guide-pin.js";
import { instances } from "./wasm-instance.js";

const instance = instances({ integrity, wasm });
let ask;

export const start = async () => {
  ask ??= await instance();
};

/** The screen that the answers lead to. `known`: values with U+001F between them. */
export const screen = (known, answers) => ask(`${known}\x1f${answers}`, "screen");

/** The screens that fit a person's own words. */
export const find = (groups, text) => ask(`${groups}\x1f${text}`, "find");

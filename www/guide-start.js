// The guide as its module has it (src/wasm/guide.rs); its texts are those of src/guide/page.rs.
import { integrity, wasm } from "./dist/guide-pin.js";
import { instance } from "./wasm-instance.js";

const module = instance({ integrity, wasm });
export const { start } = module;

const ask = (text, question) => {
  module.write(text);
  module.core[question]();
  return module.read();
};

/** The screen that the answers lead to. `known`: values with U+001F between them. */
export const screen = (known, answers) => ask(`${known}\x1f${answers}`, "screen");

/** The screens that fit a person's own words. */
export const find = (groups, text) => ask(`${groups}\x1f${text}`, "find");

// The guide's core (src/wasm/guide.rs): facts go in as text, a screen comes out as lines (src/guide/wire.rs).
import { integrity, wasm } from "./dist/guide-pin.js";
import { instances } from "./wasm-instance.js";

const instance = instances({ integrity, wasm });
let ask;

/** Fetches the core on the first call; a lost one is fetched again. */
export const start = async () => {
  ask ??= await instance();
};

/**
 * The screen for the facts, `answers` among them: the whole `text` of the answer, the name of the screen, the answers that
 * were taken, and the lines behind them in words.
 */
export const screenOf = (facts) => {
  let known = "";
  for (const [name, value] of Object.entries(facts)) {
    if (value != null) known += `${name}\x1f${String(value).replace(/[\x1e\x1f]/g, " ")}\x1e`;
  }
  const text = ask(known, "screen");
  const [screen, answers, ...lines] = text.split("\n");
  return { text, screen, answers, lines: lines.map((line) => line.split(" ")) };
};

/** The names of the screens that fit a person's own words; an empty one where none does. `groups`: the search's terms (src/guide/search.rs). */
export const find = (groups, text) => ask(`${groups}\x1f${text}`, "find").split(" ");

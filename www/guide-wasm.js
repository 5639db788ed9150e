// The guide's core (src/wasm/guide.rs): it asks for facts, and hands out the parts of a screen.
import { Guide, connect } from "./dist/guide-glue.js";
import { integrity, wasm } from "./dist/guide-pin.js";
import { fetched, starter } from "./wasm-instance.js";

/** Fetches the core on the first call. */
export const start = starter(fetched({ integrity, wasm }), connect);

/** The parts that a call of the guide hands out: parts, each its kind and its name or number. */
const handed = (facts, call) => {
  const parts = [];
  const part = (...one) => parts.push(one);
  const guide = new Guide({ fact: (name) => facts[name]?.toString(), part, number: part });
  const answer = call(guide);
  guide.free();
  return [answer, parts];
};

/** The screen for the facts, `answers` among them: its name, the answers that were taken, and its parts. */
export const screenOf = (facts) => {
  const [, [[, screen], [, answers], ...parts]] = handed(facts, (guide) => guide.screen(facts.answers));
  return { screen, answers, parts };
};

/** The screens that fit a person's own words, or those to take instead where none does. `groups`: the search's terms (src/guide/search.rs). */
export const find = (groups, text) => {
  const [found, parts] = handed({}, (guide) => guide.find(groups, text));
  return { found, screens: parts.map(([, name]) => name) };
};

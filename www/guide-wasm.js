// The guide's core (src/wasm/guide.rs): facts go in as text, a screen comes out as lines (src/guide/wire.rs).
import { integrity, wasm } from "./dist/guide-pin.js";

let core;
let started;

const fetchCore = async () => {
  const response = await fetch(wasm, { integrity });
  core = (await WebAssembly.instantiate(await response.arrayBuffer())).instance.exports;
};

/** Fetches the core on the first call; a lost one is fetched again. */
export const start = () =>
  (started ??= fetchCore().catch((error) => {
    started = undefined;
    throw error;
  }));

/** A text goes in and the answer comes out, one character at a time: that needs no glue. */
const ask = (text, question) => {
  for (const character of text) core.push(character.codePointAt());
  core[question]();
  let answer = "";
  for (let code; (code = core.pop()); ) answer += String.fromCharCode(code);
  return answer;
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

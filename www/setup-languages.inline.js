// As setup-languages.js, in the one file to drop in: the script contains the sentences.
/* global SENTENCES */ // lists by language; xtask/tools/bundling.mjs
import { keyed } from "./keyed.inline.js";
import { base } from "./sentence.js";

const LANGUAGES = SENTENCES;

/** The built-in language for a language tag; English where there is none. */
export const builtIn = (tag) => (Object.hasOwn(LANGUAGES, base(tag)) ? tag : "en");

/** The built-in sentences for a language tag, by key. */
export const sentences = (tag) => keyed(LANGUAGES[base(builtIn(tag))]);

// As languages.js, in the one file to drop in: the script contains the sentences of Japanese and English, and fetches those of
// another language only for its pages.
/* global SENTENCES */ // lists by language; xtask/tools/bundling.mjs
import { fetchJson } from "./fetch-json.js";
import { keyed } from "./keyed.inline.js";
import { FETCHED } from "./languages.fetched.js";
import { base, languageIn } from "./sentence.js";

const LANGUAGES = SENTENCES;

/** Where the sentences of a tag are, if they are not in here. */
const file = (tag) => FETCHED[languageIn(FETCHED, tag)];

/** The built-in language for a language tag; the last one where there is none. */
export const builtIn = (tag) => (Object.hasOwn(LANGUAGES, base(tag)) || file(tag) ? tag : Object.keys(LANGUAGES).at(-1));

/** The built-in sentences for a language tag, by key. */
export const sentences = (tag) => (file(tag) ? fetchJson(file(tag)()) : keyed(LANGUAGES[base(builtIn(tag))]));

// As setup-languages.js, in the one file to drop in: the script contains the sentences.
/* global SETUP_SENTENCES */ // by language; xtask/tools/bundle-setup.mjs
import { base } from "./sentence.js";

const LANGUAGES = SETUP_SENTENCES;

/** The built-in language for a language tag; English where there is none. */
export const builtIn = (tag) => (Object.hasOwn(LANGUAGES, base(tag)) ? tag : "en");

/** The built-in sentences for a language tag, by key. */
export const sentences = (tag) => LANGUAGES[base(builtIn(tag))];

// The sentences of the set-up elements, fetched. In the one file to drop in, setup-languages.inline.js takes its place.
import { fetchJson } from "./fetch-json.js";
import { base } from "./sentence.js";

// Literal addresses, so that a bundler finds the files.
const FILES = {
  __proto__: null,
  ja: () => new URL("./words/ja.setup.json", import.meta.url),
  en: () => new URL("./words/en.setup.json", import.meta.url),
};

/** The built-in language for a language tag; English where there is none. */
export const builtIn = (tag) => (FILES[base(tag)] ? tag : "en");

/** The built-in sentences for a language tag, by key. */
export const sentences = (tag) => fetchJson(FILES[base(builtIn(tag))]());

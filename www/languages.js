// The built-in sentences, fetched in the language of the page. In the one file to drop in, languages.inline.js takes its place.
import { fetchJson } from "./fetch-json.js";
import { FETCHED } from "./languages.fetched.js";
import { languageIn } from "./sentence.js";

// Literal addresses, so that a bundler finds the files.
const FILES = {
  __proto__: FETCHED,
  ja: () => new URL("./words/ja.json", import.meta.url),
  en: () => new URL("./words/en.json", import.meta.url),
};

/** The built-in language for a language tag; English where there is none. */
export const builtIn = (tag) => (FILES[languageIn(FILES, tag)] ? tag : "en");

/** The built-in sentences for a language tag, by key. */
export const sentences = (tag) => fetchJson(FILES[languageIn(FILES, builtIn(tag))]());

// The page's language is fetched at once, beside the WebAssembly, not after it.
if (typeof document !== "undefined") sentences(document.documentElement.lang).catch(() => {});

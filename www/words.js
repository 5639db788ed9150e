// The sentences of a language: fetched, laid over by the site's own, and asked for by key.
import { base, known, langOf, load, lost } from "./load.js";

// Literal addresses, so that a bundler finds the files.
const FILES = {
  __proto__: null,
  ja: () => new URL("./words/ja.json", import.meta.url),
  en: () => new URL("./words/en.json", import.meta.url),
};

/** Our sentences of a language; English where we have none. */
const ours = (lang) => load((FILES[base(lang)] ?? FILES.en)());

export class Words {
  #sentences;
  #lang;

  /**
   * The sentences for an element, with those of the JSON file at `override` over them. The file may
   * bring a language of its own: its member `lang` says which.
   */
  static async of(element, override) {
    const asked = langOf(element);
    const [mine, site] = await Promise.all([ours(asked), override ? load(override).catch(lost) : {}]);
    const { lang = FILES[base(asked)] ? asked : "en", ...sentences } = site;
    for (const key of Object.keys(sentences)) {
      if (!(key in mine)) console.warn(`todoita: ${override} has a sentence "${key}" that is not ours.`);
    }
    return new Words({ ...mine, ...sentences }, asked, lang);
  }

  constructor(sentences, asked, lang) {
    this.#sentences = sentences;
    this.#lang = lang;
    /** What stands between two sentences. */
    this.joint = ["ja", "zh"].includes(base(lang)) ? "" : " ";
    /** The language to mark our texts with, where it is not the page's. */
    this.lang = base(lang) === base(asked) ? "" : lang;
  }

  /** A sentence with its `{name}`s filled in, in its plural form for `values.n`. */
  say(key, values = {}) {
    let sentence = this.#sentences[key] ?? "";
    // Rules and clocks only where a sentence needs them: a page's first take longer than all else that we do.
    if (typeof sentence === "object") sentence = sentence[new Intl.PluralRules(known(this.#lang)).select(values.n)] ?? sentence.other ?? "";
    return sentence.replace(/\{(\w+)\}/g, (whole, name) => {
      if (name === "time") return Intl.DateTimeFormat(known(this.#lang), { hour: "numeric", minute: "2-digit" }).format(values.time);
      return values[name] ?? whole;
    });
  }
}

// The page's language is fetched at once, beside the WebAssembly, not after it.
if (typeof document !== "undefined") ours(document.documentElement.lang).catch(() => {});

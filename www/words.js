// The sentences of a language, by key: fetched, with the site's own over them.
import { fetchJson, langOf, lost } from "./fetch-json.js";
import { base, clock, fill, joint, plural, roundUp } from "./sentence.js";

// Literal addresses, so that a bundler finds the files.
const FILES = {
  __proto__: null,
  ja: () => new URL("./words/ja.json", import.meta.url),
  en: () => new URL("./words/en.json", import.meta.url),
};

/** The built-in sentences of a language; English where there are none. */
const builtIn = (lang) => fetchJson((FILES[base(lang)] ?? FILES.en)());

export class Words {
  #sentences;
  #lang;

  /**
   * The sentences for an element, with those of the JSON file at `override` over them. The file may
   * bring a language of its own: its member `lang` says which.
   */
  static async of(element, override) {
    const asked = langOf(element);
    const [own, site] = await Promise.all([builtIn(asked), override ? fetchJson(override).catch(lost) : {}]);
    const { lang = FILES[base(asked)] ? asked : "en", ...sentences } = site;
    for (const key of Object.keys(sentences)) {
      if (!(key in own)) console.warn(`todoita: ${override} has an unknown sentence "${key}".`);
    }
    return new Words({ ...own, ...sentences }, asked, lang);
  }

  constructor(sentences, asked, lang) {
    this.#sentences = sentences;
    this.#lang = lang;
    /** The separator between two sentences. */
    this.joint = joint(lang);
    /** The `lang` of the widget's texts, where it is not the page's. */
    this.lang = base(lang) === base(asked) ? "" : lang;
  }

  /** A sentence with its `{name}`s filled in, in its plural form for `values.n`; `values.time` is an instant. */
  text(key, values = {}) {
    const forms = this.#sentences[key] ?? "";
    // Plural rules and clocks are made only where a sentence needs them: a page's first take longer than all the rest.
    const sentence = typeof forms === "object" ? plural(forms, this.#lang, values.n) : forms;
    return fill(sentence, (name) => (name === "time" ? clock(roundUp(values.time), this.#lang) : values[name]));
  }
}

// The page's language is fetched at once, beside the WebAssembly, not after it.
if (typeof document !== "undefined") builtIn(document.documentElement.lang).catch(() => {});

// The sentences of a language, by key, with the site's own over them.
import { langOf, overridden } from "./fetch-json.js";
import { builtIn, sentences } from "./languages.js";
import { base, fill, joint, moment, plural, roundUp } from "./sentence.js";

export class Words {
  #sentences;
  #keys;
  #lang;

  /**
   * The sentences for an element, with those of the JSON file at `override` over them. The file may
   * bring a language of its own: its member `lang` says which.
   */
  static async of(element, override) {
    const asked = langOf(element);
    return new Words(asked, ...(await overridden(asked, builtIn, sentences, override)));
  }

  constructor(asked, sentences, lang) {
    this.#sentences = sentences;
    this.#keys = Object.keys(sentences);
    this.#lang = lang;
    /** The separator between two sentences. */
    this.joint = joint(lang);
    /** The `lang` of the widget's texts, where it is not the page's. */
    this.lang = base(lang) === base(asked) ? "" : lang;
  }

  /** A sentence, by its key or its place (src/words.rs), with its `{name}`s filled in, in its plural form for `values.n`; `values.time` is an instant, `values.now` the time of the service. */
  text(key, values = {}) {
    const forms = this.#sentences[this.#keys[key] ?? key] ?? "";
    // Plural rules and clocks are made only where a sentence needs them: a page's first take longer than all the rest.
    const sentence = typeof forms === "object" ? plural(forms, this.#lang, values.n) : forms;
    return fill(sentence, (name) => (name === "time" && values.time ? moment(roundUp(values.time), values.now, this.#lang) : values[name]));
  }
}

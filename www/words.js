// The sentences of a language: fetched, laid over by the site's own, and asked for by key.

// Literal addresses, so that a bundler finds the files.
const FILES = {
  ja: () => new URL("./words/ja.json", import.meta.url),
  en: () => new URL("./words/en.json", import.meta.url),
};

const fetched = new Map();

const load = (url) => {
  const key = String(url);
  if (!fetched.has(key)) {
    const answer = fetch(key).then((response) => {
      if (!response.ok) throw new Error(`${key} answered ${response.status}`);
      return response.json();
    });
    // A file that was lost once may be had the next time.
    answer.catch(() => fetched.delete(key));
    fetched.set(key, answer);
  }
  return fetched.get(key);
};

const base = (lang) => lang.toLowerCase().split("-")[0];

/** The language of an element: its own, its page's, or nothing. */
const langOf = (element) => element.closest("[lang]")?.lang ?? document.documentElement.lang;

/** Without the site's own sentences there are still ours. */
const lost = (error) => {
  console.warn("todoita: the site's own sentences are not there.", error);
  return {};
};

/** Our sentences of a language; English where we have none. */
const ours = (lang) => load((FILES[base(lang)] ?? FILES.en)());

export class Words {
  #sentences;
  #rules;
  #clock;

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
    this.#rules = new Intl.PluralRules(lang);
    this.#clock = new Intl.DateTimeFormat(lang, { hour: "numeric", minute: "2-digit" });
    /** What stands between two sentences. */
    this.joint = ["ja", "zh"].includes(base(lang)) ? "" : " ";
    /** The language to mark our texts with, where it is not the page's. */
    this.lang = base(lang) === base(asked) ? "" : lang;
  }

  /** A sentence with its `{name}`s filled in, in its plural form for `values.n`. */
  say(key, values = {}) {
    let sentence = this.#sentences[key] ?? "";
    if (typeof sentence === "object") sentence = sentence[this.#rules.select(values.n ?? 0)] ?? sentence.other ?? "";
    return sentence.replace(/\{(\w+)\}/g, (whole, name) => {
      if (name === "time") return this.#clock.format(values.time);
      return values[name] ?? whole;
    });
  }
}

// The page's language is fetched at once, beside the WebAssembly, not after it.
if (typeof document !== "undefined") ours(document.documentElement.lang).catch(() => {});

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
      if (!response.ok) throw new Error(`todoita: ${key} answered ${response.status}`);
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
export const langOf = (element) => element.closest("[lang]")?.lang ?? "";

/** Begins to fetch the sentences of a language; English where there are none. */
const ours = (lang) => load((FILES[base(lang)] ?? FILES.en)());

export class Words {
  #sentences;
  #rules;
  #clock;

  /**
   * The sentences for `lang`, with those of the JSON file at `override` over them. The file may bring a
   * language of its own: its member `lang` says which.
   */
  static async of(lang, override) {
    const [mine, site] = await Promise.all([ours(lang), override ? load(override) : {}]);
    const { lang: brought, ...sentences } = site;
    for (const key of Object.keys(sentences)) {
      if (!(key in mine)) console.warn(`todoita: ${override} has a sentence "${key}" that is not ours`);
    }
    return new Words({ ...mine, ...sentences }, lang, brought ?? (FILES[base(lang)] ? lang : "en"));
  }

  constructor(sentences, pageLang, lang) {
    this.#sentences = sentences;
    this.#rules = new Intl.PluralRules(lang);
    this.#clock = new Intl.DateTimeFormat(lang, { hour: "numeric", minute: "2-digit" });
    this.joint = ["ja", "zh"].includes(base(lang)) ? "" : " ";
    this.mark = base(lang) === base(pageLang) ? undefined : lang;
  }

  get(key, n) {
    const sentence = this.#sentences[key] ?? "";
    if (typeof sentence === "string") return sentence;
    return sentence[n === undefined ? "other" : this.#rules.select(n)] ?? sentence.other ?? "";
  }

  time(at) {
    return this.#clock.format(at);
  }
}

// The page's language is fetched at once, beside the WebAssembly, not after it.
if (typeof document !== "undefined") ours(document.documentElement.lang).catch(() => {});

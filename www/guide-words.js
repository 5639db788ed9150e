// The guide's words: a language, a profile's layer over it, the site's own over both.
import { fetchJson, langOf, lost } from "./fetch-json.js";
import { base, known, languageIn, moment } from "./sentence.js";

// Literal addresses, so that a bundler finds the files.
const FILES = {
  __proto__: null,
  ja: {
    generic: () => new URL("./words/ja.guide.json", import.meta.url),
    search: [() => new URL("./words/ja.search.json", import.meta.url)],
    instagram: () => new URL("./words/ja.instagram.json", import.meta.url),
    twitter: () => new URL("./words/ja.twitter.json", import.meta.url),
  },
  en: {
    generic: () => new URL("./words/en.guide.json", import.meta.url),
    search: [() => new URL("./words/en.search.json", import.meta.url)],
    instagram: () => new URL("./words/en.instagram.json", import.meta.url),
    twitter: () => new URL("./words/en.twitter.json", import.meta.url),
  },
  // Without layers for services: there their guide is in English.
  "ja-x-easy": {
    generic: () => new URL("./words/ja-x-easy.guide.json", import.meta.url),
    // An input method writes kanji for whoever reads none.
    search: [() => new URL("./words/ja-x-easy.search.json", import.meta.url), () => new URL("./words/ja.search.json", import.meta.url)],
  },
  ko: {
    generic: () => new URL("./words/ko.guide.json", import.meta.url),
    search: [() => new URL("./words/ko.search.json", import.meta.url)],
  },
};

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** The kind of a value: only one of the same kind may replace it. A title may be one sentence or several. */
const kindOf = (value) => {
  if (typeof value === "string" || (Array.isArray(value) && value.every((one) => typeof one === "string"))) return "sentences";
  return isObject(value) ? "members" : "nothing";
};

/** One layer over another: objects member by member, everything else as a whole, if it is of the same kind. */
const laid = (under, over, name = "") => {
  const [below, above] = [kindOf(under), kindOf(over)];
  if (below === "members" && above === "members") {
    const all = { ...under };
    for (const [member, value] of Object.entries(over)) {
      if (Object.hasOwn(under, member) || kindOf(value) === "members") all[member] = laid(under[member] ?? {}, value, `${name}.${member}`);
      else if (kindOf(value) === "sentences") all[member] = value;
    }
    return all;
  }
  if (below === above && (Array.isArray(under) || typeof over === "string" || /\.title$/.test(name))) return over;
  console.warn(`todoita: the guide's words cannot be laid over ${name || "with this"}; ours stay.`);
  return under;
};

/** The terms of several files: of those that are there. */
const searchTerms = async (files) => {
  const all = await Promise.all(files.map((file) => fetchJson(file()).catch(lost)));
  return all.filter(Array.isArray).flat();
};

export class GuideWords {
  #all;
  #lang;

  /** The words for an element, with the layer of `profile` and that of the JSON file at `override`. */
  static async of(element, profile, override) {
    const asked = langOf(element);
    if (profile === "search" || !Object.hasOwn(FILES.en, profile)) throw new Error(`there is no profile="${profile}": generic, instagram, twitter`);
    const language = FILES[languageIn(FILES, asked)];
    const files = language?.[profile] ? language : FILES.en;
    const layers = await Promise.all([
      fetchJson(files.generic()),
      profile === "generic" ? {} : fetchJson(files[profile]()),
      override ? fetchJson(override).catch(lost) : {},
    ]);
    const site = isObject(layers[2]) ? layers[2] : {};
    const lang = typeof site.lang === "string" ? site.lang : files === language ? asked : "en";
    for (const name of Object.keys(site.screens ?? {})) {
      if (!Object.hasOwn(layers[0].screens, name)) console.warn(`todoita: ${override} has a screen "${name}" that is unknown.`);
    }
    const { search, ...rest } = site;
    const all = [layers[0], layers[1], rest].reduce((under, over) => laid(under, over));
    const own = Array.isArray(search) && search.every(Array.isArray) && search;
    return new GuideWords(all, asked, lang, async () => own || searchTerms(files.search));
  }

  #groups;

  constructor(all, asked, lang, groups) {
    this.#groups = groups;
    this.#all = all;
    this.#lang = lang;
    /** The language of the texts, where it is not the page's. */
    this.lang = base(lang) === base(asked) ? "" : lang;
    /** The facts that a profile has of its service, by the attributes' names. */
    this.facts = { alternatives: all.alternatives, ...all.values };
  }

  /** The search's terms, as src/guide/search.rs takes them; their file is fetched when somebody searches. */
  async terms() {
    return (await this.#groups()).map((group) => group.join("\t")).join("\n");
  }

  /** The words of a screen. */
  screen(name) {
    return this.#all.screens[name];
  }

  /** A sentence of every screen. */
  ui(name) {
    return this.#all.ui[name];
  }

  group(name) {
    return this.#all.groups[name];
  }

  method(name) {
    return this.#all.ways[name];
  }

  /** Several names of methods in one line. */
  names(methods) {
    const names = methods.map((name) => this.#all.names[name]);
    return new Intl.ListFormat(known(this.#lang), { style: "narrow", type: "conjunction" }).format(names);
  }

  /** An instant as a clock time, with its day where that is another than that of `now`. */
  clock(at, now) {
    return moment(at, now, this.#lang);
  }
}

/**
 * A sentence with its values filled in; nothing where its condition does not hold or a value is not known. The same
 * rules as in src/text.rs: tests/sentences.json holds both.
 */
export const fill = (sentence, flags, value) => {
  const [, not, flag, text] = /^(?:@(!?)([\w-]+):)?([^]*)$/.exec(sentence);
  if (flag && flags.has(flag) === !!not) return undefined;
  let whole = true;
  const filled = text.replace(/\{([\w-]+)\}/g, (_, name) => {
    const found = value(name);
    whole &&= found;
    return found;
  });
  return whole ? filled : undefined;
};

/**
 * A filled sentence in pieces: texts, and for each `[a › b]`, a path through menus, its steps. The expression has one way
 * to match a text, and so takes linear time.
 */
export const pieces = (text) =>
  text.split(/\[([^[\]›]*›[^[\]]*)\]/).map((piece, index) => (index % 2 ? piece.split("›").map((step) => step.trim()) : piece));

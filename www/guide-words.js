// The guide's words: a language, a profile's layer over it, the site's own over both.
import { base, langOf, load, lost } from "./load.js";

// Literal addresses, so that a bundler finds the files.
const FILES = {
  ja: {
    generic: () => new URL("./words/ja.guide.json", import.meta.url),
    instagram: () => new URL("./words/ja.instagram.json", import.meta.url),
    twitter: () => new URL("./words/ja.twitter.json", import.meta.url),
  },
  en: {
    generic: () => new URL("./words/en.guide.json", import.meta.url),
    instagram: () => new URL("./words/en.instagram.json", import.meta.url),
    twitter: () => new URL("./words/en.twitter.json", import.meta.url),
  },
};

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** One layer over another: objects member by member, everything else as a whole. */
const laid = (under, over) => {
  if (!isObject(under) || !isObject(over)) return over;
  const all = { ...under };
  for (const [name, value] of Object.entries(over)) all[name] = name in under ? laid(under[name], value) : value;
  return all;
};

export class GuideWords {
  #all;
  #clock;

  /** The words for an element, with the layer of `profile` and that of the JSON file at `override`. */
  static async of(element, profile, override) {
    const asked = langOf(element);
    const ours = FILES[base(asked)] ?? FILES.en;
    const layers = await Promise.all([
      load(ours.generic()),
      profile === "generic" ? {} : load(ours[profile]()),
      override ? load(override).catch(lost) : {},
    ]);
    const { lang = FILES[base(asked)] ? asked : "en" } = layers[2];
    for (const name of Object.keys(layers[2].screens ?? {})) {
      if (!(name in layers[0].screens)) console.warn(`todoita: ${override} has a screen "${name}" that is not ours.`);
    }
    return new GuideWords(layers.reduce(laid), asked, lang);
  }

  constructor(all, asked, lang) {
    this.#all = all;
    this.#clock = new Intl.DateTimeFormat(lang, { hour: "numeric", minute: "2-digit" });
    /** The language to mark our texts with, where it is not the page's. */
    this.lang = base(lang) === base(asked) ? "" : lang;
    /** The search's terms, as src/guide/page.rs takes them. */
    this.search = all.search.map((group) => group.join("\t")).join("\n");
  }

  /** What a screen says. */
  screen(name) {
    return this.#all.screens[name];
  }

  ui(name) {
    return this.#all.ui[name];
  }

  group(name) {
    return this.#all.groups[name];
  }

  way(name) {
    return this.#all.ways[name];
  }

  clock(at) {
    return this.#clock.format(at);
  }
}

/** A sentence with its values filled in; nothing where its flag does not hold or a value is not known. */
export const fill = (sentence, flags, values) => {
  const [, not, mark, text] = /^(?:@(!?)([\w-]+):)?([^]*)$/.exec(sentence);
  if (mark && flags.has(mark) === !!not) return undefined;
  let whole = true;
  const filled = text.replace(/\{(\w+)\}/g, (_, name) => {
    whole &&= values[name] != null;
    return values[name];
  });
  return whole ? filled : undefined;
};

// The guide's words: a language, a profile's layer over it, the site's own over both.
import { fetchJson, langOf, lost } from "./fetch-json.js";
import { base, clock } from "./sentence.js";

// Literal addresses, so that a bundler finds the files.
const FILES = {
  __proto__: null,
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
  if (name === ".search" && Array.isArray(over) && over.every(Array.isArray)) return over;
  console.warn(`todoita: the guide's words cannot be laid over ${name || "with this"}; ours stay.`);
  return under;
};

export class GuideWords {
  #all;
  #lang;

  /** The words for an element, with the layer of `profile` and that of the JSON file at `override`. */
  static async of(element, profile, override) {
    const asked = langOf(element);
    if (!Object.hasOwn(FILES.en, profile)) throw new Error(`there is no profile="${profile}": ${Object.keys(FILES.en).join(", ")}`);
    const files = FILES[base(asked)] ?? FILES.en;
    const layers = await Promise.all([
      fetchJson(files.generic()),
      profile === "generic" ? {} : fetchJson(files[profile]()),
      override ? fetchJson(override).catch(lost) : {},
    ]);
    const site = isObject(layers[2]) ? layers[2] : {};
    const lang = typeof site.lang === "string" ? site.lang : FILES[base(asked)] ? asked : "en";
    for (const name of Object.keys(site.screens ?? {})) {
      if (!Object.hasOwn(layers[0].screens, name)) console.warn(`todoita: ${override} has a screen "${name}" that is not ours.`);
    }
    const all = layers.reduce((under, over) => laid(under, over));
    return new GuideWords(all, asked, lang);
  }

  constructor(all, asked, lang) {
    this.#all = all;
    this.#lang = lang;
    /** The language of the texts, where it is not the page's. */
    this.lang = base(lang) === base(asked) ? "" : lang;
    /** The facts that a profile has of its service, by the attributes' names. */
    this.facts = { alternatives: all.alternatives, ...all.values };
    /** The search's terms, as src/guide/search.rs takes them. */
    this.search = all.search.map((group) => group.join("\t")).join("\n");
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

  /** An instant as a clock time, with its day where that is another than that of `now`. */
  clock(at, now) {
    const isToday = new Date(at).toDateString() === new Date(now).toDateString();
    return clock(at, this.#lang, !isToday && { month: "numeric", day: "numeric" });
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

/** A filled sentence in pieces: texts, and for each `[a › b]`, a path through menus, its steps. */
export const pieces = (text) =>
  text.split(/\[([^\]]*›[^\]]*)\]/).map((piece, index) => (index % 2 ? piece.split("›").map((step) => step.trim()) : piece));

// Draws a screen of the guide: its sentences, its answers, the ways on and the exits.
import { fetchJson as load } from "./fetch-json.js";
import { fill } from "./guide-words.js";

const SVG = "http://www.w3.org/2000/svg";
const pictures = () => load(new URL("./pictures.json", import.meta.url));

let count = 0;

/** An element with attributes and children; `undefined` children are left out. */
const make = (tag, marks, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(marks)) element.setAttribute(name, value);
  element.append(...children.flat().filter((child) => child !== undefined));
  return element;
};

/** A text in which `[a › b]` is a path through menus. */
const text = (sentence) =>
  sentence.split(/\[([^\]]*›[^\]]*)\]/).map((piece, index) => {
    if (index % 2 === 0) return piece;
    const steps = piece.split("›").map((name) => make("b", {}, name.trim()));
    return make("span", { "data-part": "path" }, steps.flatMap((step, at) => (at ? [" › ", step] : [step])));
  });

/** The guide's own controls belong to no form. */
const button = (deed, label, marks = {}) => make("button", { type: "button", form: "", "data-do": deed, ...marks }, label);

/** One level below the heading that stands before the guide: the page's outline has no gap. */
const level = (host) => {
  const before = [...host.getRootNode().querySelectorAll("h1, h2, h3, h4, h5")].filter(
    (heading) => !heading.closest("todoita-guide") && heading.compareDocumentPosition(host) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
  return 1 + +(before.at(-1)?.localName[1] ?? 1);
};

/** A line drawing: its box, then its lines. */
const drawing = ([viewBox, ...lines]) => {
  const svg = document.createElementNS(SVG, "svg");
  for (const [name, value] of Object.entries({ viewBox, "aria-hidden": "true", "data-part": "picture" })) svg.setAttribute(name, value);
  for (const d of lines) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
};

export class GuideScreen {
  #host;
  #words;
  #body;
  #said;
  #watch;
  /** What a screen is called from elsewhere. */
  #name;

  constructor(host, words) {
    this.#host = host;
    this.#words = words;
    this.#body = make("div", { "data-part": "guide" });
    this.#said = make("p", { "data-part": "phase", role: "status" });
    // A guide that was moved or cloned brings an old one along.
    host.replaceChildren(this.#body, this.#said);
    if (words.lang) host.lang = words.lang;
  }

  /** What was typed into the search. */
  get query() {
    return this.#body.querySelector("[type=search]").value;
  }

  /** Nothing is watched any more. */
  end() {
    this.#watch?.disconnect();
  }

  /** Shows a screen (src/guide/page.rs). `link` gives the site's addresses. */
  show({ screen, answers, choices, ways, exits, flags }, values, { link, incident }) {
    const words = this.#words;
    const own = words.screen(screen);
    this.screen = screen;
    this.answers = answers;
    const say = (sentence) => {
      const filled = fill(sentence, flags, values);
      return filled && text(filled);
    };
    const all = (sentences = []) => sentences.map(say).filter(Boolean);
    const first = (sentences) => all([sentences].flat())[0];
    // The last of several titles knows nothing of this sign-in.
    this.#name = (sentences) => all([sentences].flat()).at(-1);
    const paragraphs = (sentences) => all(sentences).map((sentence) => make("p", {}, sentence));
    const steps = (sentences) => {
      const items = all(sentences).map((sentence) => make("li", {}, sentence));
      return items.length ? make("ol", {}, items) : undefined;
    };
    const named = (name, sentence) => {
      const said = sentence && say(sentence);
      return said && make("p", { "data-part": name }, make("b", {}, words.ui(name)), " ", said);
    };
    const fold = ([name, { title, text: lines, steps: list, say: shown }]) => {
      const label = title && say(title);
      if (!label) return undefined;
      const open = (flags.has("ios") && name === "iphone") || (flags.has("android") && name === "android");
      // To be shown in a shop in Japan, whatever the page's language.
      const quote = shown && make("blockquote", {}, make("b", {}, words.ui("say")), make("p", { lang: "ja" }, say(shown)));
      return make("details", { name: screen, ...(open && { open: "" }) }, make("summary", {}, label), paragraphs(lines), steps(list), quote || undefined);
    };
    this.heading = make("h3", { tabindex: "-1", "aria-level": level(this.#host), id: `todoita-guide-${++count}` }, first(own.title));
    const notices = [];
    if (flags.has("alone") && screen === "entry") notices.push(say(words.ui("alone")));
    // A site's own notice is text as it is.
    if (flags.has("incident")) notices.push(incident || say(words.ui("incident")));
    const back = exits.includes("back") ? button("exit back", words.ui("back"), { "data-part": "back" }) : undefined;
    const answered = this.#answered(choices, own.choices, say, flags);
    // Who is in a hurry need not look further down.
    if (screen === "entry") answered.splice(1, 0, this.#asked());
    const picture = own.picture && drawing(["0 0 1 1"]);
    this.#body.replaceChildren(
      ...[
        back,
        this.heading,
        notices.map((notice) => make("p", { "data-part": "notice" }, notice ?? "")),
        picture || undefined,
        paragraphs(own.lead),
        steps(own.steps),
        named("why", own.why),
        named("time", own.time),
        Object.entries(own.folds ?? {}).map(fold),
        this.#offered(ways, link),
        answered,
        screen === "support" ? this.#supported(link) : undefined,
        make("nav", { "data-part": "exits", "aria-label": words.ui("exits") }, exits.filter((name) => name !== "back").map((name) => button(`exit ${name}`, words.ui(name)))),
      ].flat().filter((part) => part !== undefined),
    );
    this.#body.setAttribute("role", "group");
    this.#body.setAttribute("aria-labelledby", this.heading.id);
    if (own.picture) this.#draw(picture, own.picture);
    this.#wait();
  }

  async #draw(picture, name) {
    const found = (await pictures().catch(() => ({})))[name];
    if (found) picture.replaceWith(drawing(found));
    else picture.remove();
  }

  /** The answers, in their groups. */
  #answered(choices, labels, say, flags) {
    const groups = new Map();
    for (const [name, act, group] of choices) {
      const label = say(labels[name]);
      if (!label) continue;
      if (!groups.has(group)) groups.set(group, []);
      const made = button(`choice ${name} ${act}`, label);
      if (act === "resend") made.append(make("span", { "data-part": "left" }));
      groups.get(group).push(made);
      // Sending on and on is what locks people out.
      if (act === "resend" && flags.has("resent")) groups.get(group).push(make("p", {}, this.#words.ui("resent")));
    }
    return [...groups].map(([group, buttons]) => {
      const title = group !== "-" && this.#words.group(group);
      return make("div", { "data-part": "answers", "data-group": group }, title ? make("p", {}, title) : undefined, buttons);
    });
  }

  /** The ways in: a button of the page's own form, an address of the site, or in words where there is neither. */
  #offered(ways, link) {
    if (!ways.length) return undefined;
    const field = this.#host.closest("todoita-code");
    const items = ways.map((name) => {
      const label = this.#words.way(name);
      if (field?.querySelector(`button[name=todoita-action][value=${name}]`)) return button(`way ${name}`, label);
      return ["key", "reset", "linked"].includes(name) && link(name) ? make("a", { href: link(name) }, label) : make("p", {}, label);
    });
    return make("div", { "data-part": "answers" }, items);
  }

  #supported(link) {
    const address = link("support");
    return address ? make("div", { "data-part": "answers" }, make("a", { href: address }, this.#words.ui("support"))) : undefined;
  }

  /** A box for what is wrong, in the person's own words. */
  #asked() {
    const id = `todoita-guide-${++count}`;
    const hint = this.#words.ui("search-hint");
    const input = make("input", { type: "search", form: "", id, placeholder: hint, maxlength: 200, autocomplete: "off", enterkeyhint: "search" });
    this.results = make("div", { "data-part": "answers" });
    return make(
      "div",
      { "data-part": "search", role: "search" },
      make("label", { for: id }, this.#words.ui("search")),
      make("div", {}, input, button("search", this.#words.ui("search-go"))),
      this.results,
    );
  }

  /** Shows what the search found; nothing where nothing was asked. */
  found(screens) {
    const words = this.#words;
    this.results.replaceChildren(
      ...(screens ?? []).map((name) => button(`start ${name}`, this.#name(words.screen(name).title))),
    );
    this.#said.textContent = "";
    if (!screens) return;
    const told = words.ui(screens.length ? "results" : "nothing");
    this.results.prepend(make("p", {}, told));
    this.#said.textContent = told;
  }

  /** Keeps the countdown of "send again" as the field has it. */
  #wait() {
    this.#watch?.disconnect();
    const wait = this.#host.closest("todoita-code")?.querySelector("[data-part=wait]");
    const notes = [...this.#body.querySelectorAll("[data-part=left]")];
    if (!wait || !notes.length) return;
    const copy = () => {
      for (const note of notes) {
        note.textContent = wait.textContent;
        if (wait.textContent) note.parentNode.setAttribute("aria-disabled", "true");
        else note.parentNode.removeAttribute("aria-disabled");
      }
    };
    this.#watch = new MutationObserver(copy);
    this.#watch.observe(wait, { childList: true, characterData: true, subtree: true });
    copy();
  }
}

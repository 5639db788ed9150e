// Draws a screen of the guide: its parts are decided in src/guide/view.rs, its sentences are in words/*.guide.json.
import { fetchJson } from "./fetch-json.js";
import { fill, pieces } from "./guide-words.js";

const SVG = "http://www.w3.org/2000/svg";
const pictures = () => fetchJson(new URL("./pictures.json", import.meta.url));

let count = 0;

/** An element with attributes and children. */
const make = (tag, attributes, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.flat());
  return element;
};

/** The guide's own controls belong to no form. */
const button = (action, label, attributes = {}) => make("button", { type: "button", form: "", "data-do": action, ...attributes }, label);

/** One level below the heading before the guide: the page's outline has no gap. */
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

/** A filled sentence with its paths through menus. */
const richText = (text) =>
  pieces(text).map((piece) =>
    piece.trim ? piece : make("span", { "data-part": "path" }, piece.flatMap((step) => [" › ", make("b", {}, step)]).slice(1)),
  );

export class GuideScreen {
  #host;
  #words;
  #body = make("div", { "data-part": "guide", role: "group" });
  #status = make("p", { "data-part": "phase", role: "status" });
  #results;
  #watch;
  #facts;
  #flags;
  #values;

  constructor(host, words) {
    this.#host = host;
    this.#words = words;
    // A guide that was moved or cloned brings an old one along.
    host.replaceChildren(this.#body, this.#status);
  }

  /** The text in the search box. */
  get query() {
    return this.#body.querySelector("[type=search]").value;
  }

  /** Moves the focus to the heading. WebKit scrolls to it a moment later, and not at all where a shorter page moved meanwhile. */
  focus() {
    this.heading.focus();
    this.reveal();
  }

  /** Scrolls to the heading, if it is not visible. Firefox, which does not have this function, does so with the focus. */
  reveal() {
    this.heading.scrollIntoViewIfNeeded?.();
  }

  /** Stops watching the field. */
  end() {
    this.#watch?.disconnect();
  }

  /** Draws a screen (src/guide/view.rs): its parts in their order. A part without a sentence is left out. */
  show({ screen, parts }, facts) {
    this.#facts = facts;
    const flags = (this.#flags = new Set());
    const values = (this.#values = {});
    const words = this.#words;
    const own = words.screen(screen);
    const open = new Set();
    const nodes = [];
    let list;
    let choice;
    let value;
    let more;
    const left = [];
    const place = (node) => (more ? more.append(node) : nodes.push(node));
    const begin = (tag, attributes, ...children) => place((list = make(tag, attributes, ...children)));
    // Not `begin`: the methods and answers that follow are no part of it.
    const link = (address, label) => place(make("div", { "data-part": "answers" }, make("a", { href: address }, label)));
    const draw = {
      flag: (name) => flags.add(name),
      value: (name) => (value = name),
      fact: (name) => (values[value] = () => facts[name]),
      number: (number) => (values[value] = () => number),
      time: (instant) => (values[value] = () => words.clock(instant, facts.now + facts.elapsed)),
      back: () => nodes.push(button("exit back", words.ui("back"), { "data-part": "back" })),
      words: (name) => nodes.push(...this.#member(name, own[name], open)),
      // A site's own notice is text as it is.
      notice: (name) => nodes.push(make("p", { "data-part": "notice" }, facts[name] || this.#text(words.ui(name)))),
      link: (name) => facts[name] && link(facts[name], this.#text(words.ui(name))),
      open: (name) => open.add(name),
      method: (name) => {
        if (!list) begin("div", { "data-part": "answers" });
        list.append(this.#method(name, words.method(name)));
      },
      group: (name) => {
        const title = words.group(name);
        begin("div", { "data-part": "answers", "data-group": name }, title ? make("p", {}, title) : []);
      },
      more: () => nodes.push((more = make("details", { "data-part": "more" }, make("summary", {}, words.ui("more"))))),
      choice: (name) => {
        const label = this.#text(own.choices[name]);
        choice = label && button(`choice ${name}`, label);
        if (choice) list.append(choice);
      },
      to: (name) => choice && (choice.dataset.do += ` ${name}`),
      action: (name) => {
        draw.to(name);
        if (name === "resend") choice?.append(make("span", { "data-part": "left" }));
      },
      shut: (name) => {
        choice?.setAttribute("aria-disabled", "true");
        choice?.querySelector("[data-part=left]").replaceWith(make("span", {}, this.#text(words.ui(name)) ?? ""));
      },
      warning: (name) => choice && list.append(make("p", {}, words.ui(name))),
      search: () => nodes.push(this.#search()),
      other: () => {
        more = undefined;
        begin("div", { "data-part": "answers" }, button("exit other", words.ui("other")));
      },
      left: (name) => {
        left.push(name);
        values.ways = () => words.names(left);
        const label = this.#text(words.ui("other-ways"));
        if (label) list.firstChild.replaceChildren(...label);
      },
      safety: () => {
        more = undefined;
        begin("div", { "data-part": "safety" }, make("p", {}, words.ui("safety")), button("start someone-asks", words.ui("asked")));
      },
      exit: (name) => {
        more = undefined;
        if (!list?.matches("[role]")) begin("div", { "data-part": "exits", role: "group", "aria-label": words.ui("exits") });
        list.append(button(`exit ${name}`, words.ui(name)));
      },
    };
    for (const [kind, name] of parts) draw[kind](name);
    this.#body.replaceChildren(...nodes);
    // A search result belongs to the screen before.
    this.#status.textContent = "";
    this.#body.setAttribute("aria-labelledby", this.heading.id);
    this.#wait();
  }

  /** A sentence with its values and paths; nothing where it cannot be filled in. */
  #text(sentence) {
    const filled = fill(sentence ?? "", this.#flags, (name) => this.#values[name]?.());
    return filled && richText(filled);
  }

  /** One sentence or several: each that can be filled in. */
  #all(sentences) {
    return [sentences].flat().map((sentence) => this.#text(sentence)).filter(Boolean);
  }

  #paragraphs(sentences) {
    return this.#all(sentences).map((text) => make("p", {}, text));
  }

  #steps(sentences) {
    const steps = this.#all(sentences).map((text) => make("li", {}, text));
    return steps[0] ? [make("ol", {}, steps)] : steps;
  }

  /** A member of the screen's words. */
  #member(name, words, open) {
    if (name === "title") {
      this.heading = make("h3", { tabindex: "-1", "aria-level": level(this.#host), id: `todoita-guide-${++count}` }, this.#all(words)[0] ?? "");
      return [this.heading];
    }
    if (!words) return [];
    if (name === "picture") return [this.#picture(words)];
    if (name === "lead") return this.#paragraphs(words);
    if (name === "steps") return this.#steps(words);
    if (name === "say") return this.#quote(words);
    if (name === "folds") return Object.entries(words).flatMap(([fold, parts]) => this.#fold(parts, open.has(fold)));
    return this.#all(words).map((text) => make("p", { "data-part": name }, make("b", {}, this.#words.ui(name)), " ", text));
  }

  #picture(name) {
    const picture = drawing(["0 0 1 1"]);
    pictures()
      .then((all) => picture.replaceWith(drawing(all[name])))
      .catch(() => picture.remove());
    return picture;
  }

  #fold({ title, text, steps, say: quoted }, open) {
    const label = this.#text(title);
    if (!label) return [];
    const parts = [this.#paragraphs(text), this.#steps(steps), this.#quote(quoted)];
    const fold = make("details", { name: this.#host.dataset.screen }, make("summary", {}, label), ...parts);
    fold.open = open;
    return [fold];
  }

  /** A sentence to show in a shop in Japan, whatever the page's language. */
  #quote(sentence) {
    const quote = this.#text(sentence);
    return quote ? [make("blockquote", {}, make("b", {}, this.#words.ui("say")), make("p", { lang: "ja" }, quote))] : [];
  }

  /** A method: a button of the page's own form, an address of the site, or in words where there is neither. */
  #method(name, label) {
    if (this.#host.closest("todoita-code")?.control(name)) return button(`way ${name}`, label);
    const address = ["key", "reset", "linked"].includes(name) && this.#facts[name === "key" ? "security-key" : name];
    return address ? make("a", { href: address }, label) : make("p", {}, label);
  }

  /** A box for what is wrong, in the person's own words. */
  #search() {
    const words = this.#words;
    const id = `todoita-guide-${++count}`;
    const input = make("input", {
      type: "search", form: "", id, placeholder: words.ui("search-hint"), maxlength: 200, autocomplete: "off", enterkeyhint: "search",
    });
    this.#results = make("div", { "data-part": "answers" });
    return make(
      "div",
      { "data-part": "search", role: "search" },
      make("label", { for: id }, words.ui("search")),
      make("div", {}, input, button("search", words.ui("search-go"))),
      this.#results,
    );
  }

  /** Shows the screens that a search found, or what to take instead where it found none; nothing where nothing was asked. */
  found({ found, screens } = {}) {
    const words = this.#words;
    const text = screens ? words.ui(found ? "results" : "nothing") : "";
    // The last of several titles knows nothing of this sign-in: what is found is a subject.
    const hits = screens?.map((name) => button(`start ${name}`, this.#all(words.screen(name).title).at(-1)));
    this.#results.replaceChildren(...(hits ? [make("p", {}, text), ...hits] : []));
    this.#status.textContent = text;
  }

  /** Keeps the countdown of "send again" as the field has it. */
  #wait() {
    this.end();
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

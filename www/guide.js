// <todoita-guide>: the tag, its life in a page, and what is pressed. Which screen follows which answer, and what it
// consists of, is decided in WebAssembly (src/guide.rs).
import { factsOf } from "./guide-facts.js";
import { GuideHistory } from "./guide-history.js";
import { GuideScreen } from "./guide-screen.js";
import { find, screenOf, start } from "./guide-wasm.js";
import { GuideWords } from "./guide-words.js";
import { placeKey } from "./input.js";

/** Links the guide's style sheet, unless the page has it, under its own name or the one that a bundler gave it. */
const linkStyle = (root) => {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = new URL("./todoita-guide.css", import.meta.url);
  link.nonce = document.querySelector("script[nonce]")?.nonce;
  if (!root.querySelector(`[rel~=stylesheet][href*=todoita-guide], [href="${link.href}"]`)) (root.head ?? root).append(link);
};

export class TodoitaGuideElement extends HTMLElement {
  #words;
  #screen;
  #history;
  /** The answers that led to the screen, and all that it was drawn from. */
  #answers;
  #drawn;
  #leaving;
  #began = Date.now();
  #stop;

  connectedCallback() {
    this.#stop = new AbortController();
    this.#begin().catch((error) => console.error("todoita: the guide stays closed.", error));
  }

  disconnectedCallback() {
    this.#stop.abort();
    this.#screen?.end();
  }

  /** The field received something new about its sign-in. A guide that is closed begins again. */
  changed() {
    if (!this.#screen) return;
    if (!this.#isOpen) this.#history.reset();
    this.#show();
  }

  /** The field that the guide belongs to, if it is not alone. */
  get #field() {
    return this.closest("todoita-code");
  }

  get #input() {
    return this.#field?.querySelector("[data-part=input]");
  }

  /** The element of the field that opens the guide. */
  get #details() {
    return this.#field && this.closest("details");
  }

  get #isOpen() {
    return this.#details?.open ?? true;
  }

  get #profile() {
    return this.getAttribute("profile") ?? "generic";
  }

  async #begin() {
    const { signal } = this.#stop;
    linkStyle(this.getRootNode());
    const override = factsOf(this, this.#field)["guide-words"];
    const [words] = await Promise.all([GuideWords.of(this, this.#profile, override), start()]);
    if (signal.aborted) return;
    if (words.lang) this.lang = words.lang;
    this.#words = words;
    this.#screen = new GuideScreen(this, words);
    this.#drawn = undefined;
    this.#history = new GuideHistory(placeKey(this.#input, this));
    this.addEventListener("click", ({ target }) => this.#clicked(target.closest("[data-do]")), { signal });
    this.addEventListener("keydown", (event) => this.#typed(event), { signal });
    addEventListener("popstate", (event) => this.#traversed(event), { signal });
    this.#show({ announce: true });
    this.dataset.alive = "";
  }

  #go(answers) {
    this.#history.go(answers);
    this.#show({ focus: true, announce: true });
  }

  #traversed({ state }) {
    if (!this.#history.arrived(state)) return;
    const details = this.#details;
    if (this.#leaving) {
      this.#leaving = false;
      this.#history.reset();
    } else if (details && this.#history.depth) details.open = true;
    const focus = this.#isOpen;
    this.#show({ focus, announce: focus });
    // WebKit scrolls to where the page was, after this event.
    if (focus) requestAnimationFrame(() => this.#screen.reveal());
  }

  #show({ focus = false, announce = false } = {}) {
    const facts = factsOf(this, this.#field, this.#words.facts, this.#began);
    facts.site ??= this.#words.ui(this.#field ? "site" : "site-alone");
    const view = screenOf({ ...facts, answers: this.#history.answers });
    const { screen, parts } = view;
    this.#answers = view.answers;
    // A screen that did not change is not drawn again: what was opened in it, or typed, stays.
    const shown = parts.map(([kind, name]) => (kind === "fact" || kind === "link" ? facts[name] : ""));
    const drawn = [screen, view.answers, facts.incident, ...parts, ...shown].join("\n");
    if (drawn !== this.#drawn) {
      this.#drawn = drawn;
      this.dataset.screen = screen;
      focus ||= this.contains(document.activeElement);
      this.#screen.show(view, facts);
    }
    if (focus) this.#screen.focus();
    if (announce) this.#fire("step", { screen });
  }

  #fire(name, detail) {
    this.dispatchEvent(new CustomEvent(`todoita-${name}`, { bubbles: true, composed: true, detail: { profile: this.#profile, ...detail } }));
  }

  #clicked(button) {
    if (!button || !this.contains(button) || button.getAttribute("aria-disabled")) return;
    const [what, name, to, action] = button.dataset.do.split(" ");
    const answers = this.#answers;
    if (what === "choice") this.#choose(name, to, action);
    else if (what === "way") this.#press(name, "other-way", name);
    else if (what === "start") this.#go(name);
    else if (what === "search") this.#search();
    else if (name === "code" || name === "page") this.#leave();
    else if (name === "menu") this.#go("entry");
    else if (name === "other" || name === "support") this.#go(`${answers} ~${name}`);
    else if (this.#history.depth) history.back();
    else this.#go(answers.replace(/ ?\S+$/, ""));
  }

  #choose(name, to, action) {
    const from = this.dataset.screen;
    if (action) return this.#press(action, from, name);
    const leaves = to === "back-to-code";
    if (leaves || to === "done") this.#fire("remedy", { remedy: from, outcome: name });
    if (leaves && this.#field) this.#leave();
    else this.#go(`${this.#answers} ${name}`);
  }

  /** Presses the button of the page's own form that does it. */
  #press(value, remedy, outcome) {
    const field = this.#field;
    const button = field?.control(value);
    // While an answer is on its way nothing else is asked for.
    if (!button || field.getAttribute("aria-busy")) return;
    this.#fire("remedy", { remedy, outcome });
    this.#close();
    this.#history.reset();
    this.#show();
    button.click();
  }

  /** Back to the code: the guide closes, the focus moves to the field. */
  #leave() {
    if (!this.#field) return this.#go(`${this.#answers} ~code`);
    this.#close();
    const { depth } = this.#history;
    this.#leaving = depth > 0;
    if (depth) history.go(-depth);
    else this.#history.reset();
    this.#show();
  }

  #close() {
    const details = this.#details;
    if (details) details.open = false;
    this.#input.focus();
  }

  #typed(event) {
    // WebKit ends a conversion before the key that ends it, which has this code then.
    if (event.key !== "Enter" || event.isComposing || event.keyCode === 229 || event.target.type !== "search") return;
    event.preventDefault();
    this.#search();
  }

  async #search() {
    const text = this.#screen.query;
    const drawn = this.#drawn;
    this.#screen.found();
    try {
      const found = text.trim() ? find(await this.#words.terms(), text) : undefined;
      // The person may have gone on meanwhile.
      if (drawn === this.#drawn) this.#screen.found(found);
    } catch (error) {
      console.error("todoita: nothing can be searched for.", error);
    }
  }
}

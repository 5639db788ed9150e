// The answers so far. They are kept in the state of the page's history entry, so that Back, Forward and a reload work
// and nothing is in the address.

/** The entry's state as an object; nothing where a router keeps something else in it. */
const entry = () => {
  const state = history.state ?? {};
  return Object.getPrototypeOf(state) === Object.prototype ? state : undefined;
};

/**
 * Keys by which a router restores a page that a person comes back to: it would fetch the page again within the guide, too.
 * While the guide's entries follow, the page's own entry is without them.
 */
const ROUTERS = ["turbo", "htmx"];

/** Milliseconds after a traversal until these keys return: htmx 4 reads the entry a moment after the event. */
const ROUTER_DELAY = 100;

/** In an entry of the guide from which a router's key was taken. */
const BARE = "todoita-bare";

/** Back from another page: the router does not know the entry, so the browser loads its page. */
const restored = ({ state }) => {
  if (state?.[BARE] && !document.querySelector("todoita-guide[data-alive]")) location.reload();
};

export class GuideHistory {
  #key;
  #last = { answers: "", depth: 0 };
  /** The place that the browser did not let into the history, until a write succeeds again: no entry is counted then. */
  #unwritten;
  #router = {};

  /** `key`: of several guides on a page, which. */
  constructor(key) {
    this.#key = key;
    if (!this.isHere) this.#write("replaceState", this.#last);
    addEventListener("popstate", restored);
  }

  #read() {
    return entry()?.todoita?.[this.#key];
  }

  #write(how, place, isOwn = !place.depth) {
    this.#last = place;
    const state = { ...entry() };
    if (!entry()) return;
    for (const name of ROUTERS) {
      if (name in state) this.#router[name] = state[name];
      delete state[name];
    }
    delete state[BARE];
    Object.assign(state, isOwn ? this.#router : Object.keys(this.#router).length && { [BARE]: true });
    state.todoita = { ...state.todoita, [this.#key]: place };
    this.#unwritten = undefined;
    try {
      history[how](state, "");
    } catch {
      // A page may have no history of its own, or have used up what the browser allows (WebKit: 100 writes in 10 seconds).
      this.#unwritten = { ...place, depth: 0 };
    }
  }

  /** After a traversal to an entry with this state: whether it is one of the guide. A router may have written into it since. */
  arrived(state) {
    const place = state?.todoita?.[this.#key] ?? this.#read();
    if (place) this.#settle(place);
    return !!place;
  }

  /** Writes into the current entry; the router's keys come back into the page's own entry later. */
  #settle(place) {
    this.#write("replaceState", place, false);
    // By the entry itself: a place that could not be written has no depth.
    setTimeout(() => this.#read()?.depth === 0 && this.#write("replaceState", this.#place), ROUTER_DELAY);
  }

  /** Whether the current history entry is one of the guide: it may be another one, after a press on `#top`. */
  get isHere() {
    return !!this.#read();
  }

  get #place() {
    return this.#unwritten ?? this.#read() ?? this.#last;
  }

  /** The answers so far, as src/guide/replay.rs takes them. */
  get answers() {
    return this.#place.answers;
  }

  /** How many entries back the guide began. */
  get depth() {
    return this.#place.depth;
  }

  go(answers) {
    const { depth } = this;
    if (!depth) this.#write("replaceState", { answers: this.answers, depth }, false);
    this.#write("pushState", { answers, depth: depth + 1 });
  }

  /** Begins again, in the current entry. */
  reset() {
    this.#settle({ answers: "", depth: this.depth });
  }
}

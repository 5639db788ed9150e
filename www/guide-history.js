// The answers so far. They are kept in the state of the page's history entry, so that Back, Forward and a reload work
// and nothing is in the address.

/** The entry's state as an object; nothing where a router keeps something else in it. */
const entry = () => {
  const state = history.state ?? {};
  return Object.getPrototypeOf(state) === Object.prototype ? state : undefined;
};

export class GuideHistory {
  #key;
  #last = { answers: "", depth: 0 };

  /** `key`: of several guides on a page, which. */
  constructor(key) {
    this.#key = key;
    if (!this.isHere) this.#write("replaceState", this.#last);
  }

  #read() {
    return entry()?.todoita?.[this.#key];
  }

  #write(how, place) {
    this.#last = place;
    const state = entry();
    if (!state) return;
    try {
      history[how]({ ...state, todoita: { ...state.todoita, [this.#key]: place } }, "");
    } catch {
      // A page may have no history of its own, or have used up what the browser allows: then nothing is kept.
    }
  }

  /** Whether the current history entry is one of the guide: it may be another one, after a press on `#top`. */
  get isHere() {
    return !!this.#read();
  }

  /** The answers so far, as src/guide/replay.rs takes them. */
  get answers() {
    return (this.#read() ?? this.#last).answers;
  }

  /** How many entries back the guide began. */
  get depth() {
    return (this.#read() ?? this.#last).depth;
  }

  go(answers) {
    this.#write("pushState", { answers, depth: this.depth + 1 });
  }

  /** Begins again, in the current entry. */
  reset() {
    this.#write("replaceState", { answers: "", depth: this.depth });
  }
}

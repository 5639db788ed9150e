// <todoita-code>: the element around a page's own input. It has the tag, the life cycle, the listeners and the methods
// for sites; every decision is made in WebAssembly (src/entry.rs).
import { Editing } from "./editing.js";
import { FACTS, SEPARATOR, clockSince, factValue, factsOf } from "./facts.js";
import { start } from "./field-wasm.js";
import { codeInput, prepare } from "./input.js";
import { openGuide } from "./open-guide.js";
import { Parts } from "./render.js";
import { Submission, dispatch, isSameOrigin } from "./submit.js";
import { Words } from "./words.js";

const CHANNELS = ["sms", "voice", "email", "app", "backup"];

/** Values as the core takes them: `false` and missing ones are empty. */
const joined = (...values) => values.map((value) => String(value || value === 0 ? value : "").replaceAll(SEPARATOR, " ")).join(SEPARATOR);

/** The lines of an answer of the core, each a name and its values. */
const lines = (text) => text.split("\n").map((line) => line.split(" "));

export class TodoitaCodeElement extends HTMLElement {
  static observedAttributes = FACTS;

  /** Asks the core; undefined while the element is not alive. */
  #core;
  #input;
  #words;
  #parts;
  #editing;
  #submission;
  #elapsed;
  #listening = new AbortController();
  #timer;
  #changing = false;
  #composing = false;

  constructor() {
    super();
    // An input method may be at work before the field is alive: its text is not touched.
    for (const type of ["compositionstart", "compositionupdate", "compositionend"]) {
      this.addEventListener(type, () => (this.#composing = type !== "compositionend"));
    }
  }

  connectedCallback() {
    // The element was only moved: a request that is under way goes on.
    if (this.#core) return this.#listen();
    this.#begin().catch((error) => {
      console.error("todoita: the field stays as the page made it.", error);
      dispatch(this, "unavailable", {});
    });
  }

  disconnectedCallback() {
    setTimeout(() => {
      if (this.isConnected) return;
      this.#submission?.abort();
      // Leaves the input as the page made it.
      this.#run("released");
      this.#listening.abort();
      clearTimeout(this.#timer);
      this.#core = undefined;
    });
  }

  attributeChangedCallback() {
    if (!this.#core || this.#changing) return;
    // Several attributes that change together are one change.
    this.#changing = true;
    queueMicrotask(() => {
      this.#changing = false;
      this.#receive("facts", (name) => this.getAttribute(name));
    });
  }

  /**
   * Internal, for the guide: the merged facts of the sign-in by their attributes' names, instants in milliseconds of
   * the server's clock, unknown ones undefined; and `elapsed`, the milliseconds since `now`. Empty until the field is
   * alive.
   */
  get guideFacts() {
    if (!this.#core) return {};
    const values = this.#values();
    return { ...factsOf(values), elapsed: this.#elapsed() - values[FACTS.length] };
  }

  async #begin() {
    const profile = this.getAttribute("profile") ?? "generic";
    if (profile !== "generic") {
      throw new Error(`profile="${profile}" is for <todoita-guide>: this field takes no one else's codes`);
    }
    const [words, core] = await Promise.all([Words.of(this, this.getAttribute("words")), start()]);
    if (document.readyState === "loading") {
      await new Promise((done) => document.addEventListener("DOMContentLoaded", done, { once: true }));
    }
    if (!this.isConnected || this.#core) return;
    const input = codeInput(this);
    const run = (...event) => this.#run(...event);
    this.#words = words;
    this.#editing = new Editing(input, run);
    this.#submission = new Submission(this, input, run);
    this.#adopt(input);
    const methods = (this.getAttribute("alternatives") ?? "").split(/\s+/);
    core(
      joined(
        this.getAttribute("digits"),
        this.getAttribute("backup-digits"),
        this.getAttribute("backup"),
        ...CHANNELS.map((name) => methods.includes(name)),
        this.hasAttribute("auto-submit"),
        this.getAttribute("answers") === "json",
        location.host,
      ),
      "begin",
    );
    this.#core = core;
    this.#elapsed = () => 0;
    this.#receive("facts", (name) => this.getAttribute(name));
    this.#elapsed = clockSince(this.getAttribute("now"));
    this.#listen();
    // A reload keeps the guide's place.
    if (history.state?.todoita?.[input.id]?.depth) this.#parts.ways.open = true;
    if (!this.#composing) this.#editing.settled(false);
    if (!navigator.onLine) this.#run("online");
    if (this.hasAttribute("webotp")) this.#receiveCode();
  }

  /** Puts the guide into its place; without it the plain list of methods is there. */
  #openGuide(place) {
    const guide = place.querySelector("todoita-guide");
    if (guide?.hasAttribute("data-alive")) return;
    guide?.remove();
    place.append(document.createElement("todoita-guide"));
    openGuide().catch((error) => console.error("todoita: the guide could not be fetched.", error));
  }

  #listen() {
    this.#listening.abort();
    const { signal } = (this.#listening = new AbortController());
    const on = (target, ...types) => {
      for (const type of types) target.addEventListener(type, this, { signal, capture: true });
    };
    // Not on the input and the form themselves: a framework may replace them at any time.
    on(this, "beforeinput", "input", "compositionend", "invalid", "toggle");
    on(this.getRootNode(), "submit", "reset", "formdata");
    on(window, "online", "offline", "pageshow");
    on(document, "visibilitychange");
    const observer = new MutationObserver(() => this.#refresh());
    observer.observe(this, { childList: true, subtree: true });
    signal.addEventListener("abort", () => observer.disconnect());
  }

  /** Takes an input into charge: the one at the start, or one that a framework put in its place. */
  #adopt(input) {
    this.#input = this.#editing.input = this.#submission.input = input;
    this.#parts = new Parts(this, input, this.#words);
    prepare(input);
  }

  /** Looks whether the input and the parts are still those of the page. */
  #refresh() {
    if (!this.#core || (this.contains(this.#input) && this.#parts.isWhole)) return;
    try {
      const input = this.contains(this.#input) ? this.#input : codeInput(this);
      this.#adopt(input);
      this.#editing.settled(false);
    } catch {
      // The input is not there at present; it may come back.
    }
  }

  handleEvent(event) {
    const { type, target } = event;
    this.#refresh();
    const input = this.#input;
    // Events of other inputs in the element, and of other forms.
    if (/input|composition|invalid/.test(type) && target !== input) return;
    if (/submit|reset|formdata/.test(type) && target !== input.form) return;
    if (type === "beforeinput") this.#editing.beforeInput(event);
    else if (type === "input") {
      this.#submission.changed();
      this.#editing.changed(event);
    }
    // Not within the event: the browser has not finished with the text.
    else if (type === "compositionend") setTimeout(() => this.#editing.settled(true));
    else if (type === "toggle") target === this.#parts.ways && target.open && this.#openGuide(target);
    else if (type === "reset") {
      this.#submission.changed();
      setTimeout(() => this.#run("reset"));
    }
    else if (type === "submit") this.#submission.submitted(event);
    else if (type === "invalid") this.#run("invalid", input.value) && event.preventDefault();
    else if (type === "formdata") this.#submission.collected(event);
    else if (type === "online" || type === "offline") this.#run("online", navigator.onLine);
    else {
      if (event.persisted) {
        this.#run("released");
        this.#editing.settled(false);
      }
      this.#run("tick");
    }
  }

  /** Hands an event to the core, carries out its effects and shows its view. Gives whether the browser's own action is
   * to be prevented. */
  #run(...event) {
    if (!this.#core) return false;
    let prevent = false;
    for (const [name, ...values] of lines(this.#core(joined(...event), "update", this.#elapsed()))) {
      prevent ||= name === "prevent";
      this.#do(name, values);
    }
    // An effect may have led back here, or out of the page. A text that the browser is about to insert is shown
    // after the insertion.
    if (this.#core && (prevent || event[0] !== "insert")) this.#show();
    if (/^(facts|refused|sent|unreachable)$/.test(event[0])) this.querySelector("todoita-guide")?.changed?.();
    return prevent;
  }

  /** Carries out an effect (src/entry/wire.rs). */
  #do(name, values) {
    if (name === "replace") this.#editing.replace(values);
    else if (name === "dispatch") this.#dispatch(values);
    else if (name === "submit") this.#input.form?.requestSubmit?.(); // Safari has it from 16 on
    else if (name === "send") this.#submission.send(values);
    else if (name === "abort") this.#submission.abort();
    else if (name === "select") {
      this.#input.focus();
      this.#input.select();
    }
  }

  /** The facts in the core's order, when they came, and the lines of the view. */
  #values() {
    return this.#core("", "view").split(SEPARATOR);
  }

  #show() {
    const values = this.#values();
    const { destination, "retry-at": time } = factsOf(values);
    const wake = this.#parts.show(lines(values.pop()), { time, destination, support: this.getAttribute("support") });
    clearTimeout(this.#timer);
    if (wake) this.#timer = setTimeout(() => this.#run("tick"), wake);
  }

  /** Hands over the facts in the page ("facts"), or an answer of the server's. */
  #receive(event, get) {
    this.#run(event, ...FACTS.map((name) => factValue(name, get(name))));
  }

  async #receiveCode() {
    if (!("OTPCredential" in window)) return;
    try {
      const got = await navigator.credentials.get({ otp: { transport: ["sms"] }, signal: this.#submission.begin() });
      if (got?.code) this.#run("insert", "", got.code, "", true);
    } catch {
      // Refused, timed out, or another request took its place: the person types.
    }
  }

  #dispatch([name, value]) {
    const details = { input: { kind: value || null }, complete: { kind: value }, refused: { cause: value } };
    dispatch(this, name, details[name] ?? {});
  }

  // For a site with a protocol of its own.

  /** The person is in. `to`: where to go, followed only on this origin. */
  accepted(to) {
    this.#run("accepted");
    if (!to) return;
    if (isSameOrigin(to)) location.assign(to);
    else console.error("todoita: the answer's location is not on this origin.");
  }

  /** The code was refused: `{ cause, attemptsLeft, retryAt, now, … }`, as in an answer. */
  refused(answer) {
    this.#answered("refused", { cause: "unknown", ...answer });
  }

  /** A code was sent: `{ channel, destination, sentAt, expiresAt, resendAt, now }`, as in an answer. */
  sent(answer) {
    this.#answered("sent", { ...answer });
  }

  #answered(event, answer) {
    if (!this.#core) return;
    this.#receive(event, (name) => answer[name.replace(/-(.)/, (_, letter) => letter.toUpperCase())]);
    for (const [name, value] of Object.entries(answer.fields ?? {})) {
      const field = this.#input.form.elements.namedItem(name);
      if (field?.type === "hidden") field.value = value;
    }
  }
}

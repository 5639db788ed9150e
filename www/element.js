// <todoita-code>: the element around a page's own input. It has the tag, the life cycle, the listeners and the methods
// for sites; every decision is made in WebAssembly (src/entry.rs), which edits the input too (src/wasm/field.rs).
import { isSameOrigin } from "./address.js";
import { pressed } from "./controls.js";
import { setting } from "./defaults.js";
import { FACTS, clockSince, factValue } from "./facts.js";
import { Field, start } from "./field-wasm.js";
import { codeInput, placeKey, prepare } from "./input.js";
import { openGuide } from "./open-guide.js";
import { Parts } from "./render.js";
import { Submission, dispatch } from "./submit.js";
import { Words } from "./words.js";

const CHANNELS = ["sms", "voice", "email", "app", "backup"];

export class TodoitaCodeElement extends HTMLElement {
  static observedAttributes = [...FACTS, "sent"];

  /** Undefined while the element is not alive. */
  #field;
  #input;
  #parts;
  #submission;
  #elapsed;
  #listening = new AbortController();
  /** The names of the methods that work now, by the last answer; undefined where it does not restrict them. */
  #open;
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
    if (this.#field) return this.#listen();
    this.#begin().catch((error) => {
      console.error("todoita: the field stays as the page made it.", error);
      dispatch(this, "unavailable", {});
    });
  }

  disconnectedCallback() {
    setTimeout(() => {
      if (this.isConnected) return;
      // Leaves the input read-only only where the page made it so.
      this.#call("occurred", "released");
      this.#submission?.abort();
      this.#listening.abort();
      this.#parts?.stop();
      this.#field?.free();
      // The answer was about a sign-in that ends with its field.
      this.#field = this.#open = undefined;
    });
  }

  attributeChangedCallback() {
    if (!this.#field || this.#changing) return;
    // Several attributes that change together are one change.
    this.#changing = true;
    queueMicrotask(() => {
      this.#changing = false;
      this.#receiveMarkup();
    });
  }

  /**
   * Internal, for the guide: the merged facts of the sign-in by their attributes' names, instants in milliseconds of
   * the server's clock, unknown ones undefined; and `elapsed`, the milliseconds since `now`. Empty until the field is
   * alive.
   */
  get guideFacts() {
    if (!this.#field) return {};
    const { merged, factsAt } = this.#parts;
    const facts = { ...merged, elapsed: this.#elapsed() - factsAt };
    // The site's own controls are offered as those of the attributes are.
    const own = CHANNELS.filter((name) => this.control(name)?.dataset.way);
    if (this.#open != null) facts.alternatives = this.#open;
    else if (own.length) facts.alternatives = [setting(this, "alternatives"), ...own].join(" ").trim();
    if (this.control("resend")?.dataset.way) facts["resend-at"] ??= facts.now ?? 1;
    return facts;
  }

  /** Internal, for the guide: the control of the page that does an action, if there is one. */
  control(action) {
    return this.#parts?.control(action);
  }

  async #begin() {
    const profile = this.getAttribute("profile") ?? "generic";
    if (profile !== "generic") {
      throw new Error(`profile="${profile}" is for <todoita-guide>`);
    }
    const [words] = await Promise.all([Words.of(this, setting(this, "words")), start()]);
    if (document.readyState === "loading") {
      await new Promise((done) => document.addEventListener("DOMContentLoaded", done, { once: true }));
    }
    if (!this.isConnected || this.#field) return;
    const input = codeInput(this);
    if (!input.form) console.warn("todoita: no <form> around the input.", input);
    const call = (...values) => this.#call(...values);
    const parts = (this.#parts = new Parts(this, words, () => call("occurred", "tick")));
    this.#submission = new Submission(this, parts, call);
    this.#adopt(input);
    const field = new Field(
      this.#page(),
      parts,
      parseFloat(setting(this, "digits")),
      setting(this, "code"),
      parseFloat(setting(this, "backup-digits")),
      setting(this, "backup"),
      setting(this, "backup-format"),
      this.hasAttribute("auto-submit"),
      setting(this, "answers") === "json",
      // A page in `srcdoc` has the host of its parent.
      location.host || origin.replace(/.*\/\//, ""),
    );
    this.#field = field;
    this.#offer();
    this.#elapsed = () => 0;
    this.#receiveMarkup();
    this.#elapsed = clockSince(this.getAttribute("now"));
    this.#listen();
    // A reload keeps the guide's place.
    if (history.state?.todoita?.[placeKey(input)]?.answers) this.#parts.methods.open = true;
    if (!this.#composing) this.#call("takeOver");
    if (!navigator.onLine) this.#call("occurred", "offline");
  }

  /** Offers the methods that the last answer named, or where it named none, those of the page. */
  #offer() {
    const names = (this.#open ?? setting(this, "alternatives") ?? "").split(/\s+/);
    for (const name of CHANNELS) this.#field.offer(name, names.includes(name));
  }

  /** Puts the guide into its place; without it the plain list of methods is there. */
  #openGuide(place) {
    const guide = place.querySelector("todoita-guide");
    if (guide?.hasAttribute("data-alive")) return;
    guide?.remove();
    place.append(document.createElement("todoita-guide"));
    openGuide().catch((error) => console.error("todoita: the guide could not be fetched", error));
  }

  #listen() {
    this.#listening.abort();
    const { signal } = (this.#listening = new AbortController());
    const on = (target, ...types) => {
      for (const type of types) target.addEventListener(type, this, { signal, capture: true });
    };
    // Not on the input and the form themselves: a framework may replace them at any time.
    on(this, "beforeinput", "input", "compositionend", "invalid", "toggle");
    on(this.getRootNode(), "click", "submit", "reset", "formdata");
    on(window, "online", "offline", "pageshow");
    on(document, "visibilitychange");
    const observer = new MutationObserver(() => this.#refresh());
    observer.observe(this, { childList: true, subtree: true, attributeFilter: ["aria-describedby"] });
    signal.addEventListener("abort", () => observer.disconnect());
  }

  /** Takes an input into charge: the one at the start, or one that a framework put in its place. */
  #adopt(input) {
    this.#input = input;
    this.#parts.adopt(input);
    prepare(input, setting(this, "code") === "alphanumeric" ? "text" : "numeric");
  }

  /** Looks whether the input and the parts are still those of the page. */
  #refresh() {
    if (!this.#field) return;
    let input = this.#input;
    try {
      // A site may hide it and show another one.
      if (!this.contains(input) || input.checkVisibility?.() === false) input = codeInput(this);
      if (input === this.#input && this.#parts.isWhole) return;
      this.#adopt(input);
      this.#call("settled", false);
    } catch {
      // The input is not there at present; it may come back.
    }
  }

  handleEvent(event) {
    const { type, target } = event;
    this.#refresh();
    const input = this.#input;
    const field = this.#field;
    // Events of other inputs in the element, and of other forms.
    if (!field || (/input|composition|invalid/.test(type) && target !== input)) return;
    if (/submit|reset|formdata/.test(type) && target !== input.form) return;
    if (type === "click") this.#clicked(event);
    else if (type === "beforeinput") {
      // The page is still there.
      if (this.#parts.leaving) {
        this.#parts.leaving = false;
        this.#call("occurred", "released");
      }
      field.beforeInput(event, this.#elapsed(event.timeStamp));
    } else if (type === "input") {
      this.#parts.textChanged();
      field.input(event, this.#elapsed(event.timeStamp));
    }
    // Not within the event: the browser has not finished with the text.
    else if (type === "compositionend") setTimeout(() => this.#call("settled", true));
    else if (type === "toggle") target === this.#parts.methods && target.open && this.#openGuide(target);
    else if (type === "reset") setTimeout(() => this.#call("occurred", type));
    else if (type === "submit") this.#submission.submitted(event);
    else if (type === "invalid") this.#call("invalid") && event.preventDefault();
    else if (type === "formdata") this.#submission.collected(event);
    else if (/line$/.test(type)) this.#call("occurred", type);
    else {
      this.#call("occurred", event.persisted ? "released" : "tick");
      if (event.persisted) this.#call("settled", false);
    }
  }

  #clicked(event) {
    const { target } = event;
    if (this.contains(target)) pressed(target);
    const resend = this.#parts.isWaiting && target.closest("[data-way=resend]");
    if (!resend || resend !== this.control("resend")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  /** The effects that the field calls (src/wasm/imports.rs). */
  #page() {
    const element = this;
    return {
      get input() {
        return element.#input;
      },
      changed: () => this.#input.dispatchEvent(new Event("input", { bubbles: true })),
      dispatch: (name, kind, cause) => {
        const details = { input: { kind: kind ?? null }, complete: { kind }, refused: { cause } };
        dispatch(this, name, details[name] ?? {});
      },
      // Safari has it from 16 on. A control of the form may have its name.
      submit: () => this.#input.form && HTMLFormElement.prototype.requestSubmit?.call(this.#input.form),
      send: (fresh, kind) => this.#submission.send(fresh, kind),
      abort: () => this.#submission.abort(),
      collect: (kind, code) => this.#submission.collect(kind, code),
    };
  }

  /** Calls a method of the field at the present time, while the element is alive. */
  #call(method, ...values) {
    const result = this.#field?.[method](...values, this.#elapsed());
    if (method === "stated" || values[0] === "unreachable") this.querySelector("todoita-guide")?.changed?.();
    if (/stated|occurred/.test(method)) this.#receiveCode();
    return result;
  }

  /** Hands over facts: of the page, or of an answer of the server's. */
  #state(statement, get) {
    // The change that states them may have taken the parts away in the same change.
    this.#refresh();
    // The message with the new code is waited for, too; a post that is under way goes on.
    if (/sent/.test(statement) && !/busy/.test(this.dataset.state)) this.#submission.abort();
    this.#call("stated", statement, ...FACTS.map((name) => factValue(name, get(name))));
  }

  /** Hands over the facts in the page. */
  #receiveMarkup() {
    this.#state(this.hasAttribute("sent") ? "resent" : "facts", (name) => this.getAttribute(name));
  }

  /** Waits for the message with the code (WebOTP), wherever the site asks for it and the field is free for a code. */
  async #receiveCode() {
    if (!this.#field || !this.hasAttribute("webotp") || !("OTPCredential" in window)) return;
    if (this.#submission.isPending || /busy|accepted/.test(this.dataset.state)) return;
    try {
      const got = await navigator.credentials.get({ otp: { transport: ["sms"] }, signal: this.#submission.begin() });
      if (got?.code) this.#call("receive", got.code);
    } catch {
      // Refused, timed out, or another request took its place: the person types.
    }
  }

  // For a site with a protocol of its own.

  /** The person is in. `to`: where to go, followed only on this origin. */
  accepted(to) {
    this.#call("occurred", "accepted");
    if (!to) return;
    if (isSameOrigin(to)) location.assign(to);
    else console.error("todoita: the answer's location is not on this origin.");
  }

  /** The code was refused: `{ cause, attemptsLeft, retryAt, now, … }`, as in an answer. */
  refused(answer) {
    this.#answered("refused", { cause: "unknown", ...answer });
  }

  /** A code was sent: `{ channel, destination, sentAt, expiresAt, resendAt, now }`, as in an answer. */
  get sent() {
    return (answer) => this.#answered("sent", { ...answer });
  }

  /** React and Vue assign what they find as a property; the attribute has the method's name. */
  set sent(on) {
    this.toggleAttribute("sent", !!on);
  }

  #answered(statement, answer) {
    if (!this.#field) return;
    this.#parts.location = answer.location;
    this.#open = answer.open?.join?.(" ");
    this.#offer();
    this.#state(statement, (name) => answer[name.replace(/-(.)/, (_, letter) => letter.toUpperCase())]);
    for (const [name, value] of Object.entries(answer.fields ?? [])) {
      const field = this.#input.form?.elements.namedItem(name);
      if (field?.type === "hidden") field.value = value;
    }
  }
}

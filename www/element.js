// <todoita-code>: the element around a page's own input. It owns the tag, the events and the requests;
// what anything means is decided in WebAssembly (src/entry.rs).
import { openGuide } from "./open-guide.js";
import { Parts, part } from "./parts.js";
import { isOurs, post, target } from "./send.js";
import { Field, start } from "./start.js";
import { Words } from "./words.js";

const CHANNELS = ["sms", "voice", "email", "app", "backup"];
/** The attributes that say what the server knows of the sign-in, in the order of src/page.rs. */
const FACTS = ["now", "channel", "destination", "sent-at", "expires-at", "resend-at", "attempts-left", "retry-at", "cause", "resends"];
const isInstant = (name) => /^now$|-at$/.test(name);
const INSERTS = /^insert(Text|FromPaste|FromDrop|ReplacementText|FromYank)$/;

/** What stands between the values that go to the field (src/page.rs); no text keeps one of its own. */
const UNIT = "\x1f";
const values = (...all) => all.map((value) => String(value ?? "").replaceAll(UNIT, " ")).join(UNIT);
const flag = (on) => (on ? 1 : "");

/** The value of a fact for the core: an instant in milliseconds (NaN where there is none), anything else as it is. */
const factValue = (name, value) => (isInstant(name) && typeof value !== "number" ? Date.parse(value ?? "") : value);

/** How long ago a page's facts were said: a page out of a cache is older than it looks. */
const ageOf = (now) => {
  if (!now) return 0;
  try {
    const key = `todoita:${location.pathname}:${now}`;
    const seen = sessionStorage.getItem(key);
    if (seen) return Math.max(0, Date.now() - seen);
    sessionStorage.setItem(key, Date.now());
  } catch {
    // Storage may be closed to the page; then a page is as old as it looks.
  }
  return 0;
};

/** The lines of an answer of the field, each a name and its values. */
const lines = (text) => text.split("\n").map((line) => line.split(" "));

const randomId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

export class TodoitaCodeElement extends HTMLElement {
  static observedAttributes = FACTS;

  #field;
  #input;
  #form;
  #parts;
  #began = 0;
  #uptime = 0;
  #code;
  #event;
  #stop = new AbortController();
  #request;
  #timer;
  #waiting = false;
  #mending = false;
  #aside = false;
  #announced = false;
  #composing = false;

  constructor() {
    super();
    // An input method may be at work before we are: its text is not touched.
    for (const type of ["compositionstart", "compositionupdate", "compositionend"]) {
      this.addEventListener(type, () => (this.#composing = type !== "compositionend"));
    }
  }

  connectedCallback() {
    // Only moved: a request that is on its way goes on.
    if (this.#field) return this.#listen();
    this.#begin().catch((error) => {
      console.error("todoita: the field stays as the page made it.", error);
      this.#fire("unavailable", {});
    });
  }

  disconnectedCallback() {
    setTimeout(() => {
      if (this.isConnected) return;
      this.#request?.abort();
      // So that the input is left as the page made it.
      this.#run("released");
      this.#stop.abort();
      clearTimeout(this.#timer);
      this.#field?.free();
      this.#field = undefined;
    });
  }

  attributeChangedCallback() {
    if (!this.#field || this.#waiting) return;
    // Several attributes that change together are one change.
    this.#waiting = true;
    queueMicrotask(() => {
      this.#waiting = false;
      this.#receive("facts", (name) => this.getAttribute(name));
    });
  }

  /**
   * Internal, for the guide: the merged facts of the sign-in by their attributes' names, instants in milliseconds of
   * the server's clock, unknown ones undefined; and `elapsed`, the milliseconds since `now`.
   */
  get guideFacts() {
    const values = this.#field ? this.#field.view().split(UNIT) : FACTS.map((name) => factValue(name, this.getAttribute(name)));
    const facts = { elapsed: this.#at() - (+values[FACTS.length] || 0) };
    FACTS.forEach((name, place) => {
      const value = values[place] || undefined;
      facts[name] = value && isInstant(name) ? +value : value;
    });
    return facts;
  }

  async #begin() {
    const profile = this.getAttribute("profile") ?? "generic";
    if (profile !== "generic") {
      throw new Error(`profile="${profile}" is for <todoita-guide>: this field takes no one else's codes`);
    }
    const [words] = await Promise.all([Words.of(this, this.getAttribute("words")), start()]);
    if (document.readyState === "loading") {
      await new Promise((done) => document.addEventListener("DOMContentLoaded", done, { once: true }));
    }
    if (!this.isConnected || this.#field) return;
    const input = this.querySelector("input:not([type=hidden])");
    if (!input) throw new Error("there is no <input> in it");
    this.#input = input;
    // What the author said of the input stands.
    for (const [name, value] of [["autocomplete", "one-time-code"], ["inputmode", "numeric"]]) {
      if (!input.hasAttribute(name)) input.setAttribute(name, value);
    }
    this.#parts = new Parts(this, input, words);
    const ways = (this.getAttribute("alternatives") ?? "").split(/\s+/);
    this.#field = new Field();
    this.#field.update(
      0,
      values(
        "site",
        this.getAttribute("digits"),
        this.getAttribute("backup-digits"),
        this.getAttribute("backup"),
        ...CHANNELS.map((name) => flag(ways.includes(name))),
        flag(this.hasAttribute("auto-submit")),
        flag(this.getAttribute("answers") === "json"),
        location.host,
      ),
    );
    const age = ageOf(this.getAttribute("now"));
    this.#receive("facts", (name) => this.getAttribute(name));
    this.#began = Date.now() - age;
    this.#uptime = performance.now() - age;
    this.#listen();
    // A reload keeps the guide's place.
    if (history.state?.todoita?.[input.id]?.depth) this.#parts.ways.open = true;
    if (!this.#composing) this.#settled();
    if (!navigator.onLine) this.#run("online", "");
    if (this.hasAttribute("webotp")) this.#receiveCode();
  }

  /** The guide, in its place; without it the plain list of ways stands there. */
  #guide(place) {
    const guide = place.querySelector("todoita-guide");
    if (guide?.hasAttribute("data-alive")) return;
    guide?.remove();
    place.append(document.createElement("todoita-guide"));
    openGuide().catch((error) => console.error("todoita: the guide could not be fetched.", error));
  }

  #tellGuide() {
    this.querySelector("todoita-guide")?.changed?.();
  }

  #listen() {
    this.#stop.abort();
    this.#stop = new AbortController();
    this.#form = this.#input.form;
    const on = (target, ...types) => {
      for (const type of types) target?.addEventListener(type, this, { signal: this.#stop.signal });
    };
    on(this.#input, "beforeinput", "input", "compositionend", "invalid");
    on(this.#form, "submit", "reset", "formdata");
    on(this.#parts.ways, "toggle");
    on(window, "online", "offline", "pageshow");
    on(document, "visibilitychange");
  }

  handleEvent(event) {
    const { type } = event;
    const { value } = this.#input;
    if (type === "beforeinput") this.#beforeInput(event);
    else if (type === "input") this.#onInput(event);
    // Not within the event: the browser has not finished with the text.
    else if (type === "compositionend") setTimeout(() => this.#settled());
    else if (type === "toggle") event.target.open && this.#guide(event.target);
    else if (type === "reset") setTimeout(() => this.#run("reset"));
    else if (type === "submit") this.#submitted(event);
    else if (type === "invalid") this.#run("invalid", value) && event.preventDefault();
    else if (type === "formdata") {
      if (this.#code && this.#input.name) event.formData.set(this.#input.name, this.#code);
    } else if (type === "online" || type === "offline") this.#run("online", flag(navigator.onLine));
    else {
      if (event.persisted) {
        this.#run("released");
        this.#settled();
      }
      this.#run("tick");
    }
  }

  #beforeInput(event) {
    if (this.#mending || event.isComposing) return;
    this.#announced = true;
    // Deletions, undo and redo, and what an input method is still working on are left alone; what cannot be
    // prevented is mended after it.
    if (!INSERTS.test(event.inputType) || !(this.#announced = event.cancelable)) return;
    const inserted = event.data ?? event.dataTransfer?.getData("text/plain");
    if (inserted == null) return;
    const { value, selectionStart, selectionEnd } = this.#input;
    const chunk = flag(event.inputType !== "insertText");
    if (this.#run("insert", value.slice(0, selectionStart), inserted, value.slice(selectionEnd), chunk)) event.preventDefault();
  }

  #onInput(event) {
    const announced = this.#announced || this.#mending;
    this.#announced = this.#mending = false;
    // What was not announced was filled in by a password manager or a script.
    if (event.isComposing) return;
    if (announced) this.#run("changed", this.#input.value);
    else this.#settled();
  }

  #settled() {
    const { value, selectionEnd } = this.#input;
    const caret = selectionEnd ?? value.length;
    this.#run("settled", value.slice(0, caret), value.slice(caret));
  }

  #submitted(event) {
    const { submitter } = event;
    const deed = submitter?.name === "todoita-action" ? submitter.value : "";
    // A button of the site that asks for no code ("cancel") is none of our business.
    if (this.#aside || event.defaultPrevented || (!deed && submitter?.formNoValidate)) return;
    this.#event = event;
    if (this.#run("submit", this.#input.value, deed)) event.preventDefault();
    this.#event = undefined;
  }

  /** Lets the field take in what happened, does what it says and shows it. Gives whether the browser is
   * not to do what it was about to. */
  #run(...event) {
    const field = this.#field;
    if (!field) return false;
    let prevent = false;
    for (const [name, ...about] of lines(field.update(this.#at(), values(...event)))) {
      prevent ||= name === "prevent";
      this.#do(name, about);
    }
    // What was done may have led back here, or out of the page.
    // Of what the browser is about to put in, nothing is to be seen before it is in.
    if (this.#field && (prevent || event[0] !== "insert")) this.#show(lines(field.view().split(UNIT).pop()));
    return prevent;
  }

  #show(view) {
    const shown = { said: {}, times: {}, ways: [] };
    for (const [name, ...about] of view) {
      const [first, ...rest] = about;
      if (name === "say") (shown.said[first] ??= []).push(...rest);
      else if (name === "time") shown.times[first] = rest;
      else if (name === "way") shown.ways.push(about);
      else shown[name] = first ?? true;
    }
    const { destination, "retry-at": time } = this.guideFacts;
    this.#parts.show(shown, { time, destination, support: this.getAttribute("support") });
    clearTimeout(this.#timer);
    if (+shown.wake) this.#timer = setTimeout(() => this.#run("tick"), shown.wake);
  }

  /** Hands over what the server said: the "facts" in the page, or an answer. */
  #receive(what, get) {
    this.#run(what, ...FACTS.map((name) => factValue(name, get(name))));
    this.#tellGuide();
  }

  async #receiveCode() {
    if (!("OTPCredential" in window)) return;
    this.#request = new AbortController();
    try {
      const got = await navigator.credentials.get({ otp: { transport: ["sms"] }, signal: this.#request.signal });
      if (got?.code) this.#run("insert", "", got.code, "", 1);
    } catch {
      // Refused, timed out, or another request took its place: the person types.
    }
  }

  #fire(name, detail, cancelable = false) {
    return this.dispatchEvent(new CustomEvent(`todoita-${name}`, { bubbles: true, composed: true, cancelable, detail }));
  }

  async #post(goal, body, submitter) {
    const request = (this.#request = new AbortController());
    let got = {};
    try {
      got = await post(goal, body, request.signal);
    } catch {
      // The network, or an answer that is none: nothing is known of what became of it.
    }
    if (request.signal.aborted || !this.#field) return;
    if (got.accepted !== undefined) this.accepted(got.accepted);
    else if (got.sent) this.sent(got.sent);
    else if (got.refused) this.refused(got.refused);
    else if (got.page) this.#native(submitter);
    else {
      this.#run("unreachable");
      this.#tellGuide();
    }
  }

  /** Sends the form as if we were not there: the same attempt, so the answer is the same. */
  #native(submitter) {
    this.#aside = true;
    this.#form.noValidate = true;
    submitter ? submitter.click() : this.#form.submit();
  }

  /** Milliseconds since the page's facts were said. A page's own clock may stop while a phone sleeps, a
   * wall clock may be set: the larger step is the one that passed. */
  #at() {
    return this.#began ? Math.max(0, Date.now() - this.#began, performance.now() - this.#uptime) : 0;
  }

  /** Inserts so that undo, redo and the caret stay the browser's own where that is possible: in a focused
   * field. A field that was filled from outside has no undo to keep. */
  #replace([whole, back, text]) {
    const input = this.#input;
    const focused = input.matches(":focus");
    this.#mending = true;
    if (focused && whole) input.select();
    if (!focused || !document.execCommand("insertText", false, text)) {
      if (whole) input.value = text;
      else input.setRangeText(text, input.selectionStart, input.selectionEnd, "end");
    }
    // A script's change is told to nobody; nor is, in Firefox, one amid a drop.
    if (this.#mending) input.dispatchEvent(new Event("input", { bubbles: true }));
    this.#mending = false;
    if (focused && +back) {
      const caret = Math.max(0, input.value.length - back);
      input.setSelectionRange(caret, caret);
    }
  }

  /** Lets the submit go out with this code in place of the text in the field, or with none. */
  #send([fresh, code]) {
    const event = this.#event;
    const submitter = event?.submitter;
    this.#request?.abort();
    this.#code = code;
    // A server may have rendered it elsewhere in the form.
    const attempt =
      this.#form.querySelector("[name=todoita-attempt]") ??
      part(this, "[name=todoita-attempt]", "input", { type: "hidden", name: "todoita-attempt" });
    if (fresh || !attempt.value) attempt.value = randomId();
    const body = new FormData(this.#form);
    if (submitter?.name) body.set(submitter.name, submitter.value);
    const goal = target(this.#form, submitter);
    if (!this.#fire("submit", { formData: body }, true)) {
      // The site has a protocol of its own and answers by accepted() or refused().
      event?.preventDefault();
    } else if (this.getAttribute("answers") === "json" && goal.method === "post" && goal.enctype !== "text/plain" && isOurs(goal.action)) {
      event?.preventDefault();
      this.#post(goal, body, submitter);
    } else {
      setTimeout(() => event?.defaultPrevented && this.#run("released"));
    }
  }

  /** Does what the field asks for (src/page.rs). */
  #do(name, about) {
    if (name === "replace") this.#replace(about);
    else if (name === "tell") this.#tell(about);
    else if (name === "submit") this.#form?.requestSubmit?.(); // Safari has it from 16 on
    else if (name === "send") this.#send(about);
    else if (name === "abort") this.#request?.abort();
    else if (name === "select") {
      this.#input.focus();
      this.#input.select();
    }
  }

  #tell([name, about]) {
    const details = { input: { kind: about || null }, complete: { kind: about }, refused: { cause: about } };
    this.#fire(name, details[name] ?? {});
  }

  // For a site with a protocol of its own.

  /** The person is in. `to`: where to go, followed only on this origin. */
  accepted(to) {
    this.#run("accepted");
    if (!to) return;
    if (isOurs(to)) location.assign(to);
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

  #answered(what, answer) {
    if (!this.#field) return;
    this.#receive(what, (name) => answer[name.replace(/-(.)/, (_, letter) => letter.toUpperCase())]);
    for (const [name, value] of Object.entries(answer.fields ?? {})) {
      const field = this.#form.elements.namedItem(name);
      if (field?.type === "hidden") field.value = value;
    }
  }
}

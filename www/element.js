// <todoita-code>: the element around a page's own input. It owns the tag, the events and the requests;
// what anything means is decided in WebAssembly (src/entry.rs).
import { Field } from "./dist/field/field.js";
import { isOurs, post, target } from "./send.js";
import { start } from "./start.js";
import { langOf, Words } from "./words.js";

const SITE = ["digits", "backup", "backup-digits", "alternatives", "support", "auto-submit", "answers"];
const TIMES = ["now", "sentAt", "expiresAt", "resendAt", "retryAt"];
const FACTS = ["now", "channel", "destination", "sent-at", "expires-at", "resend-at", "attempts-left", "retry-at", "cause"];

const camel = (name) => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());

/** An answer's members, or attributes, with times as milliseconds and counts as numbers. */
const plain = (given) => {
  const facts = { ...given };
  for (const name of TIMES) facts[name] = typeof facts[name] === "string" ? Date.parse(facts[name]) : Number(facts[name] ?? NaN);
  for (const name of ["attemptsLeft", "digits", "backupDigits"]) facts[name] = Number(facts[name] ?? NaN);
  return facts;
};

/** How long ago a page's facts were said: a page out of a cache is older than it looks. */
const ageOf = (now) => {
  if (!now) return 0;
  try {
    const key = `todoita:${location.pathname}:${now}`;
    const seen = Number(sessionStorage.getItem(key) ?? NaN);
    if (seen) return Math.max(0, Date.now() - seen);
    sessionStorage.setItem(key, String(Date.now()));
  } catch {
    // Storage may be closed to the page; then a page is as old as it looks.
  }
  return 0;
};

export class TodoitaCodeElement extends HTMLElement {
  static observedAttributes = [...SITE, ...FACTS];

  #field;
  #input;
  #form;
  #code;
  #listening;
  #request;
  #timer;
  #changed = false;

  connectedCallback() {
    this.#begin().catch((error) => {
      console.error("todoita: the field stays as the page made it.", error);
      this.#fire("unavailable", {});
    });
  }

  disconnectedCallback() {
    this.#listening?.abort();
    this.#request?.abort();
    clearTimeout(this.#timer);
    this.#field?.free();
    this.#field = undefined;
  }

  attributeChangedCallback() {
    if (!this.#field || this.#changed) return;
    // Several attributes that change together are one change.
    this.#changed = true;
    queueMicrotask(() => {
      this.#changed = false;
      this.#field?.given(this.#given());
    });
  }

  async #begin() {
    const profile = this.getAttribute("profile");
    if (profile && profile !== "generic") {
      console.error(`todoita: profile="${profile}" is for <todoita-guide>; this field takes no one else's codes.`);
    }
    const [words] = await Promise.all([Words.of(langOf(this), this.getAttribute("words")), start()]);
    if (document.readyState === "loading") {
      await new Promise((done) => document.addEventListener("DOMContentLoaded", done, { once: true }));
    }
    if (!this.isConnected || this.#field) return;
    this.#input = this.querySelector("input:not([type=hidden])");
    if (!this.#input) throw new Error("there is no <input> inside <todoita-code>");
    this.#form = this.#input.form;
    this.#field = new Field(this, this.#input, words, this.#given(), ageOf(this.getAttribute("now")));
    this.#listen();
    if (this.hasAttribute("webotp")) this.#receive();
  }

  #listen() {
    this.#listening = new AbortController();
    const on = (target, ...types) => {
      for (const type of types) target?.addEventListener(type, this, { signal: this.#listening.signal });
    };
    on(this.#input, "beforeinput", "input", "compositionend", "invalid");
    on(this.#form, "submit", "reset", "formdata");
    on(window, "online", "offline", "pageshow");
    on(document, "visibilitychange");
  }

  handleEvent(event) {
    if (event.type === "formdata") {
      if (this.#code !== undefined && this.#input.name) event.formData.set(this.#input.name, this.#code);
    } else if (event.type === "compositionend") {
      // Not within the event: the browser has not finished with the text.
      setTimeout(() => this.#field?.settle());
    } else if (event.type === "reset") {
      setTimeout(() => this.#field?.handle(event));
    } else if (event.type !== "pageshow" || event.persisted) {
      this.#field?.handle(event);
    }
  }

  #given() {
    const given = { host: location.host };
    for (const name of TodoitaCodeElement.observedAttributes) given[camel(name)] = this.getAttribute(name) ?? undefined;
    given.autoSubmit = this.hasAttribute("auto-submit");
    given.json = given.answers === "json";
    return plain(given);
  }

  async #receive() {
    if (!("OTPCredential" in window)) return;
    this.#request = new AbortController();
    try {
      const got = await navigator.credentials.get({ otp: { transport: ["sms"] }, signal: this.#request.signal });
      if (got?.code) this.#field?.receive(got.code);
    } catch {
      // Refused, timed out, or another request took its place: the person types.
    }
  }

  #fire(name, detail, cancelable = false) {
    return this.dispatchEvent(new CustomEvent(`todoita-${name}`, { bubbles: true, composed: true, cancelable, detail }));
  }

  // What the field asks of its element (src/wasm/field.rs).

  send(event, code, attempt) {
    this.#request?.abort();
    this.#code = code;
    const form = this.#form;
    const submitter = event?.submitter;
    const body = new FormData(form);
    this.#code = code;
    if (submitter?.name) body.set(submitter.name, submitter.value);
    const goal = target(form, submitter);
    if (!this.#fire("submit", { formData: body, attempt }, true)) {
      // The site has a protocol of its own and answers by accepted() or refused().
      event?.preventDefault();
    } else if (this.getAttribute("answers") === "json" && goal.method === "post" && isOurs(goal.action)) {
      event?.preventDefault();
      this.#post(goal, body, submitter);
    } else {
      setTimeout(() => event?.defaultPrevented && this.#field?.released());
    }
  }

  async #post(goal, body, submitter) {
    const request = (this.#request = new AbortController());
    let got;
    try {
      got = await post(goal, body, request.signal);
    } catch {
      got = {};
    }
    if (request.signal.aborted || !this.#field) return;
    if (got.accepted !== undefined) this.accepted(got.accepted);
    else if (got.sent) this.sent(got.sent);
    else if (got.refused) this.refused(got.refused);
    else if (got.page) this.#native(submitter);
    else this.#field.unreachable();
    for (const [name, value] of Object.entries(got.answer?.fields ?? {})) {
      const field = this.#form.elements.namedItem(name);
      if (field?.type === "hidden") field.value = value;
    }
  }

  /** Sends the form as if we were not there: the same attempt, so the answer is the same. */
  #native(submitter) {
    if (submitter?.name) {
      const pressed = document.createElement("input");
      pressed.type = "hidden";
      pressed.name = submitter.name;
      pressed.value = submitter.value;
      this.#form.append(pressed);
    }
    HTMLFormElement.prototype.submit.call(this.#form);
  }

  giveUp() {
    this.#request?.abort();
  }

  follow(to) {
    if (isOurs(to)) location.assign(to);
    else console.error("todoita: the answer's location is not on this origin and was not followed.");
  }

  tell(name, kind, cause, have) {
    const detail = name === "refused" ? { cause } : { kind: kind ?? null, digits: have };
    this.#fire(name, name === "accepted" ? {} : detail);
  }

  wake(after) {
    clearTimeout(this.#timer);
    if (after !== undefined) this.#timer = setTimeout(() => this.#field?.tick(), after);
  }

  // For a site with a protocol of its own.

  /** The person is in. `location`: where to go, on this origin. */
  accepted(location) {
    this.#field?.accepted(location || undefined);
  }

  /** The code was refused: `{ cause, attemptsLeft, retryAt, now, … }`, as in an answer. */
  refused(answer) {
    this.#field?.refused(plain(answer));
  }

  /** A code was sent: `{ channel, destination, sentAt, expiresAt, resendAt, now }`. */
  sent(answer) {
    this.#field?.sent(plain(answer));
  }
}

// The parts that a field adds around the page's input, and a view put into them. A server may have rendered the parts
// already (`data-part`): then they are taken over.

import { canBeFollowed, isSameOrigin } from "./address.js";
import { siteControl } from "./controls.js";
import { setting } from "./defaults.js";
import { factsOf } from "./facts.js";
import { messagePlace } from "./input.js";

let count = 0;

/** Writes attributes, none that is there already. */
const set = (element, attributes) => {
  for (const [name, value] of Object.entries(attributes)) {
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }
};

const setProperty = ({ style }, name, value) => {
  if (style.getPropertyValue(name) !== String(value)) style.setProperty(name, value);
};

/** Changes a text only where it differs: a live region speaks every change. */
const write = (element, text) => {
  if (element.textContent !== text) element.textContent = text;
};

/** Not by `ariaBusy` and the like: Firefox reflects those only from 119 on. */
const flag = (element, name, on) => (on ? set(element, { [name]: "true" }) : element.removeAttribute(name));

/** A button of the page's own form; one that a server made is a submit button, so that it works without the widget too. */
const actionButton = (place, action, form) =>
  part(place, `[value=${action}]`, "button", { type: "button", name: "todoita-action", value: action, formnovalidate: "" }, form);

const newId = () => `todoita-${++count}`;

/** The element that is there already, or a new one; of a form that is elsewhere in the page, or within the place, too. */
export const part = (place, selector, tag, attributes, form) => {
  const found = place.querySelector(selector);
  const element = found ?? document.createElement(tag);
  if (!found) {
    set(element, attributes);
    place.append(element);
  }
  // A page may have replaced the form. Not by `form.id`: that may be an input of this name.
  if (form && !form.contains(place)) {
    if (!form.getAttribute("id")) form.setAttribute("id", newId());
    set(element, { form: form.getAttribute("id") });
  }
  return element;
};

const named = (place, name, tag) => part(place, `[data-part=${name}]`, tag, { "data-part": name });

export class Parts {
  /** The address that an answer named for what comes next. */
  location;
  /** Whether the browser is about to leave the page; it need not come to that. */
  leaving;
  #tick;
  #timer;
  #values;
  #isAlert;
  /** Whether the error at the input is the field's, as it was drawn last. Another one is the page's, until the text changes. */
  #ownsError;
  #offered;

  /** `tick`: is called when the view changes by the passing of time. */
  constructor(host, words, tick) {
    this.host = host;
    this.words = words;
    this.#tick = tick;
  }

  /** Whether all of them are still in the page, and the input refers to them: frameworks also set attributes back. */
  get isWhole() {
    const { host, input, alert } = this;
    return [this.sent, this.quiet, alert, this.phase].every((element) => host.contains(element)) && input.getAttribute("aria-describedby")?.includes(alert.id);
  }

  /** Takes an input into charge, and makes the parts that are not there. */
  adopt(input) {
    const { host, words } = this;
    const message = named(host, "message", "div");
    // The message is right behind its input; its text comes later, so that it is spoken.
    if (!message.hasChildNodes() || message.checkVisibility?.() === false) messagePlace(host, input).after(message);
    const more = named(host, "more", "div");
    const methods = named(more, "ways", "details");
    this.input = input;
    this.#ownsError ??= host.hasAttribute("data-tone");
    // A copy of a busy field is not busy: the next view lets it go.
    this.held = host.hasAttribute("aria-busy");
    this.quiet = part(message, "[role=status]", "p", { role: "status" });
    this.alert = part(message, "[role=alert]", "p", { role: "alert" });
    this.count = part(message, "[data-part=count]", "span", { "data-part": "count", "aria-hidden": "true", translate: "no" });
    this.sent = named(host, "sent", "p");
    // Above everything else: it is the first thing that a person looks for.
    if (!this.sent.hasChildNodes()) host.prepend(this.sent);
    const actions = named(more, "actions", "div");
    this.usual = named(more, "usual", "p");
    this.times = named(more, "times", "p");
    this.resend = actionButton(actions, "resend", input.form);
    this.restart = named(actions, "restart", "a");
    this.wait = named(actions, "wait", "span");
    this.methods = more.appendChild(methods);
    this.phase = part(more, "[data-part=phase]", "p", { "data-part": "phase", role: "status" });
    const help = part(methods, "summary", "summary", {});
    this.intro = named(methods, "intro", "p");
    this.choices = named(methods, "choices", "div");
    this.support = named(methods, "support", "a");
    for (const [element, key] of [[this.resend, "resend"], [help, "help"], [this.intro, "help-intro"], [this.support, "support"], [this.restart, "restart"]]) {
      write(element, words.text(key));
    }
    if (words.lang) for (const element of [this.sent, message, more]) element.lang = words.lang;
    const ids = new Set((input.getAttribute("aria-describedby") ?? "").split(" "));
    for (const element of [this.sent, this.quiet, this.alert]) ids.add((element.id ||= newId()));
    input.setAttribute("aria-describedby", [...ids].join(" ").trim());
  }

  /** The merged facts, in the order of their attributes, and when they came. */
  facts(...values) {
    this.factsAt = values.pop();
    this.merged = factsOf(values);
  }

  /** An error of the page's about the text before is over. */
  textChanged() {
    if (this.#ownsError) return;
    flag(this.input, "aria-invalid");
    write(this.alert, "");
  }

  // A view: `state` begins it, `finish` ends it. Sentences come as their places in the files of words.

  state(state, kind, tone = "", digits, have, n, now) {
    const { host } = this;
    const { destination, "retry-at": retry, "resend-at": resend } = this.merged;
    this.#values = { destination, time: retry ?? resend, digits, have, n, now };
    this.#isAlert = tone === "alert";
    this.#offered = [];
    set(host, { "data-state": state, "data-kind": kind, "data-tone": tone });
    flag(host, "aria-busy", state === "busy");
    setProperty(host, "--todoita-digits", digits);
    // Two groups, as people read and dictate a code; none where the digits have no middle.
    setProperty(host, "--todoita-group", digits % 2 || digits < 6 ? -9 : digits / 2);
    // The slots show how many digits there are, until there are too many.
    const over = have > digits;
    host.toggleAttribute("data-over", over);
    write(this.count, over ? `${have} / ${digits}` : "");
    const next = this.location ?? host.getAttribute("location");
    this.restart.hidden = state !== "ended";
    this.restart.href = next && isSameOrigin(next) ? next : "";
  }

  sentences(part, ...places) {
    const text = places
      .filter((place) => place !== undefined)
      .map((place) => this.words.text(place, this.#values))
      // A site may have emptied a sentence.
      .filter(Boolean)
      .join(this.words.joint);
    if (part === "message") {
      this.#ownsError ||= this.#isAlert;
      write(this.quiet, this.#isAlert ? "" : text);
      if (this.#ownsError) write(this.alert, this.#isAlert ? text : "");
    } else write(this[part], text);
  }

  time(part, place, unit, n, remaining) {
    const { words } = this;
    if (part === "wait") this.isWaiting = place !== undefined;
    write(this[part], place === undefined ? "" : words.text(place, { span: words.text(unit, { n }) }));
    setProperty(this[part], "--todoita-remaining", remaining);
  }

  offer(action) {
    this.#offered.push(action);
  }

  finish(resend, isHeld, invalid, wake) {
    const { host, input } = this;
    const resendControl = this.control("resend");
    this.resend.hidden = !resend || resendControl !== this.resend || !input.form;
    // While a page has taken the parts away, there is none.
    flag(resendControl ?? this.resend, "aria-disabled", this.isWaiting);
    this.#offer(input.form ? this.#offered.filter((action) => !this.#siteControl(action)) : [], setting(host, "support"));
    // The page may change it at any time: only while a code is checked it is read-only, and then as it was.
    const held = isHeld && !this.leaving;
    if (held !== this.held) {
      this.held = held;
      if (held) this.readOnly = input.readOnly;
      input.readOnly = held || this.readOnly;
    }
    if (this.#ownsError) flag(input, "aria-invalid", invalid);
    this.#ownsError = invalid || this.#isAlert;
    this.stop();
    if (wake) this.#timer = setTimeout(this.#tick, wake);
  }

  /** No longer calls `tick`. */
  stop() {
    clearTimeout(this.#timer);
  }

  #siteControl(action) {
    return siteControl(this.host, this.input.form, action);
  }

  /** The control for an action: the site's own, or the widget's. */
  control(action) {
    return this.#siteControl(action) ?? this.host.querySelector(`button[name=todoita-action][value=${action}]`);
  }

  /** The other methods; made again only when they change, so that no button moves under a finger. */
  #offer(methods, support) {
    const offered = [...this.choices.children].map((button) => button.value).join();
    if (offered !== methods.join()) this.choices.replaceChildren();
    for (const action of methods) write(actionButton(this.choices, action, this.input.form), this.words.text(`way-${action}`));
    this.intro.hidden = !methods.length;
    const isAddress = support && canBeFollowed(support);
    this.support.hidden = !isAddress;
    if (isAddress) this.support.href = support;
  }
}

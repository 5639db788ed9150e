// The parts that a field adds around the page's input, and a view put into them. A server may have rendered the parts
// already (`data-part`): then they are taken over.

let count = 0;

const set = (element, attributes) => {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
};

/** Changes a text only where it differs: a live region speaks every change. */
const write = (element, text) => {
  if (element.textContent !== text) element.textContent = text;
};

/** Not by `ariaBusy` and the like: Firefox reflects those only from 119 on. */
const flag = (element, name, on) => (on ? element.setAttribute(name, "true") : element.removeAttribute(name));

/** A submit button of the page's own form, so that it works without the widget too. */
const actionButton = (place, action) => part(place, `[value=${action}]`, "button", { name: "todoita-action", value: action, formnovalidate: "" });

/** The element that is there already, or a new one. */
export const part = (place, selector, tag, attributes) => {
  const found = place.querySelector(selector);
  if (found) return found;
  const made = document.createElement(tag);
  set(made, attributes);
  place.append(made);
  return made;
};

const named = (place, name, tag) => part(place, `[data-part=${name}]`, tag, { "data-part": name });

export class Parts {
  /** Whether all of them are still in the page. */
  get isWhole() {
    const { host } = this;
    return host.contains(this.quiet) && host.contains(this.phase);
  }

  constructor(host, input, words) {
    const message = named(host, "message", "div");
    // The message is right behind its input; its text comes later, so that it is spoken.
    if (!message.hasChildNodes()) input.after(message);
    const more = named(host, "more", "div");
    const ways = named(more, "ways", "details");
    this.input = input;
    this.host = host;
    this.words = words;
    this.quiet = part(message, "[role=status]", "p", { role: "status" });
    this.alert = part(message, "[role=alert]", "p", { role: "alert" });
    this.count = part(message, "[data-part=count]", "span", { "data-part": "count", "aria-hidden": "true", translate: "no" });
    this.sent = named(more, "sent", "p");
    this.times = named(more, "times", "p");
    const actions = named(more, "actions", "div");
    this.resend = actionButton(actions, "resend");
    this.wait = named(actions, "wait", "span");
    this.ways = more.appendChild(ways);
    this.phase = part(more, "[data-part=phase]", "p", { "data-part": "phase", role: "status" });
    const help = part(ways, "summary", "summary", {});
    this.intro = named(ways, "intro", "p");
    this.choices = named(ways, "choices", "div");
    this.support = named(ways, "support", "a");
    for (const [element, key] of [[this.resend, "resend"], [help, "help"], [this.intro, "help-intro"], [this.support, "support"]]) {
      write(element, words.text(key));
    }
    if (words.lang) {
      message.lang = words.lang;
      more.lang = words.lang;
    }
    const ids = new Set((input.getAttribute("aria-describedby") ?? "").split(" "));
    for (const element of [this.sent, this.quiet, this.alert]) ids.add((element.id ||= `todoita-${++count}`));
    input.setAttribute("aria-describedby", [...ids].join(" ").trim());
    // A copy of a busy field is not busy.
    if (host.hasAttribute("aria-busy")) input.readOnly = false;
  }

  /**
   * Puts a view into the page: the lines of src/entry/wire.rs, each a name and its values. `own`: values of sentences
   * that the view does not have, and the address of the support page. Gives the milliseconds after which the view
   * changes by itself, or 0.
   */
  show(view, own) {
    const { host, input, words } = this;
    const texts = {};
    const times = {};
    const methods = [];
    const flags = { tone: "" };
    for (const [name, ...values] of view) {
      const [first, ...rest] = values;
      if (name === "text") (texts[first] ??= []).push(...rest);
      else if (name === "time") times[first] = rest;
      else if (name === "method") methods.push(first);
      else flags[name] = first ?? true;
    }
    const { state, kind, tone, digits, have, n, resend, busy, invalid, wake } = flags;
    const all = { ...own, digits, have, n: +n };
    const textOf = (name) => (texts[name] ?? []).map((key) => words.text(key, all)).join(words.joint);
    set(host, { "data-state": state, "data-kind": kind, "data-tone": tone });
    host.style.setProperty("--todoita-digits", digits);
    const message = textOf("message");
    write(this.quiet, tone === "alert" ? "" : message);
    write(this.alert, tone === "alert" ? message : "");
    write(this.count, +have ? `${have} / ${digits}` : "");
    for (const name of ["sent", "phase"]) write(this[name], textOf(name));
    for (const name of ["times", "wait"]) {
      const [key, unit, count, share] = times[name] ?? [];
      write(this[name], key ? words.text(key, { span: words.text(unit, { n: +count }) }) : "");
      this[name].style.setProperty("--todoita-remaining", share ?? 0);
    }
    this.resend.hidden = !resend;
    flag(this.resend, "aria-disabled", times.wait);
    this.#offer(methods, own.support);
    // The page may change it at any time: only for a request it is read-only, and then as it was.
    if (!busy === !!this.busy) {
      this.busy = busy;
      if (busy) this.readOnly = input.readOnly;
      input.readOnly = !!busy || this.readOnly;
    }
    flag(host, "aria-busy", busy);
    flag(input, "aria-invalid", invalid);
    return +wake;
  }

  /** The other methods; made again only when they change, so that no button moves under a finger. */
  #offer(methods, support) {
    const offered = [...this.choices.children].map((button) => button.value).join();
    if (offered !== methods.join()) this.choices.replaceChildren();
    for (const action of methods) write(actionButton(this.choices, action), this.words.text(`way-${action}`));
    this.intro.hidden = !methods.length;
    this.support.hidden = !support;
    if (support) this.support.href = support;
  }
}

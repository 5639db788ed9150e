// The parts that a field adds around the page's input. A server may have rendered them already
// (`data-part`): then they are taken over as they stand.

let count = 0;

const set = (element, marks) => {
  for (const [name, value] of Object.entries(marks)) element.setAttribute(name, value);
};

/** Changes a text only if it is another: a live region speaks every change. */
const write = (element, text) => {
  if (element.textContent !== text) element.textContent = text;
};

/** Not by `ariaBusy` and its like: Firefox reflects those from 119 on only. */
const flag = (element, name, on) => (on ? element.setAttribute(name, "true") : element.removeAttribute(name));

/** A submit button of the page's own form, so that it would work without us too. */
const press = (place, deed) => part(place, `[value=${deed}]`, "button", { name: "todoita-action", value: deed, formnovalidate: "" });

/** What is there already, or a new one. */
export const part = (place, selector, tag, marks) => {
  const found = place.querySelector(selector);
  if (found) return found;
  const made = document.createElement(tag);
  set(made, marks);
  place.append(made);
  return made;
};

const named = (place, name, tag) => part(place, `[data-part=${name}]`, tag, { "data-part": name });

export class Parts {
  constructor(host, input, words) {
    const message = named(host, "message", "div");
    // A message stands right behind its input; what it says comes later, so that it is spoken.
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
    this.resend = press(actions, "resend");
    this.wait = named(actions, "wait", "span");
    this.ways = more.appendChild(ways);
    this.phase = part(more, "[data-part=phase]", "p", { "data-part": "phase", role: "status" });
    const help = part(ways, "summary", "summary", {});
    this.intro = named(ways, "intro", "p");
    this.choices = named(ways, "choices", "div");
    this.support = named(ways, "support", "a");
    for (const [element, key] of [[this.resend, "resend"], [help, "help"], [this.intro, "help-intro"], [this.support, "support"]]) {
      write(element, words.say(key));
    }
    if (words.lang) {
      message.lang = words.lang;
      more.lang = words.lang;
    }
    const ids = new Set((input.getAttribute("aria-describedby") ?? "").split(" "));
    for (const element of [this.sent, this.quiet, this.alert]) ids.add((element.id ||= `todoita-${++count}`));
    input.setAttribute("aria-describedby", [...ids].join(" ").trim());
    // A copy of a busy field is not busy.
    this.readOnly = input.readOnly && !host.hasAttribute("aria-busy");
  }

  /** Puts a view into the page; `own` is what only the page knows. */
  show({ said, times, ways, state, kind, tone = "", digits, have, n, resend, busy, invalid }, own) {
    const { host, input, words } = this;
    const values = { ...own, digits, have, n: +n };
    const say = (name) => (said[name] ?? []).map((key) => words.say(key, values)).join(words.joint);
    set(host, { "data-state": state, "data-kind": kind, "data-tone": tone });
    host.style.setProperty("--todoita-want", digits);
    const message = say("message");
    write(this.quiet, tone === "alert" ? "" : message);
    write(this.alert, tone === "alert" ? message : "");
    write(this.count, +have ? `${have} / ${digits}` : "");
    for (const name of ["sent", "phase"]) write(this[name], say(name));
    for (const name of ["times", "wait"]) {
      const [key, unit, left, share] = times[name] ?? [];
      write(this[name], key ? words.say(key, { span: words.say(unit, { n: +left }) }) : "");
      this[name].style.setProperty("--todoita-left", share ?? 0);
    }
    this.resend.hidden = !resend;
    flag(this.resend, "aria-disabled", times.wait);
    this.#offer(ways, own.support);
    input.readOnly = this.readOnly || !!busy;
    flag(host, "aria-busy", busy);
    flag(input, "aria-invalid", invalid);
  }

  /** The other ways in; made anew only when they change, so that none moves under a finger. */
  #offer(ways, support) {
    const made = [...this.choices.children].map((button) => button.value).join();
    if (made !== ways.map(([deed]) => deed).join()) this.choices.replaceChildren();
    for (const [deed, key] of ways) write(press(this.choices, deed), this.words.say(key));
    this.intro.hidden = !ways.length;
    this.support.hidden = !support;
    if (support) this.support.href = support;
  }
}

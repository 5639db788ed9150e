// <todoita-guide>: the tag, what the page knows, and what is pressed. Which screen follows which answer is decided
// in WebAssembly (src/guide.rs); what a screen says stands in words/*.guide.json.
import { find, screen, start } from "./guide-start.js";
import { Place } from "./guide-place.js";
import { GuideScreen } from "./guide-screen.js";
import { GuideWords } from "./guide-words.js";

/** What stands between the values that go to the guide (src/guide/page.rs); no value keeps one of its own. */
const UNIT = "\x1f";
/** The ways in that are addresses of the site's. */
const ADDRESSES = ["key", "reset", "linked"];
const PROFILES = ["generic", "instagram", "twitter"];
const MINUTE = 60_000;

/** An instant as text or milliseconds; NaN where there is none. */
const time = (value) => (typeof value === "number" ? value : Date.parse(value ?? ""));
const flag = (on) => (on ? 1 : "");

/** The phone or computer that shows the page; the code may come to another. */
const device = () => {
  const { userAgent, maxTouchPoints } = navigator;
  if (/Android/.test(userAgent)) return "android";
  return /iPhone|iPad/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1) ? "ios" : "desktop";
};

export class TodoitaGuideElement extends HTMLElement {
  #words;
  #drawn;
  #place;
  #shown;
  #leaving = false;
  #began = Date.now();
  #stop = new AbortController();

  connectedCallback() {
    this.#stop = new AbortController();
    this.#begin().catch((error) => console.error("todoita: the guide stays closed.", error));
  }

  disconnectedCallback() {
    this.#stop.abort();
    this.#drawn?.end();
  }

  /** The field has heard something new of its sign-in. A guide that is closed begins anew. */
  changed() {
    if (!this.#drawn) return;
    if (!this.#isOpen) this.#place.reset();
    this.#show();
  }

  /** The field whose guide this is, if it is not alone. */
  get #field() {
    return this.closest("todoita-code");
  }

  get #door() {
    return this.#field && this.closest("details");
  }

  get #isOpen() {
    return this.#door?.open ?? true;
  }

  /** The field's facts of the sign-in, then the markup, then the profile. */
  #fact(name) {
    const host = this.#field ?? this;
    const { guideFacts: facts } = host;
    return facts && name in facts ? facts[name] : (host.getAttribute(name) ?? this.#words?.facts[name]);
  }

  /** An address of the site's, if it is one that may be followed. */
  #link(name) {
    // Not `key`, which React and Vue keep for themselves.
    const address = this.#fact(name === "key" ? "security-key" : name);
    if (!address) return undefined;
    try {
      const { protocol } = new URL(address, document.baseURI);
      return /^(https?|mailto|tel):$/.test(protocol) ? address : undefined;
    } catch {
      return undefined;
    }
  }

  async #begin() {
    const profile = this.getAttribute("profile") ?? "generic";
    if (!PROFILES.includes(profile)) throw new Error(`there is no profile="${profile}": ${PROFILES.join(", ")}`);
    const { signal } = this.#stop;
    this.#dress();
    const [words] = await Promise.all([GuideWords.of(this, profile, this.#fact("guide-words")), start()]);
    if (signal.aborted) return;
    this.#words = words;
    this.#drawn = new GuideScreen(this, words);
    this.#shown = "";
    this.#place = new Place(this.#field?.querySelector("input:not([type=hidden])").id || this.id || "guide");
    this.addEventListener("click", ({ target }) => this.#clicked(target.closest("[data-do]")), { signal });
    this.addEventListener("keydown", (event) => this.#typed(event), { signal });
    addEventListener("popstate", () => this.#traversed(), { signal });
    this.#show({ tell: true });
    this.toggleAttribute("data-alive", true);
  }

  /** Links the guide's style sheet, unless the page has. */
  #dress() {
    const root = this.getRootNode();
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = new URL("./todoita-guide.css", import.meta.url);
    // Under its own name, or under the one that a bundler gave it.
    const is = ({ href }) => href === link.href || href.includes("todoita-guide");
    if ([...root.querySelectorAll("link[rel~=stylesheet]")].some(is)) return;
    (root.head ?? root).append(link);
  }

  #go(answers) {
    this.#place.go(answers);
    this.#show({ moved: true, tell: true });
  }

  #traversed() {
    if (!this.#place.isHere) return;
    const door = this.#door;
    if (this.#leaving) {
      this.#leaving = false;
      this.#place.reset();
    } else if (door && this.#place.depth) door.open = true;
    this.#show({ moved: this.#isOpen, tell: this.#isOpen });
  }

  /** What is left of the time until an instant of the server's, in milliseconds; NaN where nobody knows. */
  #left(name) {
    return time(this.#fact(name)) - time(this.#fact("now")) - (this.#field?.guideFacts?.elapsed ?? Date.now() - this.#began);
  }

  /** What the person has to wait for: the end of a lock, or of a long time without another code. */
  get #wait() {
    if (this.#left("retry-at") > 0) return "retry-at";
    return this.#left("resend-at") > 2 * MINUTE ? "resend-at" : undefined;
  }

  /** The ways in that the site has, as far as the page knows. */
  #ways() {
    const named = this.#fact("alternatives");
    const channel = this.#fact("channel");
    const linked = ADDRESSES.filter((name) => this.#link(name));
    if (named == null && !channel && !linked.length) return "-";
    const all = [...(named ?? "").split(/\s+/), channel, ...linked];
    return all.filter((name) => name && !(name === "backup" && this.#fact("backup") === "none")).join(" ");
  }

  #known() {
    const purpose = this.#fact("purpose");
    return [
      this.#fact("channel"),
      this.#fact("cause"),
      this.#fact("destination"),
      this.#ways(),
      flag(this.#wait),
      purpose === "registration" ? 1 : purpose === "sign-in" ? 0 : "",
      flag(this.#fact("number-kind") === "landline"),
      flag(this.#fact("resends") > 0),
      flag(this.#fact("incident") != null),
      flag(!this.#field),
      device(),
      flag(this.#fact("resend-at") == null),
    ]
      .map((value) => String(value ?? "").replaceAll(UNIT, " "))
      .join(UNIT);
  }

  /** What may be filled into a sentence of a screen that speaks of the way `about`. */
  #values(about) {
    const values = { digits: this.#fact("digits") ?? 6, backup: this.#fact("backup-digits") ?? 8 };
    for (const name of ["site", "domain", "sender", "urgent"]) values[name] = this.#fact(name);
    for (const name of ["hours", "answer"]) values[name] = this.#fact(`support-${name}`);
    values.site ??= this.#words.ui(this.#field ? "site" : "site-alone");
    const clock = (name, fact) => {
      const at = time(this.#fact(fact));
      if (at >= 0) values[name] = this.#words.clock(at);
    };
    if (this.#wait) clock("time", this.#wait);
    // Of a message only where the screen speaks of its way.
    if (about && about !== this.#fact("channel")) return values;
    const destination = this.#fact("destination");
    values.destination = destination;
    if (destination && !destination.includes("@")) values.last = destination;
    clock("sent", "sent-at");
    clock("expires", "expires-at");
    const ago = -this.#left("sent-at");
    if (ago >= MINUTE) values.minutes = Math.floor(ago / MINUTE);
    return values;
  }

  #show({ moved = false, tell = false } = {}) {
    const said = screen(this.#known(), this.#place.answers);
    const shown = { choices: [], ways: [], exits: [], flags: new Set() };
    for (const line of said.split("\n")) {
      const [name, first, ...rest] = line.split(" ");
      if (name === "choice") shown.choices.push([first, ...rest]);
      else if (name === "way") shown.ways.push(first);
      else if (name === "exit") shown.exits.push(first);
      else if (name === "flag") shown.flags.add(first);
      else if (name === "answers") shown.answers = line.slice(8);
      else shown[name] = first;
    }
    const values = this.#values(shown.about);
    // What is the same stands as it is: what was opened in it, or typed.
    const now = said + JSON.stringify(values);
    if (now !== this.#shown) {
      this.#shown = now;
      this.dataset.screen = shown.screen;
      const held = this.contains(document.activeElement);
      this.#drawn.show(shown, values, { link: (name) => this.#link(name), incident: this.#fact("incident") });
      moved ||= held;
    }
    if (moved) this.#drawn.heading.focus();
    if (tell) this.#fire("step", { screen: shown.screen });
  }

  #fire(name, detail) {
    const profile = this.getAttribute("profile") ?? "generic";
    this.dispatchEvent(new CustomEvent(`todoita-${name}`, { bubbles: true, composed: true, detail: { profile, ...detail } }));
  }

  #clicked(button) {
    if (!button || !this.contains(button) || button.getAttribute("aria-disabled")) return;
    const [what, name, act] = button.dataset.do.split(" ");
    const { answers } = this.#drawn;
    if (what === "choice") this.#chosen(name, act);
    else if (what === "way") this.#act(name, "other-way", name);
    else if (what === "start") this.#go(name);
    else if (what === "search") this.#search();
    else if (name === "code") this.#leave();
    else if (name === "menu") this.#go("entry");
    else if (name === "other" || name === "support") this.#go(`${answers} ~${name}`);
    else if (this.#place.depth) history.back();
    else this.#go(answers.replace(/ ?\S+$/, ""));
  }

  #chosen(name, act) {
    const { answers, screen: from } = this.#drawn;
    // Where a choice leads is the guide's to say.
    const next = /^screen (\S+)/m.exec(screen(this.#known(), `${answers} ${name}`))[1];
    if (act !== "-") return this.#act(act.replace("way-", ""), from, name);
    const left = next === "back-to-code";
    if (left || next === "done") this.#fire("remedy", { remedy: from, outcome: name });
    if (left && this.#field) this.#leave();
    else this.#go(`${answers} ${name}`);
  }

  /** Presses the button of the page's own form that does it. */
  #act(value, remedy, outcome) {
    const field = this.#field;
    const button = field?.querySelector(`button[name=todoita-action][value=${value}]`);
    // While an answer is on its way nothing else is asked for.
    if (!button || field.getAttribute("aria-busy")) return;
    this.#fire("remedy", { remedy, outcome });
    this.#close();
    this.#place.reset();
    this.#show();
    button.click();
  }

  /** Back to the code: the guide closes and the cursor stands in the field. */
  #leave() {
    if (!this.#field) return this.#go(`${this.#drawn.answers} ~code`);
    this.#close();
    const { depth } = this.#place;
    this.#leaving = depth > 0;
    if (depth) history.go(-depth);
    else this.#place.reset();
    this.#show();
  }

  #close() {
    const door = this.#door;
    if (door) door.open = false;
    this.#field.querySelector("input:not([type=hidden])").focus();
  }

  #typed(event) {
    if (event.key !== "Enter" || event.isComposing || event.target.type !== "search") return;
    event.preventDefault();
    this.#search();
  }

  #search() {
    const text = this.#drawn.query;
    this.#drawn.found(text.trim() ? find(this.#words.search, text).split(" ").filter(Boolean) : undefined);
  }
}

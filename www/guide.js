// <todoita-guide>: the tag, the events and the place in the browser's history. Which screen follows which
// answer is decided in WebAssembly (src/guide.rs); what a screen says stands in words/*.guide.json.
import { find, screen, start } from "./guide-start.js";
import { GuideScreen } from "./guide-screen.js";
import { GuideWords } from "./guide-words.js";

/** What stands between the values that go to the guide (src/guide/page.rs). */
const UNIT = "\x1f";
const WAYS = ["key", "reset", "linked"];
const PROFILES = ["generic", "instagram", "twitter"];

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
  #began = Date.now();
  #stop;
  /** A code was sent anew since the guide came. */
  #resent = false;

  connectedCallback() {
    this.#stop = new AbortController();
    this.#begin().catch((error) => console.error("todoita: the guide stays closed.", error));
  }

  disconnectedCallback() {
    this.#stop.abort();
  }

  /** The field whose guide this is, if it is not alone. */
  get #field() {
    return this.closest("todoita-code");
  }

  /** What the page says: the field's last answer, then the markup. */
  #fact(name) {
    const host = this.#field ?? this;
    const heard = host.heard?.[name];
    return heard === undefined ? host.getAttribute(name) : heard;
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
    this.addEventListener("click", (event) => this.#clicked(event.target.closest("[data-do]")), { signal });
    this.addEventListener("keydown", (event) => this.#typed(event), { signal });
    addEventListener("popstate", () => this.#show(), { signal });
    this.#field?.addEventListener("todoita-submit", ({ detail }) => (this.#resent ||= detail.formData.get("todoita-action") === "resend"), { signal });
    this.#show();
    this.toggleAttribute("data-alive", true);
  }

  /** Links the guide's style sheet, unless the page has. */
  #dress() {
    const root = this.getRootNode();
    if (root.querySelector('link[href*="todoita-guide"]')) return;
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = new URL("./todoita-guide.css", import.meta.url);
    (root.head ?? root).append(link);
  }

  /** The answers so far; they are kept with the page's entry in the history, and nowhere else. */
  get #answers() {
    return history.state?.todoita?.answers ?? "";
  }

  get #depth() {
    return history.state?.todoita?.depth ?? 0;
  }

  #go(answers) {
    history.pushState({ ...history.state, todoita: { answers, depth: this.#depth + 1 } }, "");
    this.#show(true);
  }

  /** Whether the site has a way in, as far as the page knows. */
  #ways() {
    const named = this.#fact("alternatives");
    const channel = this.#fact("channel");
    const linked = WAYS.filter((name) => this.#fact(name));
    if (named == null && !channel && !linked.length) return "-";
    return [...new Set([...(named ?? "").split(/\s+/), channel, ...linked])].filter(Boolean).join(" ");
  }

  #known() {
    const destination = this.#fact("destination");
    const purpose = this.#fact("purpose");
    return [
      this.#fact("channel"),
      this.#fact("cause"),
      destination,
      this.#ways(),
      flag(time(this.#fact("retry-at")) >= 0),
      purpose === "registration" ? 1 : purpose === "sign-in" ? 0 : "",
      flag(this.#fact("number-kind") === "landline"),
      flag(this.#resent || +this.#fact("resends") > 0),
      flag(this.#fact("incident") != null),
      flag(!this.#field),
      device(),
    ]
      .map((value) => value ?? "")
      .join(UNIT);
  }

  /** What may be filled into a sentence. */
  #values() {
    const values = {};
    for (const name of ["site", "domain", "sender", "hours", "answer", "urgent"]) {
      values[name] = this.#fact(name === "hours" || name === "answer" ? `support-${name}` : name);
    }
    values.site ??= this.#words.ui(this.#field ? "site" : "site-alone");
    values.domain ??= this.#field && location.hostname;
    const now = time(this.#fact("now"));
    const sent = time(this.#fact("sent-at"));
    if (sent <= now) values.minutes = Math.floor((now - sent + Date.now() - this.#began) / 60000);
    for (const [name, fact] of [["sent", "sent-at"], ["expires", "expires-at"], ["time", "retry-at"]]) {
      const at = time(this.#fact(fact));
      if (at >= 0) values[name] = this.#words.clock(at);
    }
    const destination = this.#fact("destination");
    values.destination = destination;
    if (destination && !destination.includes("@")) values.last = destination;
    values.digits = this.#fact("digits") ?? 6;
    values.backup = this.#fact("backup-digits") ?? 8;
    return values;
  }

  #show(moved = false) {
    const shown = { choices: [], ways: [], exits: [], flags: new Set() };
    for (const line of screen(this.#known(), this.#answers).split("\n")) {
      const [name, first, ...rest] = line.split(" ");
      if (name === "choice") shown.choices.push([first, ...rest]);
      else if (name === "way") shown.ways.push(first);
      else if (name === "exit") shown.exits.push(first);
      else if (name === "flag") shown.flags.add(first);
      else if (name === "answers") shown.answers = line.slice(8);
      else shown[name] = first;
    }
    this.dataset.screen = shown.screen;
    this.#drawn.show(shown, this.#values(), (name) => this.#fact(name));
    if (moved) this.#drawn.heading.focus();
    this.#fire("step", { screen: shown.screen });
  }

  #fire(name, detail) {
    const profile = this.getAttribute("profile") ?? "generic";
    this.dispatchEvent(new CustomEvent(`todoita-${name}`, { bubbles: true, composed: true, detail: { profile, ...detail } }));
  }

  #clicked(button) {
    if (!button || button.getAttribute("aria-disabled")) return;
    const [what, name, act] = button.dataset.do.split(" ");
    if (what === "choice") this.#chosen(name, act);
    else if (what === "way") this.#act(`way-${name}`);
    else if (what === "start") this.#go(name);
    else if (what === "search") this.#search();
    else if (name === "code") this.#leave();
    else if (name === "menu") this.#go("entry");
    else if (name === "other" || name === "support") this.#go(`${this.#drawn.answers} ~${name}`);
    else if (this.#depth) history.back();
    else this.#go(this.#drawn.answers.replace(/ ?\S+$/, ""));
  }

  #chosen(name, act) {
    const { answers, screen: from } = this.#drawn;
    // Where a choice leads is the guide's to say; whether it left the guide shows on the screen it gives.
    const next = screen(this.#known(), `${answers} ${name}`).match(/^screen (\S+)/m)[1];
    const left = next === "back-to-code";
    if (left || next === "done") this.#fire("remedy", { remedy: from, outcome: name });
    if (left && this.#field) {
      this.#leave();
      if (act !== "-") this.#act(act);
    } else this.#go(`${answers} ${name}`);
  }

  /** Presses the button of the page's own form that does it. */
  #act(act) {
    const value = act === "resend" ? act : act.replace("way-", "");
    const field = this.#field;
    const button = field?.querySelector(`button[name=todoita-action][value=${value}]`);
    if (!button) return;
    if (act !== "resend") this.#fire("remedy", { remedy: "other-way", outcome: value });
    this.#leave();
    button.click();
  }

  /** Back to the code: the guide closes and the cursor stands in the field. */
  #leave() {
    const field = this.#field;
    if (!field) return this.#go(`${this.#drawn.answers} ~code`);
    this.closest("details").open = false;
    if (this.#depth) history.pushState({ ...history.state, todoita: undefined }, "");
    field.querySelector("input:not([type=hidden])").focus();
    this.#show();
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

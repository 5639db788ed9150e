// The answer to a request of the code step, as a server sends it: JSON (docs/answers.md), attributes of <todoita-code>, or
// a Response.

const TIMES = ["now", "sentAt", "expiresAt", "resendAt", "retryAt"];
const MEMBERS = ["now", "channel", "destination", "sentAt", "expiresAt", "resendAt", "attemptsLeft", "retryAt", "open"];
const ATTRIBUTES = [
  "cause", "sent", "channel", "destination", "alternatives", "now", "sentAt", "expiresAt", "resendAt", "retryAt", "attemptsLeft",
  "resends",
];
const STATUS = { wrong: 422, expired: 422, used: 422, limited: 429, locked: 429 };
const TITLES = { 400: "Bad Request", 422: "Unprocessable Entity", 429: "Too Many Requests" };
const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

const rfc3339 = (time) => new Date(time).toISOString();
const hyphenated = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Whether a request's `Accept` asks for the answers of docs/answers.md. */
const wantsJson = (accept) => /\bapplication\/(problem\+)?json\b/.test(accept ?? "");

/** An answer: accepted, refused for a `cause`, or sent; otherwise the state of the sign-in. */
export class Answer {
  /** @param given `accepted` and `session`, or `facts`, which have the `cause` of a refusal; `sent`: another code was sent */
  constructor({ account, accepted = false, session, facts = {}, sent = false }) {
    this.account = account;
    this.accepted = accepted;
    this.session = session;
    this.facts = facts;
    this.cause = accepted ? undefined : facts.cause;
    this.sent = sent;
  }

  /** The status of the answer; 303 is that of an accepted post that gets no JSON. */
  get status() {
    if (!this.cause) return 200;
    return STATUS[this.cause] ?? 400;
  }

  /** The body of the answer in JSON. */
  json({ location } = {}) {
    if (this.accepted) return { status: "accepted", ...(location && { location }) };
    const members = Object.fromEntries(MEMBERS.flatMap((name) => (this.facts[name] === undefined ? [] : [[name, this.#text(name)]])));
    if (!this.cause) return { status: "sent", ...members };
    const where = this.cause === "ended" && location ? { location } : {};
    return { type: "about:blank", title: TITLES[this.status], status: this.status, cause: this.cause, ...members, ...where };
  }

  /** The attributes of <todoita-code> for a page, by name: text, or true for one that is present. */
  attributes() {
    const facts = { ...this.facts, sent: this.sent && !this.cause };
    return Object.fromEntries(
      ATTRIBUTES.flatMap((name) => {
        const value = facts[name];
        if (value === undefined || value === false || value.length === 0) return [];
        return [[hyphenated(name), value === true || String(Array.isArray(value) ? value.join(" ") : this.#text(name))]];
      }),
    );
  }

  /** The same as the text of a start tag: ` cause="wrong" now="…"`, each with a space before it. */
  html() {
    const escaped = (text) => text.replace(/[&<>"]/g, (character) => ESCAPES[character]);
    return Object.entries(this.attributes())
      .map(([name, value]) => (value === true ? ` ${name}` : ` ${name}="${escaped(value)}"`))
      .join("");
  }

  /**
   * Status, headers and body for a request with this `accept`: JSON where it is asked for, else a redirect to `location`
   * after an accepted code, to `start` after the end of the sign-in, and otherwise the page that `page(answer)` gives.
   */
  reply({ accept, location, start, page }) {
    const headers = { "cache-control": "no-store", vary: "Accept" };
    if (this.cause === "limited" || this.cause === "locked") {
      const until = this.facts.retryAt ?? this.facts.resendAt;
      if (until) headers["retry-after"] = String(Math.max(1, Math.ceil((until - this.facts.now) / 1000)));
    }
    if (wantsJson(accept) || !page) {
      headers["content-type"] = this.cause ? "application/problem+json" : "application/json";
      return { status: this.status, headers, body: JSON.stringify(this.json({ location: this.accepted ? location : start })) };
    }
    const elsewhere = this.accepted ? location : this.cause === "ended" && start;
    if (elsewhere) return { status: 303, headers: { ...headers, location: elsewhere }, body: "" };
    headers["content-type"] = "text/html; charset=utf-8";
    return { status: this.status, headers, body: page(this) };
  }

  /** The same as a `Response`. */
  response(options) {
    const { status, headers, body } = this.reply(options);
    return new Response(body, { status, headers });
  }

  #text(name) {
    const value = this.facts[name];
    return TIMES.includes(name) ? rfc3339(value) : value;
  }
}

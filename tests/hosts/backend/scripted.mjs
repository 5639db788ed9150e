// A code step for the tests of the frameworks, whose outcome the posted code decides.

const IN_TIME = "482913";
const TOO_LATE = "333333";
const minutes = (n) => new Date(Date.now() + n * 60_000).toISOString();

export class ScriptedStep {
  /** The facts that a page states: the members of an answer (docs/answers.md). */
  facts = { channel: "sms", destination: "5678", now: minutes(0), expiresAt: minutes(10), resendAt: minutes(0) };
  /** The posts, oldest first: the code, or the action of a button. */
  posted = [];

  /** Takes the fields of a form; gives whether the person is in. Otherwise `facts` have the reason. */
  post({ code, "todoita-action": action }) {
    this.posted.push(action ?? code);
    const { cause, sent, ...known } = this.facts;
    if (action) this.facts = { ...known, now: minutes(0), expiresAt: minutes(10), resendAt: minutes(1), sent: true };
    // Without the number of attempts: the same cause twice differs by `now` alone.
    else this.facts = { ...known, now: minutes(0), cause: code === TOO_LATE ? "expired" : "wrong" };
    return !action && code === IN_TIME;
  }

  /** The facts as attributes of the element. */
  get attributes() {
    const named = Object.entries(this.facts).map(([name, value]) => [name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`), value]);
    return named.map(([name, value]) => (value === true ? name : `${name}="${value}"`)).join(" ");
  }

  /** The status, type and body of the answer in JSON after a post. */
  json(accepted) {
    if (accepted) return [200, "application/json", { status: "accepted", location: "/in" }];
    if (this.facts.cause) return [422, "application/problem+json", this.facts];
    return [200, "application/json", { status: "sent", ...this.facts }];
  }
}

// A code step with a store in memory, for its tests (tests/package/code-step*.test.mjs).

import assert from "node:assert/strict";
import * as server from "../../www/code-step/index.js";
import * as todoita from "../../www/node.js";

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const KEY = new Uint8Array(32).fill(7);

/** A code step whose clock does not run, with the messages that it sent and its alarms. */
export class Scene {
  now = Date.UTC(2026, 10, 22, 10, 30);
  sent = [];
  alarms = [];
  store = server.memoryStore();
  contacts = { hana: { sms: "+819012345678", email: "hana@example.com" } };
  step = this.stepOf();

  stepOf(options) {
    return server.createCodeStep({
      key: KEY, store: this.store, send: (message) => void this.sent.push(message), destinations: (account) => this.contacts[account] ?? {},
      clock: () => this.now, host: "login.example", alarm: (alarm) => void this.alarms.push(alarm), ...options,
    });
  }

  async begin(options, account = "hana") {
    const { signIn } = await this.step.begin(account, options);
    return signIn;
  }

  post(signIn, code, attempt) {
    return this.step.post(signIn, { code, ...(attempt && { "todoita-attempt": attempt }) });
  }

  /** Enrols an authenticator; gives its secret. */
  async enrolled(account = "hana") {
    const { enrolment, typed } = await this.step.enrol(account, { issuer: "Example" });
    const answer = await this.step.confirm(account, enrolment, todoita.totp(typed, this.now));
    assert.ok(answer.accepted);
    return typed;
  }
}

/** Another code. */
export const other = (code, by = 1) => String((Number(code) + by) % 1_000_000).padStart(6, "0");
export const causeOf = async (answer) => (await answer).cause ?? "accepted";

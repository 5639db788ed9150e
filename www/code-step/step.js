// The code step of a sign-in: count, commit, verify, accept; and the codes that are sent. The order is that of the login
// service (SECURITY.md; login/src/code_step.rs): a code is counted as a failure and that is committed, and only then is it
// compared.
import { range } from "../arguments.js";
import { alarmsOf } from "./alarms.js";
import { Answer } from "./answer.js";
import { authenticatorOf } from "./authenticator.js";
import { factsOf, methodsOf, openOf } from "./facts.js";
import { digitsOf, readForm } from "./form.js";
import { Keys, newAttempt, newCode } from "./keys.js";
import { accountOf, beginOptions, destinationsOf, networkOption, stepOptions } from "./options.js";
import { policyOf } from "./policy.js";
import { accountRecord, newSignIn, readAccount, readSignIn, writeAccount, writeSignIn, writeTimes } from "./records.js";
import { count, verify } from "./rules.js";
import { SENT, countersOf, fullOf, roomFrom, timesOf, windowsOf } from "./sends.js";

/** Digits of a code. */
const DIGITS = 6;

/**
 * The code step of a login.
 * @see index.d.ts
 */
export function createCodeStep(options) {
  const { key, store, send, destinations, limits, wall, host, field, alarm } = stepOptions(options);
  const keys = new Keys(key);
  const policy = policyOf(limits);
  const report = alarmsOf(alarm);
  const destinationsFor = async (account) => destinationsOf(await destinations(account));

  /** A sign-in by the name and the hashes of its token, with its account's destinations and the windows of their codes. */
  async function pendingOf(named, { account, known, channel }, to, network) {
    const windows = await windowsOf(policy, keys, { account, known, network, to });
    return { ...named, account, known, channel, to, windows, counters: countersOf(windows) };
  }

  /** The sign-in of a cookie's value, as `pendingOf` gives it; undefined where there is none. */
  async function find(token, network) {
    const named = await keys.ofToken("sign-in", token);
    const [text] = named ? await store.read([named.record]) : [];
    const signIn = readSignIn(text, wall());
    return signIn && pendingOf(named, signIn, await destinationsFor(signIn.account), network);
  }

  /** Changes the records of an account and of a sign-in in one transaction; `change` gives its result. */
  const update = (pending, change) =>
    store.update([accountRecord(pending.account), pending.record], (texts) => {
      const at = wall();
      const signIn = readSignIn(texts[1], at);
      if (!signIn) return { values: [], result: undefined };
      const account = readAccount(texts[0], signIn.seen);
      const result = change({ account, signIn, record: pending.record }, signIn.seen, at);
      return { values: [writeAccount(account, signIn.seen), writeSignIn(signIn)], result };
    });

  const ended = () => new Answer({ facts: { now: wall(), cause: "ended" } });
  const refused = (pending, facts, cause) => new Answer({ account: pending.account, facts: { ...facts, cause: facts.cause ?? cause } });

  async function status(pending) {
    if (!pending) return ended();
    const { account, record, to, windows, counters } = pending;
    const [accountText, text, ...texts] = await store.read([accountRecord(account), record, ...counters]);
    const signIn = readSignIn(text, wall());
    // After an acceptance a page has nothing to ask for; the same post still has the same outcome.
    if (!signIn || signIn.accepted) return ended();
    const records = { account: readAccount(accountText, signIn.seen), signIn, windows, times: timesOf(counters, texts) };
    return new Answer({ account, facts: factsOf(policy, records, to, signIn.seen) });
  }

  /** The facts after a transaction on the records of a sign-in. The counters of sends, which it did not need, are read apart. */
  async function factsAfter({ to, windows, counters }, { account, signIn, now }) {
    const texts = counters.length ? await store.read(counters) : [];
    return factsOf(policy, { account, signIn, windows, times: timesOf(counters, texts) }, to, now);
  }

  async function submit(pending, { text, attempt = newAttempt() }) {
    const { account: name, to } = pending;
    const digits = digitsOf(text, DIGITS, host);
    // No code, so no guess: nothing is counted.
    if (digits === undefined) return refused(pending, (await status(pending)).facts, "wrong");
    const typed = { digits, digest: await pending.hash("typed", digits), submission: await pending.hash("typed", digits, attempt), hashes: {} };
    for (const channel of SENT) typed.hashes[channel] = to[channel] ? await pending.hash("sent", to[channel], digits) : "";

    const counted = await update(pending, ({ account, signIn, record }, now) => {
      const { secret: sealed, changes } = account;
      // A repetition is counted already, and after an acceptance there is nothing to guess.
      if (signIn.submissions[typed.submission] || signIn.accepted) return { sealed, changes };
      const closed = count(policy, account, { known: signIn.known, signIn: record }, now);
      if (!closed) signIn.submissions[typed.submission] = "counted";
      return { sealed, changes, cause: closed?.cause, account, signIn, now };
    });
    if (!counted) return ended();
    if (counted.cause) return refused(pending, await factsAfter(pending, counted), counted.cause);

    typed.changes = counted.changes;
    Object.assign(typed, await opened(counted.sealed, name));
    const verdict = await update(pending, (records, now, at) => {
      const outcome = verify(policy, records, typed, now, at);
      return { ...records, outcome, now };
    });
    typed.secret?.fill(0);
    if (!verdict) return ended();
    if (verdict.outcome !== "accepted") return refused(pending, await factsAfter(pending, verdict), verdict.outcome);
    // The same for the same submission: a lost answer begins no second session.
    const session = await pending.hash("session", attempt);
    return new Answer({ account: name, accepted: true, session, facts: { now: verdict.now } });
  }

  /** The secret of an account's authenticator, and the same sealed under the first key where another one sealed it. */
  async function opened(sealed, account) {
    if (!sealed) return {};
    const secret = await keys.open(sealed, account);
    if (!secret) await report({ reason: "unopened-secret", account }, wall());
    return { secret, resealed: secret && !(await keys.isCurrent(sealed)) ? await keys.seal(secret, account) : undefined };
  }

  async function request(pending, action) {
    const { account: name, to, windows, counters } = pending;
    const channel = action === "resend" ? pending.channel : action;
    const destination = SENT.includes(channel) ? to[channel] : "";
    const code = newCode(DIGITS);
    const hash = destination && (await pending.hash("sent", destination, code));

    const done = await store.update([accountRecord(name), pending.record, ...counters], (texts) => {
      const signIn = readSignIn(texts[1], wall());
      if (!signIn) return { values: [], result: undefined };
      const now = signIn.seen;
      const account = readAccount(texts[0], now);
      const records = { account, signIn, windows, times: timesOf(counters, texts.slice(2)) };
      const facts = () => factsOf(policy, records, to, now);
      const refuse = (cause, more) => ({ values: [], result: { cause, facts: facts(), ...more } });
      if (signIn.accepted) return { values: [], result: { cause: "ended", facts: { now } } };
      const methods = methodsOf(account, to);
      if (action === "code") signIn.channel = signIn.codes.at(-1)?.channel ?? methods[0] ?? signIn.channel;
      else if (!methods.includes(channel) || (action === "resend" && !destination)) return refuse("unknown");
      const { cause } = facts();
      if (cause) return refuse(cause);
      if (!destination || action === "code") {
        if (action !== "code") signIn.channel = channel;
        return { values: [undefined, writeSignIn(signIn)], result: { facts: facts() } };
      }
      const full = fullOf(policy, records, channel, now);
      if (full.length) {
        const open = openOf(policy, records, to, now);
        const alternatives = open.filter((method) => method !== signIn.channel);
        return refuse("limited", { facts: { ...facts(), resendAt: roomFrom(full), open, alternatives }, full });
      }
      signIn.channel = channel;
      signIn.codes.push({ channel, hash, at: now, consumed: false, expired: false });
      const counting = new Set(windows.get(channel).map(({ names }) => names[0]));
      for (const counter of counting) records.times.get(counter).push(now);
      const within = policy.get("sendsWithin");
      const times = counters.map((counter) => (counting.has(counter) ? writeTimes(records.times.get(counter), within, now) : undefined));
      return { values: [undefined, writeSignIn(signIn), ...times], result: { sent: true, facts: facts() } };
    });
    if (!done) return ended();
    const paid = done.full?.find(({ kind }) => kind === "paid");
    if (paid) await report({ reason: "paid-limit", until: paid.until }, done.facts.now);
    if (done.cause) return refused(pending, { ...done.facts, cause: done.cause });
    if (done.sent) {
      const minutes = Math.max(1, Math.floor(policy.get("codeLife") / 60_000));
      await send({ account: name, channel, destination, code, minutes, boundLine: host ? `@${host} #${code}` : undefined });
    }
    return new Answer({ account: name, facts: done.facts, sent: done.sent });
  }

  async function begin(account, options) {
    const { channel, known, network } = beginOptions(options);
    const [text] = await store.read([accountRecord(accountOf(account))]);
    const to = await destinationsFor(account);
    const methods = methodsOf(readAccount(text, wall()), to);
    const first = methods.includes(channel) ? channel : methods[0];
    if (!first) throw range("account", "has neither a destination nor an authenticator");
    const signIn = newSignIn({ account, channel: first, known, now: wall() });
    const pending = await pendingOf(await keys.newToken("sign-in"), signIn, to, network);
    await store.update([pending.record], () => ({ values: [writeSignIn(signIn)] }));
    const answer = SENT.includes(first) ? await request(pending, first) : await status(pending);
    // The page need not say that the first code is another one.
    return { signIn: pending.token, answer: new Answer({ account, facts: answer.facts }) };
  }

  return {
    begin,
    status: async (token, options) => status(await find(token, networkOption(options))),
    async post(token, fields, options) {
      const form = readForm(fields, field);
      const pending = await find(token, networkOption(options));
      if (!pending) return ended();
      return form.action === undefined ? submit(pending, form) : request(pending, form.action);
    },
    ...authenticatorOf({ keys, policy, store, wall, digits: DIGITS, host }),
    sweep: () => store.sweep(wall()),
  };
}

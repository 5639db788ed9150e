// The records of a code step: four kinds, as JSON. A store (memory-store.js, sqlite-store.js, postgres-store.js)
// knows their names and when they may be deleted, and nothing else.
import { MONTH } from "./policy.js";

/** How long a person may take from the password to the code: longer than a lock. */
export const SIGN_IN_LIFE = 3 * 3_600_000;
/** How long a proposed secret may be confirmed. */
const PROPOSAL_LIFE = 10 * 60_000;

/** The name of an account's record. */
export const accountRecord = (account) => `account:${account}`;

/**
 * An account's record: its failures of the last 30 days, and its authenticator.
 * `failures`: when, in a known place or not, and in which sign-in; oldest first. `changes`: how often the authenticator was
 * enrolled, replaced or removed.
 */
export function readAccount(text, now) {
  const account = text === undefined ? { failures: [], secret: null, lastStep: null, changes: 0 } : JSON.parse(text);
  account.failures = account.failures.filter(({ at }) => now - at < MONTH);
  return account;
}

export function writeAccount(account, now) {
  return { text: JSON.stringify(account), expiresAt: account.secret ? null : now + MONTH };
}

/** A new sign-in's record. `seen` is the latest time at which it was used: a clock that is put back prolongs nothing. */
export const newSignIn = ({ account, channel, known, now }) => ({
  account, channel, known, begun: now, seen: now, codes: [], submissions: {}, accepted: null,
});

/** A sign-in's record, or undefined where there is none or its time is over. */
export function readSignIn(text, now) {
  if (text === undefined) return undefined;
  const signIn = JSON.parse(text);
  signIn.seen = Math.max(signIn.seen, now);
  return signIn.seen - signIn.begun < SIGN_IN_LIFE ? signIn : undefined;
}

export function writeSignIn(signIn) {
  return { text: JSON.stringify(signIn), expiresAt: signIn.begun + SIGN_IN_LIFE };
}

/** A proposed secret's record. `changes` are those of the account when it was proposed: a change to another secret makes it void. */
export function writeProposal({ account, secret, changes, now }) {
  return { text: JSON.stringify({ account, secret, changes, at: now }), expiresAt: now + PROPOSAL_LIFE };
}

/**
 * The secret that was proposed for an account, sealed, and whether the last change made it the account's; undefined where it
 * counts for nothing any more.
 * @param record of the account
 */
export function readProposal(text, account, record, now) {
  if (text === undefined) return undefined;
  const { secret, changes, ...proposal } = JSON.parse(text);
  if (proposal.account !== account || now - proposal.at >= PROPOSAL_LIFE) return undefined;
  const isConfirmed = changes + 1 === record.changes && secret === record.secret;
  return isConfirmed || changes === record.changes ? { secret, isConfirmed } : undefined;
}

/** The times at which a counter counted, oldest first. */
export const readTimes = (text) => (text === undefined ? [] : JSON.parse(text));

export function writeTimes(times, within, now) {
  const recent = times.filter((at) => now - at < within);
  return { text: JSON.stringify(recent), expiresAt: now + within };
}

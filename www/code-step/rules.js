// The rules for a code that was typed, over the records of an account and of a sign-in: count, verify. Each is one change of a
// store's transaction; it waits for nothing, and so it may be run again.
import { verifyTotp } from "#functions";

import { equal } from "./keys.js";
import { codeStatus, throttle } from "./policy.js";

/**
 * Counts a code as a failure before it is compared, and commits: guesses at the same instant never exceed the limits, and a
 * crash costs one attempt. Gives the refusal `{ cause, until }` where the limits allow no code; nothing is counted then.
 */
export function count(policy, account, { known, signIn }, now) {
  const { cause, until } = throttle(policy, account, known, now);
  if (cause) return { cause, until };
  account.failures.push({ at: now, known, signIn });
  return undefined;
}

/** Deletes the failures of one sign-in after its success. Those of others stay: it makes no room for their guesses. */
export function takeBack(account, signIn) {
  account.failures = account.failures.filter((failure) => failure.signIn !== signIn);
}

/**
 * Verifies a counted code: `accepted`, or the cause of its refusal. The same submission has the same outcome again.
 * @param records the `account`, the `signIn`, and the name of the sign-in's `record`
 * @param typed `digits`, `digest` (their hash in this sign-in), `submission` (with that of the idempotency key), `hashes`
 *   (by channel, bound to the present destination), and of the authenticator: `changes` (the account's when it was read), `secret`
 *   (undefined where it does not open), `resealed` (sealed under the first key, where it is not yet)
 */
export function verify(policy, { account, signIn, record }, typed, now, wall) {
  const earlier = signIn.submissions[typed.submission];
  if (earlier && earlier !== "counted") return earlier;
  if (signIn.accepted) {
    // The sign-in is over. Only the code that it accepted is recognised.
    return equal(signIn.accepted, typed.digest) ? "used" : "wrong";
  }
  const outcome = compare(policy, account, signIn, typed, now, wall);
  // Not the person's: the same submission is verified again.
  if (outcome !== "unknown") signIn.submissions[typed.submission] = outcome;
  if (outcome === "accepted") {
    signIn.accepted = typed.digest;
    takeBack(account, record);
    if (typed.resealed && typed.changes === account.changes) account.secret = typed.resealed;
  }
  return outcome;
}

/** Compares with every code that could be it, and consumes the one that is. */
function compare(policy, account, signIn, typed, now, wall) {
  let found = -1;
  // All are compared, and the newest that matches counts.
  signIn.codes.forEach(({ channel, hash }, index) => {
    if (equal(hash, typed.hashes[channel])) found = index;
  });
  // A secret that was replaced since it was read is not the account's any more.
  const current = typed.secret && account.secret && typed.changes === account.changes;
  const verdict = current ? verifyTotp(typed.secret, typed.digits, wall, { lastStep: account.lastStep }) : { ok: false };
  if (found >= 0) {
    const status = codeStatus(policy, signIn, found, now);
    if (status === "live") {
      signIn.codes[found].consumed = true;
      return "accepted";
    }
    if (status === "expired") signIn.codes[found].expired = true;
    if (!verdict.ok) return status;
  }
  // `used` would reveal to somebody else that the code was right: a step that was consumed before is wrong.
  if (!verdict.ok) return account.secret && !typed.secret && signIn.channel === "app" ? "unknown" : "wrong";
  account.lastStep = verdict.step;
  return "accepted";
}

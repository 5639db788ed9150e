// The code step of a sign-in with an authenticator's codes, for any server: what has to happen, and in which order.
import { createHmac, randomBytes } from "node:crypto";
import { keyUri, newSecret, readCode, readKeyUri, verifyTotp } from "todoita/node";

/** A person who has given a password and owes a code. Keep it with your pending sign-in. */
export const begin = (account) => ({ account, key: randomBytes(32), outcomes: new Map() });

/** Enrolment: shows a new secret, once. It counts when `confirm` says so. Log neither. */
export async function enrol(store, account) {
  const secret = newSecret();
  await store.offer(account, secret); // encrypted, please
  const uri = keyUri({ secret, issuer: "Example", account });
  return { uri, typed: readKeyUri(uri).secret };
}

/** The first code of a new secret. Its step is stored too, or it would be good for the first sign-in as well. */
export async function confirm(store, account, given, now = new Date()) {
  const secret = await store.offered(account);
  const verdict = secret ? verifyTotp(secret, read(given), now) : { ok: false };
  return verdict.ok && (await store.enrolled(account, verdict.step));
}

/** Checks a posted code: `{ accepted: true }`, or why not. The same attempt has the same outcome again. */
export async function check(store, { account, key, outcomes }, given, attempt, now = new Date()) {
  const digits = read(given);
  if (typeof attempt !== "string" || !/^[0-9a-f]{32}$/.test(attempt)) return { ...(await judge(store, account, digits, now)), now };
  // A code is kept as a keyed digest, together with the key of its attempt.
  const digest = createHmac("sha256", key).update(`${attempt} ${digits}`).digest("base64");
  if (!outcomes.has(digest)) {
    const outcome = judge(store, account, digits, now);
    // Kept before it is known: the same attempt twice at one instant is one, too.
    outcomes.set(digest, outcome);
    const forget = () => outcomes.delete(digest);
    outcome.then(({ cause }) => cause === "locked" && forget(), forget);
  }
  return { ...(await outcomes.get(digest)), now };
}

async function judge(store, account, digits, now) {
  // Counted and committed before anything is compared: guesses at the same instant are counted, too.
  const { attemptsLeft, retryAt } = await store.countFailure(account, now);
  if (attemptsLeft < 0) return { cause: "locked", retryAt };

  const { secret, lastStep } = await store.secretOf(account);
  const verdict = verifyTotp(secret, digits, now, { lastStep });
  // Of two attempts at the same instant both get here; the one that stores the step gets in.
  if (verdict.ok && (await store.accept(account, verdict.step))) return { accepted: true };
  // `used` would reveal that the code was right, so the cause is `wrong`.
  return attemptsLeft ? { cause: "wrong", attemptsLeft } : { cause: "locked", retryAt };
}

/** The digits of the posted text; a text without a code is wrong like any other. */
function read(given) {
  if (typeof given !== "string" || given.length > 10_000) return "";
  const { kind, digits } = readCode(given);
  return kind === "code" ? digits : "";
}

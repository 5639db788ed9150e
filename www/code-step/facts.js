// The facts of a sign-in that its person may know. Times are milliseconds since 1970.
import { throttle } from "./policy.js";
import { SENT, fullOf, roomFrom } from "./sends.js";

/** The methods of an account with these destinations. */
export const methodsOf = (account, to) => [...SENT.filter((channel) => to[channel]), ...(account.secret ? ["app"] : [])];

/** Those of them that work now: no limit keeps a code from being sent. */
export const openOf = (policy, records, to, now) =>
  methodsOf(records.account, to).filter((method) => !SENT.includes(method) || !fullOf(policy, records, method, now).length);

/**
 * The facts of a sign-in.
 * @param records `account`, `signIn`, and the `windows` of the codes that are sent with the `times` of their counters
 * @param to the destinations
 */
export function factsOf(policy, records, to, now) {
  const { account, signIn } = records;
  const { channel } = signIn;
  const { cause, until, attemptsLeft } = throttle(policy, account, signIn.known, now);
  const facts = { now, channel, attemptsLeft, alternatives: methodsOf(account, to).filter((method) => method !== channel) };
  if (cause) facts.retryAt = until;
  if (cause === "locked") facts.cause = cause;
  if (signIn.codes.length > 1) facts.resends = signIn.codes.length - 1;
  if (!SENT.includes(channel)) return facts;
  const newest = signIn.codes.findLast((code) => code.channel === channel);
  const next = roomFrom(fullOf(policy, records, channel, now));
  // Where no code could be sent, the page does not claim that one was.
  if (!newest) return { ...facts, channel: undefined, resendAt: next ?? now };
  return {
    ...facts,
    destination: masked(channel, to[channel]),
    sentAt: newest.at,
    expiresAt: newest.at + policy.get("codeLife"),
    resendAt: next ?? newest.at + policy.get("resendAfter"),
  };
}

/** As much of a destination as its owner needs to recognise it. */
export function masked(channel, destination) {
  const at = destination.lastIndexOf("@");
  if (channel === "email" && at >= 0) return `${[...destination.slice(0, at)][0] ?? ""}•••${destination.slice(at)}`;
  return destination.replace(/\D/g, "").slice(-4);
}

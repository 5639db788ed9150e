// The limits of a code step. Their defaults and what follows from them are in WebAssembly (src/policy.rs).
import "#functions";

import { range, text, type } from "../arguments.js";
import { Policy } from "../dist/functions/functions.js";

const LARGEST = 2 ** 32 - 1;
/** The longest text of an address, with the name of a zone. */
const LONGEST_ADDRESS = 64;

/** How long a failure counts, in milliseconds: 30 days (src/policy/limits.rs). */
export const MONTH = Policy.month();
/** Limits that are of no use beyond it: older failures are forgotten. */
const OVER_FAILURES = ["failuresWithin", "lock"];

/**
 * The policy with these limits in place of the defaults.
 * @throws {TypeError} for an unknown limit, or one that is no number; {RangeError} for one outside its range
 */
export function policyOf(limits = {}) {
  if (typeof limits !== "object" || limits === null) throw type("limits", "an object", limits);
  const policy = new Policy();
  for (const [name, value] of Object.entries(limits)) {
    if (typeof value !== "number") throw new TypeError(`limits: ${JSON.stringify(name)} must be a number`);
    const most = OVER_FAILURES.includes(name) ? MONTH : LARGEST;
    if (!Number.isInteger(value) || value < 0 || value > most) {
      throw new RangeError(`limits: ${JSON.stringify(name)} must be a whole number from 0 to ${most}`);
    }
    if (!policy.set(name, value)) throw new TypeError(`limits: must have no ${JSON.stringify(name)}`);
  }
  return policy;
}

/**
 * The network of an address, by which sends are counted: `{ address, range }` (`Network` in src/network.rs).
 * @throws {TypeError} for anything but a text, {RangeError} for a text that is no address
 */
export function networkOf(address) {
  const network = Policy.network(text("address", address, LONGEST_ADDRESS));
  if (!network) throw range("address", "must be an address of IPv4 or IPv6, without a port");
  return network;
}

/** Whether a code of an account is compared now: `{ cause, until, attemptsLeft }`. */
export function throttle(policy, { failures }, known, now) {
  return policy.throttle(
    Float64Array.from(failures, ({ at }) => at),
    Uint8Array.from(failures, (failure) => (failure.known ? 1 : 0)),
    known,
    now,
  );
}

/** The status of the code at `index` of a sign-in's: `live`, `expired` or `used`. */
export function codeStatus(policy, { codes }, index, now) {
  return policy.codeStatus(
    // A code that was refused as expired is as old as can be.
    Float64Array.from(codes, ({ at, expired }) => (expired ? 0 : at)),
    Uint8Array.from(codes, ({ consumed }) => (consumed ? 1 : 0)),
    index,
    now,
  );
}

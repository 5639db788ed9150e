// The posted fields of the code step, whatever a framework makes of a body.
import { readCode } from "#functions";

/** The longest text that is read: no message is longer. */
const LONGEST = 10_000;
/** The longest idempotency key. */
const LONGEST_KEY = 64;

/** A field's one value; undefined where it is missing, is no text, or is there twice. */
function one(fields, name) {
  if (typeof fields?.getAll === "function") {
    const values = fields.getAll(name);
    return values.length === 1 && typeof values[0] === "string" ? values[0] : undefined;
  }
  const value = typeof fields === "object" && fields !== null && Object.hasOwn(fields, name) ? fields[name] : undefined;
  return typeof value === "string" ? value : undefined;
}

/** Text, idempotency key and action of a post. */
export function readForm(fields, name) {
  const attempt = one(fields, "todoita-attempt");
  return {
    text: one(fields, name) ?? "",
    attempt: attempt && attempt.length <= LONGEST_KEY ? attempt : undefined,
    action: one(fields, "todoita-action"),
  };
}

/** The digits of a text, or undefined where no code is read in it. */
export function digitsOf(text, digits, host) {
  if (typeof text !== "string" || text.length > LONGEST) return undefined;
  const reading = readCode(text, { digits, backup: "none", host });
  return reading.kind === "code" ? reading.digits : undefined;
}

// Checks of arguments and options. An invalid one is a TypeError (of another type) or a RangeError (outside its range) that begins
// with its name. No message quotes a secret or a code.

const LAST_TIME = 8.64e15; // the last millisecond of a Date

/** `Array.isArray` throws for a revoked proxy. */
const isArray = (value) => {
  try {
    return Array.isArray(value);
  } catch {
    return false;
  }
};

const kindOf = (value) => {
  if (value === null) return "null";
  if (isArray(value)) return "an array";
  return { object: "an object", undefined: "undefined" }[typeof value] ?? `a ${typeof value}`;
};

/** The name of a member, shortened for a message. */
const quoted = (name) => JSON.stringify(name.length > 40 ? `${name.slice(0, 40)}…` : name);

/** The error for an argument of another type. */
export const type = (name, expected, value) => new TypeError(`${name}: must be ${expected}, not ${kindOf(value)}`);
/** The error for an argument outside its range. */
export const range = (name, reason) => new RangeError(`${name}: ${reason}`);

/** A whole number from `least` to `most`. */
export const whole = (name, value, least, most) => {
  if (typeof value !== "number") throw type(name, "a number", value);
  if (!Number.isInteger(value) || value < least || value > most) {
    throw range(name, `must be a whole number from ${least} to ${most}, not ${value}`);
  }
  return value;
};

/** A text of at most so many characters. */
export const text = (name, value, longest) => {
  if (typeof value !== "string") throw type(name, "a string", value);
  if (value.length > longest) throw range(name, `must have at most ${longest} characters, not ${value.length}`);
  return value;
};

/** A text without lone surrogates, which would become U+FFFD in WebAssembly. */
export const wellFormed = (name, value, longest) => {
  if (/\p{Surrogate}/u.test(text(name, value, longest))) throw range(name, "has half a character (a lone surrogate)");
  return value;
};

/** The result of `unpack`, which reads an object whose getters and traps may throw anything. */
const read = (name, unpack) => {
  try {
    return unpack();
  } catch (cause) {
    throw new TypeError(`${name}: cannot be read`, { cause });
  }
};

/**
 * The own members of an object, in the order of `names`. Inherited ones do not count, so that another script's change
 * of Object.prototype changes no verdict; an unknown one is an error, so that a misspelt option is not ignored.
 */
export const members = (name, value, names) => {
  if (typeof value !== "object" || value === null || isArray(value)) throw type(name, "an object", value);
  for (const key of read(name, () => Object.keys(value))) {
    if (!names.includes(key)) throw new TypeError(`${name}: must have no ${quoted(key)}, only ${names.join(", ")}`);
  }
  const found = [];
  for (const key of names) found.push(read(name, () => (Object.hasOwn(value, key) ? value[key] : undefined)));
  return found;
};

/** The milliseconds of a Date, of another realm too. */
const millisecondsOf = (name, date) => {
  try {
    return Date.prototype.getTime.call(date);
  } catch {
    throw type(name, "a Date or milliseconds", date);
  }
};

/** Milliseconds since 1970 of a number or a Date. */
export const timeOf = (name, value) => {
  const time = typeof value === "number" ? value : millisecondsOf(name, value);
  // NaN, the time of an invalid Date, fails this too.
  if (!(time >= 0 && time <= LAST_TIME)) throw range(name, "must be milliseconds since 1970, from 0 to 8.64e15");
  return time;
};

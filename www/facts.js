// The facts of a sign-in as the core takes and gives them (src/entry/wire.rs), and the time since the first ones.

/** The attributes with facts of the server, in the core's order. */
export const FACTS = ["now", "channel", "destination", "sent-at", "expires-at", "resend-at", "attempts-left", "retry-at", "cause", "resends"];

/** Separates the values that the core takes and gives; no value contains it. */
export const SEPARATOR = "\x1f";

const isInstant = (name) => /^now$|-at$/.test(name);

/** The value of a fact for the core: an instant in milliseconds (NaN where there is none), anything else as it is. */
export const factValue = (name, value) => (isInstant(name) && typeof value !== "number" ? Date.parse(value) : value);

/** Facts by their names, from the values in the core's order; unknown ones are undefined. */
export const factsOf = (values) =>
  Object.fromEntries(
    FACTS.map((name, place) => {
      const value = values[place] || undefined;
      return [name, value && isInstant(name) ? +value : value];
    }),
  );

/** The age of a page's facts in milliseconds: a page from a cache is older than it seems. */
const ageOf = (now) => {
  if (!now) return 0;
  try {
    const key = `todoita:${location.pathname}:${now}`;
    const seen = sessionStorage.getItem(key);
    if (seen) return Math.max(0, Date.now() - seen);
    sessionStorage.setItem(key, Date.now());
  } catch {
    // Storage may be closed to the page; then the age is unknown, and 0.
  }
  return 0;
};

/**
 * A clock that begins at the time of the page's facts. A page's own clock may stop while a phone sleeps, and a wall
 * clock may be set: the larger step counts. `now`: the server's time in the page.
 */
export const clockSince = (now) => {
  const age = ageOf(now);
  const began = Date.now() - age;
  const uptime = performance.now() - age;
  return () => Math.max(0, Date.now() - began, performance.now() - uptime);
};

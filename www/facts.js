// The facts of a sign-in as the field takes and gives them (src/wasm/field.rs), and the time since the first ones.

/** The attributes with facts of the server, in the order of the field. */
export const FACTS = ["now", "channel", "destination", "sent-at", "expires-at", "resend-at", "attempts-left", "retry-at", "cause", "resends"];

/**
 * The value of a fact for the field: an instant in milliseconds and a count as numbers (NaN where there is none), a text as
 * it is, an empty one undefined.
 */
export const factValue = (name, value) => {
  if (/^now$|-at$/.test(name)) return typeof value === "number" ? value : Date.parse(value);
  return /s-left|resends/.test(name) ? parseFloat(value) : value ? String(value) : undefined;
};

/** Facts by their names, from the values in the order of the field; unknown ones are undefined. */
export const factsOf = (values) => Object.fromEntries(FACTS.map((name, place) => [name, Number.isNaN(values[place]) ? undefined : values[place]]));

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
 * clock may be set: the larger step counts. `now`: the server's time in the page. At the time of an event (`timeStamp`) the
 * page's own clock is enough, since the field takes no step back.
 */
export const clockSince = (now) => {
  const age = ageOf(now);
  const began = Date.now() - age;
  const uptime = performance.now() - age;
  return (timeStamp) => Math.max(0, timeStamp === undefined ? Math.max(Date.now() - began, performance.now() - uptime) : timeStamp - uptime);
};

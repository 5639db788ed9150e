// Rules of sentences: pure functions of text, numbers and a language. src/words.rs and the service have the same ones.

const MINUTE = 60_000;

/** The language of a tag, without region and script. */
export const base = (lang) => lang.toLowerCase().split("-")[0];

/** The name in a table of languages for a tag: the tag itself where it is in there, else its language. */
export const languageIn = (languages, lang) => (languages[lang.toLowerCase()] ? lang.toLowerCase() : base(lang));

/** The tag for numbers and times; English for an invalid one. */
export const known = (lang) => {
  try {
    return new Intl.Locale(lang).baseName;
  } catch {
    return "en";
  }
};

/** The separator between two sentences. */
export const joint = (lang) => (["ja", "zh"].includes(base(lang)) ? "" : " ");

/** The plural form for `n` of a sentence that has several. */
export const plural = (forms, lang, n) => forms[new Intl.PluralRules(known(lang)).select(n)] ?? forms.other ?? "";

/** Replaces each `{name}` by its value; a name without a value stays, so that a mistake can be seen. */
export const fill = (sentence, value) => sentence.replace(/\{(\w+)\}/g, (whole, name) => value(name) ?? whole);

/** An instant from which something works, in the next full minute: never too early. */
export const roundUp = (instant) => Math.ceil(instant / MINUTE) * MINUTE;

/** The clock time of an instant, in hours and minutes; `day`: what else is written of it, as Intl has it. */
export const clock = (instant, lang, day) => Intl.DateTimeFormat(known(lang), { ...day, hour: "numeric", minute: "2-digit" }).format(instant);

/**
 * An instant as a clock time, with its day where that is another than that of `now` (today, where `now` is unknown): tomorrow
 * by its name, too, and from the day after with the day of the week.
 */
export const moment = (instant, now, lang) => {
  const days = Math.round((new Date(instant).setHours(0, 0, 0, 0) - new Date(now || instant).setHours(0, 0, 0, 0)) / 86_400_000);
  if (!days) return clock(instant, lang);
  const near = days === 1 && new Intl.RelativeTimeFormat(known(lang), { numeric: "auto" }).format(1, "day") + (joint(lang) && ", ");
  return (near || "") + clock(instant, lang, { weekday: near ? undefined : "short", month: "short", day: "numeric" });
};

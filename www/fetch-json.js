// Files of sentences: fetched once, in the language of the page.

const fetched = new Map();

/** The JSON at an address; a file that was lost is fetched again on the next call. */
export const fetchJson = (url) => {
  const key = String(url);
  if (!fetched.has(key)) {
    const answer = fetch(key).then((response) => {
      if (!response.ok) throw new Error(`${key} answered ${response.status}`);
      return response.json();
    });
    answer.catch(() => fetched.delete(key));
    fetched.set(key, answer);
  }
  return fetched.get(key);
};

/** The language of an element: its own, its page's, or nothing. */
export const langOf = (element) => element.closest("[lang]")?.lang ?? document.documentElement.lang;

/** Without a file of sentences there are others: the built-in ones, or those of another language. */
export const lost = (error) => {
  console.warn("todoita: sentences could not be fetched.", error);
  return {};
};

const isText = (value) => typeof value === "string";
const isSentence = (value) => isText(value) || (!!value && typeof value === "object" && Object.values(value).every(isText));

/**
 * The sentences for the language tag `asked` with those of the JSON file at `override` over them, and the language of both: the
 * file's member `lang` says which, if it is another. `builtIn` gives the built-in language for a tag, and `sentences` its sentences
 * (or a promise of them). A value that is no sentence is left out, with a warning.
 */
export const overridden = async (asked, builtIn, sentences, override) => {
  let lang = builtIn(asked);
  const [own, site] = await Promise.all([
    // The file of a language may be lost, or the page's policy may not let it be fetched.
    Promise.resolve(lang).then(sentences).catch((error) => {
      lost(error);
      return sentences((lang = builtIn("en")));
    }),
    override ? fetchJson(override).catch(lost) : {},
  ]);
  const all = { ...own };
  for (const [key, value] of Object.entries(site ?? {})) {
    if (key === "lang" && isText(value)) lang = value;
    else if (key in own && isSentence(value)) all[key] = value;
    else console.warn(`todoita: ${override} has an invalid sentence "${key}".`);
  }
  return [all, lang];
};

// Files of sentences: fetched once, in the language of the page.

const fetched = new Map();

/** The JSON at an address; a file that was lost once may be had the next time. */
export const load = (url) => {
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

export const base = (lang) => lang.toLowerCase().split("-")[0];

/** The language of an element: its own, its page's, or nothing. */
export const langOf = (element) => element.closest("[lang]")?.lang ?? document.documentElement.lang;

/** The language for figures and times; English for what is no language's name. */
export const known = (lang) => {
  try {
    return new Intl.Locale(lang).baseName;
  } catch {
    return "en";
  }
};

/** Without the site's own sentences there are still ours. */
export const lost = (error) => {
  console.warn("todoita: the site's own sentences are not there.", error);
  return {};
};

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

/** Without the site's own sentences the built-in ones stay. */
export const lost = (error) => {
  console.warn("todoita: the site's own sentences could not be fetched.", error);
  return {};
};

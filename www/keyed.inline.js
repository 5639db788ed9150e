// Sentences by key, of the lists that a file to drop in contains: it has the keys of all its languages once.
/* global SENTENCE_KEYS */ // xtask/tools/bundling.mjs

/** The sentences of a list, by key. */
export const keyed = (sentences) => Object.fromEntries(SENTENCE_KEYS.split(" ").map((key, place) => [key, sentences[place]]));

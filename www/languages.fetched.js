// The languages of the field whose sentences are fetched, also by the one file to drop in.

// Literal addresses, so that a bundler finds the files.
export const FETCHED = {
  __proto__: null,
  "ja-x-easy": () => new URL("./words/ja-x-easy.json", import.meta.url),
  ko: () => new URL("./words/ko.json", import.meta.url),
};

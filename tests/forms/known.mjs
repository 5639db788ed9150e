// Where the element still takes something away, by form and case: the defect's id (tests/forms/defects-*.test.mjs). Such a
// cell may fail; once it does not, its entry is removed.

/** In every form. */
const EVERYWHERE = {};

/** In one form. */
export const KNOWN = {};

/** The defect that is known in a cell, if there is one. */
export const known = (form, column) => KNOWN[form]?.[column] ?? EVERYWHERE[column];

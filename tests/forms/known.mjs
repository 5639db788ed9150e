// Where the element still takes something away, by form and case: the fault's id (tests/forms/faults-*.test.mjs). Such a
// cell may fail; once it does not, its entry is removed.

/** In every form. */
const EVERYWHERE = { "letters, pressed twice": "R1" };

/** In one form. */
export const KNOWN = {};

/** The fault that is known in a cell, if there is one. */
export const known = (form, column) => KNOWN[form]?.[column] ?? EVERYWHERE[column];

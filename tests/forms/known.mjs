// Where the element still takes something away, by form and case: the fault's id (tests/forms/faults-*.test.mjs). Such a
// cell may fail; once it does not, its entry is removed.

export const KNOWN = {};

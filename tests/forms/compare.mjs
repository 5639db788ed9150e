// The comparison at the heart of rule zero: what a form posts with the element, beside what it posts without.

import { isDeepStrictEqual } from "node:util";

/** A code that works, a wrong one, a backup code, and a code of letters as some services send. */
export const CODE = "482913";
export const WRONG = "111111";
export const BACKUP = "48291337";
export const LETTERS = "MXMR-MKRZ";

/**
 * The steps that a person takes in each form, in the order of the table. `codes` are the codes that the steps mean: one for each
 * post that is to come. `improves` is why a post of these codes is better than the plain form's.
 */
export const CASES = [
  { name: "typed", codes: [CODE], improves: "the code is posted where the plain form refused or cut it" },
  { name: "pasted message", codes: [CODE], improves: "the code is read out of the message" },
  { name: "full-width", codes: [CODE], improves: "the digits are posted in ASCII" },
  { name: "8 digits", codes: [BACKUP], improves: "all eight digits are posted where the plain form cut or refused them" },
  { name: "wrong, then right", codes: [WRONG, CODE], improves: "the code is posted where the plain form refused or cut it" },
  { name: "letters, pressed twice", codes: [LETTERS], improves: "the text is posted where the plain form refused or cut it" },
];

/** The name of the column for the site's own controls. */
export const OTHERS = "other buttons";

/** The posts that the codes mean: the plain form's post of a typed code, with each of the codes in its field. */
function expectedPosts(reference, field, codes) {
  if (!reference) return null;
  return codes.map((code) => ({ path: reference.path, fields: { ...reference.fields, [field]: code } }));
}

/**
 * Judges one form in one case.
 * @param {object} run
 * @param {object[]} run.plain posts without the script
 * @param {object[]} run.element posts with it
 * @param {object} [run.reference] the plain form's post of a typed code
 * @param {string} run.field the name of the code's field
 * @param {string[]} [run.codes]
 * @param {string} [run.improves]
 * @returns {{ verdict: "same" | "better" | "lost", reason?: string }}
 */
export function judge({ plain, element, reference, field, codes, improves }) {
  if (isDeepStrictEqual(plain, element)) return { verdict: "same" };
  if (codes && isDeepStrictEqual(element, expectedPosts(reference, field, codes))) return { verdict: "better", reason: improves };
  return { verdict: "lost", reason: `with the element ${text(element)}; without it ${text(plain)}` };
}

/** Posts in one line. */
export function text(posts) {
  if (posts.length === 0) return "nothing is posted";
  return posts.map(({ path, fields }) => `POST ${path} ${new URLSearchParams(fields)}`).join(", then ");
}

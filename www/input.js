// Which input of the page is the code's, and what is done to it.

/** Values of `autocomplete` that leave open what an input is for. */
const OPEN = /^(on|off|)$/;

const isEditable = (input) => !input.readOnly && !input.disabled && input.checkVisibility?.() !== false;

/**
 * The input for the code: the one with `autocomplete="one-time-code"`; otherwise the only one that takes text and is not
 * marked as another thing.
 *
 * Throws where there is none, or more than one.
 */
export const codeInput = (host) => {
  const inputs = [...host.querySelectorAll("input:not([type=hidden])")].filter((input) => !input.closest("todoita-guide"));
  let found = inputs.filter((input) => /\bone-time-code\b/.test(input.autocomplete));
  if (!found.length) {
    found = inputs.filter(({ type, autocomplete }) => /^(text|tel|number|password)$/.test(type) && OPEN.test(autocomplete));
  }
  if (found.length > 1) found = found.filter(isEditable);
  if (found.length === 1) return found[0];
  throw new Error(`${found.length || "no"} inputs could be the code's: give one autocomplete="one-time-code"`);
};

/** Attributes that would cut or refuse what the field accepts: a backup code, digits with spaces between them. */
const LIMITS = ["maxlength", "minlength", "pattern", "min", "max"];
/** Characters of the longest code with its separators; a longer `maxlength` stays. */
const LONGEST = 20;

/** Lets an input take every text, and sets what the author left open. */
export const prepare = (input) => {
  // Of a number or an address a browser gives neither the caret nor a text that is not one yet.
  if (input.selectionStart === null) input.type = "text";
  for (const name of LIMITS) if (!(input.maxLength >= LONGEST && name === "maxlength")) input.removeAttribute(name);
  for (const [name, value] of [["autocomplete", "one-time-code"], ["inputmode", "numeric"]]) {
    if (!input.hasAttribute(name)) input.setAttribute(name, value);
  }
};

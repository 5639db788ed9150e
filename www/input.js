// Which input of the page is the code's, what is done to it, and where its message goes.

/** Values of `autocomplete` that leave open what an input is for. */
const OPEN = /^(on|off|)$/;

/** The attribute, not the property: in Firefox that is empty for a value which does not suit the type. */
const purposeOf = (input) => (input.getAttribute("autocomplete") ?? "").trim().toLowerCase();

const isEditable = (input) => !input.readOnly && !input.disabled && input.checkVisibility?.() !== false;

/**
 * The input for the code: the one with `autocomplete="one-time-code"`; otherwise the only one that takes text and is not
 * marked as another thing.
 *
 * Throws where there is none, or more than one.
 */
export const codeInput = (host) => {
  const inputs = [...host.querySelectorAll("input:not([type=hidden])")].filter((input) => !input.closest("todoita-guide"));
  let found = inputs.filter((input) => /\bone-time-code\b/.test(purposeOf(input)));
  if (!found.length) {
    found = inputs.filter((input) => /^(text|tel|number|password)$/.test(input.type) && OPEN.test(purposeOf(input)));
  }
  if (found.length > 1) found = found.filter(isEditable);
  if (found.length === 1) return found[0];
  throw new Error(`${found.length} inputs could be the code's: give one autocomplete="one-time-code"`);
};

/** The key of a guide's place in the history entry, which the guides of a page share: the id of its field's input, or its own. */
export const placeKey = (input, guide) => input?.id || guide?.id || "guide";

/** Attributes that would cut or refuse what the field accepts: a backup code, digits with spaces between them. */
const LIMITS = ["maxlength", "minlength", "pattern", "min", "max"];
/** Characters of the longest code with its separators; a longer `maxlength` stays. */
const LONGEST = 20;

/** Lets an input take every text, names it for the style sheet, and sets what the author left open. `keyboard`: for its codes. */
export const prepare = (input, keyboard) => {
  // Of a number or an address a browser gives neither the caret nor a text that is not one yet.
  if (input.selectionStart === null) input.type = "text";
  for (const name of LIMITS) if (!(input.maxLength >= LONGEST && name === "maxlength")) input.removeAttribute(name);
  for (const [name, value] of [["autocomplete", "one-time-code"], ["inputmode", keyboard], ["data-part", "input"]]) {
    if (!input.hasAttribute(name)) input.setAttribute(name, value);
  }
};

/**
 * The element behind which the message of an input goes. The input's neighbours stay neighbours: a label around it or behind
 * it, a button beside it in a row.
 */
export const messagePlace = (host, input) => {
  let place = input.closest("label") ?? input;
  for (let parent; (parent = place.parentElement) !== host; place = parent) {
    if (!place.nextElementSibling && !/flex|grid|inline|table(?!-cell)/.test(getComputedStyle(parent).display)) return place;
  }
  while (place.nextElementSibling?.matches("label")) place = place.nextElementSibling;
  return place;
};

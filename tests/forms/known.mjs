// Where the element still takes something away, by form and case: the defect's id (tests/forms/defects-*.test.mjs). Such a
// cell may fail; once it does not, its entry is removed.

const CODE_CASES = ["typed", "pasted message", "full-width", "8 digits", "wrong, then right"];

/** The same defect in every case in which a code is entered. */
const everyCode = (defect) => Object.fromEntries(CODE_CASES.map((name) => [name, defect]));

/** In every form. */
const EVERYWHERE = { "letters, pressed twice": "R1" };

/** In one form. */
export const KNOWN = {
  "django-two-factor-auth: the other devices without formnovalidate and without required": { "other buttons": "A2" },
  "django-otp: the admin's form with a user name, a password and the token in one": { ...everyCode("A3"), "other buttons": "A2" },
  "WordPress two-factor, e-mail: Resend Code as a second <input type=submit>": { "other buttons": "A2" },
  "Laravel Jetstream: code and recovery code in one form, one of them hidden": { "other buttons": "A2" },
  "Drupal TFA: trust checkbox before the code, two named submits with the same name": everyCode("A3"),
  "MediaWiki OATHAuth: user name shown read-only before the token": everyCode("A3"),
  "Keycloak login-otp: a choice of authenticators by radio before the code": everyCode("A3"),
  "ASP.NET Identity: floating label after the input, remember machine, validation spans": { "8 digits": "A7" },
  "Duende / Identity Server: Verify and Cancel by the same button name, code before them": { "other buttons": "A2" },
  "Gitea: type=number, label beside, button and a link to the scratch code": { "full-width": "B7" },
  "Authelia-like: back button named before the code's input": everyCode("A3"),
  "form that posts into a hidden iframe": { "wrong, then right": "C4" },
  "backend that answers 204": { "wrong, then right": "C4" },
};

/** The defect that is known in a cell, if there is one. */
export const known = (form, column) => KNOWN[form]?.[column] ?? EVERYWHERE[column];

// All forms, by family. An entry:
//   name       unique in the table
//   html       the form; its `<todoita-code>` is an unknown element, and so nothing, where the script is not there
//   input      selector of the code's input (default `#code`); `field` is its name (default `code`)
//   button     selector of the site's own button; `press: "enter"` never presses it
//   enter      false where Enter does something else, or nothing, in the plain form
//   others     the site's other controls: `{ press, text }` presses one with a text in the code's input;
//              `then: { type, text, press }` goes on from there
//   before     a control to press first; `frame` the iframe that the form is in
//   stays      the page is not left by a post; `status` what the backend answers instead of a redirect
//   auto       the site's script sends the form by itself
//   refused    selector of what the site's script shows where it refuses to send the form
//   late       the site's listener is there only when `data-late` is set
//   libraries  scripts in the head, from the packages of tests/forms/package.json

import attributes from "./attributes.mjs";
import java from "./java.mjs";
import layouts from "./layouts.mjs";
import php from "./php.mjs";
import python from "./python.mjs";
import ruby from "./ruby.mjs";
import scripts from "./scripts.mjs";

export const FAMILIES = {
  "Django and Flask": python,
  Rails: ruby,
  "WordPress, Laravel and other PHP": php,
  "Identity servers and others": java,
  Layouts: layouts,
  Attributes: attributes,
  "Scripts of the site": scripts,
};

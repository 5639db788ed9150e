// docs/forms.md: the table of the forms, written by a run with TODOITA_WRITE=1 and compared otherwise.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { ROOT } from "./browser.mjs";
import { FAMILIES } from "./catalogue/index.mjs";
import { CASES, OTHERS } from "./compare.mjs";
import { known } from "./known.mjs";

const FILE = new URL("docs/forms.md", ROOT);
const COLUMNS = [...CASES.map(({ name }) => name), OTHERS];

const INTRODUCTION = `# Forms

Whatever a plain form would have done is still possible with \`<todoita-code>\` around it. These forms are written as sites
write them. Each is filled in by the same steps, once without the script and once with it, and what the browser posts is
compared: the address and every field, without those whose name begins with \`todoita-\`, which the element adds.

\`cargo xtask test --only forms\` fills them in and compares this file with the outcome; with \`TODOITA_WRITE=1\` it writes it.

- \`=\` the same is posted
- a letter: something else is posted, and that is an improvement (see below)
- ✗ the element takes something away; the id is that of the fault's test in tests/forms
- – the form has no other controls
`;

/** What a cell shows. */
function cell(name, column, outcome) {
  if (!outcome) return "–";
  if (outcome.verdict === "same") return "=";
  if (outcome.verdict === "lost") return `✗ ${known(name, column) ?? ""}`.trim();
  return letter(outcome.reason);
}

const reasons = [...new Set(CASES.map(({ improves }) => improves))];
const letter = (reason) => "abcdefgh"[reasons.indexOf(reason)];

/** The document of the outcomes, by form: `{ family, cells: { [case]: { verdict, reason } } }`. */
function write(outcomes) {
  const row = (cells) => `| ${cells.join(" | ")} |`;
  const parts = [INTRODUCTION, ...reasons.map((reason) => `- ${letter(reason)}: ${reason}`), ""];
  for (const [family, forms] of Object.entries(FAMILIES)) {
    parts.push(`## ${family}`, "", row(["form", ...COLUMNS]), row(["---", ...COLUMNS.map(() => "---")]));
    for (const { name } of forms) {
      const { cells } = outcomes.get(name) ?? { cells: {} };
      parts.push(row([name.replaceAll("<", "&lt;"), ...COLUMNS.map((column) => cell(name, column, cells[column]))]));
    }
    parts.push("");
  }
  const lost = [...outcomes.values()].flatMap(({ cells }) => Object.values(cells)).filter(({ verdict }) => verdict === "lost").length;
  parts.push(`${outcomes.size} forms; the element takes something away in ${lost} cells.`, "");
  return parts.join("\n");
}

/** Writes the document, or fails where the one in docs is another. */
export function check(outcomes) {
  const text = write(outcomes);
  if (process.env.TODOITA_WRITE) return writeFileSync(FILE, text);
  assert.equal(readFileSync(FILE, "utf8"), text, "docs/forms.md is out of date: run with TODOITA_WRITE=1");
}

/** The entries of the known losses that name no form or no case. */
export function missing(known) {
  const names = new Set(Object.values(FAMILIES).flat().map(({ name }) => name));
  return Object.entries(known).flatMap(([name, cases]) =>
    names.has(name) ? Object.keys(cases).filter((column) => !COLUMNS.includes(column)).map((column) => `${name}: ${column}`) : [name],
  );
}

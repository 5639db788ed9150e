// docs/forms.md: the table of the forms, written by a run with TODOITA_WRITE=1 and compared otherwise.

import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
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
- ✗ the element takes something away; the id is that of the defect's test in tests/forms
- – the form has no other controls
`;

/** The text of a cell. */
function cell(name, column, outcome) {
  if (!outcome) return "–";
  if (outcome.verdict === "same") return "=";
  if (outcome.verdict === "lost") return `✗ ${known(name, column) ?? ""}`.trim();
  return letter(outcome.reason);
}

const reasons = [...new Set(CASES.map(({ improves }) => improves))];
const letter = (reason) => "abcdefgh"[reasons.indexOf(reason)];

const row = (cells) => `| ${cells.join(" | ")} |`;
const title = (name) => name.replaceAll("<", "&lt;");

/** The row of a form. */
const rowOf = (name, cells) => row([title(name), ...COLUMNS.map((column) => cell(name, column, cells[column]))]);

/** The rows that are in the document now, by the form's name as it is written there. */
function rows() {
  if (!existsSync(FILE)) return new Map();
  const lines = readFileSync(FILE, "utf8").split("\n").filter((line) => line.startsWith("| "));
  return new Map(lines.map((line) => [line.slice(2, line.indexOf(" | ")), line]));
}

/** Writes the document: new rows for the forms of this run, `{ [form]: { [case]: { verdict, reason } } }`; the others stay. */
export function write(outcomes) {
  const old = rows();
  const parts = [INTRODUCTION + reasons.map((reason) => `- ${letter(reason)}: ${reason}\n`).join("")];
  let count = 0;
  let lost = 0;
  for (const [family, forms] of Object.entries(FAMILIES)) {
    parts.push(`## ${family}`, "", row(["form", ...COLUMNS]), row(["---", ...COLUMNS.map(() => "---")]));
    for (const { name } of forms) {
      const line = outcomes.has(name) ? rowOf(name, outcomes.get(name)) : old.get(title(name));
      if (!line) continue;
      count += 1;
      lost += line.split("✗").length - 1;
      parts.push(line);
    }
    parts.push("");
  }
  parts.push(`${count} forms; the element takes something away in ${lost} cells.`, "");
  writeFileSync(FILE, parts.join("\n"));
}

/** The forms that have no row in the document. */
export function withoutRow() {
  const old = rows();
  return Object.values(FAMILIES).flat().map(({ name }) => name).filter((name) => !old.has(title(name)));
}

/** Fails where a form's row in the document is another than its outcome. */
export function checkRow(name, cells) {
  assert.equal(rows().get(title(name)), rowOf(name, cells), "docs/forms.md is out of date: run with TODOITA_WRITE=1");
}

/** The entries of the known losses that name no form or no case. */
export function missing(known) {
  const names = new Set(Object.values(FAMILIES).flat().map(({ name }) => name));
  return Object.entries(known).flatMap(([name, cases]) =>
    names.has(name) ? Object.keys(cases).filter((column) => !COLUMNS.includes(column)).map((column) => `${name}: ${column}`) : [name],
  );
}

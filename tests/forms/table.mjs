// Rule zero: whatever the plain form would have done is still possible with the element around it. Every form of the
// catalogue, in every case, without the script and with it; docs/forms.md is the outcome.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { ENGINE, close } from "./browser.mjs";
import { FAMILIES } from "./catalogue/index.mjs";
import { CASES, OTHERS, judge } from "./compare.mjs";
import { checkRow, withoutRow, write } from "./document.mjs";
import { Pair } from "./drive.mjs";
import { known } from "./known.mjs";

/** Firefox and WebKit drive a sample: one form of each family, and those that an engine may treat in its own way. */
const SAMPLE = /^(README|allauth|rails-ujs|Keycloak login-otp: a choice|WordPress two-factor, e-mail|type=number$|own fetch, listening before)/;

/** The document is of Chromium's run. */
const WRITE = ENGINE === "chrome" && !!process.env.TODOITA_WRITE;

/** The tests of one family of the catalogue. */
export function testFamily(family) {
  /** The cells of each form that was run. */
  const outcomes = new Map();
  after(close);
  after(() => WRITE && write(outcomes));
  for (const form of FAMILIES[family]) {
    if (ENGINE === "chrome" || SAMPLE.test(form.name)) test(form.name, (t) => testForm(t, form, outcomes));
  }
}

/** Drives a form through all cases. */
async function testForm(t, form, outcomes) {
  const pair = await Pair.start(t, form);
  const field = form.field ?? "code";
  const cells = {};
  outcomes.set(form.name, cells);
  let reference;
  for (const { name, codes, improves } of CASES) {
    const defect = known(form.name, name);
    await t.test(name, { todo: defect ?? false }, async () => {
      const posted = await pair.both((side, wait) => side.run(name, wait), codes.length, !!defect);
      if (name === "typed") [reference] = posted.plain;
      cells[name] = judge({ ...posted, reference, field, codes, improves });
      assert.notEqual(cells[name].verdict, "lost", cells[name].reason);
    });
  }
  const defect = known(form.name, OTHERS);
  if (form.others) {
    await t.test(OTHERS, { todo: defect ?? false }, async () => {
      const lost = [];
      for (const other of form.others) {
        const posted = await pair.both((side, wait) => side.other(other, wait), 1, !!defect);
        const { verdict, reason } = judge({ ...posted, field });
        if (verdict === "lost") lost.push(`${other.press} with "${other.text ?? ""}": ${reason}`);
      }
      cells[OTHERS] = lost.length > 0 ? { verdict: "lost", reason: lost.join("; ") } : { verdict: "same" };
      assert.deepEqual(lost, []);
    });
  }
  if (ENGINE === "chrome" && !WRITE && !withoutRow().includes(form.name)) {
    await t.test("its row in docs/forms.md", () => checkRow(form.name, cells));
  }
}

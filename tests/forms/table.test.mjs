// Rule zero: whatever the plain form would have done is still possible with the element around it. Every form of the
// catalogue, in every case, without the script and with it; docs/forms.md is the outcome.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { ENGINE, close } from "./browser.mjs";
import { FAMILIES } from "./catalogue/index.mjs";
import { CASES, OTHERS, judge } from "./compare.mjs";
import { check, missing } from "./document.mjs";
import { Pair } from "./drive.mjs";
import { KNOWN, known } from "./known.mjs";

after(close);

/** Firefox and WebKit drive a sample: one form of each family, and those that an engine may treat in its own way. */
const SAMPLE = /^(README|allauth|rails-ujs|Keycloak login-otp: a choice|WordPress two-factor, e-mail|type=number$|own fetch, listening before)/;

const outcomes = new Map();

for (const [family, forms] of Object.entries(FAMILIES)) {
  for (const form of forms) {
    if (ENGINE !== "chrome" && !SAMPLE.test(form.name)) continue;
    test(form.name, async (t) => {
      const pair = await Pair.start(t, form);
      const field = form.field ?? "code";
      const cells = {};
      outcomes.set(form.name, { family, cells });
      let reference;
      for (const { name, codes, improves } of CASES) {
        const fault = known(form.name, name);
        await t.test(name, { todo: fault ?? false }, async () => {
          const posted = await pair.both((side, wait) => side.run(name, wait), codes.length, !!fault);
          if (name === "typed") [reference] = posted.plain;
          cells[name] = judge({ ...posted, reference, field, codes, improves });
          assert.notEqual(cells[name].verdict, "lost", cells[name].reason);
        });
      }
      const others = form.others ?? [];
      if (others.length === 0) return;
      const fault = known(form.name, OTHERS);
      await t.test(OTHERS, { todo: fault ?? false }, async () => {
        const lost = [];
        for (const other of others) {
          const posted = await pair.both((side, wait) => side.other(other, wait), 1, !!fault);
          const { verdict, reason } = judge({ ...posted, field });
          if (verdict === "lost") lost.push(`${other.press} with "${other.text ?? ""}": ${reason}`);
        }
        cells[OTHERS] = lost.length > 0 ? { verdict: "lost", reason: lost.join("; ") } : { verdict: "same" };
        assert.deepEqual(lost, []);
      });
    });
  }
}

test("the catalogue has at least 40 forms, and no two of the same name", () => {
  const names = Object.values(FAMILIES).flat().map(({ name }) => name);
  assert.ok(names.length >= 40, `${names.length} forms`);
  assert.equal(new Set(names).size, names.length);
});

test("every known loss names a form and a case of the catalogue", () => assert.deepEqual(missing(KNOWN), []));

test("docs/forms.md is the outcome of this run", { skip: ENGINE !== "chrome" && "the document is of Chromium's run" }, () => check(outcomes));

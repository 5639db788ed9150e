// The catalogue itself.

import assert from "node:assert/strict";
import test from "node:test";
import { FAMILIES } from "./catalogue/index.mjs";
import { missing, withoutRow } from "./document.mjs";
import { KNOWN } from "./known.mjs";

test("the catalogue has at least 40 forms, and no two of the same name", () => {
  const names = Object.values(FAMILIES).flat().map(({ name }) => name);
  assert.ok(names.length >= 40, `${names.length} forms`);
  assert.equal(new Set(names).size, names.length);
});

test("every known loss names a form and a case of the catalogue", () => assert.deepEqual(missing(KNOWN), []));

test("every form has a row in docs/forms.md", () => assert.deepEqual(withoutRow(), []));

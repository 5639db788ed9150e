// Anything at all, given to every function: a table of what breaks programs, then what fast-check makes up.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { inspect } from "node:util";
import { runInNewContext } from "node:vm";
import { BYTES, broken, defect, places, tryAll } from "./junk.mjs";
import { TOOLS, loaded } from "./packed.mjs";

let todoita;
let remove;
before(async () => ({ todoita, remove } = await loaded()));
after(() => remove?.());

test("what breaks programs is answered, or refused by name, and breaks nothing", () => {
  const { defects, count } = tryAll(todoita);
  assert.deepEqual(defects, []);
  assert.ok(count > 2000, `${count} calls`);
});

test("what comes from another realm is what it is", () => {
  const foreign = (code) => runInNewContext(code);
  assert.equal(todoita.hotp(foreign("Uint8Array.from('12345678901234567890', (c) => c.charCodeAt())"), 0), "755224");
  assert.equal(todoita.totp("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", foreign("new Date(1111111109000)")), "081804");
  assert.equal(todoita.readCode("12345678", foreign("({ digits: 8, backup: 'none' })")).kind, "code");
  for (const code of ["new Uint8Array(0)", "new Uint16Array(10)", "({})", "[]", "new Date(NaN)", "Symbol()", "(() => {})"]) {
    for (const place of places()) assert.equal(defect(todoita, place, foreign(code), code), undefined);
  }
  assert.equal(broken(todoita), undefined);
});

test("a secret is read in place, and not changed", () => {
  const given = new TextEncoder().encode("12345678901234567890");
  for (const [shown, make] of Object.entries(BYTES(given))) {
    const bytes = make();
    todoita.hotp(bytes, 0);
    assert.deepEqual(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength), given, shown);
  }
});

test("what fast-check makes up is answered, or refused by name, and breaks nothing", () => {
  const fc = createRequire(join(TOOLS, "app.js"))("fast-check");
  const anything = fc.anything({
    withBigInt: true, withBoxedValues: true, withDate: true, withMap: true, withSet: true, withNullPrototype: true,
    withObjectString: true, withTypedArray: true, withSparseArray: true, stringUnit: "binary",
  });
  const all = [...places()];
  const property = fc.property(fc.constantFrom(...all), anything, (place, value) => {
    assert.equal(defect(todoita, place, value, inspect(value)), undefined);
    assert.equal(broken(todoita), undefined);
  });
  fc.assert(property, { numRuns: 5_000 });
});

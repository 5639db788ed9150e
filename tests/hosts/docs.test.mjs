// docs/integrations: its code is that of the projects beside this file, and every project has its page.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { ROOT } from "../package/packed.mjs";

const DOCS = join(ROOT, "docs/integrations");
const pages = readdirSync(DOCS).filter((name) => name.endsWith(".md"));
const text = (name) => readFileSync(join(DOCS, name), "utf8");

/** The blocks of code of a page: the language, the file that they name, the code. */
const blocks = (page) => [...text(page).matchAll(/^```(\w+)(?: (\S+))?\n([^]*?)\n```$/gm)].map(([, language, file, code]) => ({ language, file, code }));

for (const page of pages) {
  test(`${page}: its code is what the tests run`, () => {
    for (const { language, file, code } of blocks(page)) {
      if (language === "sh") {
        assert.match(code, /^npm install [\w@/ -]+$/);
        continue;
      }
      assert.ok(file?.startsWith("tests/hosts/"), `a block names no file of tests/hosts: ${code}`);
      const whole = readFileSync(join(ROOT, file), "utf8");
      assert.ok(whole.includes(code), `${file} does not have this:\n${code}`);
    }
  });

  test(`${page}: its links lead somewhere`, () => {
    for (const [, target] of text(page).matchAll(/\]\(([^)#\s]*)(?:#[\w-]*)?\)/g)) {
      if (!target || target.startsWith("https:")) continue;
      readdirSync(join(DOCS, target, "..")).includes(target.split("/").at(-1)) || assert.fail(`${page}: ${target}`);
    }
  });
}

test("every project has its page, and every page is in the index", () => {
  const shown = pages.flatMap(blocks).flatMap(({ file }) => (file ? [file.split("/")[2]] : []));
  const folders = readdirSync(join(ROOT, "tests/hosts"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  assert.deepEqual([...new Set(shown)].sort(), folders.map(({ name }) => name).sort());
  const index = text("README.md");
  for (const page of pages.filter((name) => name !== "README.md")) assert.match(index, new RegExp(`\\]\\(${page}[)#]`), `the index lacks ${page}`);
});

// The files of a release (xtask/tools/release.mjs), and `npx todoita copy` of the packed package.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { ROOT, installed } from "./packed.mjs";

const { unzipSync } = createRequire(import.meta.url)(join(ROOT, ".tools/npm/node_modules/fflate"));

const { folder, remove } = installed();
const folders = [1, 2].map(() => mkdtempSync(join(tmpdir(), "todoita-release-")));
after(() => {
  remove();
  for (const it of folders) rmSync(it, { recursive: true });
});

const COMPONENTS = "digest v0.11.3 MIT OR Apache-2.0\nserde_derive v1.0.229 (proc-macro) MIT/Apache-2.0\n";
for (const it of folders) {
  writeFileSync(join(it, "todoita-0.1.0.tgz"), "packed");
  execFileSync("node", [join(ROOT, "xtask/tools/release.mjs"), it, "0.1.0"], { input: COMPONENTS });
}
const read = (name, from = folders[0]) => readFileSync(join(from, name));
const archive = Object.fromEntries(Object.entries(unzipSync(read("todoita-0.1.0.zip"))).map(([name, bytes]) => [name.replace(/^todoita\//, ""), Buffer.from(bytes)]));
const sum = (algorithm, bytes, encoding) => createHash(algorithm).update(bytes).digest(encoding);

test("two builds of the same sources are the same, and the sums are those of the files", () => {
  for (const name of readdirSync(folders[0])) assert.deepEqual(read(name), read(name, folders[1]), name);
  const lines = read("SHA256SUMS").toString().trim().split("\n");
  assert.deepEqual(lines, ["todoita-0.1.0.cdx.json", "todoita-0.1.0.tgz", "todoita-0.1.0.zip"].map((name) => `${sum("sha256", read(name), "hex")}  ${name}`));
  const { subject } = JSON.parse(read("subjects.json"));
  assert.deepEqual(subject.map(({ name, digest }) => `${digest.sha256}  ${name}`), lines);
});

test("the components are a CycloneDX list with their licences", () => {
  const { bomFormat, components } = JSON.parse(read("todoita-0.1.0.cdx.json"));
  assert.equal(bomFormat, "CycloneDX");
  assert.deepEqual(components.map(({ purl, licenses }) => `${purl} ${licenses[0].expression}`), [
    "pkg:cargo/digest@0.11.3 MIT OR Apache-2.0",
    "pkg:cargo/serde_derive@1.0.229 MIT OR Apache-2.0",
  ]);
});

test("the archive has the files that README lists, with their hashes", () => {
  for (const line of archive["integrity.txt"].toString().trim().split("\n")) {
    const [integrity, name] = line.split("  ");
    assert.equal(integrity, `sha384-${sum("sha384", archive[name], "base64")}`, name);
  }
  for (const [readme, before] of Object.entries({ "README.md": "relative places:", "README.ja.md": "同じ位置関係のまま配信します。" })) {
    const text = readFileSync(join(ROOT, readme), "utf8");
    const listed = text.slice(text.indexOf(before) + before.length).match(/^\n\n((?: {4}.+\n)+)/)?.[1];
    assert.ok(listed, `${readme} lists the files`);
    for (const name of listed.trim().split(/\s+/)) {
      const pattern = new RegExp(`^${name.replaceAll(".", "\\.").replace("*", ".+").replace("<hash>", "[0-9a-f]{8}")}$`);
      assert.ok(Object.keys(archive).some((it) => pattern.test(it)), `the archive lacks ${name}`);
    }
  }
});

test("the READMEs show the same markup, policy, commands and calls", () => {
  // Without comments: they are in the language of the document.
  const code = (name) =>
    readFileSync(join(ROOT, name), "utf8")
      .match(/^(?:```\w+\n[^]*?^```|(?: {4}\S.*\n)+)/gm)
      .map((block) => block.replace(/ *(#|\/\/) .*/g, "").trim().split("\n").map((line) => line.trim()));
  const english = code("README.md").flat();
  for (const line of code("README.ja.md").flat()) {
    const shown = line.startsWith("import") ? english.some((it) => it.endsWith(line.split(" from ")[1])) : english.includes(line);
    assert.ok(shown, `README.md lacks: ${line}`);
  }
});

test("npx todoita copy: the same files; another command, or none, is explained", () => {
  const run = (...args) => execFileSync("npx", ["--no-install", "todoita", ...args], { cwd: folder, encoding: "utf8", stdio: "pipe" });
  assert.match(run("copy", "public/todoita"), /^\d+ files in public\/todoita/);
  const own = ["integrity.txt", "README.txt", "LICENSE-MIT", "LICENSE-APACHE"];
  const copied = readdirSync(join(folder, "public/todoita"), { recursive: true, withFileTypes: true }).filter((it) => it.isFile());
  const names = copied.map((it) => join(it.parentPath ?? it.path, it.name).slice(join(folder, "public/todoita/").length)).sort();
  assert.deepEqual(names, Object.keys(archive).filter((name) => !own.includes(name)).sort());
  for (const name of names) assert.deepEqual(readFileSync(join(folder, "public/todoita", name)), archive[name], name);
  for (const wrong of [[], ["copy"], ["paste", "here"]]) {
    assert.throws(() => run(...wrong), ({ status, stderr }) => status === 2 && /Usage: todoita copy FOLDER/.test(stderr));
  }
});

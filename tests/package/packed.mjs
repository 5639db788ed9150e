// The packed tarball, installed in a folder of its own; and what the checks of it bring along.

import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
export const WWW = join(ROOT, "www");

/** Where `cargo xtask test` installs tests/package/package.json. */
export const TOOLS = join(ROOT, ".tools/package/node_modules");

/** Packs the package into a folder; gives what npm says of it: `filename`, `files`. */
export function pack(folder) {
  const output = execFileSync("npm", ["pack", WWW, "--json", "--ignore-scripts"], { cwd: folder, encoding: "utf8" });
  return JSON.parse(output)[0];
}

/**
 * A new folder with the package in its node_modules, deleted by `remove()`.
 * @param {object} [options]
 * @param {boolean} [options.tools] whether the checkers are installed beside it
 */
export function installed({ tools = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "todoita-package-"));
  const packed = pack(folder);
  writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }');
  const options = ["--offline", "--no-audit", "--no-fund", "--ignore-scripts"];
  execFileSync("npm", ["install", ...options, `./${packed.filename}`], { cwd: folder });
  if (tools) {
    if (!existsSync(TOOLS)) throw new Error("the checks are not installed: run `cargo xtask test --only package` once");
    for (const name of readdirSync(TOOLS).filter((name) => !name.startsWith("."))) {
      mkdirSync(join(folder, "node_modules"), { recursive: true });
      symlinkSync(join(TOOLS, name), join(folder, "node_modules", name));
    }
  }
  return { folder, packed, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The installed package's `todoita/node`; `load(name)` imports another of its modules. */
export async function loaded() {
  const { folder, remove } = installed();
  const load = (name) => import(pathToFileURL(createRequire(join(folder, "app.js")).resolve(name)));
  return { todoita: await load("todoita/node"), load, remove };
}

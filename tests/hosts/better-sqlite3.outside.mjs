// The store of `todoita/server` in SQLite by better-sqlite3, as stores.test.mjs tests it by node:sqlite. Not in CI: its library is
// downloaded from another host than npm's, or compiled for minutes.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe } from "node:test";
import { host } from "./hosts.mjs";
import { ofTwoProcesses, program } from "./store-tests.mjs";

let folder;
let data;
before(() => {
  folder = host("outside/better-sqlite3", { also: ["code-step", "backend"] });
  data = mkdtempSync(join(tmpdir(), "todoita-stores-"));
});
after(() => data && rmSync(data, { recursive: true, force: true }));

describe("in SQLite, by better-sqlite3", () => {
  ofTwoProcesses((...args) => program(folder, process.execPath, "better-sqlite3", { CODE_STEP_DATABASE: join(data, "code-step.db") }, ...args));
});

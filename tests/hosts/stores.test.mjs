// The stores of `todoita/server`: in memory, in SQLite (node:sqlite) and in PostgreSQL, each by two processes at the same time
// where it can be; and the code step in a route handler.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { host, nodeWithSqlite } from "./hosts.mjs";
import { ofTwoProcesses, program } from "./store-tests.mjs";

let folder;
let data;
before(() => {
  folder = host("code-step", { also: ["backend"] });
  data = mkdtempSync(join(tmpdir(), "todoita-stores-"));
});
after(() => data && rmSync(data, { recursive: true, force: true }));

describe("in memory", () => {
  test("it keeps the promises of its type", () => program(folder, process.execPath, "memory", {}, "promises"));
});

describe("in SQLite", () => {
  const inFile = (file) => async (...args) => {
    const node = nodeWithSqlite(folder);
    assert.ok(node, "Node 22.13 or later, or Linux on x64");
    return program(folder, node, "sqlite", { CODE_STEP_DATABASE: join(data, file) }, ...args);
  };
  ofTwoProcesses(inFile("code-step.db"));

  test("processes that open a new database at the same time create it once", async () => {
    for (let index = 0; index < 10; index += 1) {
      const run = inFile(`new-${index}.db`);
      await Promise.all([run("count", 1), run("count", 1)]);
      assert.deepEqual(await run("count", 1), ["3", "3"]);
    }
  });
});

describe("in PostgreSQL", () => {
  let env;
  before(() => {
    const url = process.env.TODOITA_TEST_POSTGRES;
    assert.ok(url, "no PostgreSQL server: `cargo xtask test --only hosts -- stores.test.mjs` starts one");
    const { hostname, port, username } = new URL(url);
    env = { PGHOST: hostname, PGPORT: port, PGUSER: username, PGDATABASE: "postgres" };
  });
  ofTwoProcesses((...args) => program(folder, process.execPath, "postgres", env, ...args));
});

test("in a route handler, a request becomes a Response", async () => {
  const load = (file) => import(pathToFileURL(join(folder, file)));
  const { GET, POST } = await load("route.mjs");
  const { outbox, step } = await load("step.mjs");
  const { signIn } = await step.begin("hana");
  const request = (fields, accept) => {
    const headers = { accept, cookie: `a=b; sign-in=${signIn}` };
    return new Request("https://login.example/login/code", fields ? { method: "POST", body: new URLSearchParams(fields), headers } : { headers });
  };
  const page = await GET(request(undefined, "text/html"));
  assert.match(await page.text(), /<todoita-code backup="none" answers="json" channel="sms" destination="5678" now="/);
  const sent = await POST(request({ code: "000" }, "application/json"));
  assert.deepEqual([sent.status, (await sent.json()).cause], [422, "wrong"]);
  const accepted = await POST(request({ code: outbox[0].text }, "text/html"));
  assert.deepEqual([accepted.status, accepted.headers.get("location")], [303, "/in"]);
  assert.match(accepted.headers.get("set-cookie"), /^session=[0-9a-f]{64}; Path=\/; HttpOnly; SameSite=Lax; Secure$/);
  assert.equal(accepted.headers.get("cache-control"), "no-store");
  const ended = await GET(new Request("https://login.example/login/code"));
  assert.deepEqual([ended.status, ended.headers.get("location")], [303, "/login"]);
});

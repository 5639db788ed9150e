// The stores of `todoita/server` with databases that answer as the real ones do. With those: tests/hosts/stores.test.mjs.

import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { readFileSync } from "node:fs";
import test from "node:test";
import { postgresStore } from "../../www/code-step/index.js";

/** A pool like that of pg: a client has no listener of its own while it is checked out. `tables`: the table is there. */
function poolOf({ tables = true, onQuery = () => {} } = {}) {
  const client = Object.assign(new EventEmitter(), { released: [] });
  const queries = [];
  const query = async (sql) => {
    queries.push(sql);
    onQuery(sql, client);
    return { rows: /to_regclass/.test(sql) ? [{ exists: tables }] : [] };
  };
  client.query = query;
  client.release = (error) => void client.released.push(error);
  return { pool: { query, connect: async () => client }, client, queries };
}

const write = (store) => store.update(["a"], () => ({ values: [{ text: "1", expiresAt: null }], result: "done" }));

test("a connection that is lost in a transaction is an error of the call, and the client is not used again", async () => {
  const lost = new Error("Connection terminated unexpectedly");
  const { pool, client } = poolOf({
    onQuery(sql) {
      if (!/^INSERT/.test(sql)) return;
      client.emit("error", lost);
      throw lost;
    },
  });
  await assert.rejects(write(postgresStore(pool)), lost);
  assert.deepEqual(client.released, [lost]);
  assert.equal(client.listenerCount("error"), 0);
});

test("the table is created only where it is not there", async () => {
  for (const tables of [true, false]) {
    const { pool, queries, client } = poolOf({ tables });
    const store = postgresStore(pool);
    assert.equal(await write(store), "done");
    await write(store);
    const created = queries.filter((sql) => /CREATE TABLE/.test(sql));
    assert.equal(created.length, tables ? 0 : 1);
    // docs/integrations/code-step.md shows the same to those who create it themselves.
    if (created.length) assert.ok(`${created[0]};\n`.endsWith(readFileSync(new URL("../hosts/code-step/table.sql", import.meta.url), "utf8")));
    assert.equal(queries.filter((sql) => /to_regclass/.test(sql)).length, 1);
    assert.ok(client.released.every((error) => error === undefined));
  }
});

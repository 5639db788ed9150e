// A store in PostgreSQL (12 and later), by a pool of `pg` (8 and later).

// Not every time: `CREATE … IF NOT EXISTS` needs the right to create tables, even where nothing is created.
const EXISTS = "SELECT to_regclass('todoita_code_step') IS NOT NULL AS exists";
const SET_UP = `
SELECT pg_advisory_xact_lock(hashtextextended('todoita_code_step', 0));
CREATE TABLE IF NOT EXISTS todoita_code_step (
  key text PRIMARY KEY,
  record text NOT NULL,
  expires_at bigint
);
CREATE INDEX IF NOT EXISTS todoita_code_step_expires_at ON todoita_code_step (expires_at)`;

// One statement after the other, since each sees what was committed before it began. The order of the keys is the same
// in every transaction, so that no two wait for each other.
const LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(key, 1)) FROM unnest($1::text[]) AS key";
const SELECT = "SELECT key, record FROM todoita_code_step WHERE key = ANY ($1)";
const INSERT =
  "INSERT INTO todoita_code_step (key, record, expires_at) SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[]) " +
  "ON CONFLICT (key) DO UPDATE SET record = excluded.record, expires_at = excluded.expires_at";
const DELETE = "DELETE FROM todoita_code_step WHERE expires_at <= $1";

/**
 * A store in a table of its own, `todoita_code_step`, which it creates at its first use if it is not there.
 * @param pool a `Pool` of pg
 */
export function postgresStore(pool) {
  let ready;
  const created = async () => {
    const { rows } = await pool.query(EXISTS);
    if (!rows[0].exists) await transaction(pool, (client) => client.query(SET_UP));
  };
  const setUp = () => (ready ??= created().catch((error) => {
    ready = undefined;
    throw error;
  }));
  const read = async (client, keys) => {
    const { rows } = await client.query(SELECT, [keys]);
    const records = new Map(rows.map(({ key, record }) => [key, record]));
    return keys.map((key) => records.get(key));
  };
  return {
    async read(keys) {
      await setUp();
      return read(pool, keys);
    },
    async update(keys, change) {
      await setUp();
      return transaction(pool, async (client) => {
        await client.query(LOCK, [[...keys].sort()]);
        const { values, result } = change(await read(client, keys));
        const changed = keys.flatMap((key, index) => (values[index] ? [{ key, ...values[index] }] : []));
        const columns = ["key", "text", "expiresAt"].map((name) => changed.map((record) => record[name]));
        if (changed.length) await client.query(INSERT, columns);
        return result;
      });
    },
    async sweep(now) {
      await setUp();
      await pool.query(DELETE, [now]);
    },
  };
}

/** Runs `work` in a transaction; rolls back if it throws. */
async function transaction(pool, work) {
  const client = await pool.connect();
  let broken;
  // A client that is checked out has no listener of its pool: without this one a lost connection ends the process.
  const lost = (error) => (broken = error);
  client.on("error", lost);
  try {
    // Not the database's default, which may read what was there before the lock was held.
    await client.query("BEGIN ISOLATION LEVEL READ COMMITTED");
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch(lost);
    throw error;
  } finally {
    client.off("error", lost);
    client.release(broken);
  }
}

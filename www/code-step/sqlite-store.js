// A store in SQLite, by an open database of node:sqlite (Node 22.13 and later) or of better-sqlite3 (12 and later).

const TABLE = `CREATE TABLE IF NOT EXISTS todoita_code_step (
  key TEXT PRIMARY KEY,
  record TEXT NOT NULL,
  expires_at INTEGER
) WITHOUT ROWID`;
/** How long an operation waits for other processes, in milliseconds. */
const BUSY = 10_000;
/** The longest pause between two tries, in milliseconds. */
const PAUSE = 20;

/**
 * A store in a table of its own, `todoita_code_step`, which it creates.
 * @param database a `DatabaseSync` of node:sqlite or a `Database` of better-sqlite3, with no transaction open
 */
export function sqliteStore(database) {
  setUp(database);
  const select = database.prepare("SELECT record FROM todoita_code_step WHERE key = ?");
  const insert = database.prepare(
    "INSERT INTO todoita_code_step (key, record, expires_at) VALUES (?, ?, ?) " +
      "ON CONFLICT (key) DO UPDATE SET record = excluded.record, expires_at = excluded.expires_at",
  );
  const remove = database.prepare("DELETE FROM todoita_code_step WHERE expires_at <= ?");
  const read = (keys) => keys.map((key) => select.get(key)?.record);
  return {
    read: (keys) => whenFree(() => read(keys)),
    update: (keys, change) => whenFree(() => transaction(database, () => {
      const { values, result } = change(read(keys));
      values.forEach((value, index) => value && insert.run(keys[index], value.text, value.expiresAt));
      return result;
    })),
    sweep: (now) => whenFree(() => void remove.run(now)),
  };
}

/** Creates the table. It is called once, so it blocks while another process does the same. */
function setUp(database) {
  const { timeout } = database.prepare("PRAGMA busy_timeout").get();
  database.exec(`PRAGMA busy_timeout = ${BUSY}`);
  database.exec(TABLE);
  database.exec("CREATE INDEX IF NOT EXISTS todoita_code_step_expires_at ON todoita_code_step (expires_at)");
  database.exec(`PRAGMA busy_timeout = ${timeout}`);
}

/**
 * Runs `work` until no other process holds the database. SQLite's own waiting would block every request of this process,
 * and its pauses are so long that a process that commits all the time can keep another one out.
 */
async function whenFree(work) {
  const end = performance.now() + BUSY;
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error) || performance.now() > end) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, Math.random() * PAUSE));
  }
}

/** SQLITE_BUSY and its kinds: node:sqlite gives the number, better-sqlite3 the name. */
function isBusy(error) {
  return (error?.errcode & 0xff) === 5 || String(error?.code).startsWith("SQLITE_BUSY");
}

/** Runs `work` in a transaction; rolls back if it throws. */
function transaction(database, work) {
  // It holds the database's write lock before it reads, against other processes; in this one nothing else runs meanwhile.
  database.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    database.exec("COMMIT");
    return result;
  } catch (error) {
    // Where the database itself has rolled back, no transaction is left.
    if (database.isTransaction ?? database.inTransaction ?? true) database.exec("ROLLBACK");
    throw error;
  }
}

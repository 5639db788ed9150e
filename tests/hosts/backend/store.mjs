// Your database. Each function is one statement that commits; here they are maps in memory.

const LIMIT = 8;
const LOCK = 15 * 60_000;

const offers = new Map();
const accounts = new Map();

export const store = {
  // INSERT INTO offers …
  offer: async (name, secret) => void offers.set(name, secret),
  offered: async (name) => offers.get(name),

  // INSERT INTO accounts (name, secret, last_step) SELECT …; DELETE FROM offers …
  async enrolled(name, step) {
    const secret = offers.get(name);
    if (!offers.delete(name)) return false;
    accounts.set(name, { secret, lastStep: step, failures: 0, lockedUntil: 0 });
    return true;
  },

  async secretOf(name) {
    const row = { ...accounts.get(name) };
    // A database is some way off, and others come in between.
    await new Promise((done) => setTimeout(done, 20));
    return row;
  },

  // UPDATE accounts SET failures = failures + 1 … WHERE name = :name AND failures < 8 RETURNING failures
  async countFailure(name, now) {
    const account = accounts.get(name);
    if (account.lockedUntil && account.lockedUntil <= now) Object.assign(account, { failures: 0, lockedUntil: 0 });
    if (account.failures >= LIMIT) return { attemptsLeft: -1, retryAt: account.lockedUntil };
    account.failures += 1;
    if (account.failures === LIMIT) account.lockedUntil = +now + LOCK;
    return { attemptsLeft: LIMIT - account.failures, retryAt: account.lockedUntil };
  },

  // In the transaction that begins the session:
  // UPDATE accounts SET last_step = :step, failures = 0 WHERE name = :name AND last_step < :step
  async accept(name, step) {
    const account = accounts.get(name);
    if (step <= account.lastStep) return false;
    Object.assign(account, { lastStep: step, failures: 0, lockedUntil: 0 });
    return true;
  },
};

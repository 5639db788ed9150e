// What is yours: the database. Each function is one statement that commits; here they are maps in memory.

const TRIES = 8;
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
    accounts.set(name, { secret, lastStep: step, tries: 0, lockedUntil: 0 });
    return true;
  },

  async secretOf(name) {
    const row = { ...accounts.get(name) };
    // A database is some way off, and others come in between.
    await new Promise((done) => setTimeout(done, 20));
    return row;
  },

  // UPDATE accounts SET tries = tries + 1 … WHERE name = :name AND tries < 8 RETURNING tries
  async countTry(name, now) {
    const account = accounts.get(name);
    if (account.lockedUntil && account.lockedUntil <= now) Object.assign(account, { tries: 0, lockedUntil: 0 });
    if (account.tries >= TRIES) return { attemptsLeft: -1, retryAt: account.lockedUntil };
    account.tries += 1;
    if (account.tries === TRIES) account.lockedUntil = +now + LOCK;
    return { attemptsLeft: TRIES - account.tries, retryAt: account.lockedUntil };
  },

  // In the transaction that begins the session:
  // UPDATE accounts SET last_step = :step, tries = 0 WHERE name = :name AND last_step < :step
  async accept(name, step) {
    const account = accounts.get(name);
    if (step <= account.lastStep) return false;
    Object.assign(account, { lastStep: step, tries: 0, lockedUntil: 0 });
    return true;
  },
};

-- Times are milliseconds since the Unix epoch. No code, password, secret or cookie is stored in clear:
-- hashes are keyed (HMAC-SHA-256) with a key that is kept outside the database, secrets and messages are
-- sealed (XChaCha20-Poly1305) with keys derived from it.

CREATE TABLE users (
    id                      INTEGER PRIMARY KEY,
    name                    TEXT    NOT NULL UNIQUE,
    password                TEXT    NOT NULL,   -- a PHC string (Argon2id)
    phone                   TEXT,               -- E.164
    email                   TEXT,
    authenticator_secret    BLOB,               -- sealed
    authenticator_candidate BLOB,               -- sealed; shown, not yet confirmed
    authenticator_last_step INTEGER             -- no time step up to this one is accepted again
) STRICT;

CREATE TABLE backup_codes (
    id          INTEGER PRIMARY KEY,
    user        INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    salt        BLOB    NOT NULL,               -- one for each set of ten
    hash        BLOB    NOT NULL,
    consumed_at INTEGER
) STRICT;
CREATE INDEX backup_codes_of_user ON backup_codes (user);

-- A right password was given; a code is still to be accepted, or was just accepted.
CREATE TABLE sign_ins (
    id              BLOB    PRIMARY KEY,        -- random; codes and the session are bound to it
    cookie          BLOB    NOT NULL UNIQUE,    -- hash of the cookie's value
    user            INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    channel         TEXT    NOT NULL,
    created_at      INTEGER NOT NULL,
    expires_at      INTEGER NOT NULL,
    accepted_key    TEXT,                       -- idempotency key of the accepted submission
    accepted_digest BLOB                        -- keyed hash of the accepted code
) STRICT;
CREATE INDEX sign_ins_by_expiry ON sign_ins (expires_at);

CREATE TABLE sent_codes (
    id          INTEGER PRIMARY KEY,
    sign_in     BLOB    NOT NULL REFERENCES sign_ins (id) ON DELETE CASCADE,
    channel     TEXT    NOT NULL,
    destination TEXT    NOT NULL,
    hash        BLOB    NOT NULL,
    sent_at     INTEGER NOT NULL,
    consumed_at INTEGER
) STRICT;
CREATE INDEX sent_codes_of_sign_in ON sent_codes (sign_in);

-- Each submitted code that was counted, under the idempotency key that came with it: the same key and code
-- get the same outcome again. A row without an outcome was counted and not verified yet.
CREATE TABLE submissions (
    sign_in         BLOB NOT NULL REFERENCES sign_ins (id) ON DELETE CASCADE,
    idempotency_key TEXT NOT NULL,
    digest          BLOB NOT NULL,              -- keyed hash of the code
    outcome         TEXT,
    PRIMARY KEY (sign_in, idempotency_key, digest)
) STRICT, WITHOUT ROWID;

-- Failures at the code step within 30 days, for every kind of code. A success deletes those of its own sign-in.
CREATE TABLE failures (
    id      INTEGER PRIMARY KEY,
    user    INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    sign_in BLOB    NOT NULL,                   -- outlives the sign-in's own row
    at      INTEGER NOT NULL
) STRICT;
CREATE INDEX failures_of_user ON failures (user, at);
CREATE INDEX failures_of_sign_in ON failures (sign_in);
CREATE INDEX failures_by_time ON failures (at);

-- Events that a sliding window limits: sent codes and passwords, by account, destination, prefix, network.
CREATE TABLE events (
    id      INTEGER PRIMARY KEY,
    counter TEXT    NOT NULL,
    key     TEXT    NOT NULL,
    at      INTEGER NOT NULL
) STRICT;
CREATE INDEX events_by_key ON events (counter, key, at);
CREATE INDEX events_by_time ON events (at);

CREATE TABLE sessions (
    sign_in    BLOB    PRIMARY KEY,             -- a sign-in begins one session
    cookie     BLOB    NOT NULL UNIQUE,         -- hash of the cookie's value
    user       INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    ended_at   INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

-- The queue: a message is enqueued in the transaction that stores its code and removed when a gateway has
-- taken it.
CREATE TABLE messages (
    id              INTEGER PRIMARY KEY,
    idempotency_key TEXT    NOT NULL UNIQUE,
    sealed          BLOB    NOT NULL,
    due_at          INTEGER NOT NULL,           -- when it may be claimed
    expires_at      INTEGER NOT NULL            -- when its code expires
) STRICT;
CREATE INDEX messages_by_due ON messages (due_at);
CREATE INDEX messages_by_expiry ON messages (expires_at);

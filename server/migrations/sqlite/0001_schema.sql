-- Times are milliseconds since the Unix epoch. No code, password, secret or cookie is stored in clear:
-- hashes are keyed (HMAC-SHA-256) with a key that is kept outside the database, secrets and messages are
-- sealed (XChaCha20-Poly1305) with keys derived from it. Hashes, sealed values and the ids of sign-ins begin
-- with the id of their key (4 bytes).

CREATE TABLE users (
    id                      INTEGER PRIMARY KEY,
    name                    TEXT    NOT NULL UNIQUE,
    password                TEXT    NOT NULL,   -- a PHC string (Argon2id)
    phone                   TEXT,               -- E.164
    email                   TEXT,
    authenticator_secret    BLOB,               -- sealed
    authenticator_last_step INTEGER,            -- no time step up to this one is accepted again
    disabled_at             INTEGER             -- by an operator: no password of the account is right
) STRICT;

CREATE TABLE backup_codes (
    id          INTEGER PRIMARY KEY,
    user        INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    salt        BLOB    NOT NULL,               -- one for each set of ten
    hash        BLOB    NOT NULL,
    consumed_at INTEGER
) STRICT;
CREATE INDEX backup_codes_of_user ON backup_codes (user);

-- A code is still to be accepted, or was just accepted: after a right password, or in a session whose person
-- has to confirm that it is still them (a step-up).
CREATE TABLE sign_ins (
    id              BLOB    PRIMARY KEY,        -- random; codes and the session are bound to it
    cookie          BLOB    UNIQUE,             -- hash of the cookie's value; NULL for a step-up
    replaces        BLOB,                       -- the session that ends when this one begins its session
    user            INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    channel         TEXT    NOT NULL,
    known           INTEGER NOT NULL DEFAULT 0, -- 1: it began in a known place
    created_at      INTEGER NOT NULL,
    expires_at      INTEGER NOT NULL,
    accepted_key    TEXT,                       -- idempotency key of the accepted submission
    accepted_digest BLOB                        -- keyed hash of the accepted code
) STRICT;
CREATE INDEX sign_ins_by_expiry ON sign_ins (expires_at);
CREATE INDEX step_ups_of_session ON sign_ins (replaces) WHERE cookie IS NULL;

CREATE TABLE sent_codes (
    id          INTEGER PRIMARY KEY,
    sign_in     BLOB    NOT NULL REFERENCES sign_ins (id) ON DELETE CASCADE,
    channel     TEXT    NOT NULL,
    destination TEXT    NOT NULL,
    hash        BLOB    NOT NULL,
    sent_at     INTEGER NOT NULL,
    consumed_at INTEGER,
    expired_at  INTEGER                         -- when it was refused as expired: it stays expired
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
    at      INTEGER NOT NULL,
    known   INTEGER NOT NULL DEFAULT 0          -- 1: in a known place
) STRICT;
CREATE INDEX failures_of_user ON failures (user, at);
CREATE INDEX failures_of_sign_in ON failures (sign_in);
CREATE INDEX failures_by_time ON failures (at);

-- The known places of an account: networks and browsers in which an account has completed a sign-in, for 90 days. Keyed hashes.
CREATE TABLE known_places (
    user  INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    place BLOB    NOT NULL,
    at    INTEGER NOT NULL,
    PRIMARY KEY (user, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX known_places_by_time ON known_places (at);

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
    ended_at   INTEGER,
    last_seen  INTEGER NOT NULL DEFAULT 0       -- written at most once a minute
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_expiry ON sessions (expires_at);
CREATE INDEX sessions_of_user ON sessions (user);

-- A new authenticator's secret: shown in its session alone, not confirmed yet.
CREATE TABLE authenticator_candidates (
    id         INTEGER PRIMARY KEY,
    session    BLOB    NOT NULL UNIQUE REFERENCES sessions (sign_in) ON DELETE CASCADE,
    user       INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    sealed     BLOB    NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX authenticator_candidates_of_user ON authenticator_candidates (user);
CREATE INDEX authenticator_candidates_by_expiry ON authenticator_candidates (expires_at);

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

-- The highest time that the service has seen, stored every minute: its time never goes back.
CREATE TABLE clock (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    highest INTEGER NOT NULL
) STRICT;

-- Times are milliseconds since the Unix epoch. No code, password, secret or cookie stands here in
-- clear: hashes are keyed (HMAC-SHA-256) with a key that is kept outside the database, secrets are
-- sealed (XChaCha20-Poly1305) with one.

CREATE TABLE users (
    id             INTEGER PRIMARY KEY,
    name           TEXT    NOT NULL UNIQUE,
    password       TEXT    NOT NULL,            -- a PHC string (Argon2id)
    phone          TEXT,                        -- E.164
    email          TEXT,
    app_secret     BLOB,                        -- sealed
    app_candidate  BLOB,                        -- sealed; shown, not yet proven
    app_last_step  INTEGER                      -- no time step up to this one is accepted again
) STRICT;

CREATE TABLE backup_codes (
    id       INTEGER PRIMARY KEY,
    user     INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    salt     BLOB    NOT NULL,                  -- one for each set of ten
    hash     BLOB    NOT NULL,
    spent_at INTEGER
) STRICT;
CREATE INDEX backup_codes_of_user ON backup_codes (user);

-- Somebody who gave the right password and has not given a code yet, or just has.
CREATE TABLE sign_ins (
    id               BLOB    PRIMARY KEY,       -- random; what codes and the session are bound to
    cookie           BLOB    NOT NULL UNIQUE,   -- hash of the cookie's value
    user             INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    channel          TEXT    NOT NULL,
    created_at       INTEGER NOT NULL,
    expires_at       INTEGER NOT NULL,
    accepted_attempt TEXT,
    accepted_mark    BLOB,                      -- keyed hash of the code that was accepted
    refusal          TEXT                       -- a cause to show on the next page, once
) STRICT;
CREATE INDEX sign_ins_by_end ON sign_ins (expires_at);

CREATE TABLE sent_codes (
    id          INTEGER PRIMARY KEY,
    sign_in     BLOB    NOT NULL REFERENCES sign_ins (id) ON DELETE CASCADE,
    channel     TEXT    NOT NULL,
    destination TEXT    NOT NULL,
    hash        BLOB    NOT NULL,
    sent_at     INTEGER NOT NULL,
    spent_at    INTEGER
) STRICT;
CREATE INDEX sent_codes_of_sign_in ON sent_codes (sign_in);

-- Each code that was taken for comparing, under the attempt id it came with: the same id and code get
-- the same outcome again. A row without an outcome was counted and not compared yet.
CREATE TABLE attempts (
    sign_in BLOB NOT NULL REFERENCES sign_ins (id) ON DELETE CASCADE,
    attempt TEXT NOT NULL,
    mark    BLOB NOT NULL,                      -- keyed hash of the code
    outcome TEXT,
    PRIMARY KEY (sign_in, attempt, mark)
) STRICT, WITHOUT ROWID;

-- Failures at the code step since the account's last success: every kind of code, every door.
CREATE TABLE failures (
    id   INTEGER PRIMARY KEY,
    user INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    at   INTEGER NOT NULL
) STRICT;
CREATE INDEX failures_of_user ON failures (user, at);

-- What is limited by a sliding window: sends and passwords, by account, destination, prefix, address.
CREATE TABLE events (
    id   INTEGER PRIMARY KEY,
    what TEXT    NOT NULL,
    who  TEXT    NOT NULL,
    at   INTEGER NOT NULL
) STRICT;
CREATE INDEX events_by_who ON events (what, who, at);
CREATE INDEX events_by_time ON events (at);

CREATE TABLE sessions (
    sign_in    BLOB    PRIMARY KEY,             -- one session for each sign-in, and never a second
    cookie     BLOB    NOT NULL UNIQUE,         -- hash of the cookie's value
    user       INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    ended_at   INTEGER
) STRICT, WITHOUT ROWID;

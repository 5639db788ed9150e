-- The tables of ../sqlite with PostgreSQL's types; the comments on the columns are there.

CREATE TABLE users (
    id                      BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name                    TEXT   NOT NULL UNIQUE,
    password                TEXT   NOT NULL,
    phone                   TEXT,
    email                   TEXT,
    authenticator_secret    BYTEA,
    authenticator_last_step BIGINT,
    disabled_at             BIGINT,
    phone_changes           BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE backup_codes (
    id          BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account     BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    salt        BYTEA  NOT NULL,
    hash        BYTEA  NOT NULL,
    consumed_at BIGINT,
    made_at     BIGINT
);
CREATE INDEX backup_codes_of_user ON backup_codes (account);

CREATE TABLE sign_ins (
    id              BYTEA   PRIMARY KEY,
    cookie          BYTEA   UNIQUE,
    replaces        BYTEA,
    account         BIGINT  NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    channel         TEXT    NOT NULL,
    known           BOOLEAN NOT NULL DEFAULT FALSE,
    created_at      BIGINT  NOT NULL,
    expires_at      BIGINT  NOT NULL,
    accepted_key    TEXT,
    accepted_digest BYTEA
);
CREATE INDEX sign_ins_by_expiry ON sign_ins (expires_at);
CREATE INDEX sign_ins_of_user ON sign_ins (account);
CREATE INDEX step_ups_of_session ON sign_ins (replaces) WHERE cookie IS NULL;

CREATE TABLE sent_codes (
    id          BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sign_in     BYTEA  NOT NULL REFERENCES sign_ins (id) ON DELETE CASCADE,
    channel     TEXT   NOT NULL,
    destination TEXT   NOT NULL,
    hash        BYTEA  NOT NULL,
    sent_at     BIGINT NOT NULL,
    consumed_at BIGINT,
    expired_at  BIGINT
);
CREATE INDEX sent_codes_of_sign_in ON sent_codes (sign_in);

CREATE TABLE submissions (
    sign_in         BYTEA NOT NULL REFERENCES sign_ins (id) ON DELETE CASCADE,
    idempotency_key TEXT  NOT NULL,
    digest          BYTEA NOT NULL,
    outcome         TEXT,
    PRIMARY KEY (sign_in, idempotency_key, digest)
);

CREATE TABLE failures (
    id      BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account BIGINT  NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    sign_in BYTEA   NOT NULL,
    at      BIGINT  NOT NULL,
    known   BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE INDEX failures_of_user ON failures (account, at);
CREATE INDEX failures_of_sign_in ON failures (sign_in);
CREATE INDEX failures_by_time ON failures (at);

CREATE TABLE known_places (
    account BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    place   BYTEA  NOT NULL,
    at      BIGINT NOT NULL,
    PRIMARY KEY (account, place)
);
CREATE INDEX known_places_by_time ON known_places (at);

CREATE TABLE events (
    id      BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    counter TEXT   NOT NULL,
    key     TEXT   NOT NULL,
    at      BIGINT NOT NULL
);
CREATE INDEX events_by_key ON events (counter, key, at);
CREATE INDEX events_by_time ON events (at);

CREATE TABLE sessions (
    sign_in    BYTEA  PRIMARY KEY,
    cookie     BYTEA  NOT NULL UNIQUE,
    account    BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at   BIGINT,
    last_seen  BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);
CREATE INDEX sessions_of_user ON sessions (account);

CREATE TABLE authenticator_candidates (
    id         BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    session    BYTEA  NOT NULL UNIQUE REFERENCES sessions (sign_in) ON DELETE CASCADE,
    account    BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    sealed     BYTEA  NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX authenticator_candidates_of_user ON authenticator_candidates (account);
CREATE INDEX authenticator_candidates_by_expiry ON authenticator_candidates (expires_at);

CREATE TABLE messages (
    id              BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    idempotency_key TEXT   NOT NULL UNIQUE,
    sealed          BYTEA  NOT NULL,
    due_at          BIGINT NOT NULL,
    expires_at      BIGINT NOT NULL
);
CREATE INDEX messages_by_due ON messages (due_at);
CREATE INDEX messages_by_expiry ON messages (expires_at);

CREATE TABLE clock (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    highest BIGINT NOT NULL
);

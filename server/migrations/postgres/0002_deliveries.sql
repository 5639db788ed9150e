ALTER TABLE messages ADD COLUMN channel TEXT NOT NULL DEFAULT '';
ALTER TABLE messages ADD COLUMN enqueued_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE messages ADD COLUMN claims BIGINT NOT NULL DEFAULT 0;

CREATE TABLE deliveries (
    idempotency_key TEXT   NOT NULL PRIMARY KEY,
    channel         TEXT   NOT NULL,
    state           TEXT   NOT NULL,
    gateway_id      TEXT,
    enqueued_at     BIGINT NOT NULL,
    changed_at      BIGINT NOT NULL
);
CREATE INDEX deliveries_by_age ON deliveries (enqueued_at);

CREATE TABLE gateways (
    channel   TEXT   NOT NULL PRIMARY KEY,
    failures  BIGINT NOT NULL,
    failed_at BIGINT NOT NULL
);

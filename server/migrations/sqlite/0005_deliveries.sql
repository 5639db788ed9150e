-- By which channel a message goes, since each channel has a worker of its own ('' for those of earlier versions, which any
-- worker takes); when it was enqueued, and how often its delivery was tried.
ALTER TABLE messages ADD COLUMN channel TEXT NOT NULL DEFAULT '';
ALTER TABLE messages ADD COLUMN enqueued_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE messages ADD COLUMN claims INTEGER NOT NULL DEFAULT 0;

-- What became of each message. It outlives the message, whose text is deleted as soon as a gateway has taken it.
CREATE TABLE deliveries (
    idempotency_key TEXT    NOT NULL PRIMARY KEY,
    channel         TEXT    NOT NULL,
    state           TEXT    NOT NULL,           -- queued, taken, expired, failed, delivered
    gateway_id      TEXT,                       -- the gateway's own id of the message
    enqueued_at     INTEGER NOT NULL,
    changed_at      INTEGER NOT NULL            -- when it came into its state
) STRICT;
CREATE INDEX deliveries_by_age ON deliveries (enqueued_at);

-- How often a channel's gateway has failed since it last answered, and when it failed last.
CREATE TABLE gateways (
    channel   TEXT    NOT NULL PRIMARY KEY,
    failures  INTEGER NOT NULL,
    failed_at INTEGER NOT NULL
) STRICT;

-- The message of a code (its idempotency key), by which it is known what became of it. NULL: a code of an earlier version.
ALTER TABLE sent_codes ADD COLUMN message TEXT;

-- How often a gateway has failed since it last answered, for each channel and ('') for all of them together, and when it failed
-- last. One gateway may serve several channels.
DROP TABLE gateways;
CREATE TABLE gateways (
    gateway   TEXT    NOT NULL,                 -- its kind, host and port
    channel   TEXT    NOT NULL,
    failures  INTEGER NOT NULL,
    failed_at INTEGER NOT NULL,
    PRIMARY KEY (gateway, channel)
) STRICT, WITHOUT ROWID;

-- The gateway that a code went through, and its newest codes: whether they come back.
ALTER TABLE sent_codes ADD COLUMN gateway TEXT NOT NULL DEFAULT '';
CREATE INDEX sent_codes_of_gateway ON sent_codes (gateway, channel, sent_at);

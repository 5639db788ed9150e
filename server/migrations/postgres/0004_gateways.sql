ALTER TABLE sent_codes ADD COLUMN message TEXT;

DROP TABLE gateways;
CREATE TABLE gateways (
    gateway   TEXT   NOT NULL,
    channel   TEXT   NOT NULL,
    failures  BIGINT NOT NULL,
    failed_at BIGINT NOT NULL,
    PRIMARY KEY (gateway, channel)
);

ALTER TABLE sent_codes ADD COLUMN gateway TEXT NOT NULL DEFAULT '';
CREATE INDEX sent_codes_of_gateway ON sent_codes (gateway, channel, sent_at);

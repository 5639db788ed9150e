-- Who did what, when, from where, and how it ended. Never a code, a secret or a cookie; a destination only as its
-- owner recognises it.
CREATE TABLE audit (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    at      INTEGER NOT NULL, -- milliseconds since the Unix epoch
    who     TEXT    NOT NULL, -- person, operator, service
    account TEXT,             -- the name; NULL: no such account, or all
    network TEXT    NOT NULL, -- as limits count it; empty for an operator
    action  TEXT    NOT NULL,
    outcome TEXT    NOT NULL,
    detail  TEXT    NOT NULL
) STRICT;
CREATE INDEX audit_by_time ON audit (at);

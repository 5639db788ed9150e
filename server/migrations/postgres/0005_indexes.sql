-- That of ../sqlite/0008_indexes.sql; the index of the accounts is in 0001.
CREATE INDEX messages_by_channel ON messages (channel, due_at, id);
DROP INDEX messages_by_due;

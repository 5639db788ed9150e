-- The next message of a channel is found beside any number of another channel's, as those of a gateway that is down.
CREATE INDEX messages_by_channel ON messages (channel, due_at);
DROP INDEX messages_by_due;

-- An operator ends the sign-ins of an account.
CREATE INDEX sign_ins_of_user ON sign_ins (account);

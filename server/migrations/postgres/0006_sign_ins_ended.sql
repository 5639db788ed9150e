-- That of ../sqlite/0009_sign_ins_ended.sql.
ALTER TABLE sign_ins ADD COLUMN ended_at BIGINT;

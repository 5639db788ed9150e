-- When a set of backup codes was made; NULL for sets of before.
ALTER TABLE backup_codes ADD COLUMN made_at INTEGER;

-- `user` is a reserved word of PostgreSQL; both databases have the same columns.
ALTER TABLE backup_codes RENAME COLUMN user TO account;
ALTER TABLE sign_ins RENAME COLUMN user TO account;
ALTER TABLE failures RENAME COLUMN user TO account;
ALTER TABLE known_places RENAME COLUMN user TO account;
ALTER TABLE sessions RENAME COLUMN user TO account;
ALTER TABLE authenticator_candidates RENAME COLUMN user TO account;

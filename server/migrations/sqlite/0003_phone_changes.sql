-- How often the number of an account was changed: a code that confirms a number is valid for one count.
ALTER TABLE users ADD COLUMN phone_changes INTEGER NOT NULL DEFAULT 0;

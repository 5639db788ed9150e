-- In the order of their bytes, as in SQLite, so that the keys that begin alike are a range of the index, whatever the language of the
-- database is.
ALTER TABLE events ALTER COLUMN key TYPE TEXT COLLATE "C";

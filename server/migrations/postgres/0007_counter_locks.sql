-- The locks of counters: each counter has one of these rows, by the hash of its name (src/store/postgres/counter_locks.rs).
CREATE TABLE counter_locks (
    number INTEGER PRIMARY KEY
);
INSERT INTO counter_locks SELECT generate_series(0, 16383);

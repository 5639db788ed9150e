//! The locks of counters: rows of a table that are locked in place of the counters, which have none of their own. Plain row locks, as
//! every database that speaks PostgreSQL's language has them.

use login::store::Counter;
use sha2::{Digest as _, Sha256};

use super::connection::{Connection, Writing};

/// The rows of the table (migrations/postgres/0007_counter_locks.sql). Two counters of different people seldom have the same one; if
/// they do, one request waits for the other as if they had the same counter.
const ROWS: u32 = 16_384;

/// The row of the counter of all SMS and calls, which no other counter has: it is locked after the others, in a statement of its own.
const OF_ALL: i32 = 0;

/// Locks rows one after the other in the order of their numbers, so that two transactions that lock the same ones never wait for each
/// other in a circle.
const LOCK: &str =
    "SELECT number FROM counter_locks WHERE number = ANY($1) ORDER BY number FOR UPDATE";

impl Connection<Writing> {
    /// Locks the names of counters until the transaction ends.
    pub async fn lock_names(&mut self, names: Vec<String>) -> Result<(), sqlx::Error> {
        let rows: Vec<i32> = names.iter().map(|name| row(name)).collect();
        sqlx::query(LOCK).bind(rows).execute(self.db()).await?;
        Ok(())
    }
}

/// The row of a counter, by its name: the counter, a space and the key.
fn row(name: &str) -> i32 {
    if name.split(' ').next() == Some(Counter::SentPaid.as_str()) {
        return OF_ALL;
    }
    let hash: [u8; 32] = Sha256::digest(name.as_bytes()).into();
    let [a, b, c, d, ..] = hash;
    let number = 1 + u32::from_be_bytes([a, b, c, d]) % (ROWS - 1);
    i32::try_from(number).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_counter_has_a_row_and_that_of_all_messages_has_its_own() {
        assert_eq!(row("sent-paid "), OF_ALL);
        let names = (0..1_000).map(|n| format!("password-name hanako{n}"));
        let rows: HashSet<i32> = names.map(|name| row(&name)).collect();
        assert!(rows.iter().all(|&row| (1..16_384).contains(&row)));
        assert!(rows.len() > 940, "spread: {}", rows.len());
        // Another one would not exclude the nodes of an older version.
        assert_eq!(row("password-name hanako"), 4513);
    }
}

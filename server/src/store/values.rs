//! Conversions between the domain's values and those that both databases store.

use login::store::{Again, StoreError, StoreFuture};

/// A time, a step or a count as the databases store it.
pub fn integer(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A time, a step or a count as the domain has it.
pub fn number(integer: i64) -> u64 {
    u64::try_from(integer).unwrap_or(0)
}

/// A stored word that no version of this service writes.
pub fn unknown_word(column: &str, word: &str) -> sqlx::Error {
    sqlx::Error::ColumnDecode {
        index: column.to_owned(),
        source: format!("unknown word: {word}").into(),
    }
}

/// A query as the traits want it. `again` says of an error when the same may succeed.
pub fn query_with<'a, T>(
    query: impl Future<Output = Result<T, sqlx::Error>> + Send + 'a,
    again: fn(&sqlx::Error) -> Again,
) -> StoreFuture<'a, T> {
    Box::pin(async move {
        query.await.map_err(|error| {
            let again = again(&error);
            StoreError::new(error, again)
        })
    })
}

/// The connections of a pool.
#[derive(Clone, Copy, Debug)]
pub struct PoolState {
    /// Its name.
    pub name: &'static str,
    /// How many are open.
    pub open: u32,
    /// How many of them nobody uses.
    pub idle: u32,
}

/// The connections of a pool at this moment.
pub fn pool_state<Driver: sqlx::Database>(
    name: &'static str,
    pool: &sqlx::Pool<Driver>,
) -> PoolState {
    PoolState {
        name,
        open: pool.size(),
        idle: u32::try_from(pool.num_idle()).unwrap_or(u32::MAX),
    }
}

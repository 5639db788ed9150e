//! A transaction of any database.

use std::marker::PhantomData;

use sqlx::Database;

/// A transaction that reads, or reads and writes.
pub struct Connection<Driver: Database, Mode> {
    pub transaction: sqlx::Transaction<'static, Driver>,
    mode: PhantomData<Mode>,
}

/// The purpose of a transaction.
pub trait Access: Send {}

/// Reads: takes no lock, and cannot write.
pub struct Reading;
/// Reads and writes.
pub struct Writing;

impl Access for Reading {}
impl Access for Writing {}

impl<Driver: Database, Mode> Connection<Driver, Mode> {
    /// A transaction that has begun.
    pub fn new(transaction: sqlx::Transaction<'static, Driver>) -> Connection<Driver, Mode> {
        Connection {
            transaction,
            mode: PhantomData,
        }
    }

    /// The connection, for queries.
    pub fn db(&mut self) -> &mut Driver::Connection {
        &mut self.transaction
    }
}

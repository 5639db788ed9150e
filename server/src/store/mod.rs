//! Databases. Each is an adapter of the domain's `Store`.
//!
//! The statements are the same text for all of them (`statements/`): numbered parameters, no reserved words, what the
//! SQL standard or both dialects have. Each adapter compiles them with its own driver's types, which its `connection`
//! names, together with the few things that differ: how a transaction begins, what it locks, which errors pass.

#![expect(
    clippy::duplicate_mod,
    reason = "the same statements are compiled for the driver of each database"
)]

mod database; // the database that the configuration names
pub mod postgres; // a server, for several machines
pub mod sqlite; // one file, one machine
mod tables; // the version of the tables, and who may change them
mod transaction; // a transaction of any database
mod values; // conversions that all statements share

pub use database::{Database, WAIT};
pub use postgres::import::Copied;
pub use postgres::lock::{DatabaseLock, Hold};
pub use postgres::{ServerSettings, is_unverified};
pub use tables::Tables;
pub use values::PoolState;

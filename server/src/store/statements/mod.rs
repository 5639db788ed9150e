//! The statements of all databases. Each adapter has this module as its own (store/mod.rs), and gives it the types of its
//! driver by its module `connection`.
//!
//! A statement names its columns: PostgreSQL refuses one with `*` that a connection has prepared as soon as a newer version adds a column.

use super::connection;

mod accounts; // an operator's reads and writes of accounts
mod audit; // the audit log
mod counters; // failures, events
mod maintenance; // the time, sealed values and their keys
mod messages; // the queue
mod places; // known places of an account
mod sessions; // who is signed in
mod sign_ins; // pending sign-ins, sent codes, submissions
pub mod sweep; // deletes expired rows
mod users; // accounts and their factors

//! Databases.

pub mod sqlite; // one file, one machine

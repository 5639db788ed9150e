//! Keyed hashes, sealed secrets, randomness.

pub mod hex; // bytes as hexadecimal digits
pub mod key; // the key outside the database
pub mod random; // codes, tokens, idempotency keys

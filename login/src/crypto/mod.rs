//! Keyed hashes, sealed secrets, randomness.

pub mod hex; // bytes as hexadecimal digits
pub mod key; // one key
pub mod key_file; // the file of the keys
pub mod keys; // the current key and older ones, outside the database
pub mod random; // codes, tokens, idempotency keys

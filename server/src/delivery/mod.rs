//! Gateways for messages.

pub mod outbox; // in memory: the demo's phone

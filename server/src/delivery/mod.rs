//! Where messages go.

pub mod outbox; // the demo's phone: messages in memory

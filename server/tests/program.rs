//! The program with a gateway by HTTP: its log in JSON, and the messages that are in the gateway's hands when it crashes.
#![allow(
    clippy::unwrap_used,
    reason = "a test stops at the first failed expectation"
)]

mod common;

mod program {
    mod crash; // SIGKILL in the middle of sending
    mod gateway; // a gateway by HTTP
    mod log; // no line has a name twice
    mod running; // the program as a process
}

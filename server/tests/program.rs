//! The program with a gateway by HTTP: its log in JSON.
#![allow(
    clippy::unwrap_used,
    reason = "a test stops at the first failed expectation"
)]

mod common;

mod program {
    mod gateway; // a gateway by HTTP
    mod log; // no line has a name twice
    mod running; // the program as a process
}

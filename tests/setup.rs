//! The set-up elements without a browser: what they decide and which sentences they show. The elements in a page are
//! tested by `tests/setup_dom.rs` and `tests/browser/setup.test.mjs`.

#![cfg(not(target_arch = "wasm32"))]

#[path = "setup/authenticator.rs"]
mod authenticator;
#[path = "setup/backup.rs"]
mod backup;
#[path = "setup/number.rs"]
mod number;
#[path = "setup/qr.rs"]
mod qr;
#[path = "setup/sentences.rs"]
mod sentences;

//! todoita (届いた, "it has arrived") takes a person from "a code was sent" to "I am in".
//!
//! The core is pure: it reads no clock, no randomness and no network, and names no browser. What it
//! needs to know arrives as a value. `page` and `wasm` are the only modules that know a browser.
//!
//! Times are milliseconds since the Unix epoch, spans of time are milliseconds.

pub mod cause; // why a verifier said no
pub mod code; // what was typed: cleaned, the code found in it, its digits counted
pub mod entry; // the field's whole behaviour, without a browser: State, Event, Effect, update
pub mod otp; // HOTP and TOTP, secrets, key URIs
pub mod policy; // expiry, attempts, resend cool-down, replay: pure rules
pub mod view; // View: exactly what a shell shows
pub mod words; // the key of every sentence

#[cfg(all(target_arch = "wasm32", feature = "field"))]
mod page; // binds an entry to the page's own input
#[cfg(target_arch = "wasm32")]
mod wasm; // the boundary: every #[wasm_bindgen] of the project

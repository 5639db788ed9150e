//! The set-up elements, without a browser: `<todoita-setup>` ([`authenticator`]), `<todoita-backup-codes>` ([`backup`]) and
//! `<todoita-phone>` ([`number`]).
//!
//! Each is a state with an `update(event) -> effects` and a `view`, as the field is (`entry`). A view contains keys of
//! sentences and values. `wasm::setup` binds the elements to a page; a server uses [`qr`] and [`authenticator::groups`] for the
//! page that works without JavaScript.

pub mod authenticator; // an authenticator app: the key, and the first code
pub mod backup; // backup codes that are shown once
pub mod number; // the phone number that will receive codes
pub mod qr; // a QR code as the path of an SVG
mod words; // the key of every sentence

use alloc::string::String;
use alloc::vec::Vec;

pub use words::Word;

/// How a message is shown and announced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// News; announced when the screen reader is idle.
    Status,
    /// The form was not sent; announced at once.
    Alert,
}

/// A sentence with its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The key of the sentence.
    pub word: Word,
    /// The values of the names in braces.
    pub values: Vec<(&'static str, String)>,
    /// How it is shown.
    pub tone: Tone,
}

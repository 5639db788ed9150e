//! The reference login service: a password, then a code, then the signed-in page.
//!
//! [`app::app`] builds it, for `main` and for the tests alike. What is limited and what a time means is
//! decided by `todoita::policy`; what was typed is read by `todoita::code`; what a page shows comes from
//! `todoita::entry`. This crate keeps, counts, compares and answers.

pub mod answers; // the contract's answers: JSON
pub mod app; // the service, built: state, routes, headers, errors in words
mod app_codes; // authenticator apps: enrolment, spending a time step
pub mod asker; // who asks: language, formats, origin, network
mod backup_codes; // backup codes: ten at a time, each once
pub mod clock; // the only clock
mod code_step; // what becomes of a code that was typed
pub mod config; // what an operator decides
mod demo; // ready-made users and their phone
pub mod error; // what may go wrong, and with which status
mod fields; // what was posted
mod guide; // the guide without JavaScript: what is known, a screen in words
mod guide_words; // what the guide says
pub mod key; // the key outside the database: hashes, seals
pub mod outbox; // where messages go
mod pages; // what each template shows
mod password; // Argon2id
pub mod random; // codes and tokens
mod routes; // what each address does
mod sending; // where a code goes, whether it may, what the message says
mod sign_in; // between the password and the signed-in page
pub mod store; // what is kept
pub mod words; // the sentences

pub use demo::settle as settle_demo;

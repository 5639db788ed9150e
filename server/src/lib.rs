//! The reference login service: a password, then a code, then the signed-in page.
//!
//! [`web::router::router`] builds it, for `main` and for the tests alike. What is limited and what a time
//! means is decided by `todoita::policy`; what was typed is read by `todoita::code`; what a page shows comes
//! from `todoita::entry`. This crate stores, counts, compares and responds.

mod app_codes;
mod backup_codes;
pub mod clock;
mod code_rule;
mod code_step;
pub mod config;
pub mod delivery;
mod demo;
mod hex;
pub mod key;
mod password;
pub mod random;
mod sending;
pub mod service;
mod sign_in;
pub mod store;
pub mod web;
pub mod words;

pub use demo::settle as settle_demo;

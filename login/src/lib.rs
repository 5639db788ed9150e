//! The domain of the login service: a password, then a code, then a session.
//!
//! This crate decides and knows neither HTTP nor SQL. Limits and times are interpreted by
//! `todoita::policy`, typed text is read by `todoita::code`. Storage, message texts and gateways come in
//! through the traits [`store::Store`], [`delivery::Wording`] and [`delivery::Deliver`].

pub mod audit; // who did what, when, from where
pub mod audit_budget; // how many passwords it records
mod backoff; // the waits between the attempts to deliver a message
pub mod clock; // the only clock
pub mod code_rule; // length and alphabet of codes
pub mod code_step; // count, commit, verify, accept
pub mod command; // the names of an operator's commands
pub mod counted_code; // every compared code, counted first, in one counter for each account
mod counted_password; // the counters of submitted passwords
pub mod crypto; // keyed hashes, sealing, randomness
pub mod delivery; // messages, their texts, gateways
pub mod enrolment; // adding or replacing a factor
pub mod error; // errors
pub mod factors; // kinds of codes and how each is verified
pub mod gateway_health; // gateways that are down or deliver nothing
pub mod gateway_watch; // logs what is wrong with gateways
pub mod known_places; // networks and browsers in which an account has signed in
pub mod measure; // what is counted for the operator
pub mod network; // the network of a request at three widths
pub mod notice; // messages about a change of factors or sessions
pub mod operator; // an operator's actions on accounts
pub mod paid_budget; // the alarm of the budget for messages that cost money
pub mod password; // Argon2id
pub mod password_step; // name and password: counted, checked, a sign-in begun
pub mod queue; // the sealed queue of messages and its worker
pub mod rekey; // sealing everything with the current key
pub mod request_code; // another code, another method, back
mod rerun; // a unit of work again, after it gave way to another one
mod send_code; // limits on sending, the stored code, the queued message
pub mod service; // the service and the requester
pub mod session; // who is signed in; signing out
pub mod settings; // limits and lifetimes
pub mod sign_in; // a pending sign-in: begin, look up, methods
mod sliding_window; // limits on the events that the store counts
pub mod status; // its status, for its person
pub mod step_up; // a fresh code before a factor is changed
pub mod store; // storage: traits and rows
pub mod sweep; // deletes expired rows
pub mod timekeeping; // the clock across restarts

pub use error::Error;
pub use service::{Requester, Service};
pub use settings::Settings;

//! The reference login service: the package `login` behind HTTP, with SQLite or PostgreSQL.
//!
//! `startup` builds the service, for `main` and for the tests alike. The domain decides (`login`); `web`
//! speaks HTTP, `words` has the sentences, `store` the database, `delivery` the gateways. The domain knows none
//! of them, and `web` knows neither the database nor the demo.

pub mod config; // the operator's choices
pub mod data_lock; // a lock on the data folder
pub mod delivery; // gateways for messages
pub mod demo; // ready-made users and their phone
mod instant; // instants as text
pub mod listener; // connections and their limits
pub mod monitor; // health and metrics, on a listener of their own
pub mod operator; // the operator's commands
pub mod signature; // of webhooks
pub mod startup; // builds the service
pub mod store; // databases
mod this_machine; // whether a host is this machine
pub mod web; // HTTP
pub mod words; // sentences

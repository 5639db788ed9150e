//! The reference login service: the package `login` behind HTTP, with SQLite.
//!
//! `startup` builds the service, for `main` and for the tests alike. The domain decides (`login`); `web`
//! speaks HTTP, `words` has the sentences, `store` the database, `delivery` the gateways. The domain knows none
//! of them, and `web` knows neither the database nor the demo.

pub mod config; // the operator's choices
pub mod delivery; // gateways for messages
pub mod demo; // ready-made users and their phone
pub mod listener; // connections and their limits
pub mod startup; // builds the service
pub mod store; // databases
pub mod web; // HTTP
pub mod words; // sentences

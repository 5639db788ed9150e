//! Adding or replacing a factor of an account that is signed in.

pub mod authenticator; // a secret, shown and then confirmed by a code
pub mod backup_codes; // a new set of ten
mod confirmed; // the outcome of a code that confirms a new factor
pub mod number; // a phone number, confirmed by a code that was sent to it
mod number_candidate; // a number that is not confirmed yet

pub use confirmed::Confirmed;

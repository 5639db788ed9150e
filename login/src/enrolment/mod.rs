//! Adding or replacing a factor of an account that is signed in.

pub mod authenticator; // a secret, shown and then confirmed by a code
pub mod backup_codes; // a new set of ten

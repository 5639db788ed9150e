//! An operator's reads and writes of accounts.

use super::query::{AccountId, StoreFuture};
use super::users::User;

/// Reads accounts for an operator.
pub trait ReadAccounts {
    /// At most `limit` accounts with numbers after `after`, in the order of their numbers.
    fn accounts(&mut self, after: AccountId, limit: u32) -> StoreFuture<'_, Vec<User>>;
}

/// Writes accounts for an operator.
pub trait WriteAccounts {
    /// Disables an account at a time (milliseconds since the Unix epoch), or enables it.
    fn set_disabled(&mut self, user: AccountId, at: Option<u64>) -> StoreFuture<'_, ()>;

    /// Ends all sign-ins of an account, as [`super::WriteSignIns::end_sign_in`] ends one.
    fn end_sign_ins_of(&mut self, user: AccountId, expired_at: u64) -> StoreFuture<'_, ()>;

    /// Removes an account's authenticator. Secrets that were proposed and not confirmed stay until they expire.
    fn remove_authenticator(&mut self, user: AccountId) -> StoreFuture<'_, ()>;

    /// Deletes an account's failures, the passwords counted for its `name`, and the codes and changes of factors counted for it.
    fn forget_failures<'a>(&'a mut self, user: AccountId, name: &'a str) -> StoreFuture<'a, ()>;
}

//! Accounts and their factors.

use super::query::{AccountId, StoreFuture};

/// An account.
#[derive(Clone, Debug)]
pub struct User {
    /// Its number.
    pub id: AccountId,
    /// The name it signs in with.
    pub name: String,
    /// The password's PHC string.
    pub password: String,
    /// The phone number, E.164.
    pub phone: Option<String>,
    /// How often [`WriteUsers::set_phone`] has set it.
    pub phone_changes: u64,
    /// The mail address.
    pub email: Option<String>,
    /// The authenticator's secret, sealed.
    pub authenticator_secret: Option<Vec<u8>>,
    /// The last consumed time step: no step up to it is accepted again.
    pub authenticator_last_step: Option<u64>,
    /// Whether an operator disabled it.
    pub disabled: bool,
}

/// An account to be added.
#[derive(Clone, Copy, Debug)]
pub struct NewUser<'a> {
    /// The name it signs in with. Unique.
    pub name: &'a str,
    /// The password's PHC string.
    pub password: &'a str,
    /// The phone number, E.164.
    pub phone: Option<&'a str>,
    /// The mail address.
    pub email: Option<&'a str>,
}

/// A stored backup code.
#[derive(Clone, Debug)]
pub struct BackupCode {
    /// Its number.
    pub id: i64,
    /// The salt of its set.
    pub salt: Vec<u8>,
    /// Its keyed hash.
    pub hash: Vec<u8>,
    /// Whether it was accepted before.
    pub consumed: bool,
    /// When its set was made, in milliseconds since the Unix epoch, if that is known.
    pub made: Option<u64>,
}

/// Reads accounts.
pub trait ReadUsers {
    /// The account with a name.
    fn user_by_name<'a>(&'a mut self, name: &'a str) -> StoreFuture<'a, Option<User>>;

    /// The account with a number. Fails where there is none.
    fn user(&mut self, id: AccountId) -> StoreFuture<'_, User>;

    /// All backup codes of an account, consumed ones too, oldest first.
    fn backup_codes(&mut self, user: AccountId) -> StoreFuture<'_, Vec<BackupCode>>;
}

/// Writes accounts.
pub trait WriteUsers {
    /// Adds an account and gives its number. Fails where the name is taken.
    fn add_user<'a>(&'a mut self, user: NewUser<'a>) -> StoreFuture<'a, AccountId>;

    /// Makes a number (E.164) the account's, and counts the change, also where it is the same number.
    fn set_phone<'a>(&'a mut self, id: AccountId, phone: &'a str) -> StoreFuture<'a, ()>;

    /// Makes a sealed secret the account's authenticator. `step` is the time step that confirmed it; it
    /// counts as consumed.
    fn set_authenticator<'a>(
        &'a mut self,
        id: AccountId,
        sealed: &'a [u8],
        step: Option<u64>,
    ) -> StoreFuture<'a, ()>;

    /// Consumes a time step. `false` where it or a later one was consumed before.
    fn consume_step(&mut self, id: AccountId, step: u64) -> StoreFuture<'_, bool>;

    /// Stores a new set of backup codes, made `now`, in place of all earlier ones.
    fn replace_backup_codes<'a>(
        &'a mut self,
        user: AccountId,
        salt: &'a [u8],
        hashes: &'a [[u8; 32]],
        now: u64,
    ) -> StoreFuture<'a, ()>;

    /// Consumes a backup code. `false` where it was consumed before.
    fn consume_backup_code(&mut self, id: i64, now: u64) -> StoreFuture<'_, bool>;
}

//! The service's time, sealed values and their keys, and the end of everything that is under way.

use crate::crypto::key::KeyId;

use super::query::{AccountId, StoreFuture};

/// A kind of sealed value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SealedKind {
    /// An authenticator's secret.
    AuthenticatorSecret,
    /// A secret that was shown for enrolment and is not confirmed yet.
    AuthenticatorCandidate,
    /// A queued message.
    Message,
}

/// The owner of a sealed value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SealedFor {
    /// An account.
    Account(AccountId),
    /// The idempotency key of a message.
    Message(String),
}

/// A sealed value.
#[derive(Clone, Debug)]
pub struct SealedValue {
    /// The number of its row.
    pub row: i64,
    /// Its owner.
    pub owner: SealedFor,
    /// The sealed bytes.
    pub sealed: Vec<u8>,
}

/// Values that name a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Keyed {
    /// Sealed secrets of authenticators, those that are not confirmed too.
    AuthenticatorSecrets,
    /// Sealed messages.
    Messages,
    /// Hashes of backup codes that are left.
    BackupCodes,
    /// Sign-ins that are pending or can be resumed, with their codes.
    SignIns,
    /// Sessions that have not ended.
    Sessions,
    /// Hashes of known places.
    KnownPlaces,
}

/// How many values name a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyUse {
    /// The key.
    pub key: KeyId,
    /// Which values.
    pub what: Keyed,
    /// How many.
    pub rows: u64,
}

/// Reads for the maintenance of a database.
pub trait ReadMaintenance {
    /// The highest time that was stored or at which something was counted, milliseconds since the Unix epoch;
    /// 0 in a new database.
    fn highest_time(&mut self) -> StoreFuture<'_, u64>;

    /// At most `limit` sealed values of a kind that name another key than `current`, from rows after `after`
    /// in the order of the rows.
    fn sealed_values(
        &mut self,
        kind: SealedKind,
        current: KeyId,
        after: i64,
        limit: u32,
    ) -> StoreFuture<'_, Vec<SealedValue>>;

    /// How many values name which key at `now`.
    fn key_uses(&mut self, now: u64) -> StoreFuture<'_, Vec<KeyUse>>;
}

/// Writes for the maintenance of a database.
pub trait WriteMaintenance {
    /// Stores a time, unless a higher one is stored.
    fn save_time(&mut self, now: u64) -> StoreFuture<'_, ()>;

    /// Stores a time also where a higher one is stored. Failures and events counted after it count as `now`.
    fn reset_time(&mut self, now: u64) -> StoreFuture<'_, ()>;

    /// Stores the sealed value of a row in place of `before`. `false` where that was replaced meanwhile.
    fn replace_sealed<'a>(
        &'a mut self,
        kind: SealedKind,
        row: i64,
        before: &'a [u8],
        sealed: &'a [u8],
    ) -> StoreFuture<'a, bool>;

    /// Ends all sessions and sign-ins with their codes, and deletes all queued messages. The next sweep deletes all of these sessions and
    /// sign-ins, also those that had ended before: their times may be those of another clock.
    fn end_all(&mut self, now: u64) -> StoreFuture<'_, ()>;
}

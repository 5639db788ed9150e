//! Known places: networks and browsers in which an account has completed a sign-in.

use super::query::{AccountId, StoreFuture};

/// Reads known places.
pub trait ReadPlaces {
    /// Whether a place (a keyed hash) is a known one of an account, remembered after `since` (milliseconds since the
    /// Unix epoch).
    fn knows_place<'a>(
        &'a mut self,
        user: AccountId,
        place: &'a [u8; 32],
        since: u64,
    ) -> StoreFuture<'a, bool>;
}

/// Writes known places.
pub trait WritePlaces {
    /// Remembers a place (a keyed hash) of an account, or that it was used again. Of an account's places the newest
    /// `keep` stay.
    fn remember_place<'a>(
        &'a mut self,
        user: AccountId,
        place: &'a [u8; 32],
        now: u64,
        keep: u32,
    ) -> StoreFuture<'a, ()>;

    /// Forgets a place of an account.
    fn forget_place<'a>(&'a mut self, user: AccountId, place: &'a [u8; 32]) -> StoreFuture<'a, ()>;
}

//! Who is signed in.

use super::query::{AccountId, StoreFuture};

/// A session.
#[derive(Clone, Debug)]
pub struct Session {
    /// The id of the sign-in that began it.
    pub sign_in: Vec<u8>,
    /// Whose it is.
    pub user: AccountId,
}

/// A session to be begun.
#[derive(Clone, Copy, Debug)]
pub struct NewSession<'a> {
    /// The id of the sign-in that begins it. Unique: a sign-in begins one session.
    pub sign_in: &'a [u8],
    /// The stored hash of its cookie.
    pub cookie: &'a [u8],
    /// Whose it is.
    pub user: AccountId,
    /// When it begins, milliseconds since the Unix epoch.
    pub now: u64,
    /// When it expires.
    pub expires_at: u64,
}

/// Reads sessions.
pub trait ReadSessions {
    /// The session of a cookie (its stored hash). `None` where there is none, or it has expired or ended.
    fn session<'a>(&'a mut self, cookie: &'a [u8], now: u64) -> StoreFuture<'a, Option<Session>>;
}

/// Writes sessions.
pub trait WriteSessions {
    /// Begins the session of a sign-in. Fails where that sign-in has begun one before.
    fn begin_session<'a>(&'a mut self, session: NewSession<'a>) -> StoreFuture<'a, ()>;

    /// Ends the session of a cookie (its stored hash). It is never resumed.
    fn end_session<'a>(&'a mut self, cookie: &'a [u8], now: u64) -> StoreFuture<'a, ()>;
}

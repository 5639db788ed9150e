//! Who is signed in.

use super::query::{AccountId, StoreFuture};

/// A session.
#[derive(Clone, Debug)]
pub struct Session {
    /// The id of the sign-in that began it.
    pub sign_in: Vec<u8>,
    /// Whose it is.
    pub user: AccountId,
    /// When it began, which is when its person's last code was accepted (milliseconds since the Unix epoch).
    pub began_at: u64,
    /// When it was last seen, to the minute.
    pub last_seen: u64,
    /// When it expires, however much it is used.
    pub expires_at: u64,
    /// The secret of a new authenticator that was proposed in this session.
    pub candidate: Option<Candidate>,
}

/// A secret that was proposed for a new authenticator and is not confirmed yet.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The secret, sealed.
    pub sealed: Vec<u8>,
    /// When it expires, milliseconds since the Unix epoch.
    pub expires_at: u64,
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

/// A session that was ended.
#[derive(Clone, Copy, Debug)]
pub struct EndedSession {
    /// Whose it was.
    pub user: AccountId,
    /// When it would have expired, milliseconds since the Unix epoch.
    pub expires_at: u64,
}

/// Which sessions are live at a time.
#[derive(Clone, Copy, Debug)]
pub struct Live {
    /// A live session expires after this time, milliseconds since the Unix epoch.
    pub now: u64,
    /// A live session was last seen after this time, milliseconds since the Unix epoch.
    pub seen_since: u64,
}

/// Reads sessions.
pub trait ReadSessions {
    /// The session of a cookie (its stored hash). `None` where there is none, it has ended or is not live.
    fn session<'a>(&'a mut self, cookie: &'a [u8], live: Live) -> StoreFuture<'a, Option<Session>>;

    /// How many live sessions an account has.
    fn sessions(&mut self, user: AccountId, live: Live) -> StoreFuture<'_, usize>;
}

/// Writes sessions. An ended session is never resumed, and the secret that was proposed in it is deleted.
pub trait WriteSessions {
    /// Begins the session of a sign-in. Fails where that sign-in has begun one before.
    fn begin_session<'a>(&'a mut self, session: NewSession<'a>) -> StoreFuture<'a, ()>;

    /// Notes that a session (the id of its sign-in) was seen.
    fn see_session<'a>(&'a mut self, sign_in: &'a [u8], now: u64) -> StoreFuture<'a, ()>;

    /// Stores the secret that is proposed in a session, in place of an earlier one.
    fn propose_secret<'a>(
        &'a mut self,
        session: &'a Session,
        candidate: &'a Candidate,
    ) -> StoreFuture<'a, ()>;

    /// Ends a session (the id of its sign-in), if it has not ended. Of two requests at the same instant one ends it, whichever
    /// account they have the lock of.
    fn end_session<'a>(
        &'a mut self,
        sign_in: &'a [u8],
        now: u64,
    ) -> StoreFuture<'a, Option<EndedSession>>;

    /// Ends all sessions of an account but one (the id of its sign-in). Gives how many were ended.
    fn end_sessions<'a>(
        &'a mut self,
        user: AccountId,
        but: Option<&'a [u8]>,
        now: u64,
    ) -> StoreFuture<'a, u64>;
}

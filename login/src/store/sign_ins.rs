//! Pending sign-ins, the codes sent for them, and the codes submitted to them.

use todoita::cause::Cause;
use todoita::channel::Channel;

use super::query::{AccountId, StoreFuture};

/// A sign-in between the password and the session; or a step-up, between two sessions of one person.
#[derive(Clone, Debug)]
pub struct SignIn {
    /// Random: codes and the session are bound to it.
    pub id: Vec<u8>,
    /// Whose it is.
    pub user: AccountId,
    /// The method that the person uses now.
    pub channel: Channel,
    /// The keyed hash of the code that was accepted. `None` while the sign-in is pending.
    pub accepted: Option<Vec<u8>>,
    /// The session (the id of its sign-in) that ends when this sign-in begins its own: the former one of the
    /// same browser.
    pub replaces: Option<Vec<u8>>,
    /// Whether it was begun in the session that it replaces, not by a password.
    pub is_step_up: bool,
    /// Whether it began in a known place of the account.
    pub known: bool,
}

/// A sign-in to be begun.
#[derive(Clone, Copy, Debug)]
pub struct NewSignIn<'a> {
    /// Random.
    pub id: &'a [u8],
    /// The stored hash of its cookie. `None` for a step-up, which is found by its session.
    pub cookie: Option<&'a [u8]>,
    /// The session (the id of its sign-in) that ends when this sign-in begins its own.
    pub replaces: Option<&'a [u8]>,
    /// Whose it is.
    pub user: AccountId,
    /// The first method.
    pub channel: Channel,
    /// Whether it begins in a known place of the account.
    pub known: bool,
    /// When it begins, milliseconds since the Unix epoch.
    pub now: u64,
    /// When it expires.
    pub expires_at: u64,
}

/// A code that was sent.
#[derive(Clone, Debug)]
pub struct SentCode {
    /// Its number.
    pub id: i64,
    /// The channel by which it was sent.
    pub channel: Channel,
    /// The destination to which it was sent.
    pub destination: String,
    /// Its keyed hash.
    pub hash: Vec<u8>,
    /// When it was sent, milliseconds since the Unix epoch.
    pub sent_at: u64,
    /// Whether it was accepted.
    pub consumed: bool,
    /// Whether it was refused as expired: it stays expired, whatever the clock shows.
    pub expired: bool,
    /// Whether its message was given up, or a gateway has reported that it could not be delivered.
    pub undelivered: bool,
}

/// A code to be sent.
#[derive(Clone, Copy, Debug)]
pub struct NewCode<'a> {
    /// The id of the sign-in.
    pub sign_in: &'a [u8],
    /// The channel by which it is sent.
    pub channel: Channel,
    /// The destination to which it is sent.
    pub destination: &'a str,
    /// Its keyed hash.
    pub hash: &'a [u8],
    /// The idempotency key of its message.
    pub message: &'a str,
    /// The name of the gateway that it goes through ([`crate::delivery::Deliver::gateway`]).
    pub gateway: &'a str,
    /// When it is sent, milliseconds since the Unix epoch.
    pub now: u64,
}

/// Identifies a submitted code: the same key gets the same outcome again.
#[derive(Clone, Copy, Debug)]
pub struct SubmissionKey<'a> {
    /// The id of the sign-in.
    pub sign_in: &'a [u8],
    /// The key that the browser sent along.
    pub idempotency_key: &'a str,
    /// The keyed hash of the code.
    pub digest: &'a [u8],
}

/// How far a submitted code has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Submission {
    /// It was counted as a failure and not verified yet.
    Counted,
    /// It was verified.
    Verified(Outcome),
}

/// The outcome of a verified code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was accepted.
    Accepted,
    /// It was refused.
    Refused(Cause),
}

/// Reads sign-ins.
pub trait ReadSignIns {
    /// The sign-in of a cookie (its stored hash). `None` where there is none or it has expired or was ended.
    fn sign_in<'a>(&'a mut self, cookie: &'a [u8], now: u64) -> StoreFuture<'a, Option<SignIn>>;

    /// The newest step-up of the session with a cookie (its stored hash), whether that session has ended or
    /// not. `None` where there is none or it has expired or was ended.
    fn step_up<'a>(
        &'a mut self,
        session_cookie: &'a [u8],
        now: u64,
    ) -> StoreFuture<'a, Option<SignIn>>;

    /// All codes sent for a sign-in, oldest first.
    fn sent_codes<'a>(&'a mut self, sign_in: &'a [u8]) -> StoreFuture<'a, Vec<SentCode>>;

    /// How far a submitted code has come. `None` where it was never submitted.
    fn submission<'a>(&'a mut self, key: SubmissionKey<'a>) -> StoreFuture<'a, Option<Submission>>;
}

/// Writes sign-ins.
pub trait WriteSignIns {
    /// Begins a sign-in.
    fn begin_sign_in<'a>(&'a mut self, sign_in: NewSignIn<'a>) -> StoreFuture<'a, ()>;

    /// Changes the method that the person uses.
    fn set_channel<'a>(&'a mut self, sign_in: &'a [u8], channel: Channel) -> StoreFuture<'a, ()>;

    /// Accepts a sign-in by a submitted code at `now`, milliseconds since the Unix epoch. `false` where it was accepted before, has
    /// expired or was ended. Of an end and an acceptance at the same instant one takes effect, whichever account the two requests have
    /// the lock of.
    fn accept_sign_in<'a>(&'a mut self, key: SubmissionKey<'a>, now: u64) -> StoreFuture<'a, bool>;

    /// Ends the sign-in of a cookie (its stored hash) by an expiry that is past on every machine ([`crate::clock::past_everywhere`]),
    /// milliseconds since the Unix epoch. It is kept with its codes like any other that has expired: they show whether a gateway delivers.
    fn end_sign_in<'a>(&'a mut self, cookie: &'a [u8], expired_at: u64) -> StoreFuture<'a, ()>;

    /// Stores a code whose message was enqueued.
    fn add_sent_code<'a>(&'a mut self, code: NewCode<'a>) -> StoreFuture<'a, ()>;

    /// Consumes a sent code.
    fn consume_sent_code(&mut self, id: i64, now: u64) -> StoreFuture<'_, ()>;

    /// Makes a sent code stay expired.
    fn expire_sent_code(&mut self, id: i64, now: u64) -> StoreFuture<'_, ()>;

    /// Stores a submitted code as [`Submission::Counted`].
    fn add_submission<'a>(&'a mut self, key: SubmissionKey<'a>) -> StoreFuture<'a, ()>;

    /// Stores the outcome of a submitted code.
    fn set_outcome<'a>(
        &'a mut self,
        key: SubmissionKey<'a>,
        outcome: Outcome,
    ) -> StoreFuture<'a, ()>;
}

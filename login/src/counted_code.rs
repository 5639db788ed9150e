//! Codes are counted as failures before they are compared, in one counter for each account: for every kind of code and
//! at every entry point.
//!
//! Each entry point that compares a code first calls [`count`] and commits, compares in a second transaction, and
//! calls [`take_back`] there after a success. So guesses at the same instant cannot exceed the limits, and a crash
//! in between costs one attempt and never grants one.

use todoita::cause::Cause;
use todoita::policy::{self, Failure, Gate};

use crate::error::Error;
use crate::service::Service;
use crate::store::{AccountId, Snapshot, Transaction};

/// A refusal: the limits allow no code to be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closed {
    /// [`Cause::Limited`] or [`Cause::Locked`].
    pub cause: Cause,
    /// From when the next code is compared, milliseconds since the Unix epoch.
    pub until: u64,
}

/// The attempt that a code belongs to.
#[derive(Clone, Copy, Debug)]
pub struct Attempt<'a> {
    /// Whose code it is.
    pub user: AccountId,
    /// The id of the sign-in or of the enrolment that its success completes.
    pub within: &'a [u8],
    /// Whether it is made in a known place ([`crate::known_places`]): for a sign-in, where it began.
    pub known: bool,
}

/// The failures of an account that count at `now`.
///
/// # Errors
/// Internal errors: database.
pub async fn failures(
    db: &mut dyn Snapshot,
    user: AccountId,
    now: u64,
) -> Result<Vec<Failure>, Error> {
    Ok(db.failures(user, now.saturating_sub(policy::MONTH)).await?)
}

/// Whether these failures allow a code to be compared at `now`.
pub fn closed(service: &Service, failures: &[Failure], known: bool, now: u64) -> Option<Closed> {
    match policy::gate(failures, known, now, &service.settings.limits) {
        Gate::Open => None,
        Gate::Wait { until } => Some(Closed {
            cause: Cause::Limited,
            until,
        }),
        Gate::Locked { until } => Some(Closed {
            cause: Cause::Locked,
            until,
        }),
    }
}

/// The refusal of a code that the limits allow no more, from what a snapshot shows. It is looked for before the account's lock is
/// waited for: a flood of codes for a locked account then holds neither the lock nor a writer. [`count`] decides.
///
/// # Errors
/// Internal errors: database.
pub async fn refusal(
    service: &Service,
    db: &mut dyn Snapshot,
    user: AccountId,
    known: bool,
    now: u64,
) -> Result<Option<Closed>, Error> {
    let failures = failures(db, user, now).await?;
    Ok(closed(service, &failures, known, now))
}

/// Counts a code as a failure, unless the limits allow none. The caller commits before it compares.
///
/// # Errors
/// Internal errors: database.
pub async fn count(
    service: &Service,
    tx: &mut dyn Transaction,
    attempt: Attempt<'_>,
    now: u64,
) -> Result<Result<(), Closed>, Error> {
    let Attempt {
        user,
        within,
        known,
    } = attempt;
    if let Some(closed) = refusal(service, tx, user, known, now).await? {
        return Ok(Err(closed));
    }
    tx.add_failure(user, within, Failure { at: now, known })
        .await?;
    Ok(Ok(()))
}

/// Deletes the failures within a sign-in or an enrolment (its id) after its success. All others stay: the success of one makes no
/// room for the guesses within another.
///
/// # Errors
/// Internal errors: database.
pub async fn take_back(tx: &mut dyn Transaction, within: &[u8]) -> Result<(), Error> {
    Ok(tx.clear_failures(within).await?)
}

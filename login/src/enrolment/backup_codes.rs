//! New backup codes: ten, in place of all earlier ones.

use super::confirmed;
use crate::audit::{Actor, Event};
use crate::code_rule::BACKUP_DIGITS;
use crate::crypto::random;
use crate::error::Error;
use crate::factors::backup_code::hashes_of_set;
use crate::notice::{self, Notice};
use crate::password::Lane;
use crate::rerun;
use crate::service::{Requester, Service};
use crate::session;
use crate::store::{AccountId, Transaction, User};

/// Codes in a set.
const SET: usize = 10;
/// Bytes of the salt of a set.
const SALT: usize = 16;

/// A new set of codes with their hashes. It is made before the transaction that stores it: the hashes are slow.
#[derive(Debug)]
pub struct NewSet {
    /// The codes, to be shown once.
    pub codes: Vec<String>,
    salt: [u8; SALT],
    hashes: Vec<[u8; 32]>,
}

impl NewSet {
    /// Random codes for an account.
    ///
    /// # Errors
    /// [`Error::Busy`]. Internal errors: randomness.
    pub async fn random(service: &Service, user: AccountId) -> Result<NewSet, Error> {
        let mut codes = Vec::with_capacity(SET);
        while codes.len() < SET {
            let code = random::code(BACKUP_DIGITS)?;
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        NewSet::of(service, user, random::bytes()?, codes).await
    }

    /// Given codes for an account, with a given salt: for the users of the demo.
    ///
    /// # Errors
    /// [`Error::Busy`].
    pub async fn of(
        service: &Service,
        user: AccountId,
        salt: [u8; SALT],
        codes: Vec<String>,
    ) -> Result<NewSet, Error> {
        let turn = service.passwords.turn(Lane::Open).await?;
        let hashes = hashes_of_set(service, turn, user, &salt, &codes).await?;
        Ok(NewSet {
            codes,
            salt,
            hashes,
        })
    }

    /// Stores the set in place of all earlier codes of its account. `now` is kept as the time at which it was made.
    ///
    /// # Errors
    /// Internal errors: database.
    pub async fn store(
        &self,
        tx: &mut dyn Transaction,
        user: AccountId,
        now: u64,
    ) -> Result<(), Error> {
        Ok(tx
            .replace_backup_codes(user, &self.salt, &self.hashes, now)
            .await?)
    }
}

/// New backup codes, to be shown once.
#[derive(Debug)]
pub struct Renewed {
    /// The name of their account.
    pub account: String,
    /// When they were made, milliseconds since the Unix epoch.
    pub made: u64,
    /// The codes.
    pub codes: Vec<String>,
}

/// Makes a new set in place of all earlier codes of the account of a session's cookie, and ends its other
/// sessions. Gives all that is shown with the codes: once they are stored nothing may fail that would lose them.
///
/// # Errors
/// [`Error::NoSession`]; [`Error::StepUpNeeded`]; [`Error::TooManyChanges`]; [`Error::Busy`]. Internal errors: database,
/// randomness.
pub async fn renew(
    service: &Service,
    requester: &Requester,
    cookie: Option<&str>,
) -> Result<Renewed, Error> {
    let signed_in = session::signed_in(service, cookie).await?;
    if !signed_in.is_fresh(service) {
        return Err(Error::StepUpNeeded);
    }
    let mut db = service.store.read().await?;
    confirmed::may_change(&mut *db, &signed_in, service.clock.now()).await?;
    drop(db);
    let set = NewSet::random(service, signed_in.user.id).await?;
    let stored = rerun::on_conflict(|| store_renewed(service, requester, cookie, &set)).await?;
    let (account, made) = stored;
    Ok(Renewed {
        account,
        made,
        codes: set.codes,
    })
}

/// Stores a set for [`renew`]. Gives the name of the account, and when it was made.
async fn store_renewed(
    service: &Service,
    requester: &Requester,
    cookie: Option<&str>,
    set: &NewSet,
) -> Result<(String, u64), Error> {
    let (mut tx, signed_in) = session::begin(service, cookie).await?;
    if !signed_in.is_fresh(service) {
        return Err(Error::StepUpNeeded);
    }
    let made = service.clock.now();
    let event = Event::FactorChanged("backup-codes-renewed");
    confirmed::changed(requester, &mut *tx, &signed_in, event, made).await?;
    let (actor, user) = (Actor::Person(requester), &signed_in.user);
    replace(service, actor, &mut *tx, user, set, made).await?;
    tx.commit().await?;
    service.delivery.wake();
    Ok((signed_in.user.name, made))
}

/// Stores a set in place of all earlier codes of an account, made `now`, and informs its person.
///
/// # Errors
/// Internal errors: database, randomness.
pub(crate) async fn replace(
    service: &Service,
    actor: Actor<'_>,
    tx: &mut dyn Transaction,
    user: &User,
    set: &NewSet,
    now: u64,
) -> Result<(), Error> {
    set.store(tx, user.id, now).await?;
    notice::enqueue(service, tx, actor, user, Notice::BackupCodesRenewed).await
}

/// The backup codes of an account, as its person may know them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// How many are left.
    pub left: usize,
    /// When they were made, in milliseconds since the Unix epoch, if that is known.
    pub made: Option<u64>,
}

/// How many codes of an account are left, and when they were made.
///
/// # Errors
/// Internal errors: database.
pub async fn kept(service: &Service, user: AccountId) -> Result<Kept, Error> {
    let codes = service.store.read().await?.backup_codes(user).await?;
    Ok(Kept {
        left: codes.iter().filter(|code| !code.consumed).count(),
        made: codes.first().and_then(|code| code.made),
    })
}

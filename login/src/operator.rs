//! The operator's actions on accounts. Each that changes a factor or ends sessions is announced to the person.

use todoita::cause::Cause;
use todoita::channel::Channel;
use todoita::phone;

use crate::audit::{self, Actor, Event};
use crate::clock::past_everywhere;
use crate::command;
use crate::counted_code;
use crate::enrolment::backup_codes::{self, NewSet};
use crate::error::Error;
use crate::factors;
use crate::notice::{self, Notice};
use crate::password;
use crate::password_step::LONGEST_NAME;
use crate::service::{Requester, Service};
use crate::session;
use crate::store::{AccountId, NewUser, Snapshot, Transaction, User};

/// The fewest characters of a password that an operator gives (NIST SP 800-63B-4 section 3.1.1.2, beside a second
/// factor; OWASP ASVS 6.2.1).
const SHORTEST_PASSWORD: usize = 8;
/// Accounts read at a time.
const PAGE: u32 = 200;

/// An account to be added.
#[derive(Clone, Copy, Debug)]
pub struct NewAccount<'a> {
    /// The name to sign in with.
    pub name: &'a str,
    /// The phone number, as people write it.
    pub phone: Option<&'a str>,
    /// The mail address.
    pub email: Option<&'a str>,
    /// Whether it has backup codes from the beginning.
    pub backup_codes: bool,
}

/// An account as an operator sees it.
#[derive(Clone, Debug)]
pub struct Account {
    /// The name it signs in with.
    pub name: String,
    /// Its methods, in the order in which they are offered.
    pub methods: Vec<Channel>,
    /// Backup codes that are left.
    pub backup_codes: usize,
    /// Sessions that have not ended.
    pub sessions: usize,
    /// Whether it was disabled.
    pub disabled: bool,
    /// Until when its code step is locked, milliseconds since the Unix epoch.
    pub locked_until: Option<u64>,
}

/// A factor that an operator can reset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResetFactor {
    /// The authenticator is removed.
    Authenticator,
    /// New backup codes replace all earlier ones.
    BackupCodes,
}

/// Adds an account, with a set of backup codes if they are asked for; gives the codes, to be shown once.
///
/// # Errors
/// [`Error::InvalidInput`]: the name is empty, too long or taken, the password is too short, the number or the
/// address is malformed. Internal errors: database, randomness.
pub async fn add(
    service: &Service,
    account: NewAccount<'_>,
    given: &str,
) -> Result<Vec<String>, Error> {
    let name = account.name.trim();
    if name.is_empty() || name.len() > LONGEST_NAME || name.chars().any(char::is_control) {
        return Err(Error::InvalidInput("not a name for an account".into()));
    }
    if given.chars().count() < SHORTEST_PASSWORD {
        let why = format!("a password has at least {SHORTEST_PASSWORD} characters");
        return Err(Error::InvalidInput(why.into()));
    }
    let phone = match account.phone.map(phone::read) {
        None => None,
        Some(Ok(phone)) => Some(phone.e164),
        Some(Err(why)) => {
            let why = format!("not a phone number ({})", why.as_str());
            return Err(Error::InvalidInput(why.into()));
        }
    };
    if account.email.is_some_and(|email| !is_address(email)) {
        return Err(Error::InvalidInput("not a mail address".into()));
    }
    let password = password::hash(given)?;
    let mut tx = service.store.begin().await?;
    if tx.user_by_name(name).await?.is_some() {
        return Err(Error::InvalidInput("the name is taken".into()));
    }
    let added = tx.add_user(NewUser {
        name,
        password: &password,
        phone: phone.as_deref(),
        email: account.email,
    });
    let id = added.await?;
    let now = service.clock.now();
    audit::operator(&mut *tx, Some(name), now, Event::Command(command::USER_ADD)).await?;
    tx.commit().await?;
    if !account.backup_codes {
        return Ok(Vec::new());
    }
    // The hashes are slow: made without the lock. No notice is sent of the first set.
    let set = NewSet::random(service, id).await?;
    let mut tx = service.store.begin_for(id).await?;
    set.store(&mut *tx, id, service.clock.now()).await?;
    tx.commit().await?;
    Ok(set.codes)
}

/// Whether a text looks like a mail address: only a message can show whether it is one.
fn is_address(text: &str) -> bool {
    let parts = text.rsplit_once('@');
    parts.is_some_and(|(name, domain)| !name.is_empty() && domain.contains('.'))
        && !text
            .chars()
            .any(|c| c.is_whitespace() || c.is_control() || c == ',')
}

/// All accounts, in the order in which they were added.
///
/// # Errors
/// Internal errors: database.
pub async fn list(service: &Service) -> Result<Vec<Account>, Error> {
    let mut accounts = Vec::new();
    let mut after = 0;
    loop {
        let mut db = service.store.read().await?;
        let page = db.accounts(after, PAGE).await?;
        let Some(last) = page.last() else {
            return Ok(accounts);
        };
        after = last.id;
        for user in &page {
            accounts.push(describe(service, &mut *db, user).await?);
        }
    }
}

async fn describe(service: &Service, db: &mut dyn Snapshot, user: &User) -> Result<Account, Error> {
    let now = service.clock.now();
    let failures = counted_code::failures(db, user.id, now).await?;
    let closed = counted_code::closed(service, &failures, false, now);
    let locked = closed.filter(|closed| closed.cause == Cause::Locked);
    let codes = db.backup_codes(user.id).await?;
    Ok(Account {
        name: user.name.clone(),
        methods: factors::methods(service, db, user).await?,
        backup_codes: codes.iter().filter(|code| !code.consumed).count(),
        sessions: db.sessions(user.id, session::live(service)).await?,
        disabled: user.disabled,
        locked_until: locked.map(|closed| closed.until),
    })
}

/// Forgets the failures of an account, the passwords counted for its name, and the codes and changes of factors counted for it: locks
/// and waits are over.
///
/// # Errors
/// [`Error::InvalidInput`]: there is no such account. Internal errors: database.
pub async fn unlock(service: &Service, name: &str) -> Result<(), Error> {
    let (mut tx, user) = account(service, name).await?;
    tx.forget_failures(user.id, &user.name).await?;
    record(service, &mut *tx, &user, command::USER_UNLOCK).await?;
    Ok(tx.commit().await?)
}

/// Removes the authenticator of an account, or replaces its backup codes; gives the new ones. Its sessions end.
/// `requester` has the language of the notice.
///
/// # Errors
/// [`Error::InvalidInput`]: there is no such account, or nothing to reset. Internal errors: database, randomness.
pub async fn reset_factor(
    service: &Service,
    requester: &Requester,
    name: &str,
    factor: ResetFactor,
) -> Result<Vec<String>, Error> {
    let set = match factor {
        ResetFactor::Authenticator => None,
        ResetFactor::BackupCodes => {
            let (tx, user) = account(service, name).await?;
            drop(tx);
            Some(NewSet::random(service, user.id).await?)
        }
    };
    let (mut tx, user) = account(service, name).await?;
    let now = service.clock.now();
    end_all(&mut *tx, user.id, now).await?;
    let actor = Actor::Operator(requester);
    if let Some(set) = &set {
        backup_codes::replace(service, actor, &mut *tx, &user, set, now).await?;
    } else {
        if user.authenticator_secret.is_none() {
            return Err(Error::InvalidInput(
                "the account has no authenticator".into(),
            ));
        }
        tx.remove_authenticator(user.id).await?;
        let notice = Notice::AuthenticatorRemoved;
        notice::enqueue(service, &mut *tx, actor, &user, notice).await?;
    }
    let command = match factor {
        ResetFactor::Authenticator => command::USER_RESET_AUTHENTICATOR,
        ResetFactor::BackupCodes => command::USER_RESET_BACKUP_CODES,
    };
    record(service, &mut *tx, &user, command).await?;
    tx.commit().await?;
    Ok(set.map(|set| set.codes).unwrap_or_default())
}

/// Ends all sessions and pending sign-ins of an account. Gives how many sessions were ended.
///
/// # Errors
/// [`Error::InvalidInput`]: there is no such account. Internal errors: database, randomness.
pub async fn end_sessions(
    service: &Service,
    requester: &Requester,
    name: &str,
) -> Result<u64, Error> {
    let (mut tx, user) = account(service, name).await?;
    let ended = end_all(&mut *tx, user.id, service.clock.now()).await?;
    if ended > 0 {
        let actor = Actor::Operator(requester);
        notice::enqueue(service, &mut *tx, actor, &user, Notice::SessionsEnded).await?;
    }
    record(service, &mut *tx, &user, command::USER_END_SESSIONS).await?;
    tx.commit().await?;
    Ok(ended)
}

/// Disables an account, so that its sessions and sign-ins end and every password is wrong, or enables it again.
///
/// # Errors
/// [`Error::InvalidInput`]: there is no such account. Internal errors: database.
pub async fn set_disabled(service: &Service, name: &str, disabled: bool) -> Result<(), Error> {
    let now = service.clock.now();
    let (mut tx, user) = account(service, name).await?;
    tx.set_disabled(user.id, disabled.then_some(now)).await?;
    if disabled {
        end_all(&mut *tx, user.id, now).await?;
    }
    let command = if disabled {
        command::USER_DISABLE
    } else {
        command::USER_ENABLE
    };
    record(service, &mut *tx, &user, command).await?;
    Ok(tx.commit().await?)
}

/// After a database was restored from a backup: ends everything that was under way when the copy was made, since
/// codes and sessions that were over by now would be valid again. A backup code that was consumed since the copy is
/// valid again, too: [`reset_factor`] replaces them.
///
/// # Errors
/// Internal errors: database.
pub async fn after_restore(service: &Service) -> Result<(), Error> {
    let mut tx = service.store.begin().await?;
    let now = service.clock.now();
    tx.end_all(now).await?;
    audit::operator(&mut *tx, None, now, Event::Command(command::AFTER_RESTORE)).await?;
    Ok(tx.commit().await?)
}

/// Records in a database that a file was copied into it.
///
/// # Errors
/// Internal errors: database.
pub async fn record_import(tx: &mut dyn Transaction, now: u64) -> Result<(), Error> {
    audit::operator(tx, None, now, Event::Command(command::IMPORT)).await
}

/// Records a command on an account.
async fn record(
    service: &Service,
    tx: &mut dyn Transaction,
    user: &User,
    command: &'static str,
) -> Result<(), Error> {
    let now = service.clock.now();
    audit::operator(tx, Some(&user.name), now, Event::Command(command)).await
}

/// Ends all sessions and pending sign-ins of an account. Gives how many sessions were ended.
async fn end_all(tx: &mut dyn Transaction, user: AccountId, now: u64) -> Result<u64, Error> {
    tx.end_sign_ins_of(user, past_everywhere(now)).await?;
    Ok(tx.end_sessions(user, None, now).await?)
}

/// The account with a name, in a transaction that holds its lock.
async fn account(service: &Service, name: &str) -> Result<(Box<dyn Transaction>, User), Error> {
    let unknown = || Error::InvalidInput("there is no account with this name".into());
    let found = service.store.read().await?.user_by_name(name).await?;
    let id = found.ok_or_else(unknown)?.id;
    let mut tx = service.store.begin_for(id).await?;
    let user = tx.user(id).await?;
    Ok((tx, user))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_address_has_a_name_and_a_domain() {
        for address in ["a@b.example", "花子@例.jp", "\"a@b\"@c.example"] {
            assert!(is_address(address), "{address}");
        }
        for text in [
            "",
            "a",
            "@b.example",
            "a@b",
            "a b@c.example",
            "a@b.example,c@d.example",
            "a@b.ex\nample",
        ] {
            assert!(!is_address(text), "{text}");
        }
    }
}

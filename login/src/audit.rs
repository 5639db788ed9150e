//! The audit log: who did what, when, from where, and how it ended.
//!
//! An entry is written in the transaction that makes the change, so that neither exists without the other. No entry holds a
//! text that a person typed: a name only where it is an account's (people type passwords into the field of the name), of a
//! destination what its owner recognises. A request that a limit refuses writes nothing; the entry is of the one that used it up.
//!
//! A password is recorded as wrong when it is counted, and becomes right in the transaction that begins the sign-in: a crash in
//! between leaves it wrong, as it leaves it counted.

use todoita::cause::Cause;
use todoita::channel::Channel;

use crate::audit_budget::Share;
use crate::error::Error;
use crate::factors::sent_code::masked;
use crate::service::{Requester, Service};
use crate::store::{AuditEntry, AuditRange, Counter, NewAuditEntry, Transaction};

/// Entries read at a time.
const PAGE: u32 = 500;

/// Something that is recorded.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Event<'a> {
    /// A password was counted.
    PasswordCounted,
    /// A password was right.
    PasswordRight,
    /// A sign-in began, with a method.
    SignInBegun(Channel),
    /// A step-up began, with a method.
    StepUpBegun(Channel),
    /// A code was sent by a channel to a destination.
    CodeSent(Channel, &'a str),
    /// A code of a factor was accepted.
    CodeAccepted(&'static str),
    /// A counted code was refused, with the name of the entry point.
    CodeRefused(Cause, &'static str),
    /// A limit of the name was used up.
    LimitReached(&'static str),
    /// A factor was changed: how.
    FactorChanged(&'static str),
    /// The number of an account was changed to this one.
    NumberChanged(&'a str),
    /// Sessions ended: why.
    SessionsEnded(&'static str),
    /// An operator's command was carried out.
    Command(&'static str),
    /// So many passwords were not recorded.
    LeftOut(u32),
}

impl Event<'_> {
    /// Its action, its outcome, and the detail.
    fn words(self) -> (&'static str, &'static str, String) {
        match self {
            Event::PasswordCounted => ("password", "wrong", String::new()),
            Event::PasswordRight => ("password", RIGHT, String::new()),
            Event::SignInBegun(channel) => ("sign-in", "begun", channel.as_str().into()),
            Event::StepUpBegun(channel) => ("step-up", "begun", channel.as_str().into()),
            Event::CodeSent(channel, to) => ("code-sent", channel.as_str(), masked(channel, to)),
            Event::CodeAccepted(factor) => ("code", "accepted", factor.into()),
            Event::CodeRefused(cause, at) => ("code", cause.as_str(), at.into()),
            Event::LimitReached(limit) => ("limit", "reached", limit.into()),
            Event::FactorChanged(how) => ("factor", how, String::new()),
            Event::NumberChanged(to) => ("factor", "number-changed", masked(Channel::Sms, to)),
            Event::SessionsEnded(why) => ("sessions", "ended", why.into()),
            Event::Command(command) => ("command", "done", command.into()),
            Event::LeftOut(passwords) => ("audit", "left-out", passwords.to_string()),
        }
    }
}

/// The outcome of a right password.
const RIGHT: &str = "right";

/// The limit on failures at the code step, as an entry names it.
pub(crate) const CODE_FAILURES: &str = "code-failures";

/// Who does something that is recorded, with the request.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Actor<'a> {
    /// A person.
    Person(&'a Requester),
    /// An operator.
    Operator(&'a Requester),
}

impl<'a> Actor<'a> {
    /// The request, which has the language of notices.
    pub fn requester(self) -> &'a Requester {
        match self {
            Actor::Person(requester) | Actor::Operator(requester) => requester,
        }
    }
}

/// Records that a limit was used up. `account`: the name of the account.
///
/// # Errors
/// Internal errors: database.
pub(crate) async fn limit_reached(
    tx: &mut dyn Transaction,
    actor: Actor<'_>,
    account: &str,
    at: u64,
    limit: Counter,
) -> Result<(), Error> {
    let event = Event::LimitReached(limit.as_str());
    match actor {
        Actor::Person(requester) => person(tx, requester, account, at, event).await,
        Actor::Operator(_) => operator(tx, Some(account), at, event).await,
    }
}

/// Records what a person did. `account`: the name of the account.
///
/// # Errors
/// Internal errors: database.
pub(crate) async fn person(
    tx: &mut dyn Transaction,
    requester: &Requester,
    account: &str,
    at: u64,
    event: Event<'_>,
) -> Result<(), Error> {
    add(
        tx,
        ("person", Some(account)),
        &requester.network.address,
        at,
        event,
    )
    .await?;
    Ok(())
}

/// Records what an operator did. `account`: the name of the account, or `None` for all.
///
/// # Errors
/// Internal errors: database.
pub(crate) async fn operator(
    tx: &mut dyn Transaction,
    account: Option<&str>,
    at: u64,
    event: Event<'_>,
) -> Result<(), Error> {
    add(tx, ("operator", account), "", at, event).await?;
    Ok(())
}

async fn add(
    tx: &mut dyn Transaction,
    (who, account): (&str, Option<&str>),
    network: &str,
    at: u64,
    event: Event<'_>,
) -> Result<i64, Error> {
    let (action, outcome, detail) = event.words();
    let entry = NewAuditEntry {
        at,
        who,
        account,
        network,
        action,
        outcome,
        detail: &detail,
    };
    Ok(tx.add_audit_entry(entry).await?)
}

/// Records a counted password as wrong, and the limits that it has used up; gives the number of its entry. `None` where the
/// budget has left it out. `account`: the name, if there is such an account.
///
/// # Errors
/// Internal errors: database.
pub(crate) async fn password(
    service: &Service,
    tx: &mut dyn Transaction,
    requester: &Requester,
    account: Option<&str>,
    at: u64,
    used_up: &[Counter],
) -> Result<Option<i64>, Error> {
    let network = &requester.network.address;
    let allowed = service.settings.audit_passwords;
    let share = service.audit_budget.take_counted(allowed, at);
    left_out(tx, share, at).await?;
    if !share.recorded {
        return Ok(None);
    }
    let person = ("person", account);
    let id = add(tx, person, network, at, Event::PasswordCounted).await?;
    for limit in used_up {
        let event = Event::LimitReached(limit.as_str());
        add(tx, person, network, at, event).await?;
    }
    Ok(Some(id))
}

/// Records how many passwords the hour before has left out, where this is the first one of an hour.
async fn left_out(tx: &mut dyn Transaction, share: Share, at: u64) -> Result<(), Error> {
    if share.left_out > 0 {
        let event = Event::LeftOut(share.left_out);
        add(tx, ("service", None), "", at, event).await?;
    }
    Ok(())
}

/// Records that a counted password was right, and the sign-in that it begins with a method. Where the budget leaves it out its entry
/// is removed: it would be one of a wrong password. `counted`: the number of its entry, and when it was counted.
///
/// # Errors
/// Internal errors: database.
pub(crate) async fn right_password(
    service: &Service,
    tx: &mut dyn Transaction,
    requester: &Requester,
    account: &str,
    (entry, counted_at): (Option<i64>, u64),
    at: u64,
    begun: Option<Channel>,
) -> Result<(), Error> {
    let allowed = service.settings.audit_passwords;
    let counted = (counted_at, entry.is_some());
    let share = service.audit_budget.take_right(allowed, counted, at);
    left_out(tx, share, at).await?;
    if !share.recorded {
        if let Some(id) = entry {
            tx.remove_audit_entry(id).await?;
        }
        return Ok(());
    }
    match entry {
        Some(id) => tx.set_audit_outcome(id, RIGHT).await?,
        None => person(tx, requester, account, at, Event::PasswordRight).await?,
    }
    if let Some(channel) = begun {
        person(tx, requester, account, at, Event::SignInBegun(channel)).await?;
    }
    Ok(())
}

/// Reads the entries from `since` to before `until` (milliseconds since the Unix epoch), oldest first, a bounded number at a
/// time. `write` takes each of them; its error ends the reading.
///
/// # Errors
/// Internal errors: database. That of `write`, inside.
pub async fn export<E>(
    service: &Service,
    since: u64,
    until: u64,
    mut write: impl FnMut(&AuditEntry) -> Result<(), E>,
) -> Result<Result<(), E>, Error> {
    let mut after = 0;
    loop {
        let mut db = service.store.read().await?;
        let range = AuditRange {
            after,
            since,
            until,
            limit: PAGE,
        };
        let entries = db.audit_entries(range).await?;
        drop(db);
        let Some(last) = entries.last() else {
            return Ok(Ok(()));
        };
        after = last.id;
        for entry in &entries {
            if let Err(error) = write(entry) {
                return Ok(Err(error));
            }
        }
    }
}

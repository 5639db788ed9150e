//! Enrolment of a phone number: a code is sent to it by text message, and confirms it.
//!
//! A number that is not confirmed yet is in no account. It is sealed with the keyed hashes of its newest codes, and the browser
//! keeps them; nothing is written to the database before. They open in the session in which the codes were sent, until the codes
//! expire. The account counts the changes of its number, and the count at which a code was sent is sealed with it: so a code
//! changes the number once, and one change makes every code that was sent before void, also where the number stays the same.

use todoita::channel::Channel;
use todoita::code::Kind;
use todoita::phone;
use zeroize::Zeroizing;

use super::confirmed::{self, Confirmed, Enrolment};
use super::number_candidate::{Candidate, NumberCode, hash};
use crate::audit::Event;
use crate::code_rule::{self, DIGITS};
use crate::crypto::random;
use crate::error::Error;
use crate::gateway_health;
use crate::known_places;
use crate::measure;
use crate::notice::Notice;
use crate::rerun;
use crate::send_code::{self, Destination, Recipient};
use crate::service::{Requester, Service};
use crate::session::{self, SignedIn};

/// The name of the entry point.
const ENTRY_POINT: &str = "number";

/// The outcome of [`propose`].
#[derive(Debug)]
pub enum Proposed {
    /// A code was sent. The text is for [`confirm`] and for the browser of this session alone.
    Sent(String),
    /// The text is no phone number.
    NoNumber(phone::Problem),
    /// The number gets no text messages.
    NoMessages,
    /// Nothing was sent: the limits allow it again at this time (milliseconds since the Unix epoch).
    Limited(u64),
}

/// A number that waits for its code.
#[derive(Debug)]
pub struct Waiting {
    /// The number, in E.164.
    pub number: String,
    /// When its newest code was sent, milliseconds since the Unix epoch.
    pub sent_at: u64,
    /// When that code expires.
    pub expires_at: u64,
    /// Whether its message was given up, or a gateway has reported that it could not be delivered.
    pub undelivered: bool,
    /// Whether the gateway for SMS is down: the code is late.
    pub late: bool,
}

/// Sends a code to the number in `typed`, read as people write numbers, for the session of a cookie. `former`: the text that an
/// earlier call gave, if there is one. Its codes stay valid where they were sent to the same number.
///
/// # Errors
/// [`Error::NoSession`]; [`Error::StepUpNeeded`]; [`Error::TooManyChanges`]; [`Error::NoMethod`] where the service has no
/// gateway for SMS. Internal errors: database, randomness.
pub async fn propose(
    service: &Service,
    requester: &Requester,
    cookie: Option<&str>,
    former: Option<&str>,
    typed: &str,
) -> Result<Proposed, Error> {
    // Read for a session alone, like a typed code.
    session::signed_in(service, cookie).await?;
    if !service.delivery.delivers(Channel::Sms) {
        return Err(Error::NoMethod);
    }
    let number = match phone::read(typed) {
        Err(problem) => return Ok(Proposed::NoNumber(problem)),
        Ok(read) if read.kind.sms() == Some(false) => return Ok(Proposed::NoMessages),
        Ok(read) => read.e164,
    };
    rerun::on_conflict(|| send(service, requester, cookie, former, &number)).await
}

/// Sends a code to a number that can get it.
async fn send(
    service: &Service,
    requester: &Requester,
    cookie: Option<&str>,
    former: Option<&str>,
    number: &str,
) -> Result<Proposed, Error> {
    let (mut tx, signed_in) = session::begin(service, cookie).await?;
    if !signed_in.is_fresh(service) {
        return Err(Error::StepUpNeeded);
    }
    let SignedIn { session, user } = &signed_in;
    let now = service.clock.now();
    confirmed::may_change(&mut *tx, &signed_in, now).await?;
    let place = known_places::find(service, &mut *tx, Some(user.id), requester).await?;
    let recipient = Recipient {
        user,
        sign_in: &session.sign_in,
        known: place.is_some(),
    };
    let to = Destination {
        channel: Channel::Sms,
        address: number,
    };
    let db = &mut *tx;
    let counted = send_code::count_to_confirm(service, requester, db, recipient, to, now).await?;
    if let Err(until) = counted {
        return Ok(Proposed::Limited(until));
    }
    let code = Zeroizing::new(random::code(DIGITS)?);
    let message = send_code::enqueue(service, requester, &mut *tx, user, to, &code, now).await?;
    let limits = &service.settings.limits;
    let key = service.key.current_id();
    let mut codes = vec![NumberCode {
        expires_at: now.saturating_add(limits.code_life),
        hash: hash(service, key, &session.sign_in, number, &code),
    }];
    let former = former.and_then(|sealed| Candidate::open(service, &signed_in, sealed));
    let former = former.filter(|former| former.is_open(user) && former.number == number);
    codes.extend(former.map(|former| former.codes).unwrap_or_default());
    codes.truncate(limits.codes_kept);
    let candidate = Candidate {
        number: number.to_owned(),
        message,
        changes: user.phone_changes,
        codes,
    };
    let sealed = candidate.seal(service, &signed_in)?;
    tx.commit().await?;
    service.delivery.wake();
    Ok(Proposed::Sent(sealed))
}

/// The number that waits for its code in this session. `sealed`: the text that [`propose`] gave. `None` where its codes have
/// expired, where the account's number was changed since, and for a text of another session.
///
/// # Errors
/// Internal errors: database.
pub async fn proposed(
    service: &Service,
    signed_in: &SignedIn,
    sealed: &str,
) -> Result<Option<Waiting>, Error> {
    let candidate = Candidate::open(service, signed_in, sealed);
    let Some(candidate) = candidate.filter(|it| it.is_open(&signed_in.user)) else {
        return Ok(None);
    };
    let Some(expires_at) = candidate.codes.first().map(|code| code.expires_at) else {
        return Ok(None);
    };
    let mut db = service.store.read().await?;
    let now = service.clock.now();
    let undelivered = db.is_undelivered(&candidate.message).await?;
    let down = gateway_health::down(&service.delivery, &mut *db, now).await?;
    Ok(Some(Waiting {
        undelivered,
        late: !undelivered && down.contains(&Channel::Sms),
        number: candidate.number,
        sent_at: expires_at.saturating_sub(service.settings.limits.code_life),
        expires_at,
    }))
}

/// Makes the proposed number the account's if the typed code confirms it, and ends the other sessions of the account. The
/// notice goes to the mail address of the account, or else to the former number. A wrong code is a failure of the account like
/// any other: counted and committed before it is compared.
///
/// The same text and code once more (pressed twice, or after a lost answer) get the same outcome and change nothing, until the
/// code expires or the number is changed again.
///
/// # Errors
/// [`Error::NoSession`]; [`Error::CodeTooLong`]; [`Error::TooManyChanges`]. Internal errors: database, randomness.
pub async fn confirm(
    service: &Service,
    requester: &Requester,
    cookie: Option<&str>,
    sealed: &str,
    typed: &str,
) -> Result<Confirmed, Error> {
    let result = check(service, requester, cookie, sealed, typed).await;
    measure::verification(ENTRY_POINT, &result, Confirmed::outcome);
    result
}

async fn check(
    service: &Service,
    requester: &Requester,
    cookie: Option<&str>,
    sealed: &str,
    typed: &str,
) -> Result<Confirmed, Error> {
    let signed_in = session::signed_in(service, cookie).await?;
    let reading = code_rule::read(typed, &requester.host)?;
    let digits = Zeroizing::new(reading.digits);
    let is_code = reading.kind == Some(Kind::Code);
    let now = service.clock.now();
    let candidate = Candidate::open(service, &signed_in, sealed)
        .filter(|it| it.is_open(&signed_in.user) || it.is_confirmed(&signed_in.user));
    let Some(candidate) = candidate else {
        return Ok(Confirmed::NotProposed);
    };
    if !is_code {
        return Ok(Confirmed::Wrong);
    }
    if let Some(outcome) = candidate.settled(service, &signed_in, &digits) {
        return Ok(outcome);
    }
    let enrolment = enrolment_of(&candidate, &signed_in);
    if let Some(closed) = confirmed::refusal(service, requester, enrolment, now).await? {
        return Ok(Confirmed::Refused(closed));
    }
    let count = || count(service, requester, cookie, &candidate, &digits, now);
    if let Some(outcome) = rerun::on_conflict(count).await? {
        return Ok(outcome);
    }
    rerun::on_conflict(|| verify(service, requester, cookie, sealed, &digits, now)).await
}

/// First transaction: counts the code as a failure and commits. Gives the outcome where it is known without comparing the code.
async fn count(
    service: &Service,
    requester: &Requester,
    cookie: Option<&str>,
    candidate: &Candidate,
    digits: &str,
    now: u64,
) -> Result<Option<Confirmed>, Error> {
    let (mut tx, signed_in) = session::begin(service, cookie).await?;
    if let Some(outcome) = candidate.settled(service, &signed_in, digits) {
        return Ok(Some(outcome));
    }
    let enrolment = enrolment_of(candidate, &signed_in);
    if let Err(closed) = confirmed::count(service, requester, &mut *tx, enrolment, now).await? {
        return Ok(Some(Confirmed::Refused(closed)));
    }
    tx.commit().await?;
    Ok(None)
}

/// Second transaction: compares the code. Everything is read again: another tab may have changed the number since, or the same post.
async fn verify(
    service: &Service,
    requester: &Requester,
    cookie: Option<&str>,
    sealed: &str,
    digits: &str,
    now: u64,
) -> Result<Confirmed, Error> {
    let (mut tx, signed_in) = session::begin(service, cookie).await?;
    let Some(candidate) = Candidate::open(service, &signed_in, sealed) else {
        return Ok(Confirmed::NotProposed);
    };
    if let Some(outcome) = candidate.settled(service, &signed_in, digits) {
        return Ok(outcome);
    }
    let SignedIn { session, user } = &signed_in;
    let enrolment = enrolment_of(&candidate, &signed_in);
    if !candidate.has(service, &session.sign_in, digits) {
        return confirmed::refuse(requester, tx, enrolment, now).await;
    }
    tx.set_phone(user.id, &candidate.number).await?;
    let event = Event::NumberChanged(&candidate.number);
    let notice = (Notice::NumberChanged, event);
    confirmed::commit(service, requester, tx, enrolment, notice, now).await
}

/// The enrolment of a number in a session.
fn enrolment_of<'a>(candidate: &'a Candidate, signed_in: &'a SignedIn) -> Enrolment<'a> {
    Enrolment {
        signed_in,
        entry_point: ENTRY_POINT,
        factor: candidate.number.as_bytes(),
    }
}

//! Enrolment of a phone number: a code is sent to it by text message, and confirms it.
//!
//! A number that is not confirmed yet is in no account. It is sealed with the keyed hashes of its newest codes, and the browser
//! keeps them; nothing is written to the database before. They open in the session in which the codes were sent, until the codes
//! expire. The account counts the changes of its number, and the count at which a code was sent is sealed with it: so a code
//! changes the number once, and one change makes every code that was sent before void, also where the number stays the same.

use subtle::{Choice, ConstantTimeEq as _};
use todoita::channel::Channel;
use todoita::code::Kind;
use todoita::phone;
use zeroize::Zeroizing;

use super::confirmed::{self, Confirmed, Enrolment};
use crate::audit::Event;
use crate::code_rule::{self, DIGITS};
use crate::crypto::hex::{bytes_of_hex, hex};
use crate::crypto::key::{KeyId, Seal, Use};
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
use crate::store::User;

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

/// A code that was sent to a number.
struct NumberCode {
    /// When it expires, milliseconds since the Unix epoch.
    expires_at: u64,
    /// Its keyed hash.
    hash: [u8; 32],
}

/// A number that is not confirmed yet.
struct Candidate {
    number: String,
    /// The idempotency key of the newest message to it.
    message: String,
    /// How often the account's number had been changed when the codes were sent.
    changes: u64,
    /// The codes that have not expired, newest first: at least one, and as many as the settings keep.
    codes: Vec<NumberCode>,
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
    let enrolment = candidate.enrolment(&signed_in);
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
    let enrolment = candidate.enrolment(&signed_in);
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
    let enrolment = candidate.enrolment(&signed_in);
    if !candidate.has(service, &session.sign_in, digits) {
        return confirmed::refuse(requester, tx, enrolment, now).await;
    }
    tx.set_phone(user.id, &candidate.number).await?;
    let event = Event::NumberChanged(&candidate.number);
    let notice = (Notice::NumberChanged, event);
    confirmed::commit(service, requester, tx, enrolment, notice, now).await
}

/// The keyed hash of a code that confirms a number in a session.
fn hash(service: &Service, key: KeyId, session: &[u8], number: &str, code: &str) -> [u8; 32] {
    let parts = [session, number.as_bytes(), code.as_bytes()];
    service.key.hash_under(key, Use::NumberCode, &parts)
}

impl Candidate {
    fn enrolment<'a>(&'a self, signed_in: &'a SignedIn) -> Enrolment<'a> {
        Enrolment {
            signed_in,
            entry_point: ENTRY_POINT,
            factor: self.number.as_bytes(),
        }
    }

    /// Whether its codes may change the number of its account: no code has, since they were sent.
    fn is_open(&self, user: &User) -> bool {
        self.changes == user.phone_changes
    }

    /// Whether the last change made this number the account's: by one of these codes, or by another one for the same number.
    fn is_confirmed(&self, user: &User) -> bool {
        self.changes.checked_add(1) == Some(user.phone_changes)
            && user.phone.as_deref() == Some(self.number.as_str())
    }

    /// The outcome of a code that is posted after the number was changed: that of one of its codes is the same again where the change
    /// made this number the account's. `None` before. It needs no count: all its codes are void, so there is nothing to guess.
    fn settled(&self, service: &Service, signed_in: &SignedIn, digits: &str) -> Option<Confirmed> {
        let SignedIn { session, user } = signed_in;
        if self.is_open(user) {
            return None;
        }
        let is_repeated = self.is_confirmed(user) && self.has(service, &session.sign_in, digits);
        Some(match is_repeated {
            true => Confirmed::Enrolled,
            false => Confirmed::NotProposed,
        })
    }

    /// Whether a code is one of its codes. All are compared, in constant time.
    fn has(&self, service: &Service, session: &[u8], code: &str) -> bool {
        let is_it = |sent: &NumberCode| {
            let key = KeyId::of(&sent.hash);
            hash(service, key, session, &self.number, code).ct_eq(&sent.hash)
        };
        let none = Choice::from(0);
        self.codes
            .iter()
            .fold(none, |any, sent| any | is_it(sent))
            .into()
    }

    /// The count of changes, the number of codes (one byte), each code with its expiry, the length of the message's key (one byte),
    /// the key, and the number.
    fn seal(&self, service: &Service, signed_in: &SignedIn) -> Result<String, Error> {
        let kept = u8::try_from(self.codes.len());
        let kept = kept.map_err(|_| Error::Internal("more codes are kept than are counted"))?;
        let mut content = self.changes.to_be_bytes().to_vec();
        content.push(kept);
        for code in &self.codes {
            content.extend_from_slice(&code.expires_at.to_be_bytes());
            content.extend_from_slice(&code.hash);
        }
        let length = u8::try_from(self.message.len());
        content.push(length.map_err(|_| Error::Internal("a key is longer than a byte can say"))?);
        content.extend_from_slice(self.message.as_bytes());
        content.extend_from_slice(self.number.as_bytes());
        let owner = Candidate::owner(signed_in);
        let sealed = service.key.seal(Seal::NumberCandidate, &owner, &content)?;
        Ok(hex(&sealed))
    }

    /// Opens a sealed text in its session. `None` where no code of it is left.
    fn open(service: &Service, signed_in: &SignedIn, sealed: &str) -> Option<Candidate> {
        let owner = Candidate::owner(signed_in);
        let sealed = bytes_of_hex(sealed)?;
        let content = service.key.open(Seal::NumberCandidate, &owner, &sealed);
        let content = content.ok()?;
        let (changes, rest) = content.split_first_chunk()?;
        let (kept, mut rest) = rest.split_first()?;
        let mut codes = Vec::new();
        for _ in 0..*kept {
            let (expires_at, after) = rest.split_first_chunk()?;
            let (hash, after) = after.split_first_chunk()?;
            codes.push(NumberCode {
                expires_at: u64::from_be_bytes(*expires_at),
                hash: *hash,
            });
            rest = after;
        }
        let (length, rest) = rest.split_first()?;
        let (message, number) = rest.split_at_checked(usize::from(*length))?;
        codes.retain(|code| service.clock.now() < code.expires_at);
        let candidate = Candidate {
            number: String::from_utf8(number.to_vec()).ok()?,
            message: String::from_utf8(message.to_vec()).ok()?,
            changes: u64::from_be_bytes(*changes),
            codes,
        };
        (!candidate.codes.is_empty()).then_some(candidate)
    }

    /// Who may open it: the session.
    fn owner(signed_in: &SignedIn) -> Vec<u8> {
        let SignedIn { session, user } = signed_in;
        [&user.id.to_be_bytes()[..], &session.sign_in].concat()
    }
}

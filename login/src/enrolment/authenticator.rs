//! Enrolment of an authenticator: a secret is proposed and shown; a code that it produces confirms it.
//!
//! A proposed secret belongs to the session in which it was proposed, for ten minutes. No other session sees
//! it, and it ends with its session: otherwise somebody who had a session for a moment could leave a secret
//! there that the owner later takes for a new one.

use todoita::otp::{KeyUri, MovingFactor, Secret, Totp};
use zeroize::Zeroizing;

use super::confirmed::{self, Confirmed, Enrolment};
use crate::audit::Event;
use crate::code_rule;
use crate::crypto::random;
use crate::error::Error;
use crate::factors::authenticator::{open, seal};
use crate::measure;
use crate::notice::Notice;
use crate::rerun;
use crate::service::{Requester, Service};
use crate::session::{self, SignedIn};
use crate::store::{Candidate, User};

/// Bytes of a new secret (RFC 4226 section 4 recommends 160 bits).
const SECRET: usize = 20;
/// How long a proposed secret can be confirmed, milliseconds.
const PROPOSED_FOR: u64 = 10 * 60 * 1_000;

/// A proposed secret, to be shown.
#[derive(Debug)]
pub struct Proposal {
    /// The secret in base32.
    pub secret: String,
    /// The key URI (`otpauth://`).
    pub uri: String,
}

/// Proposes a new secret in the session of a cookie, in place of an earlier one. It has no effect until a code
/// confirms it.
///
/// # Errors
/// [`Error::NoSession`]; [`Error::StepUpNeeded`]; [`Error::TooManyChanges`]. Internal errors: database, randomness.
pub async fn propose(service: &Service, cookie: Option<&str>) -> Result<(), Error> {
    rerun::on_conflict(|| store_proposal(service, cookie)).await
}

async fn store_proposal(service: &Service, cookie: Option<&str>) -> Result<(), Error> {
    let (mut tx, signed_in) = session::begin(service, cookie).await?;
    if !signed_in.is_fresh(service) {
        return Err(Error::StepUpNeeded);
    }
    let now = service.clock.now();
    confirmed::may_change(&mut *tx, &signed_in, now).await?;
    let bytes: [u8; SECRET] = random::bytes()?;
    let candidate = Candidate {
        sealed: seal(service, signed_in.user.id, &bytes)?,
        expires_at: now.saturating_add(PROPOSED_FOR),
    };
    tx.propose_secret(&signed_in.session, &candidate).await?;
    tx.commit().await?;
    Ok(())
}

/// A secret that was proposed in a session.
struct Proposed<'a> {
    sealed: &'a [u8],
    secret: Secret,
    /// It is the account's. It stays with the session until it expires, so that the same code posted again (pressed twice, or
    /// after a lost answer) gets the same outcome.
    is_confirmed: bool,
}

impl Proposed<'_> {
    fn of<'a>(service: &Service, signed_in: &'a SignedIn) -> Option<Proposed<'a>> {
        let SignedIn { session, user } = signed_in;
        let candidate = session.candidate.as_ref();
        let candidate = candidate.filter(|it| service.clock.now() < it.expires_at)?;
        let secret = open(service, user.id, &candidate.sealed)?;
        // Opened, since a change of the key seals each of them again.
        let enrolled = user.authenticator_secret.as_deref();
        let enrolled = enrolled.and_then(|sealed| open(service, user.id, sealed));
        Some(Proposed {
            sealed: &candidate.sealed,
            is_confirmed: enrolled.as_ref() == Some(&secret),
            secret,
        })
    }

    /// The time step of a code that it produces now.
    fn step(&self, service: &Service, digits: &str) -> Option<u64> {
        let verified = Totp::default().verify(&self.secret, digits, service.clock.wall(), None);
        verified.ok()
    }

    /// The outcome of a code that is posted after it was confirmed: that of the code that has confirmed it is the same again. `None`
    /// before. It needs no count: a code that was accepted is accepted nowhere else, so there is nothing to guess.
    fn settled(&self, service: &Service, user: &User, digits: &str) -> Option<Confirmed> {
        let step = self.step(service, digits);
        let is_repeated = step.is_some() && step == user.authenticator_last_step;
        self.is_confirmed.then_some(match is_repeated {
            true => Confirmed::Enrolled,
            false => Confirmed::NotProposed,
        })
    }
}

/// The name of the entry point.
const ENTRY_POINT: &str = "app";

fn enrolment_in(signed_in: &SignedIn) -> Enrolment<'_> {
    Enrolment {
        signed_in,
        entry_point: ENTRY_POINT,
        factor: &[],
    }
}

/// The secret that was proposed in this session and waits for its first code.
fn waiting<'a>(service: &Service, signed_in: &'a SignedIn) -> Option<Proposed<'a>> {
    Proposed::of(service, signed_in).filter(|proposed| !proposed.is_confirmed)
}

/// The proposed secret that a code is compared with.
///
/// # Errors
/// The outcome of the code where it is known without that.
fn to_compare<'a>(
    service: &Service,
    signed_in: &'a SignedIn,
    digits: &str,
) -> Result<Proposed<'a>, Confirmed> {
    let proposed = Proposed::of(service, signed_in).ok_or(Confirmed::NotProposed)?;
    match proposed.settled(service, &signed_in.user, digits) {
        Some(outcome) => Err(outcome),
        None => Ok(proposed),
    }
}

/// Whether a secret that was proposed in this session can be confirmed.
pub fn is_proposed(service: &Service, signed_in: &SignedIn) -> bool {
    waiting(service, signed_in).is_some()
}

/// The secret that was proposed in this session and is not confirmed yet. `issuer`: the name of the service.
/// `None` also where a fresh code is needed before it is shown.
///
/// # Errors
/// [`Error::Internal`] where the key URI cannot be written.
pub fn proposal(
    service: &Service,
    signed_in: &SignedIn,
    issuer: &str,
) -> Result<Option<Proposal>, Error> {
    let waiting = waiting(service, signed_in).filter(|_| signed_in.is_fresh(service));
    let Some(Proposed { secret, .. }) = waiting else {
        return Ok(None);
    };
    let user = &signed_in.user;
    let base32 = secret.to_base32().to_string();
    let uri = KeyUri {
        secret,
        issuer: Some(label(issuer)),
        account: label(&user.name),
        digits: Totp::default().digits,
        factor: MovingFactor::Time {
            period: Totp::default().period,
        },
    };
    let uri = uri
        .write()
        .map_err(|_| Error::Internal("a key URI could not be written"))?;
    Ok(Some(Proposal {
        secret: base32,
        uri: uri.to_string(),
    }))
}

/// A name as an authenticator can show it. In a key URI the colon separates issuer and account and is allowed
/// in neither, and control characters are not allowed at all.
fn label(name: &str) -> String {
    let is_allowed = |c: char| c != ':' && !c.is_control();
    let shown = |c: char| if is_allowed(c) { c } else { '.' };
    name.chars().map(shown).collect()
}

/// Enrols the secret that was proposed in the session of a cookie if the typed code confirms it. The code's
/// time step is consumed, and the other sessions of the account end. A wrong code is a failure of the account
/// like any other: counted and committed before it is compared.
///
/// The same code once more gets the same outcome and changes nothing, until the secret would have expired or another code
/// was accepted.
///
/// # Errors
/// [`Error::NoSession`]; [`Error::CodeTooLong`]; [`Error::TooManyChanges`]. Internal errors: database, randomness.
pub async fn confirm(
    service: &Service,
    requester: &Requester,
    cookie: Option<&str>,
    typed: &str,
) -> Result<Confirmed, Error> {
    let result = check(service, requester, cookie, typed).await;
    measure::verification(ENTRY_POINT, &result, Confirmed::outcome);
    result
}

async fn check(
    service: &Service,
    requester: &Requester,
    cookie: Option<&str>,
    typed: &str,
) -> Result<Confirmed, Error> {
    let signed_in = session::signed_in(service, cookie).await?;
    let reading = code_rule::read(typed, &requester.host)?;
    let digits = Zeroizing::new(reading.digits);
    if reading.kind.is_none() {
        return Ok(Confirmed::Wrong);
    }
    let now = service.clock.now();
    if let Err(outcome) = to_compare(service, &signed_in, &digits) {
        return Ok(outcome);
    }
    let enrolment = enrolment_in(&signed_in);
    if let Some(closed) = confirmed::refusal(service, requester, enrolment, now).await? {
        return Ok(Confirmed::Refused(closed));
    }
    let count = || count(service, requester, cookie, &digits, now);
    if let Some(outcome) = rerun::on_conflict(count).await? {
        return Ok(outcome);
    }
    rerun::on_conflict(|| verify(service, requester, cookie, &digits, now)).await
}

/// First transaction: counts the code as a failure and commits. Gives the outcome where it is known without comparing the code.
async fn count(
    service: &Service,
    requester: &Requester,
    cookie: Option<&str>,
    digits: &str,
    now: u64,
) -> Result<Option<Confirmed>, Error> {
    let (mut tx, signed_in) = session::begin(service, cookie).await?;
    if let Err(outcome) = to_compare(service, &signed_in, digits) {
        return Ok(Some(outcome));
    }
    let enrolment = enrolment_in(&signed_in);
    if let Err(closed) = confirmed::count(service, requester, &mut *tx, enrolment, now).await? {
        return Ok(Some(Confirmed::Refused(closed)));
    }
    tx.commit().await?;
    Ok(None)
}

/// Second transaction: compares the code. Everything is read again: another tab may have proposed a secret since, or the same post have
/// confirmed this one.
async fn verify(
    service: &Service,
    requester: &Requester,
    cookie: Option<&str>,
    digits: &str,
    now: u64,
) -> Result<Confirmed, Error> {
    let (mut tx, signed_in) = session::begin(service, cookie).await?;
    let proposed = match to_compare(service, &signed_in, digits) {
        Ok(proposed) => proposed,
        Err(outcome) => return Ok(outcome),
    };
    let (user, enrolment) = (&signed_in.user, enrolment_in(&signed_in));
    let Some(step) = proposed.step(service, digits) else {
        return confirmed::refuse(requester, tx, enrolment, now).await;
    };
    tx.set_authenticator(user.id, proposed.sealed, Some(step))
        .await?;
    let event = Event::FactorChanged("authenticator-added");
    let notice = (Notice::AuthenticatorAdded, event);
    confirmed::commit(service, requester, tx, enrolment, notice, now).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_gives_a_key_uri_that_is_read_back() {
        for (name, shown) in [
            ("hanako", "hanako"),
            ("dept:taro", "dept.taro"),
            (":", "."),
            ("花子@example.com", "花子@example.com"),
            ("a\tb%3A", "a.b%3A"),
        ] {
            let uri = KeyUri {
                secret: Secret::from_bytes(vec![7; SECRET]).unwrap(),
                issuer: Some(label("Hibari: Post")),
                account: label(name),
                digits: Totp::default().digits,
                factor: MovingFactor::Time {
                    period: Totp::default().period,
                },
            };
            let read = KeyUri::read(&uri.write().unwrap()).unwrap();
            assert_eq!(read.account, shown);
            assert_eq!(read.issuer.as_deref(), Some("Hibari. Post"));
        }
    }
}

//! A phone number that is not confirmed yet, sealed for the browser of its session.

use subtle::{Choice, ConstantTimeEq as _};

use super::confirmed::Confirmed;
use crate::crypto::hex::{bytes_of_hex, hex};
use crate::crypto::key::{KeyId, Seal, Use};
use crate::error::Error;
use crate::service::Service;
use crate::session::SignedIn;
use crate::store::User;

/// A code that was sent to a number.
pub(super) struct NumberCode {
    /// When it expires, milliseconds since the Unix epoch.
    pub(super) expires_at: u64,
    /// Its keyed hash.
    pub(super) hash: [u8; 32],
}

/// A number that is not confirmed yet.
pub(super) struct Candidate {
    pub(super) number: String,
    /// The idempotency key of the newest message to it.
    pub(super) message: String,
    /// How often the account's number had been changed when the codes were sent.
    pub(super) changes: u64,
    /// The codes that have not expired, newest first: at least one, and as many as the settings keep.
    pub(super) codes: Vec<NumberCode>,
}

/// The keyed hash of a code that confirms a number in a session.
pub(super) fn hash(
    service: &Service,
    key: KeyId,
    session: &[u8],
    number: &str,
    code: &str,
) -> [u8; 32] {
    let parts = [session, number.as_bytes(), code.as_bytes()];
    service.key.hash_under(key, Use::NumberCode, &parts)
}

impl Candidate {
    /// Whether its codes may change the number of its account: no code has, since they were sent.
    pub(super) fn is_open(&self, user: &User) -> bool {
        self.changes == user.phone_changes
    }

    /// Whether the last change made this number the account's: by one of these codes, or by another one for the same number.
    pub(super) fn is_confirmed(&self, user: &User) -> bool {
        self.changes.checked_add(1) == Some(user.phone_changes)
            && user.phone.as_deref() == Some(self.number.as_str())
    }

    /// The outcome of a code that is posted after the number was changed: that of one of its codes is the same again where the change
    /// made this number the account's. `None` before. It needs no count: all its codes are void, so there is nothing to guess.
    pub(super) fn settled(
        &self,
        service: &Service,
        signed_in: &SignedIn,
        digits: &str,
    ) -> Option<Confirmed> {
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
    pub(super) fn has(&self, service: &Service, session: &[u8], code: &str) -> bool {
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
    pub(super) fn seal(&self, service: &Service, signed_in: &SignedIn) -> Result<String, Error> {
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
    pub(super) fn open(service: &Service, signed_in: &SignedIn, sealed: &str) -> Option<Candidate> {
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

//! One key: keyed hashes and sealed secrets. The service works with [`crate::crypto::keys::Keys`].

use std::fmt;

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use zeroize::{Zeroize as _, ZeroizeOnDrop, Zeroizing};

use crate::crypto::hex::{bytes_of_hex, hex, read_hex};
use crate::crypto::random;

/// A key of 32 random bytes. Each use has a derived key of its own.
#[derive(Clone, ZeroizeOnDrop)]
pub struct Key {
    bytes: [u8; 32],
    #[zeroize(skip)]
    id: KeyId,
}

/// The id of a key. It is derived from the key, does not reveal it, and precedes everything that was hashed or
/// sealed with it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId([u8; KeyId::BYTES]);

impl KeyId {
    /// The length of an id in bytes.
    pub const BYTES: usize = 4;

    /// The id at the beginning of a hash, a sealed value, or an id of a sign-in. All zeros where it is too short.
    pub fn of(value: &[u8]) -> KeyId {
        KeyId(value.first_chunk().copied().unwrap_or_default())
    }

    /// The id at the beginning of a text of hexadecimal digits. All zeros where there is none.
    pub fn of_hex(text: &str) -> KeyId {
        let digits = text.get(..2 * KeyId::BYTES);
        KeyId::of(&digits.and_then(bytes_of_hex).unwrap_or_default())
    }

    /// The bytes of the id.
    pub fn bytes(self) -> [u8; KeyId::BYTES] {
        self.0
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Why a sealed value does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unopened {
    /// It was sealed with a key that is not among the given ones.
    UnknownKey(KeyId),
    /// It was sealed for another purpose or owner, or was altered.
    Invalid,
}

impl fmt::Display for Unopened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unopened::UnknownKey(id) => write!(f, "sealed with the key {id}, which was not given"),
            Unopened::Invalid => f.write_str("altered, or sealed for something else"),
        }
    }
}

/// The purpose of a keyed hash. A hash made for one purpose never matches another.
#[derive(Clone, Copy, Debug)]
pub enum Use {
    /// A sent code: sign-in, destination, code.
    SentCode,
    /// A code that was sent to a number to confirm it: session, number, code.
    NumberCode,
    /// A typed code: sign-in, code.
    TypedCode,
    /// A backup code: user, salt, code.
    BackupCode,
    /// The value of a session's cookie: sign-in, idempotency key.
    SessionCookie,
    /// The hash of a cookie that the database stores.
    StoredCookie,
    /// The id of an enrolment: session, kind of factor, factor.
    Enrolment,
    /// The value of the cookie by which a browser is known: session's cookie.
    BrowserCookie,
    /// A known place: user, kind, value.
    KnownPlace,
}

impl Use {
    fn name(self) -> &'static [u8] {
        match self {
            Use::SentCode => b"todoita sent code",
            Use::NumberCode => b"todoita number code",
            Use::TypedCode => b"todoita typed code",
            Use::BackupCode => b"todoita backup code",
            Use::SessionCookie => b"todoita session cookie",
            Use::StoredCookie => b"todoita stored cookie",
            Use::Enrolment => b"todoita enrolment",
            Use::BrowserCookie => b"todoita browser cookie",
            Use::KnownPlace => b"todoita known place",
        }
    }
}

/// The purpose of a sealed text. A text sealed for one purpose does not open for another.
#[derive(Clone, Copy, Debug)]
pub enum Seal {
    /// An authenticator's secret.
    AuthenticatorSecret,
    /// A phone number that is not confirmed yet.
    NumberCandidate,
    /// A queued message.
    Message,
}

impl Seal {
    fn name(self) -> &'static [u8] {
        match self {
            Seal::AuthenticatorSecret => b"todoita app secret",
            Seal::NumberCandidate => b"todoita number candidate",
            Seal::Message => b"todoita message",
        }
    }
}

/// Bytes of the random nonce before a sealed text (XChaCha20).
const NONCE: usize = 24;

impl Key {
    /// Makes a key from the system's random source.
    ///
    /// # Errors
    /// [`random::NoRandomness`].
    pub fn generate() -> Result<Key, random::NoRandomness> {
        random::bytes().map(Key::new)
    }

    fn new(bytes: [u8; 32]) -> Key {
        let named = mac(&bytes, b"todoita key id", &[]);
        Key {
            bytes,
            id: KeyId::of(&named),
        }
    }

    /// Its id.
    pub fn id(&self) -> KeyId {
        self.id
    }

    /// The key as 64 hexadecimal digits.
    pub fn to_hex(&self) -> Zeroizing<String> {
        Zeroizing::new(hex(&self.bytes))
    }

    /// Reads 64 hexadecimal digits. `None` for anything else.
    pub fn from_hex(text: &str) -> Option<Key> {
        let mut key = Zeroizing::new([0; 32]);
        read_hex(text.trim(), &mut *key)?;
        Some(Key::new(*key))
    }

    /// The keyed hash of `parts` for one purpose: the id of the key, then the first 28 bytes of HMAC-SHA-256
    /// (RFC 2104 section 5). Each part is preceded by its length, so that no two lists of parts give the same
    /// input.
    pub fn hash(&self, purpose: Use, parts: &[&[u8]]) -> [u8; 32] {
        let mut hash = mac(&self.bytes, purpose.name(), parts);
        hash.copy_within(..32 - KeyId::BYTES, KeyId::BYTES);
        hash[..KeyId::BYTES].copy_from_slice(&self.id.0);
        hash
    }

    /// Seals a secret: the id of the key, a random nonce, and the secret encrypted with XChaCha20-Poly1305. It
    /// opens only for the same purpose and `owner`.
    ///
    /// # Errors
    /// [`random::NoRandomness`].
    pub fn seal(
        &self,
        purpose: Seal,
        owner: &[u8],
        secret: &[u8],
    ) -> Result<Vec<u8>, random::NoRandomness> {
        let nonce: [u8; NONCE] = random::bytes()?;
        let payload = Payload {
            msg: secret,
            aad: owner,
        };
        let mut sealed = [&self.id.0[..], &nonce].concat();
        let sealed_secret = self.cipher(purpose).encrypt(&XNonce::from(nonce), payload);
        sealed.extend(sealed_secret.expect("a secret is far below the cipher's 256 GB"));
        Ok(sealed)
    }

    /// Opens a secret that this key sealed.
    ///
    /// # Errors
    /// [`Unopened`].
    pub fn open(
        &self,
        purpose: Seal,
        owner: &[u8],
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, Unopened> {
        let (id, rest) = sealed.split_first_chunk().ok_or(Unopened::Invalid)?;
        if KeyId(*id) != self.id {
            return Err(Unopened::UnknownKey(KeyId(*id)));
        }
        let (nonce, rest) = rest.split_first_chunk::<NONCE>().ok_or(Unopened::Invalid)?;
        let payload = Payload {
            msg: rest,
            aad: owner,
        };
        self.cipher(purpose)
            .decrypt(&XNonce::from(*nonce), payload)
            .map(Zeroizing::new)
            .map_err(|_| Unopened::Invalid)
    }

    fn cipher(&self, purpose: Seal) -> XChaCha20Poly1305 {
        let mut key = mac(&self.bytes, purpose.name(), &[]);
        let cipher = XChaCha20Poly1305::new(&key.into());
        key.zeroize();
        cipher
    }
}

/// HMAC-SHA-256 of the purpose and the parts, each preceded by its length.
fn mac(key: &[u8; 32], purpose: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = hmac(key);
    for part in std::iter::once(purpose).chain(parts.iter().copied()) {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

fn hmac(key: &[u8; 32]) -> Hmac<Sha256> {
    <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(key).expect("HMAC takes a key of any length")
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({})", self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_differ_by_key_use_and_parts() {
        let key = Key::new([1; 32]);
        let one = key.hash(Use::SentCode, &[b"ab", b"c"]);
        assert_eq!(one, key.hash(Use::SentCode, &[b"ab", b"c"]));
        assert_ne!(one, key.hash(Use::SentCode, &[b"a", b"bc"]));
        assert_ne!(one, key.hash(Use::TypedCode, &[b"ab", b"c"]));
        assert_ne!(one, Key::new([2; 32]).hash(Use::SentCode, &[b"ab", b"c"]));
    }

    #[test]
    fn hashes_and_sealed_values_begin_with_the_id_of_their_key() {
        let key = Key::new([1; 32]);
        assert_ne!(key.id(), Key::new([2; 32]).id());
        let hash = key.hash(Use::SentCode, &[b"a"]);
        assert_eq!(KeyId::of(&hash), key.id());
        assert_eq!(KeyId::of_hex(&hex(&hash)), key.id());
        assert_eq!(key.id().to_string().len(), 8);
        let sealed = key.seal(Seal::Message, b"7", b"a").unwrap();
        assert_eq!(KeyId::of(&sealed), key.id());
        for none in ["", "12", "+1234567", "日本語の文字"] {
            assert_eq!(KeyId::of_hex(none), KeyId([0; 4]), "{none}");
        }
    }

    #[test]
    fn a_sealed_secret_opens_for_its_owner_alone() {
        let key = Key::new([1; 32]);
        let purpose = Seal::AuthenticatorSecret;
        let sealed = key.seal(purpose, b"7", b"a secret").unwrap();
        assert_ne!(sealed, key.seal(purpose, b"7", b"a secret").unwrap());
        assert!(!sealed.windows(8).any(|bytes| bytes == b"a secret"));
        assert_eq!(
            key.open(purpose, b"7", &sealed)
                .as_deref()
                .map(Vec::as_slice),
            Ok(&b"a secret"[..])
        );
        let invalid = Err(Unopened::Invalid);
        assert_eq!(key.open(purpose, b"8", &sealed), invalid);
        assert_eq!(key.open(purpose, b"7", &sealed[..20]), invalid);
        assert_eq!(key.open(purpose, b"7", &sealed[..3]), invalid);
        assert_eq!(key.open(Seal::Message, b"7", &sealed), invalid);
        assert_eq!(
            Key::new([2; 32]).open(purpose, b"7", &sealed),
            Err(Unopened::UnknownKey(key.id()))
        );
        let mut altered = sealed;
        *altered.last_mut().unwrap() ^= 1;
        assert_eq!(key.open(purpose, b"7", &altered), invalid);
    }

    #[test]
    fn reads_hexadecimal_digits_and_nothing_else() {
        assert_eq!(
            Key::from_hex(&format!("{}\n", "0a".repeat(32)))
                .unwrap()
                .bytes,
            [10; 32]
        );
        for text in [
            "",
            "0a",
            &"0g".repeat(32),
            &"0a".repeat(33),
            &"+a".repeat(32),
        ] {
            assert!(Key::from_hex(text).is_none(), "{text}");
        }
    }
}

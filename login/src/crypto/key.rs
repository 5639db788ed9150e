//! The key that is kept outside the database: keyed hashes of codes and cookies, and sealed secrets.

use std::fmt;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use zeroize::{Zeroize as _, ZeroizeOnDrop, Zeroizing};

use crate::crypto::hex::hex;
use crate::crypto::random;

/// A key of 32 random bytes. Each use has a derived key of its own.
#[derive(Clone, ZeroizeOnDrop)]
pub struct Key([u8; 32]);

/// The purpose of a keyed hash. A hash made for one purpose never matches another.
#[derive(Clone, Copy, Debug)]
pub enum Use {
    /// A sent code: sign-in, destination, code.
    SentCode,
    /// A typed code: sign-in, code.
    TypedCode,
    /// A backup code: user, salt, code.
    BackupCode,
    /// The value of a session's cookie: sign-in, idempotency key.
    SessionCookie,
    /// The hash of a cookie that the database stores.
    StoredCookie,
}

impl Use {
    fn name(self) -> &'static [u8] {
        match self {
            Use::SentCode => b"todoita sent code",
            Use::TypedCode => b"todoita typed code",
            Use::BackupCode => b"todoita backup code",
            Use::SessionCookie => b"todoita session cookie",
            Use::StoredCookie => b"todoita stored cookie",
        }
    }
}

/// The purpose of a sealed text. A text sealed for one purpose does not open for another.
#[derive(Clone, Copy, Debug)]
pub enum Seal {
    /// An authenticator's secret.
    AuthenticatorSecret,
    /// A queued message.
    Message,
}

impl Seal {
    fn name(self) -> &'static [u8] {
        match self {
            // The name of the first version: secrets sealed by it still open.
            Seal::AuthenticatorSecret => b"todoita app secret",
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
        random::bytes().map(Key)
    }

    /// Reads 64 hexadecimal digits. `None` for anything else.
    pub fn from_hex(text: &str) -> Option<Key> {
        let text = text.trim();
        if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let mut key = [0; 32];
        for (byte, pair) in key.iter_mut().zip(text.as_bytes().chunks(2)) {
            let pair = std::str::from_utf8(pair).ok()?;
            *byte = u8::from_str_radix(pair, 16).ok()?;
        }
        let made = Key(key);
        key.zeroize();
        Some(made)
    }

    /// Reads a key file.
    ///
    /// # Errors
    /// When it cannot be read, when others than its owner may read it, or when it is not a key.
    pub fn read(path: &Path) -> io::Result<Key> {
        let refuse = |why: &str| {
            io::Error::new(
                io::ErrorKind::InvalidData,
                format!("{}: {why}", path.display()),
            )
        };
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            if fs::metadata(path)?.permissions().mode() & 0o077 != 0 {
                return Err(refuse("others may read this key; give it mode 0600"));
            }
        }
        let text = Zeroizing::new(fs::read_to_string(path)?);
        Key::from_hex(&text).ok_or_else(|| refuse("not a key (64 hexadecimal digits)"))
    }

    /// Makes a key and writes it to a new file that only its owner may read.
    ///
    /// # Errors
    /// When the file exists or cannot be written, or when the system gives no randomness.
    pub fn create(path: &Path) -> io::Result<Key> {
        let key = Key::generate().map_err(io::Error::other)?;
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt as _;
            options.mode(0o600);
        }
        let mut file = options.open(path)?;
        let text = Zeroizing::new(hex(&key.0));
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        Ok(key)
    }

    /// The keyed hash (HMAC-SHA-256) of `parts` for one purpose. Each part is preceded by its length, so that
    /// no two lists of parts give the same input.
    pub fn hash(&self, purpose: Use, parts: &[&[u8]]) -> [u8; 32] {
        self.hash_named(purpose.name(), parts)
    }

    fn hash_named(&self, purpose: &[u8], parts: &[&[u8]]) -> [u8; 32] {
        let mut mac = hmac(&self.0);
        for part in std::iter::once(purpose).chain(parts.iter().copied()) {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }

    /// Seals a secret (XChaCha20-Poly1305). It opens only for the same purpose and `owner`.
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
        let mut sealed = nonce.to_vec();
        let sealed_secret = self.cipher(purpose).encrypt(&XNonce::from(nonce), payload);
        sealed.extend(sealed_secret.expect("a secret is far below the cipher's 256 GB"));
        Ok(sealed)
    }

    /// Opens a sealed secret. `None` where it was sealed by another key, for another purpose or owner, or
    /// was altered.
    pub fn open(&self, purpose: Seal, owner: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
        let payload = Payload {
            msg: sealed,
            aad: owner,
        };
        self.cipher(purpose)
            .decrypt(&XNonce::from(*nonce), payload)
            .ok()
            .map(Zeroizing::new)
    }

    fn cipher(&self, purpose: Seal) -> XChaCha20Poly1305 {
        let mut key = self.hash_named(purpose.name(), &[]);
        let cipher = XChaCha20Poly1305::new(&key.into());
        key.zeroize();
        cipher
    }
}

fn hmac(key: &[u8; 32]) -> Hmac<Sha256> {
    <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(key).expect("HMAC takes a key of any length")
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_survives_its_file_and_a_loose_file_is_refused() {
        let folder = std::env::temp_dir().join(format!("todoita-key-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join("a.key");
        let _ = fs::remove_file(&path);
        let key = Key::create(&path).unwrap();
        assert_eq!(Key::read(&path).unwrap().0, key.0);
        assert!(
            Key::create(&path).is_err(),
            "an existing key is never overwritten"
        );
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(
                fs::metadata(&path).unwrap().permissions().mode() & 0o777,
                0o600
            );
            fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
            assert!(Key::read(&path).is_err());
        }
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn hashes_differ_by_key_use_and_parts() {
        let key = Key([1; 32]);
        let one = key.hash(Use::SentCode, &[b"ab", b"c"]);
        assert_eq!(one, key.hash(Use::SentCode, &[b"ab", b"c"]));
        assert_ne!(one, key.hash(Use::SentCode, &[b"a", b"bc"]));
        assert_ne!(one, key.hash(Use::TypedCode, &[b"ab", b"c"]));
        assert_ne!(one, Key([2; 32]).hash(Use::SentCode, &[b"ab", b"c"]));
    }

    #[test]
    fn a_sealed_secret_opens_for_its_owner_alone() {
        let key = Key([1; 32]);
        let purpose = Seal::AuthenticatorSecret;
        let sealed = key.seal(purpose, b"7", b"a secret").unwrap();
        assert_ne!(sealed, key.seal(purpose, b"7", b"a secret").unwrap());
        assert!(!sealed.windows(8).any(|bytes| bytes == b"a secret"));
        assert_eq!(
            key.open(purpose, b"7", &sealed)
                .as_deref()
                .map(Vec::as_slice),
            Some(&b"a secret"[..])
        );
        assert_eq!(key.open(purpose, b"8", &sealed), None);
        assert_eq!(Key([2; 32]).open(purpose, b"7", &sealed), None);
        assert_eq!(key.open(purpose, b"7", &sealed[..20]), None);
        assert_eq!(key.open(Seal::Message, b"7", &sealed), None);
        let mut altered = sealed;
        *altered.last_mut().unwrap() ^= 1;
        assert_eq!(key.open(purpose, b"7", &altered), None);
    }

    #[test]
    fn reads_hexadecimal_digits_and_nothing_else() {
        assert_eq!(
            Key::from_hex(&format!("{}\n", "0a".repeat(32))).unwrap().0,
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

//! The keys that are kept outside the database: the current one, and older ones under which stored values stay
//! valid until they are sealed again, replaced or expired.

use zeroize::Zeroizing;

use crate::crypto::key::{Key, KeyId, Seal, Unopened, Use};
use crate::crypto::random;

/// The current key and older ones. New values are made with the current key; each stored value names its own.
#[derive(Clone, Debug)]
pub struct Keys {
    current: Key,
    older: Vec<Key>,
}

impl From<Key> for Keys {
    fn from(current: Key) -> Keys {
        Keys {
            current,
            older: Vec::new(),
        }
    }
}

impl Keys {
    /// Reads keys of 64 hexadecimal digits, separated by white space: the current one, then older ones. `None`
    /// for anything else, and where two keys have the same id.
    pub fn from_hex(text: &str) -> Option<Keys> {
        let mut keys = Vec::new();
        for word in text.split_whitespace() {
            let key = Key::from_hex(word)?;
            if keys.iter().any(|other: &Key| other.id() == key.id()) {
                return None;
            }
            keys.push(key);
        }
        let mut keys = keys.into_iter();
        Some(Keys {
            current: keys.next()?,
            older: keys.collect(),
        })
    }

    /// The id of the current key.
    pub fn current_id(&self) -> KeyId {
        self.current.id()
    }

    /// Whether the key with an id was given.
    pub fn has(&self, id: KeyId) -> bool {
        self.with_id(id).is_some()
    }

    /// The ids of all keys, the current one first.
    pub fn ids(&self) -> impl Iterator<Item = KeyId> {
        self.all().map(Key::id)
    }

    fn all(&self) -> impl Iterator<Item = &Key> {
        std::iter::once(&self.current).chain(&self.older)
    }

    fn with_id(&self, id: KeyId) -> Option<&Key> {
        self.all().find(|key| key.id() == id)
    }

    /// [`Key::hash`] with the key that has this id, to be compared with a stored hash. Where that key was not
    /// given, the result matches no hash that names it.
    pub fn hash_under(&self, id: KeyId, purpose: Use, parts: &[&[u8]]) -> [u8; 32] {
        self.with_id(id)
            .unwrap_or(&self.current)
            .hash(purpose, parts)
    }

    /// The id of the current key, then `random` random bytes: a sign-in keeps the key under which it began.
    ///
    /// # Errors
    /// [`random::NoRandomness`].
    pub fn token<const RANDOM: usize>(&self) -> Result<Vec<u8>, random::NoRandomness> {
        Ok([&self.current_id().bytes()[..], &random::bytes::<RANDOM>()?].concat())
    }

    /// [`Key::seal`] with the current key.
    ///
    /// # Errors
    /// [`random::NoRandomness`].
    pub fn seal(
        &self,
        purpose: Seal,
        owner: &[u8],
        secret: &[u8],
    ) -> Result<Vec<u8>, random::NoRandomness> {
        self.current.seal(purpose, owner, secret)
    }

    /// [`Key::open`] with the key that sealed it.
    ///
    /// # Errors
    /// [`Unopened`].
    pub fn open(
        &self,
        purpose: Seal,
        owner: &[u8],
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, Unopened> {
        self.with_id(KeyId::of(sealed))
            .unwrap_or(&self.current)
            .open(purpose, owner, sealed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(digits: &str) -> String {
        digits.repeat(32)
    }

    #[test]
    fn values_of_an_older_key_stay_valid_and_new_ones_are_of_the_current_key() {
        let old = Keys::from_hex(&key("01")).unwrap();
        let both = Keys::from_hex(&format!("{}\n{}\n", key("02"), key("01"))).unwrap();
        let new = Keys::from_hex(&key("02")).unwrap();
        let (purpose, owner) = (Seal::AuthenticatorSecret, b"7");

        let sealed = old.seal(purpose, owner, b"a secret").unwrap();
        assert_eq!(
            both.open(purpose, owner, &sealed).unwrap().as_slice(),
            b"a secret"
        );
        assert_eq!(
            new.open(purpose, owner, &sealed),
            Err(Unopened::UnknownKey(old.current_id()))
        );
        let again = both.seal(purpose, owner, b"a secret").unwrap();
        assert!(new.open(purpose, owner, &again).is_ok());

        let hash_of = |keys: &Keys| keys.hash_under(keys.current_id(), Use::SentCode, &[b"a"]);
        let hash = hash_of(&old);
        let made = |keys: &Keys| keys.hash_under(KeyId::of(&hash), Use::SentCode, &[b"a"]);
        assert_eq!(made(&both), hash);
        assert_ne!(made(&new), hash);
        assert_eq!(hash_of(&both), hash_of(&new));
        assert_eq!(KeyId::of(&both.token::<16>().unwrap()), new.current_id());
    }

    #[test]
    fn reads_distinct_keys_and_nothing_else() {
        let twice = format!("{} {}", key("01"), key("01"));
        let half = format!("{} 0101", key("01"));
        for text in ["", " \n", &twice, &half] {
            assert!(Keys::from_hex(text).is_none(), "{text}");
        }
    }
}

//! The secret shared by a verifier and an authenticator.

use alloc::string::String;
use alloc::vec::Vec;

use core::fmt;

use hmac::KeyInit;
use hmac::block_api::HmacCore;
use hmac::digest::block_api::{Buffer, FixedOutputCore};
use sha1::Sha1;
use subtle::ConstantTimeEq;
use zeroize::{ZeroizeOnDrop, Zeroizing};

use super::base32::{self, Base32Error};

/// A shared secret with its HMAC-SHA-1 key prepared, so that the key is hashed once and not at every
/// step.
///
/// Wiped when dropped, the prepared key too; deliberately not `Clone`, and `Debug` shows only its length.
pub struct Secret {
    bytes: Zeroizing<Vec<u8>>,
    keyed: HmacCore<Sha1>,
}

impl ZeroizeOnDrop for Secret {}

// Both parts wipe themselves: this does not compile if `sha1` loses its feature `zeroize`. An `HmacCore`
// is two of its cores.
const _: () = {
    const fn wiped<T: ZeroizeOnDrop>() {}
    wiped::<Zeroizing<Vec<u8>>>();
    wiped::<sha1::block_api::Sha1Core>();
};

/// Why bytes or a text cannot be a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretError {
    /// Shorter than [`Secret::MIN_BYTES`].
    TooShort {
        /// How many bytes there are.
        bytes: usize,
    },
    /// Longer than [`Secret::MAX_BYTES`].
    TooLong {
        /// How many bytes there are.
        bytes: usize,
    },
    /// The text is not base32.
    Base32(Base32Error),
}

impl Secret {
    /// 128 bits, the least that RFC 4226 allows (R6).
    pub const MIN_BYTES: usize = 16;
    /// 160 bits: the length that RFC 4226 recommends, and that of a new secret.
    pub const NEW_BYTES: usize = 20;
    /// Two blocks of SHA-1, longer than any authenticator's secret.
    pub const MAX_BYTES: usize = 128;

    /// From raw bytes. A vector is taken without a copy and wiped with the secret.
    ///
    /// # Errors
    ///
    /// [`SecretError::TooShort`] and [`SecretError::TooLong`].
    pub fn from_bytes(bytes: impl Into<Vec<u8>>) -> Result<Secret, SecretError> {
        Self::from_zeroizing(Zeroizing::new(bytes.into()))
    }

    /// From base32 as people see and copy it: case, spaces, hyphens and padding do not matter.
    ///
    /// # Errors
    ///
    /// [`SecretError`]; a wrong character is named with its position.
    pub fn from_base32(text: &str) -> Result<Secret, SecretError> {
        Self::from_zeroizing(base32::read(text).map_err(SecretError::Base32)?)
    }

    fn from_zeroizing(bytes: Zeroizing<Vec<u8>>) -> Result<Secret, SecretError> {
        let length = bytes.len();
        if length < Self::MIN_BYTES {
            return Err(SecretError::TooShort { bytes: length });
        }
        if length > Self::MAX_BYTES {
            return Err(SecretError::TooLong { bytes: length });
        }
        let keyed = HmacCore::new_from_slice(&bytes).expect("HMAC takes a key of any length");
        Ok(Secret { bytes, keyed })
    }

    /// The raw bytes, to be encrypted and stored.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The secret in base32, upper case, without padding.
    pub fn to_base32(&self) -> Zeroizing<String> {
        base32::write(&self.bytes)
    }

    /// HMAC-SHA-1 of the counter, truncated to 31 bits (RFC 4226, 5.3).
    pub(super) fn truncated(&self, counter: u64) -> u32 {
        let mut buffer = Buffer::<HmacCore<Sha1>>::new(&counter.to_be_bytes());
        let mut mac = Default::default();
        self.keyed
            .clone()
            .finalize_fixed_core(&mut buffer, &mut mac);
        let offset = usize::from(mac[19] & 0xF);
        let four = [
            mac[offset],
            mac[offset + 1],
            mac[offset + 2],
            mac[offset + 3],
        ];
        u32::from_be_bytes(four) & 0x7FFF_FFFF
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret({} bytes)", self.bytes.len())
    }
}

/// Compares in constant time.
impl PartialEq for Secret {
    fn eq(&self, other: &Secret) -> bool {
        self.bytes.as_slice().ct_eq(other.bytes.as_slice()).into()
    }
}

impl Eq for Secret {}

impl fmt::Display for SecretError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SecretError::TooShort { bytes } => write!(
                f,
                "{bytes} bytes are too few; a secret has at least {} (RFC 4226, R6)",
                Secret::MIN_BYTES
            ),
            SecretError::TooLong { bytes } => write!(
                f,
                "{bytes} bytes are too many; a secret has at most {}",
                Secret::MAX_BYTES
            ),
            SecretError::Base32(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for SecretError {}

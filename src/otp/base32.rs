//! Base32 (RFC 4648, section 6) in every form in which people and services write secrets: upper or lower case, in
//! groups, with or without padding.

use alloc::string::String;
use alloc::vec::Vec;

use core::fmt;

use zeroize::Zeroizing;

const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// Why a text is not base32. Positions count characters from 1, spaces and hyphens included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base32Error {
    /// A character that base32 does not have.
    NotBase32 {
        /// Its position.
        position: usize,
        /// The character.
        character: char,
    },
    /// A character after a `=`: padding is at the end only.
    PaddingInside {
        /// The position of the first character after the padding.
        position: usize,
    },
    /// No base32 text has this many characters (1, 3 or 6 beyond a multiple of 8): some are missing.
    Length {
        /// How many there are, without spaces, hyphens and padding.
        characters: usize,
    },
}

impl fmt::Display for Base32Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Base32Error::NotBase32 {
                position,
                character,
            } => {
                write!(
                    f,
                    "character {position} ({character:?}) is not base32, which has A to Z and 2 to 7"
                )?;
                match character {
                    '0' => f.write_str("; is it the letter O?"),
                    '1' => f.write_str("; is it the letter I or L?"),
                    '8' => f.write_str("; is it the letter B?"),
                    _ => Ok(()),
                }
            }
            Base32Error::PaddingInside { position } => write!(
                f,
                "character {position} follows a '='; padding is at the end only"
            ),
            Base32Error::Length { characters } => write!(
                f,
                "{characters} characters cannot be base32; some are missing, copy the whole text again"
            ),
        }
    }
}

impl core::error::Error for Base32Error {}

/// Reads base32. Case does not matter, spaces and hyphens are skipped, padding may be there, be short
/// or be missing. Bits beyond the last whole byte are ignored, as authenticators ignore them.
///
/// # Errors
///
/// [`Base32Error`]: which character is wrong and its position, or that some are missing.
pub fn read(text: &str) -> Result<Zeroizing<Vec<u8>>, Base32Error> {
    // The capacity for everything: a vector that grows would leave copies of the secret in memory.
    let mut bytes = Zeroizing::new(Vec::with_capacity(text.len() * 5 / 8 + 1));
    let mut characters = 0;
    let mut padded = false;
    let mut bits: u32 = 0;
    let mut held = 0;
    for (before, byte) in text.bytes().enumerate() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a',
            b'2'..=b'7' => byte - b'2' + 26,
            b' ' | b'\t' | b'\r' | b'\n' | b'-' => continue,
            b'=' => {
                padded = true;
                continue;
            }
            _ => {
                // Everything before is ASCII, so this is the start of a character, and bytes count as
                // characters do.
                let character = text[before..].chars().next().unwrap_or_default();
                return Err(Base32Error::NotBase32 {
                    position: before + 1,
                    character,
                });
            }
        };
        if padded {
            return Err(Base32Error::PaddingInside {
                position: before + 1,
            });
        }
        characters += 1;
        bits = (bits << 5 | u32::from(value)) & 0xFFF;
        held += 5;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
        }
    }
    match characters % 8 {
        1 | 3 | 6 => Err(Base32Error::Length { characters }),
        _ => Ok(bytes),
    }
}

/// Writes base32 in upper case without padding, as key URIs require.
pub fn write(bytes: &[u8]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity((bytes.len() * 8).div_ceil(5)));
    let mut bits: u32 = 0;
    let mut held = 0;
    for &byte in bytes {
        bits = (bits << 8 | u32::from(byte)) & 0xFFF;
        held += 8;
        while held >= 5 {
            held -= 5;
            text.push(letter(bits >> held));
        }
    }
    if held > 0 {
        text.push(letter(bits << (5 - held)));
    }
    text
}

fn letter(value: u32) -> char {
    char::from(ALPHABET[(value & 31) as usize])
}

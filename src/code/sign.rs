//! What each character of a text stands for, whatever alphabet, width or keyboard it comes from.

use alloc::vec::Vec;

use super::cue;

/// Visible characters that are read of a text (see [`super::read`]).
pub(super) const LIMIT: usize = 16_384;

/// A full-width form became ASCII. This and the next two have the places of their fixes in `Fix`.
pub(super) const FULL: u8 = 1 << 1;
/// A decimal digit of another script (or a circled one) became ASCII.
pub(super) const OTHER: u8 = 1 << 2;
/// Invisible characters stood before this one.
pub(super) const INVISIBLE: u8 = 1 << 5;
/// A circled digit: counts only where no other digits stand.
pub(super) const CIRCLED: u8 = 1 << 6;
/// A letter that was not ASCII, folded for comparing words: never part of a code.
pub(super) const FOLDED: u8 = 1 << 7;

/// One visible character, made plain.
#[derive(Clone, Copy)]
pub(super) struct Sign {
    /// What it stands for: an ASCII character where there is one.
    pub ch: char,
    /// What it was: the flags above.
    pub was: u8,
}

/// A text made plain: invisible characters gone, every run of white space one space or one line end.
pub(super) struct Text {
    /// The characters.
    pub signs: Vec<Sign>,
    /// [`INVISIBLE`] where invisible characters stood at the end.
    pub trailing: u8,
    /// There was more than [`LIMIT`].
    pub clipped: bool,
    /// What each character belongs to, once [`cue::mark`] has been through.
    pub marks: Vec<cue::Mark>,
}

impl Text {
    /// Makes a text plain.
    pub(super) fn of(text: &str) -> Text {
        let mut signs: Vec<Sign> = Vec::new();
        let mut hidden = 0;
        let mut clipped = false;
        let (mut plain, mut circled) = (false, false);
        for c in text.chars() {
            let Some((mut ch, was)) = sign(c) else {
                hidden = INVISIBLE;
                continue;
            };
            if let Some(last) = signs.last_mut() {
                if is_space(ch) && is_space(last.ch) {
                    if ch == '\n' {
                        last.ch = ch;
                    }
                    last.was |= hidden;
                    hidden = 0;
                    continue;
                }
                // A Japanese keyboard writes the long vowel mark where a dash is meant.
                if (ch == 'ー' || ch == 'ｰ') && last.ch.is_ascii_digit() {
                    ch = '-';
                }
            }
            if signs.len() == LIMIT {
                clipped = true;
                break;
            }
            if ch.is_ascii_digit() {
                if was & CIRCLED == 0 {
                    plain = true;
                } else {
                    circled = true;
                }
            }
            signs.push(Sign {
                ch,
                was: was | hidden,
            });
            hidden = 0;
        }
        if plain && circled {
            for s in signs.iter_mut().filter(|s| s.was & CIRCLED != 0) {
                *s = Sign {
                    ch: '~',
                    was: s.was & INVISIBLE,
                };
            }
        }
        Text {
            signs,
            trailing: hidden,
            clipped,
            marks: Vec::new(),
        }
    }

    /// The character at a place; a line end outside the text.
    #[inline(never)] // called from everywhere: inlined it is a tenth of the module
    pub(super) fn at(&self, i: usize) -> char {
        self.signs.get(i).map_or('\n', |s| s.ch)
    }

    /// What the character at a place belongs to.
    #[inline(never)]
    pub(super) fn mark(&self, i: usize) -> cue::Mark {
        self.marks.get(i).copied().unwrap_or(cue::OUTSIDE)
    }

    /// A decimal digit.
    #[inline(never)]
    pub(super) fn is_digit(&self, i: usize) -> bool {
        self.at(i).is_ascii_digit()
    }

    /// A character that words are made of (or a symbol beyond ASCII, which no number contains).
    #[inline(never)]
    pub(super) fn is_word(&self, i: usize) -> bool {
        let ch = self.at(i);
        ch.is_ascii_alphanumeric() || !ch.is_ascii()
    }

    /// Such a character, and no digit.
    #[inline(never)]
    pub(super) fn is_letter(&self, i: usize) -> bool {
        self.is_word(i) && !self.is_digit(i)
    }

    /// A space or a line end.
    #[inline(never)]
    pub(super) fn is_space(&self, i: usize) -> bool {
        is_space(self.at(i))
    }

    /// The end of a sentence.
    #[inline(never)]
    pub(super) fn is_end(&self, i: usize) -> bool {
        match self.at(i) {
            '!' | '?' => true,
            '.' => self.is_space(i + 1),
            _ => false,
        }
    }

    /// The number that the digits of a span make.
    pub(super) fn number(&self, start: usize, end: usize) -> u32 {
        (start..end).fold(0, |n, i| n * 10 + (u32::from(self.at(i)) & 15))
    }

    /// The letters and digits of a span as one number: the same for the same code.
    pub(super) fn value(&self, start: usize, end: usize) -> u64 {
        let mut value = 1_u64;
        for i in start..end {
            if let Some(one) = self.at(i).to_digit(36) {
                value = value.wrapping_mul(36).wrapping_add(u64::from(one));
            }
        }
        value
    }
}

fn is_space(ch: char) -> bool {
    ch == ' ' || ch == '\n'
}

/// The sign of a currency.
pub(super) fn is_currency(ch: char) -> bool {
    matches!(ch, '$' | '\u{A2}'..='\u{A5}' | '\u{E3F}' | '\u{20A0}'..='\u{20CF}')
}

/// The digit that a letter looks like.
pub(super) fn look_alike(ch: char) -> Option<char> {
    match ch {
        // Latin, Cyrillic, Greek, and the ideograph for zero
        'O' | 'o' | 'о' | 'ο' | '〇' => Some('0'),
        'l' | 'I' | '|' | 'ı' => Some('1'),
        _ => None,
    }
}

/// How far each zero of Unicode's decimal digits (General_Category Nd, Unicode 17) stands from the one
/// before; its nine brothers follow it.
const ZEROS: [u16; 77] = [
    0x30, 0x630, 0x90, 0xD0, 0x1A6, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x6A,
    0x80, 0x50, 0x120, 0x50, 0x750, 0x30, 0x136, 0x8A, 0xB0, 0x10, 0xC0, 0x60, 0x90, 0x10, 0x89D0,
    0x2B0, 0x30, 0xD0, 0x20, 0x60, 0x1A0, 0x5320, 0x590, 0x890, 0x10, 0x326, 0x8A, 0x46, 0x9A,
    0x120, 0x160, 0x80, 0x180, 0x70, 0x10, 0xA, 0x56, 0x1B0, 0x70, 0x2A0, 0x60, 0x100, 0x50, 0x40,
    0x170, 0x41E0, 0x930, 0x60, 0x90, 0x220, 0x5F80, 0xADE, 0xA, 0xA, 0xA, 0xA, 0x94A, 0x1B0,
    0x200, 0x101, 0x35F, 0x12A0,
];

/// The value of a decimal digit of any script; more than 9 for anything else.
fn digit(n: u32) -> u32 {
    let mut zero = 0;
    for step in ZEROS {
        zero += u32::from(step);
        if n.wrapping_sub(zero) < 10 {
            return n - zero;
        }
    }
    10
}

/// Letters of Latin-1 from À to ß, without their accents; the small ones stand 32 further on.
const LATIN: &[u8; 32] = b"aaaaaaaceeeeiiiidnooooo*ouuuuyps";

/// What ranges of characters stand for; `\0` for the invisible ones. Everything here is below U+10000.
const RANGES: &[(u16, u16, u8)] = &[
    (0x80, 0x84, 0),
    (0x85, 0x85, b'\n'),
    (0x86, 0x9F, 0),
    (0xA0, 0xA0, b' '),
    (0xAB, 0xAB, b'"'),
    (0xAD, 0xAD, 0), // soft hyphen
    (0xB7, 0xB7, b'~'),
    (0xBB, 0xBB, b'"'),
    (0x300, 0x36F, 0), // combining marks
    (0x387, 0x387, b'~'),
    (0x58A, 0x58A, b'-'),
    (0x5BE, 0x5BE, b'-'),
    (0x60C, 0x60C, b','),
    (0x61C, 0x61C, 0), // Arabic letter mark
    (0x66B, 0x66B, b'.'),
    (0x66C, 0x66C, b','),
    (0x6D4, 0x6D4, b'!'),
    (0x964, 0x964, b'!'),
    (0x115F, 0x1160, 0), // Hangul fillers
    (0x1680, 0x1680, b' '),
    (0x17B4, 0x17B5, 0),
    (0x1806, 0x1806, b'-'),
    (0x180B, 0x180F, 0),
    (0x2000, 0x200A, b' '),
    (0x200B, 0x200F, 0), // zero-width space and joiners, direction marks
    (0x2010, 0x2015, b'-'),
    (0x2018, 0x201F, b'"'),
    (0x2022, 0x2024, b'~'),
    (0x2027, 0x2027, b'~'),
    (0x2028, 0x2029, b'\n'),
    (0x202A, 0x202E, 0), // bidirectional embeddings
    (0x202F, 0x202F, b' '),
    (0x2039, 0x203A, b'"'),
    (0x203F, 0x203F, b'_'),
    (0x2043, 0x2043, b'-'),
    (0x205F, 0x205F, b' '),
    (0x2060, 0x206F, 0), // word joiner, bidirectional isolates
    (0x207B, 0x207B, b'-'),
    (0x208B, 0x208B, b'-'),
    (0x20D0, 0x20FF, 0), // enclosing marks, keycaps
    (0x2212, 0x2212, b'-'),
    (0x2219, 0x2219, b'~'),
    (0x22C5, 0x22C5, b'~'),
    (0x2329, 0x232A, b'"'),
    (0x2500, 0x2501, b'-'),
    (0x2796, 0x2796, b'-'),
    (0x27E6, 0x27EF, b'"'),
    (0x2800, 0x2800, b' '),
    (0x2985, 0x2998, b'"'),
    (0x2E17, 0x2E17, b'-'),
    (0x2E22, 0x2E29, b'"'),
    (0x2E31, 0x2E31, b'~'),
    (0x2E3A, 0x2E40, b'-'),
    (0x3000, 0x3000, b' '),
    (0x3001, 0x3001, b';'), // between ideographs a comma never stands inside a number
    (0x3002, 0x3002, b'!'), // a full stop that never stands inside a number ends a sentence as ! does
    (0x3008, 0x3011, b'"'),
    (0x3014, 0x301B, b'"'),
    (0x301C, 0x301C, b'-'),
    (0x301D, 0x301F, b'"'),
    (0x3030, 0x3030, b'-'),
    (0x30A0, 0x30A0, b'-'),
    (0x30FB, 0x30FB, b'~'),
    (0x3164, 0x3164, 0),
    (0xFE00, 0xFE0F, 0), // variation selectors
    (0xFE31, 0xFE32, b'-'),
    (0xFE35, 0xFE48, b'"'),
    (0xFE50, 0xFE51, b';'),
    (0xFE58, 0xFE58, b'-'),
    (0xFE59, 0xFE5E, b'"'),
    (0xFE63, 0xFE63, b'-'),
    (0xFEFF, 0xFEFF, 0), // byte order mark
    (0xFF0C, 0xFF0C, b';'),
    (0xFF5F, 0xFF60, b'"'),
    (0xFF61, 0xFF61, b'!'),
    (0xFF62, 0xFF63, b'"'),
    (0xFF64, 0xFF64, b';'),
    (0xFF65, 0xFF65, b'~'),
    (0xFFA0, 0xFFA0, 0),
    (0xFFE1, 0xFFE1, b'$'),
    (0xFFE5, 0xFFE5, b'$'),
    (0xFFF0, 0xFFFB, 0),
];

/// What an ASCII character stands for; nothing for a control.
fn ascii(n: u32) -> Option<char> {
    Some(match n {
        0x0A..=0x0D => '\n',
        0x09 => ' ',
        0..0x20 | 0x7F => return None,
        // ' < > [ ] ` { }
        0x27 | 0x3C | 0x3E | 0x5B | 0x5D | 0x60 | 0x7B | 0x7D => '"',
        _ => char::from(n as u8),
    })
}

/// What a character stands for; nothing for an invisible one.
fn sign(c: char) -> Option<(char, u8)> {
    let n = u32::from(c);
    if n < 0x80 {
        return ascii(n).map(|ch| (ch, 0));
    }
    for &(first, last, stands) in RANGES {
        if u32::from(first) <= n && n <= u32::from(last) {
            return (stands > 0).then_some((char::from(stands), 0));
        }
    }
    if n > 0xE0000 || n.wrapping_sub(0x1D173) < 8 {
        return None;
    }
    if n.wrapping_sub(0xFF01) < 0x5E {
        return ascii(n - 0xFEE0).map(|ch| (ch, FULL));
    }
    let mut value = digit(n);
    let mut was = OTHER;
    if n == 0x24EA || n == 0x24FF {
        (value, was) = (0, OTHER | CIRCLED);
    }
    for one in [0x2460, 0x24F5, 0x2776, 0x2780, 0x278A] {
        if n.wrapping_sub(one) < 9 {
            (value, was) = (n - one + 1, OTHER | CIRCLED);
        }
    }
    if value < 10 {
        return Some((char::from(b'0' + value as u8), was));
    }
    let folded = match n {
        0xD7 | 0xF7 => c,
        0xC0..=0xFF => char::from(LATIN[(n as usize) & 31]),
        0x130 => 'i',
        0x100..=0x137 | 0x14A..=0x177 => char::from_u32(n | 1)?,
        0x391..=0x3A9 | 0x410..=0x42F => char::from_u32(n + 32)?,
        _ => c,
    };
    Some((folded, FOLDED))
}

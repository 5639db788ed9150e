//! What each character of a text stands for, whatever alphabet, width or keyboard it comes from.

use alloc::vec::Vec;

use super::Rule;
use super::cue::{self, Mark};
use super::shape::Number;

/// Visible characters that are read of a text (see [`super::read`]).
const LIMIT: usize = 16_384;

/// The bits of a sign that are its character; above them stand four of what it belongs to, then those of what it was.
const CHARACTER: u32 = (1 << MARK) - 1;
const MARK: u32 = 21;
/// The bits of what a sign was have the places of their fixes in `Fix`, from here on.
pub(super) const WAS: u32 = 24;
/// A full-width form became ASCII.
const FULL: u32 = 1 << (WAS + 1);
/// A decimal digit of another script (or a circled one) became ASCII.
const OTHER: u32 = 1 << (WAS + 2);
/// Invisible characters stood before this one.
const INVISIBLE: u32 = 1 << (WAS + 5);
/// A circled digit: counts only where no other digits stand.
const CIRCLED: u32 = 1 << (WAS + 6);
/// A letter that was not ASCII, folded for comparing words: never part of a code.
const FOLDED: u32 = 1 << (WAS + 7);

/// A text made plain: invisible characters gone, every run of white space one space or one line end.
pub(super) struct Text<'a> {
    /// What the site's codes look like.
    pub rule: &'a Rule,
    /// Its numbers, once [`Text::count`] has been through.
    pub numbers: Vec<Number>,
    /// The characters, each with what it belongs to and what it was.
    signs: Vec<u32>,
    /// What was dropped at the end, as [`Text::was`] tells it of a character.
    pub trailing: u32,
    /// There was more than [`LIMIT`].
    pub clipped: bool,
}

impl<'a> Text<'a> {
    /// Makes a text plain.
    #[inline(never)]
    pub(super) fn of(text: &str, rule: &'a Rule) -> Text<'a> {
        let mut signs: Vec<u32> = Vec::new();
        let mut hidden = 0;
        let mut clipped = false;
        let mut plain = false;
        let mut last = 0;
        for c in text.chars() {
            let mut sign = sign(u32::from(c));
            if sign == 0 {
                hidden = INVISIBLE;
                continue;
            }
            let before = last & CHARACTER;
            if is_space(sign & CHARACTER) && is_space(before) {
                signs.pop();
                hidden |= last & INVISIBLE;
                // A line end is less than a space.
                sign = before.min(sign & CHARACTER);
            }
            // A Japanese keyboard writes the long vowel mark where a dash is meant.
            if (c == 'ー' || c == 'ｰ') && is_digit(before) {
                sign = u32::from(b'-');
            }
            if signs.len() == LIMIT {
                clipped = true;
                break;
            }
            plain |= is_digit(sign & (CHARACTER | CIRCLED));
            last = sign | hidden;
            signs.push(last);
            hidden = 0;
        }
        if plain {
            for s in &mut signs {
                if *s & CIRCLED != 0 {
                    *s = *s & INVISIBLE | u32::from(b'~');
                }
            }
        }
        Text {
            rule,
            numbers: Vec::new(),
            signs,
            trailing: hidden >> WAS,
            clipped,
        }
    }

    /// How many characters there are.
    pub(super) fn len(&self) -> usize {
        self.signs.len()
    }

    #[inline(never)] // called from everywhere: inlined it is a tenth of the module
    fn sign(&self, i: usize) -> u32 {
        self.signs
            .get(i)
            .copied()
            .unwrap_or(u32::from(b'\n') | u32::from(cue::OUTSIDE) << MARK)
    }

    /// The character at a place; a line end outside the text.
    #[inline(never)]
    pub(super) fn at(&self, i: usize) -> char {
        char::from_u32(self.sign(i) & CHARACTER).unwrap_or('\n')
    }

    /// The same as a small letter.
    #[inline(never)]
    pub(super) fn small(&self, i: usize) -> char {
        self.at(i).to_ascii_lowercase()
    }

    /// What was changed to arrive at the character at a place: one bit for each fix.
    pub(super) fn was(&self, i: usize) -> u32 {
        self.sign(i) >> WAS
    }

    /// What the character at a place belongs to.
    #[inline(never)]
    pub(super) fn mark(&self, i: usize) -> Mark {
        (self.sign(i) >> MARK & 15) as Mark
    }

    /// Says what the characters of a span belong to.
    #[inline(never)]
    pub(super) fn set_mark(&mut self, start: usize, end: usize, mark: Mark) {
        for i in start..end {
            if let Some(s) = self.signs.get_mut(i) {
                *s = *s & !(15 << MARK) | u32::from(mark) << MARK;
            }
        }
    }

    /// Whether the character at a place is one of a set (see [`is_of`]).
    #[inline(never)]
    pub(super) fn is(&self, i: usize, set: &str) -> bool {
        is_of(self.at(i), set)
    }

    /// A decimal digit.
    #[inline(never)]
    pub(super) fn is_digit(&self, i: usize) -> bool {
        self.at(i).is_ascii_digit()
    }

    /// A character that words are made of (or a symbol beyond ASCII, which no number contains).
    #[inline(never)]
    pub(super) fn is_word(&self, i: usize) -> bool {
        self.is(i, "dy")
    }

    /// Such a character, and no digit.
    #[inline(never)]
    pub(super) fn is_letter(&self, i: usize) -> bool {
        self.is(i, "y")
    }

    /// A space or a line end.
    #[inline(never)]
    pub(super) fn is_space(&self, i: usize) -> bool {
        self.is(i, " \n")
    }

    /// The end of a sentence.
    #[inline(never)]
    pub(super) fn is_end(&self, i: usize) -> bool {
        self.is(i, "!?") || (self.at(i) == '.' && self.is_space(i + 1))
    }

    /// A letter of the alphabet that was not folded to one.
    pub(super) fn is_plain_letter(&self, i: usize) -> bool {
        self.is(i, "x") && self.sign(i) & FOLDED == 0
    }

    /// The digits of a span as one number (`base` 10), or its letters and digits (`base` 36): the same for the
    /// same code.
    #[inline(never)]
    pub(super) fn value(&self, start: usize, end: usize, base: u64) -> u64 {
        // Ahead of a code stands something, that zeros count.
        let mut value = base - 10;
        for i in start..end {
            if let Some(one) = self.at(i).to_digit(36) {
                value = value.wrapping_mul(base).wrapping_add(u64::from(one));
            }
        }
        value
    }
}

/// Whether a character is one of a set, in which `d` is any digit, `x` any ASCII letter and `y` any letter
/// (or symbol beyond ASCII).
#[inline(never)]
pub(super) fn is_of(ch: char, set: &str) -> bool {
    set.chars().any(|one| match one {
        'd' => ch.is_ascii_digit(),
        'x' => ch.is_ascii_alphabetic(),
        'y' => ch.is_ascii_alphabetic() || !ch.is_ascii(),
        _ => ch == one,
    })
}

fn is_space(n: u32) -> bool {
    n == u32::from(b' ') || n == u32::from(b'\n')
}

fn is_digit(n: u32) -> bool {
    n.wrapping_sub(u32::from(b'0')) < 10
}

/// The digit that a letter looks like; a space for others.
#[inline(never)]
pub(super) fn look_alike(ch: char) -> char {
    // Latin, Cyrillic, Greek, and the ideograph for zero
    if is_of(ch, "Ooоο〇") {
        '0'
    } else if is_of(ch, "lI|ı") {
        '1'
    } else {
        ' '
    }
}

/// The zeros of Unicode's decimal digits (General_Category Nd, Unicode 17) but the full-width one; the nine
/// brothers of each follow it.
const ZEROS: [u32; 76] = [
    0x30, 0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66,
    0xDE6, 0xE50, 0xED0, 0xF20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90,
    0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0,
    0x104A0, 0x10D30, 0x10D40, 0x11066, 0x110F0, 0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0,
    0x11650, 0x116C0, 0x116D0, 0x116DA, 0x11730, 0x118E0, 0x11950, 0x11BF0, 0x11C50, 0x11D50,
    0x11DA0, 0x11DE0, 0x11F50, 0x16130, 0x16A60, 0x16AC0, 0x16B50, 0x16D70, 0x1CCF0, 0x1D7CE,
    0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6, 0x1E140, 0x1E2F0, 0x1E4F0, 0x1E5F1, 0x1E950, 0x1FBF0,
];

/// A letter of Latin-1: becomes one of [`LATIN_1`].
const LATIN: u8 = b'a';
/// Letters of Latin-1 from À to ß, without their accents; the small ones stand 32 further on.
const LATIN_1: &[u8; 32] = b"aaaaaaaceeeeiiiidnooooo*ouuuuyps";
/// A letter whose small one is the odd one of two.
const EVEN: u8 = b'|';
/// A letter whose small one stands 32 further on.
const CAPITAL: u8 = b'+';

/// What ranges of characters stand for; `\0` for the invisible ones, `0` and `1` where they count on.
const RANGES: &[(u32, u32, u8)] = &[
    (0x00, 0x08, 0),
    (0x09, 0x09, b' '),
    (0x0A, 0x0D, b'\n'),
    (0x0E, 0x1F, 0),
    (0x27, 0x27, b'"'),
    (0x3C, 0x3C, b'"'),
    (0x3E, 0x3E, b'"'),
    (0x5B, 0x5B, b'"'),
    (0x5D, 0x5D, b'"'),
    (0x60, 0x60, b'"'),
    (0x7B, 0x7B, b'"'),
    (0x7D, 0x7D, b'"'),
    (0x7F, 0x84, 0),
    (0x85, 0x85, b'\n'),
    (0x86, 0x9F, 0),
    (0xA0, 0xA0, b' '),
    (0xA2, 0xA5, b'$'),
    (0xAB, 0xAB, b'"'),
    (0xAD, 0xAD, 0), // soft hyphen
    (0xB7, 0xB7, b'~'),
    (0xBB, 0xBB, b'"'),
    (0xC0, 0xD6, LATIN),
    (0xD8, 0xF6, LATIN),
    (0xF8, 0xFF, LATIN),
    (0x100, 0x12F, EVEN),
    (0x130, 0x130, b'i'),
    (0x132, 0x137, EVEN),
    (0x14A, 0x177, EVEN),
    (0x300, 0x36F, 0), // combining marks
    (0x387, 0x387, b'~'),
    (0x391, 0x3A9, CAPITAL),
    (0x410, 0x42F, CAPITAL),
    (0x58A, 0x58A, b'-'),
    (0x5BE, 0x5BE, b'-'),
    (0x60C, 0x60C, b','),
    (0x61C, 0x61C, 0), // Arabic letter mark
    (0x66B, 0x66B, b'.'),
    (0x66C, 0x66C, b','),
    (0x6D4, 0x6D4, b'!'),
    (0x964, 0x964, b'!'),
    (0xE3F, 0xE3F, b'$'),
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
    (0x20A0, 0x20CF, b'$'),
    (0x20D0, 0x20FF, 0), // enclosing marks, keycaps
    (0x2212, 0x2212, b'-'),
    (0x2219, 0x2219, b'~'),
    (0x22C5, 0x22C5, b'~'),
    (0x2329, 0x232A, b'"'),
    (0x2460, 0x2468, b'1'), // in circles
    (0x24EA, 0x24EA, b'0'),
    (0x24F5, 0x24FD, b'1'),
    (0x24FF, 0x24FF, b'0'),
    (0x2500, 0x2501, b'-'),
    (0x2776, 0x277E, b'1'),
    (0x2780, 0x2788, b'1'),
    (0x278A, 0x2792, b'1'),
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
    (0x1D173, 0x1D17A, 0), // musical format characters
];

/// [`RANGES`] and [`ZEROS`] in order, in as few bytes as they take: how far the first character stands from the
/// one before, how many follow it, and what they stand for.
const SIGNS: [(u16, u8, u8); RANGES.len() + ZEROS.len()] = {
    let mut signs = [(0, 0, 0); RANGES.len() + ZEROS.len()];
    let (mut ranges, mut zeros, mut before) = (0, 0, 0);
    while ranges + zeros < signs.len() {
        let zero =
            zeros < ZEROS.len() && (ranges == RANGES.len() || ZEROS[zeros] < RANGES[ranges].0);
        let (first, last, stands) = if zero {
            (ZEROS[zeros], ZEROS[zeros] + 9, b'0')
        } else {
            RANGES[ranges]
        };
        signs[ranges + zeros] = ((first - before) as u16, (last - first) as u8, stands);
        before = first;
        if zero {
            zeros += 1;
        } else {
            ranges += 1;
        }
    }
    signs
};

/// The sign of a character; zero for an invisible one.
fn sign(mut n: u32) -> u32 {
    let mut was = if n < 0x80 { 0 } else { FOLDED };
    // A full-width comma never stands inside a number.
    if n != 0xFF0C && n.wrapping_sub(0xFF01) < 0x5E {
        n -= 0xFEE0;
        was = FULL;
    }
    let mut first = 0;
    for &(step, more, stands) in &SIGNS {
        first += u32::from(step);
        let at = n.wrapping_sub(first);
        if at > u32::from(more) {
            continue;
        }
        let mut stands = u32::from(stands);
        if stands == 0 {
            return 0;
        }
        if stands & !1 == u32::from(b'0') {
            stands += at;
            if was == FOLDED {
                was = OTHER;
            }
            if n >> 10 == 9 {
                was |= CIRCLED;
            }
        }
        n = match stands as u8 {
            EVEN => n | 1,
            CAPITAL => n + 32,
            LATIN => u32::from(LATIN_1[n as usize & 31]),
            _ => stands,
        };
        return n | was;
    }
    if n > 0xE0000 { 0 } else { n | was }
}

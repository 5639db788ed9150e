//! The meaning of each character, from whatever alphabet, width or keyboard it comes.

use super::second_list::has_more;

/// The bits of a packed character that are its code point. The four above them are its keyword (`text`), then
/// come its fixes.
pub(super) const CHARACTER: u32 = (1 << 21) - 1;
/// Where the fixes of a packed character begin, each at the place that it has in `Fix`.
pub(super) const FIXES: u32 = 24;
/// A full-width form became ASCII.
const FULL_WIDTH: u32 = 1 << (FIXES + 1);
/// A decimal digit of another script (or a circled one) became ASCII.
const OTHER_DIGIT: u32 = 1 << (FIXES + 2);
/// Invisible characters preceded this one.
pub(super) const INVISIBLE: u32 = 1 << (FIXES + 5);
/// Markup preceded this one, without a separator.
pub(super) const MARKUP: u32 = 1 << (FIXES + 4);
/// A circled digit: counts only in a text without other digits.
pub(super) const CIRCLED: u32 = 1 << (FIXES + 6);
/// The character is beyond ASCII, or was before it was normalized.
const BEYOND_ASCII: u32 = 1 << (FIXES + 7);

/// The character for quotes and brackets of every kind.
const QUOTE: u32 = b'"' as u32;

/// A space or a line end.
pub(super) fn is_space(n: u32) -> bool {
    n == u32::from(b' ') || n == u32::from(b'\n')
}

/// An ASCII digit.
pub(super) fn is_digit(n: u32) -> bool {
    n.wrapping_sub(u32::from(b'0')) < 10
}

/// The zeros of Unicode's decimal digits (General_Category Nd, Unicode 17) but the full-width one; the digits
/// one to nine of each script follow its zero.
const ZEROS: [u32; 76] = [
    0x30, 0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66,
    0xDE6, 0xE50, 0xED0, 0xF20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90,
    0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0,
    0x104A0, 0x10D30, 0x10D40, 0x11066, 0x110F0, 0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0,
    0x11650, 0x116C0, 0x116D0, 0x116DA, 0x11730, 0x118E0, 0x11950, 0x11BF0, 0x11C50, 0x11D50,
    0x11DA0, 0x11DE0, 0x11F50, 0x16130, 0x16A60, 0x16AC0, 0x16B50, 0x16D70, 0x1CCF0, 0x1D7CE,
    0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6, 0x1E140, 0x1E2F0, 0x1E4F0, 0x1E5F1, 0x1E950, 0x1FBF0,
];

/// The letters of Latin-1 from à to þ without their accents, by the last five bits of their code points. The last entry
/// is for ß, and ÿ has the same bits.
const LATIN_1: &[u8; 32] = b"aaaaaaaceeeeiiiidnooooo*ouuuuyps";
/// Class of [`RANGES`]: pairs of letters, of which the lower-case one has the odd code point.
const EVEN: u8 = b'|';
/// Class of [`RANGES`]: upper-case letters, whose lower-case ones follow 32 code points later.
const CAPITAL: u8 = b'+';

/// Ranges of characters and what each becomes: `\0` for invisible ones; `0` and `1` for the first digit of a
/// range that counts upwards.
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
    (0xC0, 0xD6, CAPITAL),
    (0xD8, 0xDE, CAPITAL),
    (0x100, 0x12F, EVEN),
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
    (0x104A, 0x104B, b'!'),
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
    (0x3001, 0x3001, b';'), // an ideographic comma is never inside a number
    (0x3002, 0x3002, b'!'), // an ideographic full stop is never inside a number: it ends a sentence as ! does
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

/// [`RANGES`] and [`ZEROS`] merged in order, packed into few bytes: the distance of the first character from
/// that of the entry before, how many follow it, and what they become.
const TABLE: [(u16, u8, u8); RANGES.len() + ZEROS.len()] = {
    let mut table = [(0, 0, 0); RANGES.len() + ZEROS.len()];
    let (mut ranges, mut zeros, mut before) = (0, 0, 0);
    while ranges + zeros < table.len() {
        let zero =
            zeros < ZEROS.len() && (ranges == RANGES.len() || ZEROS[zeros] < RANGES[ranges].0);
        let (first, last, becomes) = if zero {
            (ZEROS[zeros], ZEROS[zeros] + 9, b'0')
        } else {
            RANGES[ranges]
        };
        table[ranges + zeros] = ((first - before) as u16, (last - first) as u8, becomes);
        before = first;
        if zero {
            zeros += 1;
        } else {
            ranges += 1;
        }
    }
    table
};

/// Normalizes a code point: the character that it becomes, packed with its fixes; zero for an invisible one.
pub(super) fn normalize(mut n: u32) -> u32 {
    let mut fixes = if n < 0x80 { 0 } else { BEYOND_ASCII };
    // A full-width comma is never inside a number.
    if n != 0xFF0C && n.wrapping_sub(0xFF01) < 0x5E {
        n -= 0xFEE0;
        fixes = FULL_WIDTH;
    }
    let mut first = 0;
    for &(step, more, becomes) in &TABLE {
        first += u32::from(step);
        let offset = n.wrapping_sub(first);
        if n < first {
            break;
        }
        if offset > u32::from(more) {
            continue;
        }
        let mut becomes = u32::from(becomes);
        if becomes == 0 {
            return 0;
        }
        if becomes & !1 == u32::from(b'0') {
            becomes += offset;
            if fixes == BEYOND_ASCII {
                fixes = OTHER_DIGIT;
            }
            if n >> 10 == 9 {
                fixes |= CIRCLED;
            }
        }
        n = match becomes as u8 {
            EVEN => n | 1,
            CAPITAL => n + 32,
            _ => becomes,
        };
        return n | fixes;
    }
    match n {
        // Emoji surround a number as brackets do.
        0x2600..0x27C0 | 0x1F000..0x20000 => QUOTE,
        0xE0001.. => 0,
        _ => lower_case(n) | fixes,
    }
}

/// The small letter of a capital that is in none of [`RANGES`], in builds with the second list of keywords: Unicode's
/// tables are too large for a page.
fn lower_case(n: u32) -> u32 {
    if !has_more() || n < 0x80 {
        return n;
    }
    let small = char::from_u32(n).and_then(|c| c.to_lowercase().next());
    small.filter(|c| !c.is_ascii()).map_or(n, u32::from)
}

/// Folds a character for comparing words: ASCII in lower case, letters of Latin-1 without their accents; and what
/// [`fold_more`] adds where the build has the second list of keywords. Codes and host names are not folded: no code has a
/// letter with an accent, and a host name with one is another host.
pub(super) fn fold(c: char) -> char {
    match c {
        'ß'..='ÿ' => char::from(LATIN_1[c as usize & 31]),
        'İ'..='ё' if has_more() => fold_more(c),
        _ => c.to_ascii_lowercase(),
    }
}

/// Folds what messages write in two ways: Greek with or without accents, ς or σ, ё or е, ı and İ or i.
fn fold_more(c: char) -> char {
    match c {
        'ά' => 'α',
        'έ' => 'ε',
        'ή' => 'η',
        'ί' | 'ϊ' | 'ΐ' => 'ι',
        'ό' => 'ο',
        'ύ' | 'ϋ' | 'ΰ' => 'υ',
        'ώ' => 'ω',
        'ς' => 'σ',
        'ё' => 'е',
        'İ' | 'ı' => 'i',
        _ => c,
    }
}

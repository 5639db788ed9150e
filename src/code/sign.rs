//! What each character of a text stands for, whatever alphabet, width or keyboard it comes from.

/// Visible characters that are read of a text (see [`super::read`]).
pub(super) const LIMIT: usize = 16_384;

/// A full-width form became ASCII.
pub(super) const FULL: u8 = 1;
/// A decimal digit of another script (or a circled one) became ASCII.
pub(super) const OTHER: u8 = 2;
/// Invisible characters stood before this one.
pub(super) const INVISIBLE: u8 = 4;
/// A circled digit: counts only where no other digits stand.
pub(super) const CIRCLED: u8 = 8;
/// A letter that was not ASCII, folded for comparing words: never part of a code.
pub(super) const FOLDED: u8 = 16;

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
            signs.push(Sign { ch, was: was | hidden });
            hidden = 0;
        }
        if plain && circled {
            for s in signs.iter_mut().filter(|s| s.was & CIRCLED != 0) {
                *s = Sign { ch: '·', was: s.was & INVISIBLE };
            }
        }
        Text { signs, trailing: hidden, clipped }
    }

    /// The character at a place; a line end outside the text.
    pub(super) fn at(&self, i: usize) -> char {
        self.signs.get(i).map_or('\n', |s| s.ch)
    }
}

/// A space or a line end.
pub(super) fn is_space(ch: char) -> bool {
    ch == ' ' || ch == '\n'
}

/// A character that words are made of (or a symbol beyond ASCII, which no number contains).
pub(super) fn is_word(ch: char) -> bool {
    ch.is_ascii_alphanumeric() || (!ch.is_ascii() && ch != '·' && ch != '。')
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
    0x30, 0x630, 0x90, 0xD0, 0x1A6, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x6A, 0x80, 0x50, 0x120,
    0x50, 0x750, 0x30, 0x136, 0x8A, 0xB0, 0x10, 0xC0, 0x60, 0x90, 0x10, 0x89D0, 0x2B0, 0x30, 0xD0, 0x20, 0x60, 0x1A0,
    0x5320, 0x590, 0x890, 0x10, 0x326, 0x8A, 0x46, 0x9A, 0x120, 0x160, 0x80, 0x180, 0x70, 0x10, 0xA, 0x56, 0x1B0, 0x70,
    0x2A0, 0x60, 0x100, 0x50, 0x40, 0x170, 0x41E0, 0x930, 0x60, 0x90, 0x220, 0x5F80, 0xADE, 0xA, 0xA, 0xA, 0xA, 0x94A,
    0x1B0, 0x200, 0x101, 0x35F, 0x12A0,
];

/// The value of a decimal digit of any script.
fn digit(n: u32) -> Option<u32> {
    let mut zero = 0;
    for step in ZEROS {
        zero += u32::from(step);
        if n < zero {
            return None;
        }
        if n < zero + 10 {
            return Some(n - zero);
        }
    }
    None
}

/// Letters of Latin-1 from À to ß, without their accents; the small ones stand 32 further on.
const LATIN: &[u8; 32] = b"aaaaaaaceeeeiiiidnooooo*ouuuuyps";

fn ascii(n: u32) -> Option<char> {
    let ch = char::from(n as u8);
    match ch {
        '\n' | '\r' | '\x0b' | '\x0c' => Some('\n'),
        '\t' => Some(' '),
        '\'' | '`' | '<' | '>' | '[' | ']' | '{' | '}' => Some('"'),
        '\0'..='\x1f' | '\x7f' => None,
        _ => Some(ch),
    }
}

/// What a character stands for; nothing for an invisible one.
fn sign(c: char) -> Option<(char, u8)> {
    let n = u32::from(c);
    if n < 0x80 {
        return ascii(n).map(|ch| (ch, 0));
    }
    let plain = |ch| Some((ch, 0));
    match n {
        // spaces, line ends
        0xA0 | 0x1680 | 0x2000..=0x200A | 0x202F | 0x205F | 0x2800 | 0x3000 => return plain(' '),
        0x85 | 0x2028 | 0x2029 => return plain('\n'),
        // controls, soft hyphen, joiners, bidi, fillers, combining and enclosing marks, variation selectors, tags
        0x80..=0x9F
        | 0xAD
        | 0x300..=0x36F
        | 0x61C
        | 0x115F
        | 0x1160
        | 0x17B4
        | 0x17B5
        | 0x180B..=0x180F
        | 0x200B..=0x200F
        | 0x202A..=0x202E
        | 0x2060..=0x206F
        | 0x20D0..=0x20FF
        | 0x3164
        | 0xFE00..=0xFE0F
        | 0xFEFF
        | 0xFFA0
        | 0xFFF0..=0xFFFB
        | 0x1D173..=0x1D17A
        | 0xE0000..=0xE0FFF => return None,
        // hyphens, dashes, minus signs, the wave dash
        0x58A
        | 0x5BE
        | 0x1806
        | 0x2010..=0x2015
        | 0x2043
        | 0x207B
        | 0x208B
        | 0x2212
        | 0x2500
        | 0x2501
        | 0x2796
        | 0x2E17
        | 0x2E3A
        | 0x2E3B
        | 0x2E40
        | 0x301C
        | 0x3030
        | 0x30A0
        | 0xFE31
        | 0xFE32
        | 0xFE58
        | 0xFE63 => return plain('-'),
        // middle dots and bullets; commas; full stops; low lines
        0xB7 | 0x387 | 0x2022 | 0x2024 | 0x2027 | 0x2219 | 0x22C5 | 0x2E31 | 0x30FB | 0xFF65 => return plain('·'),
        0x60C | 0x66C => return plain(','),
        // between ideographs a comma never stands inside a number
        0x3001 | 0xFE50 | 0xFE51 | 0xFF0C | 0xFF64 => return plain(';'),
        0x66B | 0xFE52 => return plain('.'),
        0x964 | 0x6D4 | 0x3002 | 0xFF61 => return plain('。'),
        0x203F => return plain('_'),
        // quotation marks and brackets
        0xAB
        | 0xBB
        | 0x2018..=0x201F
        | 0x2039
        | 0x203A
        | 0x2329
        | 0x232A
        | 0x27E6..=0x27EF
        | 0x2985..=0x2998
        | 0x2E22..=0x2E29
        | 0x3008..=0x3011
        | 0x3014..=0x301B
        | 0x301D..=0x301F
        | 0xFE35..=0xFE44
        | 0xFE47
        | 0xFE48
        | 0xFE59..=0xFE5E
        | 0xFF5F
        | 0xFF60
        | 0xFF62
        | 0xFF63 => return plain('"'),
        0xFFE1 => return plain('£'),
        0xFFE5 => return plain('¥'),
        // full-width ASCII
        0xFF01..=0xFF5E => return ascii(n - 0xFEE0).map(|ch| (ch, FULL)),
        _ => {}
    }
    let circled = match n {
        0x24EA | 0x24FF => Some(0),
        0x2460..=0x2468 => Some(n - 0x245F),
        0x24F5..=0x24FD => Some(n - 0x24F4),
        0x2776..=0x277E => Some(n - 0x2775),
        0x2780..=0x2788 => Some(n - 0x277F),
        0x278A..=0x2792 => Some(n - 0x2789),
        _ => None,
    };
    let (value, was) = match circled {
        Some(value) => (Some(value), OTHER | CIRCLED),
        None => (digit(n), OTHER),
    };
    if let Some(ch) = value.and_then(|d| char::from_digit(d, 10)) {
        return Some((ch, was));
    }
    let folded = match n {
        0xD7 | 0xF7 => c,
        0xC0..=0xFF => char::from(LATIN[(n as usize) & 31]),
        0x130 => 'i',
        0x100..=0x137 | 0x14A..=0x177 => char::from_u32(n | 1).unwrap_or(c),
        0x391..=0x3A9 | 0x410..=0x42F => char::from_u32(n + 32).unwrap_or(c),
        _ => c,
    };
    Some((folded, FOLDED))
}

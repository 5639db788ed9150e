//! The text that is being read: its characters, the keyword that covers each, and its numbers.
//!
//! The later passes fill it in: `keywords` sets the keyword of each character, `numbers` the list of numbers.

use alloc::vec::Vec;

use super::normalize::{
    CHARACTER, CIRCLED, FIXES, INVISIBLE, MARKUP, fold, is_digit, is_space, normalize,
};
use super::rule::{Kind, Rule};

/// Visible characters that are read of a text (see [`super::read`]).
const LIMIT: usize = 16_384;

/// Where the keyword of a packed character begins: four bits above the 21 of its code point. The last of them is
/// the place of `Fix::Message`, which no single character has.
const KEYWORD: u32 = 21;

/// The class of the keyword that covers a character: the last four bits of the letter that opens the class in
/// `keywords::KEYWORDS`.
pub(super) type Keyword = u8;
/// Outside the text.
pub(super) const OUTSIDE: Keyword = 4;
/// No keyword.
pub(super) const NONE: Keyword = 0;
/// A word for a code or a backup code: the number beside it is one.
pub(super) const CODE: Keyword = b'C' & 15;
/// A word for the purpose of a code (verify, sign in, enter).
pub(super) const USE: Keyword = b'U' & 15;
/// A label of something else (order, tracking, telephone): the number right after it is no code.
pub(super) const OTHER: Keyword = b'O' & 15;
/// A label of something else that also occurs in sentences about codes (account, card, phone).
pub(super) const MAYBE: Keyword = b'M' & 15;
/// A word for a customer, who also occurs in sentences about codes: beside a word for a code it makes that a code of
/// another sort (customer code).
pub(super) const CUSTOMER: Keyword = b'R' & 15;
/// "number", "no.": belongs to the label before it.
pub(super) const NUMBER: Keyword = b'N' & 15;
/// "is": joins a number and its label.
pub(super) const IS: Keyword = b'I' & 15;
/// A unit or currency: the number before it (or, for the names of currencies, after it) is an amount.
pub(super) const AMOUNT: Keyword = b'A' & 15;
/// A preposition that joins a code and its purpose, or what it is for: code for order 118204.
pub(super) const FOR: Keyword = b'F' & 15;
/// A word by which a message calls a code expired, void or old.
pub(super) const DEAD: Keyword = b'X' & 15;
/// A word about what may come: a code that will be cancelled is not yet.
pub(super) const LATER: Keyword = b'Z' & 15;
/// A word for what is no longer used: the old code.
pub(super) const OLD: Keyword = b'G' & 15;
/// The digits of a number of four digits or more that may have a label: no part of a date, an amount, a link.
pub(super) const FREE: Keyword = b'K' & 15;
/// A phone number, a mail address, a link or a name with @.
pub(super) const LINK: Keyword = b'L' & 15;

/// Sets of characters for [`Text::is`]. In a set `d` is any digit, `x` any ASCII letter, and `y` any letter or
/// any character beyond ASCII; every other character is itself.
pub(super) mod set {
    /// ASCII letters.
    pub const LETTER: &str = "x";
    /// Letters and symbols beyond ASCII.
    pub const ANY_LETTER: &str = "y";
    /// Digits, letters and symbols beyond ASCII: the characters of words.
    pub const WORD: &str = "dy";
    /// ASCII letters and digits.
    pub const ALPHANUMERIC: &str = "dx";
    /// ASCII letters, digits and hyphens: a code in a domain-bound line.
    pub const HYPHENATED: &str = "dx-";
    /// The characters of host names, internationalised ones too.
    pub const HOST: &str = "dy.-";
    /// The characters before the @ of a mail address.
    pub const MAIL_NAME: &str = "dx.-_+";
    /// The characters of hosts and names in links.
    pub const LINK_NAME: &str = "dx.-_+%";
    /// Letters and signs that no separated number contains.
    pub const FOREIGN: &str = "y$%&=@^\\";
    /// The characters of a code: a look-alike letter may be one of them.
    pub const CODE: &str = "dy|";
    /// Ends of sentences, but for the full stop, which also occurs inside numbers.
    pub const SENTENCE_END: &str = "!?";
    /// The characters of an amount.
    pub const NUMBER: &str = "d.,";
    /// White space.
    pub const SPACE: &str = " \n";
}

/// A number of a text: first each run of ASCII letters and digits with at least one digit, then those that
/// could be the code.
pub(super) struct Number {
    /// Index of its first character.
    pub start: usize,
    /// Index after its last character.
    pub end: usize,
    /// Consists of digits alone.
    pub plain: bool,
    /// Counts only right beside a word for a code, since it contains letters that look like digits.
    pub weak: bool,
    /// Whether it is a word, and of what form.
    pub form: Form,
    /// The kind of code that has its length.
    pub kind: Option<Kind>,
    /// The characters of the code as one number.
    pub value: u64,
    /// How much the words around it speak for it.
    pub score: i32,
}

/// The form of a number or word that could be a code.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A number, or a backup code.
    Number,
    /// A word that may be a name or a quantity too: Hibari24, 10mins. It is a code only directly after a word for one and a
    /// colon or "is".
    Loose,
    /// A word that is hardly anything but a code.
    Solid,
}

impl Number {
    pub(super) fn length(&self) -> usize {
        self.end - self.start
    }
}

/// Farther away than any text reaches.
static NOWHERE: Number = Number {
    start: 1 << 30,
    end: 1 << 30,
    plain: false,
    weak: false,
    form: Form::Number,
    kind: None,
    value: 0,
    score: 0,
};

/// A normalized text: invisible characters dropped, every run of white space one space or one line end.
pub(super) struct Text<'a> {
    /// The form of the site's codes.
    pub rule: &'a Rule,
    /// Its numbers, once [`Text::find_numbers`] has run.
    pub numbers: Vec<Number>,
    /// Each character packed with its keyword and its fixes.
    characters: Vec<u32>,
    /// The fixes of characters dropped at the end, as [`Text::fixes`] gives them.
    pub trailing: u32,
    /// The text had more than [`LIMIT`] characters.
    pub clipped: bool,
}

impl<'a> Text<'a> {
    /// Normalizes a text.
    #[inline(never)]
    pub(super) fn new(text: &str, rule: &'a Rule) -> Text<'a> {
        let mut characters: Vec<u32> = Vec::new();
        let mut hidden = 0;
        let mut clipped = false;
        let mut plain = false;
        let mut last = 0;
        // Markup pasted as source has closing tags. `ends`: how many > follow, since a tag ends with one.
        let (mut markup, mut ends, mut before) = (false, 0, 0);
        for &byte in text.as_bytes() {
            markup |= before == b'<' && byte == b'/';
            ends += i32::from(byte == b'>');
            before = byte;
        }
        let (mut tag, mut name) = (false, 0);
        for c in text.chars() {
            let mut packed = normalize(u32::from(c));
            ends -= i32::from(c == '>');
            if markup && c == '<' && ends > 0 {
                (tag, name) = (true, 0);
            }
            if tag {
                if name < 256 && c != '<' && c != '/' {
                    // Bit 5 makes a letter of ASCII a small one.
                    name = name << 8 | u32::from(c) | 32;
                }
                if c != '>' {
                    continue;
                }
                tag = false;
                // Tags of inline elements, <b> and <span>, may be inside a code.
                if is_digit(last & CHARACTER) && (name >> 8 == u32::from(b's') || name == 0x623E) {
                    hidden |= MARKUP;
                    continue;
                }
                packed = u32::from(b'"');
            }
            if packed == 0 {
                hidden |= INVISIBLE;
                continue;
            }
            let before = last & CHARACTER;
            if is_space(packed & CHARACTER) && is_space(before) {
                characters.pop();
                hidden |= last & (INVISIBLE | MARKUP);
                // A line end outranks a space, and has the lower code point.
                packed = before.min(packed & CHARACTER);
            }
            // A Japanese keyboard writes the long vowel mark instead of a dash.
            if (c == 'ー' || c == 'ｰ') && is_digit(before) {
                packed = u32::from(b'-');
            }
            if characters.len() == LIMIT {
                clipped = true;
                break;
            }
            plain |= is_digit(packed & (CHARACTER | CIRCLED));
            last = packed | hidden;
            characters.push(last);
            hidden = 0;
        }
        if plain {
            for packed in &mut characters {
                if *packed & CIRCLED != 0 {
                    *packed = *packed & INVISIBLE | u32::from(b'~');
                }
            }
        }
        Text {
            rule,
            numbers: Vec::new(),
            characters,
            trailing: hidden >> FIXES,
            clipped,
        }
    }

    /// The number of characters.
    pub(super) fn len(&self) -> usize {
        self.characters.len()
    }

    #[inline(never)] // called from everywhere: inlined it is a tenth of the module
    fn packed(&self, i: usize) -> u32 {
        self.characters
            .get(i)
            .copied()
            .unwrap_or(u32::from(b'\n') | u32::from(OUTSIDE) << KEYWORD)
    }

    /// The character at an index; a line end outside the text.
    #[inline(never)]
    pub(super) fn at(&self, i: usize) -> char {
        char::from_u32(self.packed(i) & CHARACTER).unwrap_or('\n')
    }

    /// The character at an index as words are compared: see [`fold`].
    #[inline(never)]
    pub(super) fn folded(&self, i: usize) -> char {
        fold(self.at(i))
    }

    /// The changes made to the character at an index: one bit for each [`super::Fix`]. The lowest is the keyword's.
    pub(super) fn fixes(&self, i: usize) -> u32 {
        self.packed(i) >> FIXES & !1
    }

    /// The keyword that covers an index; [`OUTSIDE`] outside the text.
    #[inline(never)]
    pub(super) fn keyword(&self, i: usize) -> Keyword {
        (self.packed(i) >> KEYWORD & 15) as Keyword
    }

    /// Sets the keyword of a span.
    #[inline(never)]
    pub(super) fn set_keyword(&mut self, start: usize, end: usize, keyword: Keyword) {
        for i in start..end {
            if let Some(packed) = self.characters.get_mut(i) {
                *packed = *packed & !(15 << KEYWORD) | u32::from(keyword) << KEYWORD;
            }
        }
    }

    /// A number by its index; one far from every other where there is none.
    #[inline(never)]
    pub(super) fn number(&self, i: usize) -> &Number {
        self.numbers.get(i).unwrap_or(&NOWHERE)
    }

    /// Whether the character at an index is in a [`set`].
    #[inline(never)]
    pub(super) fn is(&self, i: usize, set: &str) -> bool {
        is_in(self.at(i), set)
    }

    /// A decimal digit.
    #[inline(never)]
    pub(super) fn is_digit(&self, i: usize) -> bool {
        self.at(i).is_ascii_digit()
    }

    /// A digit, a letter, or a symbol beyond ASCII, which no number contains.
    #[inline(never)]
    pub(super) fn is_word(&self, i: usize) -> bool {
        self.is(i, set::WORD)
    }

    /// The same without the digits.
    #[inline(never)]
    pub(super) fn is_letter(&self, i: usize) -> bool {
        self.is(i, set::ANY_LETTER)
    }

    /// A space or a line end.
    #[inline(never)]
    pub(super) fn is_space(&self, i: usize) -> bool {
        self.is(i, set::SPACE)
    }

    /// The end of a sentence.
    #[inline(never)]
    pub(super) fn is_end(&self, i: usize) -> bool {
        self.is(i, set::SENTENCE_END) || (self.at(i) == '.' && self.is_space(i + 1))
    }

    /// The digits of a span as one number (`base` 10), or its letters and digits (`base` 36): equal for equal
    /// codes.
    #[inline(never)]
    pub(super) fn value(&self, start: usize, end: usize, base: u64) -> u64 {
        // In base 36 it begins with 26, so that leading zeros count.
        let mut value = base - 10;
        for i in start..end {
            if let Some(digit) = self.at(i).to_digit(36) {
                value = value.wrapping_mul(base).wrapping_add(u64::from(digit));
            }
        }
        value
    }
}

/// Whether a character is in a [`set`].
#[inline(never)]
pub(super) fn is_in(c: char, set: &str) -> bool {
    set.chars().any(|member| match member {
        'd' => c.is_ascii_digit(),
        'x' => c.is_ascii_alphabetic(),
        'y' => c.is_ascii_alphabetic() || !c.is_ascii(),
        _ => c == member,
    })
}

/// The digit that a letter looks like; a space for others.
#[inline(never)]
pub(super) fn look_alike(c: char) -> char {
    // Latin, Cyrillic, Greek, and the ideograph for zero
    if is_in(c, "Ooоο〇") {
        '0'
    } else if is_in(c, "lI|ı") {
        '1'
    } else {
        ' '
    }
}

//! Reads phone numbers as people write them.
//!
//! Numbers of Japan are read in every usual notation, with the country code or without. Numbers of other
//! countries are read only with `+` or after Japan's exit code 010. They are converted to E.164; whether they can
//! receive an SMS is unknown.
//!
//! Prefix and length decide the kind of a number. Whether it is assigned to anybody is not checked.
//!
//! ```
//! use todoita::phone::{Fix, Kind, Problem, read};
//!
//! let phone = read("０９０ー１２３４ー５６７８")?;
//! assert_eq!(phone.e164, "+819012345678");
//! assert_eq!(phone.national.as_deref(), Some("090-1234-5678"));
//! assert_eq!((phone.kind, phone.kind.sms()), (Kind::Mobile, Some(true)));
//! assert!(phone.fixes.iter().eq([Fix::FullWidth, Fix::Separators]));
//!
//! assert_eq!(read("+44 7700 900417")?.kind, Kind::Foreign);
//! assert_eq!(read("090-1234-567"), Err(Problem::TooShort));
//! # Ok::<(), Problem>(())
//! ```

use alloc::string::String;

/// A number that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone {
    /// As it is dialled from anywhere (ITU-T E.164): `+819012345678`.
    pub e164: String,
    /// As it is dialled in its country, `090-1234-5678`. It has hyphens if the prefix alone determines their
    /// places, which it does not for most landlines. `None` for another country's number.
    pub national: Option<String>,
    /// The kind of number.
    pub kind: Kind,
    /// The changes made to arrive at it.
    pub fixes: Fixes,
}

/// The kind of a number, by its prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// 060, 070, 080, 090.
    Mobile,
    /// Area codes.
    Landline,
    /// 050: calls over the Internet.
    Voip,
    /// 020: machines and pagers.
    Machine,
    /// 0120, 0800: free of charge.
    Free,
    /// 0570, 0990: services that are paid for by the call.
    Service,
    /// Another country's.
    Foreign,
}

impl Kind {
    /// Its name in JavaScript.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Mobile => "mobile",
            Kind::Landline => "landline",
            Kind::Voip => "voip",
            Kind::Machine => "machine",
            Kind::Free => "free",
            Kind::Service => "service",
            Kind::Foreign => "foreign",
        }
    }

    /// Whether such a number can receive an SMS; `None` if that is unknown.
    pub fn sms(self) -> Option<bool> {
        match self {
            Kind::Mobile => Some(true),
            Kind::Foreign => None,
            _ => Some(false),
        }
    }
}

/// A change that was made to arrive at the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Fix {
    /// Full-width characters became ASCII.
    FullWidth,
    /// Invisible characters were dropped.
    Invisible,
    /// Spaces, hyphens, brackets and dots were dropped, or `tel:`.
    Separators,
    /// 81, or an exit code and 81, was read as +81.
    CountryCode,
    /// The + before a national number was dropped.
    Plus,
    /// The 0 between the country code and the number was dropped.
    TrunkZero,
    /// The missing 0 before a national number was added.
    MissingZero,
}

impl Fix {
    /// Every fix, in the order in which they are reported.
    pub const ALL: [Fix; 7] = [
        Fix::FullWidth,
        Fix::Invisible,
        Fix::Separators,
        Fix::CountryCode,
        Fix::Plus,
        Fix::TrunkZero,
        Fix::MissingZero,
    ];

    /// Its name in JavaScript.
    pub fn as_str(self) -> &'static str {
        match self {
            Fix::FullWidth => "full-width",
            Fix::Invisible => "invisible",
            Fix::Separators => "separators",
            Fix::CountryCode => "country-code",
            Fix::Plus => "plus",
            Fix::TrunkZero => "trunk-zero",
            Fix::MissingZero => "missing-zero",
        }
    }
}

/// A set of [`Fix`]es.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fixes(u8);

impl Fixes {
    /// Nothing was changed.
    pub const NONE: Fixes = Fixes(0);

    /// Adds a fix.
    pub fn insert(&mut self, fix: Fix) {
        self.0 |= 1 << fix as u8;
    }

    /// The fixes in the order of [`Fix::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Fix> {
        let all = Fix::ALL.into_iter();
        all.filter(move |fix| self.0 >> *fix as u8 & 1 == 1)
    }
}

/// Why no number was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The text is empty, or nothing in it is visible.
    Empty,
    /// Not a number, or more than one.
    NotANumber,
    /// Fewer digits than such a number has.
    TooShort,
    /// More digits than such a number has.
    TooLong,
    /// No number has this prefix.
    UnknownPrefix,
}

impl Problem {
    /// Its name in JavaScript.
    pub fn as_str(self) -> &'static str {
        match self {
            Problem::Empty => "empty",
            Problem::NotANumber => "not-a-number",
            Problem::TooShort => "too-short",
            Problem::TooLong => "too-long",
            Problem::UnknownPrefix => "unknown-prefix",
        }
    }
}

/// Digits of the longest number (E.164), its country code included.
const LONGEST: usize = 15;
/// Digits of the shortest number that is dialled from abroad (Niue), its country code included.
const SHORTEST: usize = 7;
/// Digits that are kept while reading: the longest number, an exit code, and more to detect that it is too long.
const KEPT: usize = LONGEST + 5;

/// Reads a phone number (ITU-T E.164; Japan's numbering plan).
///
/// # Errors
///
/// [`Problem`] if the text is not exactly one number.
pub fn read(text: &str) -> Result<Phone, Problem> {
    let mut typed = Typed::default();
    let text = text.trim();
    let scheme = text.get(..4).filter(|it| it.eq_ignore_ascii_case("tel:"));
    if scheme.is_some() {
        typed.fix(Fix::Separators);
    }
    for c in text
        .get(scheme.map_or(0, str::len)..)
        .unwrap_or_default()
        .chars()
    {
        typed.read(c)?;
    }
    if typed.digits.is_empty() {
        let problem = if typed.plus {
            Problem::TooShort
        } else {
            Problem::Empty
        };
        return Err(problem);
    }
    typed.number()
}

/// The characters read so far.
#[derive(Default)]
struct Typed {
    plus: bool,
    digits: String,
    fixes: Fixes,
}

impl Typed {
    fn fix(&mut self, fix: Fix) {
        self.fixes.insert(fix);
    }

    fn read(&mut self, c: char) -> Result<(), Problem> {
        let narrow = narrow(c);
        match narrow {
            '0'..='9' | '+' if narrow != c => self.fix(Fix::FullWidth),
            _ => {}
        }
        match narrow {
            '0'..='9' if self.digits.len() == KEPT => return Err(Problem::TooLong),
            '0'..='9' => self.digits.push(narrow),
            '+' if self.digits.is_empty() && !self.plus => self.plus = true,
            c if is_invisible(c) => self.fix(Fix::Invisible),
            c if is_separator(c) => self.fix(Fix::Separators),
            _ => return Err(Problem::NotANumber),
        }
        Ok(())
    }

    fn number(mut self) -> Result<Phone, Problem> {
        let digits = core::mem::take(&mut self.digits);
        if self.plus && !digits.starts_with('0') {
            return self.international(&digits);
        }
        if self.plus {
            self.fix(Fix::Plus);
        }
        // Japan's exit code is 010. 00, the exit code of most countries, is accepted before 81 alone.
        if let Some(abroad) = digits.strip_prefix("010") {
            self.fix(Fix::CountryCode);
            return self.international(abroad);
        }
        match digits.strip_prefix("00") {
            Some(abroad) if abroad.starts_with("81") => {
                self.fix(Fix::CountryCode);
                self.international(abroad)
            }
            Some(_) => Err(Problem::UnknownPrefix),
            // No number of Japan begins with 081, so this 81 is the country code.
            None if digits.starts_with("81") => {
                self.fix(Fix::CountryCode);
                self.international(&digits)
            }
            None => match digits.strip_prefix('0') {
                Some(number) => self.japanese(number),
                None => {
                    self.fix(Fix::MissingZero);
                    self.japanese(&digits)
                }
            },
        }
    }

    /// A number with its country code.
    fn international(mut self, digits: &str) -> Result<Phone, Problem> {
        if let Some(number) = digits.strip_prefix("81") {
            let without_zero = number.strip_prefix('0');
            if without_zero.is_some() {
                self.fix(Fix::TrunkZero);
            }
            return self.japanese(without_zero.unwrap_or(number));
        }
        if digits.starts_with('0') {
            return Err(Problem::UnknownPrefix);
        }
        if digits.len() < SHORTEST {
            return Err(Problem::TooShort);
        }
        if digits.len() > LONGEST {
            return Err(Problem::TooLong);
        }
        Ok(Phone {
            e164: ["+", digits].concat(),
            national: None,
            kind: Kind::Foreign,
            fixes: self.fixes,
        })
    }

    /// A national significant number of Japan: without country code and 0.
    fn japanese(self, number: &str) -> Result<Phone, Problem> {
        let (kind, groups) = plan(number)?;
        let length = groups.iter().sum();
        if number.len() < length {
            return Err(Problem::TooShort);
        }
        if number.len() > length {
            return Err(Problem::TooLong);
        }
        let mut national = String::from("0");
        let mut at = 0;
        for count in groups {
            if at > 0 && count > 0 {
                national.push('-');
            }
            national.push_str(number.get(at..at + count).unwrap_or_default());
            at += count;
        }
        Ok(Phone {
            e164: ["+81", number].concat(),
            national: Some(national),
            kind,
            fixes: self.fixes,
        })
    }
}

/// Japan's numbering plan: the kind that a prefix has, and how the digits are grouped.
fn plan(number: &str) -> Result<(Kind, [usize; 3]), Problem> {
    let prefix = |length: usize| number.get(..length).unwrap_or_default();
    Ok(match prefix(3) {
        "120" => (Kind::Free, [3, 3, 3]),
        "800" => (Kind::Free, [3, 3, 4]),
        "570" | "990" => (Kind::Service, [3, 3, 3]),
        _ => match prefix(2) {
            "60" | "70" | "80" | "90" => (Kind::Mobile, [2, 4, 4]),
            "50" => (Kind::Voip, [2, 4, 4]),
            "20" => (Kind::Machine, [2, 4, 4]),
            "10" | "30" | "40" => return Err(Problem::UnknownPrefix),
            _ => match prefix(1) {
                "0" => return Err(Problem::UnknownPrefix),
                // Tokyo, Osaka.
                "3" | "6" => (Kind::Landline, [1, 4, 4]),
                // Area codes have two to five digits; only a list of them shows where they end.
                _ => (Kind::Landline, [9, 0, 0]),
            },
        },
    })
}

/// ASCII for the full-width forms of ASCII.
fn narrow(c: char) -> char {
    match c as u32 {
        code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// Separators of digits: spaces, brackets, dots, and every hyphen, dash, minus, line and long vowel mark (ー) that a
/// keyboard enters for one.
fn is_separator(c: char) -> bool {
    // `str::contains` would bring the search for texts, which nothing else of a page's module uses.
    c.is_whitespace()
        || "()[]-.,/~_·・．。〜~‐‑‒–—―−─━ー―˗﹣ｰ〔〕【】「」｢｣"
            .chars()
            .any(|sign| sign == c)
}

/// Invisible characters, such as the direction marks that address books add.
fn is_invisible(c: char) -> bool {
    matches!(
        c as u32,
        0xAD | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x2069 | 0xFE00..=0xFE0F | 0xFEFF
    )
}

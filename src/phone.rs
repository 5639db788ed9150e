//! Phone numbers as people write them.
//!
//! Covered is Japan: numbers in any of its ways of writing, with the country code or without. Of other
//! countries only what says so itself is read, by `+` or behind the exit code 010: as E.164, and nothing
//! is said about what such a number can do.
//!
//! A prefix and a length decide what a number is. Whether it is given out to anybody, nobody here knows.

use alloc::string::String;

/// A number that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone {
    /// As it is dialled from anywhere (ITU-T E.164): `+819012345678`.
    pub e164: String,
    /// As it is dialled in its country, `090-1234-5678`: with hyphens where the prefix says where they
    /// stand (not in most landlines). `None` for another country's.
    pub national: Option<String>,
    /// What kind of number it is.
    pub kind: Kind,
    /// What was changed to arrive at it, in the order in which it is said.
    pub fixes: Fixes,
}

/// What kind of number it is, by its prefix.
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
    /// Its word in the package.
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

    /// Whether such a number can receive an SMS; `None` where nobody knows.
    pub fn sms(self) -> Option<bool> {
        match self {
            Kind::Mobile => Some(true),
            Kind::Foreign => None,
            _ => Some(false),
        }
    }
}

/// What was changed to arrive at the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Fix {
    /// Full-width signs were taken for the usual ones.
    FullWidth,
    /// Characters that cannot be seen were taken away.
    Invisible,
    /// Spaces, hyphens, brackets, dots were taken away; so was `tel:`.
    Separators,
    /// 81, or an exit code and 81, was taken for +81.
    CountryCode,
    /// The + before a national number was taken away.
    Plus,
    /// The 0 between the country code and the number was taken away.
    TrunkZero,
    /// The 0 before a national number was missing.
    MissingZero,
}

impl Fix {
    /// Every fix, in the order in which they are said.
    pub const ALL: [Fix; 7] = [
        Fix::FullWidth,
        Fix::Invisible,
        Fix::Separators,
        Fix::CountryCode,
        Fix::Plus,
        Fix::TrunkZero,
        Fix::MissingZero,
    ];

    /// Its word in the package.
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

/// Several [`Fix`]es.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fixes(u8);

impl Fixes {
    /// Nothing was changed.
    pub const NONE: Fixes = Fixes(0);

    /// These and one more.
    #[must_use]
    pub fn with(self, fix: Fix) -> Fixes {
        Fixes(self.0 | 1 << fix as u8)
    }

    /// One after the other.
    pub fn iter(self) -> impl Iterator<Item = Fix> {
        let all = Fix::ALL.into_iter();
        all.filter(move |fix| self.0 >> *fix as u8 & 1 == 1)
    }
}

/// Why no number was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Nothing was typed.
    Empty,
    /// Something else than a number, or more than one.
    NotANumber,
    /// Fewer digits than such a number has.
    TooShort,
    /// More digits than such a number has.
    TooLong,
    /// No number begins like that.
    UnknownPrefix,
}

impl Problem {
    /// Its word in the package.
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
/// Digits that are kept of what was typed: a number, an exit code, and one too many.
const KEPT: usize = LONGEST + 5;

/// Reads a number.
///
/// # Errors
/// [`Problem`] where there is none, or not one.
pub fn read(text: &str) -> Result<Phone, Problem> {
    let mut typed = Typed::default();
    let text = text.trim();
    let scheme = text.get(..4).filter(|it| it.eq_ignore_ascii_case("tel:"));
    if scheme.is_some() {
        typed.fix(Fix::Separators);
    }
    for sign in text
        .get(scheme.map_or(0, str::len)..)
        .unwrap_or_default()
        .chars()
    {
        typed.take(sign)?;
    }
    if typed.digits.is_empty() {
        let nothing = if typed.plus {
            Problem::TooShort
        } else {
            Problem::Empty
        };
        return Err(nothing);
    }
    typed.number()
}

/// What was typed, so far.
#[derive(Default)]
struct Typed {
    plus: bool,
    digits: String,
    fixes: Fixes,
}

impl Typed {
    fn fix(&mut self, fix: Fix) {
        self.fixes = self.fixes.with(fix);
    }

    fn take(&mut self, sign: char) -> Result<(), Problem> {
        let narrow = narrow(sign);
        match narrow {
            '0'..='9' | '+' if narrow != sign => self.fix(Fix::FullWidth),
            _ => {}
        }
        match narrow {
            '0'..='9' if self.digits.len() == KEPT => return Err(Problem::TooLong),
            '0'..='9' => self.digits.push(narrow),
            '+' if self.digits.is_empty() && !self.plus => self.plus = true,
            sign if is_invisible(sign) => self.fix(Fix::Invisible),
            sign if is_separator(sign) => self.fix(Fix::Separators),
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
        // Japan's exit code; and the world's, which nobody in Japan means by 00 but before 81.
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
            // No number of Japan has 81 behind its 0.
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

    /// A number behind `+`.
    fn international(mut self, digits: &str) -> Result<Phone, Problem> {
        if let Some(number) = digits.strip_prefix("81") {
            let behind = number.strip_prefix('0');
            if behind.is_some() {
                self.fix(Fix::TrunkZero);
            }
            return self.japanese(behind.unwrap_or(number));
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

    /// A national significant number: without country code and 0.
    fn japanese(self, number: &str) -> Result<Phone, Problem> {
        let (kind, groups) = plan(number)?;
        let due = groups.iter().sum();
        if number.len() < due {
            return Err(Problem::TooShort);
        }
        if number.len() > due {
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

/// Japan's numbering plan: what a number is by its prefix, and how its digits are grouped.
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
                // Area codes of two to five digits: where they end, only their list tells.
                _ => (Kind::Landline, [9, 0, 0]),
            },
        },
    })
}

/// Full-width signs of ASCII as ASCII.
fn narrow(sign: char) -> char {
    match sign as u32 {
        code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(sign),
        _ => sign,
    }
}

/// What stands between the digits of a number: spaces, brackets, dots, and every hyphen, dash, minus, line
/// and long vowel mark that a keyboard gives for one.
fn is_separator(sign: char) -> bool {
    sign.is_whitespace() || "()[]-.,/~_·・．。〜~‐‑‒–—―−─━ー―˗﹣ｰ〔〕【】「」｢｣".contains(sign)
}

/// Marks of direction and width that come along from address books.
fn is_invisible(sign: char) -> bool {
    matches!(
        sign as u32,
        0xAD | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x2069 | 0xFE00..=0xFE0F | 0xFEFF
    )
}

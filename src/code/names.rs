//! The names of a reading's parts outside Rust: in JavaScript, Python and JSON.

use super::{Fix, Kind, Problem};

impl Kind {
    /// Its name outside Rust.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Code => "code",
            Kind::Backup => "backup",
        }
    }
}

impl Fix {
    /// Its name outside Rust.
    pub fn as_str(self) -> &'static str {
        match self {
            Fix::Message => "message",
            Fix::FullWidth => "full-width",
            Fix::OtherDigits => "other-digits",
            Fix::LookAlike => "look-alike",
            Fix::Separators => "separators",
            Fix::Invisible => "invisible",
        }
    }
}

impl Problem {
    /// Its name outside Rust.
    pub fn as_str(self) -> &'static str {
        match self {
            Problem::Empty => "empty",
            Problem::TooFew => "too-few",
            Problem::TooMany => "too-many",
            Problem::PhoneNumber => "phone-number",
            Problem::Date => "date",
            Problem::Password => "password",
            Problem::Ambiguous => "ambiguous",
            Problem::OtherSite => "other-site",
            Problem::NoCode => "no-code",
        }
    }
}

//! An authenticator app: the key that it takes over, and the first code, which is checked in the page before it is
//! posted. The server decides; this check only explains a code that it would refuse.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use zeroize::Zeroizing;

use super::qr::{self, Qr};
use super::{Message, Tone, Word};
use crate::code::{self, Fix, Kind, Problem, Rule};
use crate::otp::{Hotp, KeyUri, KeyUriError, MovingFactor, Period, Totp};
use crate::text::push_number;

/// How far a clock may be off to be named as the cause, in seconds: ten minutes either way.
const MOST_DRIFT: u32 = 600;
const MINUTE: u64 = 60;

/// Whose clock the code is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// The server's, which the page states: the authenticator's is wrong if they differ.
    Server,
    /// That of the device which shows the page: either may be wrong.
    Page,
}

/// The time as two clocks of a page have it, in milliseconds since the Unix epoch. A steady clock may stop while a
/// device sleeps, and a wall clock is set by people, who may have just been asked to: a code counts as right at either.
pub type Times = [u64; 2];

/// The state of one element.
pub struct State {
    key: KeyUri,
    uri: Zeroizing<String>,
    clock: Clock,
    finding: Option<Finding>,
}

/// An event of the page.
#[derive(Clone, Copy)]
pub enum Event<'a> {
    /// The text of the input has changed.
    Edited,
    /// The form is about to be sent.
    Submitted {
        /// The text of the input.
        text: &'a str,
        /// The time.
        times: Times,
    },
}

/// The effects of an event: the shell carries them out.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Effects {
    /// The result of a check, to be dispatched as `todoita-checked`.
    pub checked: Option<Checked>,
    /// The code, to be written into the input before it is posted.
    pub code: Option<String>,
    /// The form must not be sent: the message explains why. A text that is not empty is sent when the button is pressed again.
    pub prevent: bool,
}

/// The result of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Whether the code is right now.
    pub ok: bool,
    /// By how many minutes the authenticator's clock is fast, or slow if negative; `None` if unknown.
    pub drift: Option<i32>,
}

/// Why the form was not sent.
#[derive(Clone, Copy)]
enum Finding {
    Read(Problem, usize),
    Backup,
    OfMessage,
    Wrong,
    Drift(i32),
}

/// The content that the shell shows.
#[derive(Debug)]
pub struct View<'a> {
    /// The issuer, empty if the key has none.
    pub issuer: &'a str,
    /// The account's name.
    pub account: &'a str,
    /// Digits of a code.
    pub digits: u8,
    /// The key is counted, not timed.
    pub by_counter: bool,
    /// The message about the first code.
    pub message: Option<Message>,
    /// The sentence after the message: how to set a clock.
    pub remedy: Option<Word>,
    /// The form can be sent with this text all the same.
    pub can_send_anyway: bool,
}

impl State {
    /// The state for a key URI.
    ///
    /// # Errors
    /// [`KeyUriError`] if it cannot be read.
    pub fn new(uri: &str, clock: Clock) -> Result<State, KeyUriError> {
        let uri = uri.trim();
        Ok(State {
            key: KeyUri::read(uri)?,
            uri: Zeroizing::new(uri.into()),
            clock,
            finding: None,
        })
    }

    /// Takes in an event.
    pub fn update(&mut self, event: Event<'_>) -> Effects {
        match event {
            Event::Edited => {
                self.finding = None;
                Effects::default()
            }
            Event::Submitted { .. } if self.can_send_anyway() => Effects::default(),
            Event::Submitted { text, times } => self.check(text, times),
        }
    }

    /// Whether the text was refused, and is sent when the button is pressed again: the server decides. An empty one is not.
    fn can_send_anyway(&self) -> bool {
        let empty = matches!(self.finding, Some(Finding::Read(Problem::Empty, _)));
        self.finding.is_some() && !empty
    }

    fn check(&mut self, text: &str, times: Times) -> Effects {
        let rule = Rule {
            digits: self.key.digits.count(),
            ..Rule::default()
        };
        let reading = code::read(text, &rule);
        let mut checked = None;
        self.finding = match (reading.kind, reading.problem) {
            (Some(Kind::Code), _) => {
                let outcome = outcome(&self.key, &reading.digits, times);
                checked = Some(Checked {
                    ok: outcome == Outcome::Right,
                    drift: match outcome {
                        Outcome::Right => Some(0),
                        Outcome::Drift(minutes) => Some(minutes),
                        Outcome::Wrong => None,
                    },
                });
                match outcome {
                    Outcome::Right => None,
                    Outcome::Drift(minutes) => Some(Finding::Drift(minutes)),
                    Outcome::Wrong if reading.fixes.contains(Fix::Message) => {
                        Some(Finding::OfMessage)
                    }
                    Outcome::Wrong => Some(Finding::Wrong),
                }
            }
            (Some(Kind::Backup), _) => Some(Finding::Backup),
            (None, problem) => Some(Finding::Read(
                problem.unwrap_or(Problem::NoCode),
                reading.digits.len(),
            )),
        };
        let right = self.finding.is_none();
        Effects {
            checked,
            code: right.then_some(reading.digits),
            prevent: !right,
        }
    }

    /// The content now.
    pub fn view(&self) -> View<'_> {
        View {
            issuer: self.key.issuer.as_deref().unwrap_or_default(),
            account: &self.key.account,
            digits: self.key.digits.count(),
            by_counter: matches!(self.key.factor, MovingFactor::Counter { .. }),
            message: self.finding.map(|finding| self.message(finding)),
            remedy: matches!(self.finding, Some(Finding::Drift(_))).then_some(Word::ClockHow),
            can_send_anyway: self.can_send_anyway(),
        }
    }

    fn message(&self, finding: Finding) -> Message {
        let digits = || ("digits", number(self.key.digits.count().into()));
        let (word, values) = match finding {
            Finding::Read(Problem::TooFew, have) => (
                Word::CodeTooFew,
                vec![digits(), ("have", number(have as u64))],
            ),
            Finding::Read(Problem::TooMany, have) => (
                Word::CodeTooMany,
                vec![digits(), ("have", number(have as u64))],
            ),
            Finding::Read(..) => (Word::CodeNone, vec![digits()]),
            Finding::Backup => (Word::CodeBackup, vec![digits()]),
            Finding::OfMessage => (Word::CodeMessage, vec![]),
            Finding::Wrong => (Word::CodeWrong, vec![("entry", self.entry().into_owned())]),
            Finding::Drift(minutes) => {
                let word = match (self.clock, minutes < 0) {
                    (Clock::Page, _) => Word::ClockDiffers,
                    (Clock::Server, true) => Word::ClockSlow,
                    (Clock::Server, false) => Word::ClockFast,
                };
                (word, vec![("n", number(minutes.unsigned_abs().into()))])
            }
        };
        Message {
            word,
            values,
            tone: Tone::Alert,
        }
    }

    /// The name under which an authenticator lists the key.
    pub fn entry(&self) -> Cow<'_, str> {
        match &self.key.issuer {
            Some(issuer) => [issuer, " (", &self.key.account, ")"].concat().into(),
            None => self.key.account.as_str().into(),
        }
    }

    /// The key URI, for a link that opens an authenticator on this device.
    pub fn uri(&self) -> &str {
        &self.uri
    }

    /// The QR code of the key URI; `None` if it is too long for one.
    pub fn qr(&self) -> Option<Qr> {
        qr::encode(&self.uri)
    }

    /// The key in base32, without spaces: to copy it.
    pub fn key(&self) -> Zeroizing<String> {
        self.key.secret.to_base32()
    }
}

/// A number as a value of a sentence.
fn number(number: u64) -> String {
    let mut text = String::new();
    push_number(&mut text, number);
    text
}

/// A key in groups of four characters: `JBSW Y3DP`, as authenticators show it.
pub fn groups(base32: &str) -> Zeroizing<String> {
    spaced(base32, |place| if place % 4 == 0 { " " } else { "" })
}

/// A key for a screen reader, which would read a group as a word: `J B S W, Y 3 D P`.
pub fn spelled(base32: &str) -> Zeroizing<String> {
    spaced(base32, |place| if place % 4 == 0 { ", " } else { " " })
}

/// `base32` with a separator before every place but the first.
fn spaced(base32: &str, separator: impl Fn(usize) -> &'static str) -> Zeroizing<String> {
    // The capacity for everything: a string that grows would leave copies of the key in memory.
    let mut text = Zeroizing::new(String::with_capacity(3 * base32.len()));
    for (place, c) in base32.chars().enumerate() {
        if place > 0 {
            text.push_str(separator(place));
        }
        text.push(c);
    }
    text
}

/// The outcome of comparing a code with a key.
#[derive(Clone, Copy, PartialEq)]
enum Outcome {
    Right,
    /// Right at another time: by how many minutes the authenticator's clock is fast, or slow if negative.
    Drift(i32),
    Wrong,
}

fn outcome(key: &KeyUri, code: &str, times: Times) -> Outcome {
    match key.factor {
        MovingFactor::Counter { counter } => {
            let hotp = Hotp {
                digits: key.digits,
                ..Hotp::default()
            };
            match hotp.verify(&key.secret, code, counter) {
                Ok(_) => Outcome::Right,
                Err(_) => Outcome::Wrong,
            }
        }
        MovingFactor::Time { period } => {
            let steps = |window, time| {
                let totp = Totp {
                    digits: key.digits,
                    period,
                    window,
                };
                let step = totp.verify(&key.secret, code, time, None).ok()?;
                Some(step.cast_signed() - period.step(time).cast_signed())
            };
            // A server that follows RFC 6238 accepts one step either way.
            if times.iter().any(|&time| steps(1, time).is_some()) {
                return Outcome::Right;
            }
            let most = u8::try_from(MOST_DRIFT / period.seconds()).unwrap_or(u8::MAX);
            let drifts: Vec<i64> = times.iter().filter_map(|&time| steps(most, time)).collect();
            match drifts.into_iter().min_by_key(|drift| drift.unsigned_abs()) {
                Some(drift) => Outcome::Drift(minutes(drift, period)),
                None => Outcome::Wrong,
            }
        }
    }
}

/// A number of steps in minutes, at least one.
fn minutes(steps: i64, period: Period) -> i32 {
    let seconds = steps.unsigned_abs() * u64::from(period.seconds());
    let minutes = ((seconds + MINUTE / 2) / MINUTE).max(1) as i32;
    if steps < 0 { -minutes } else { minutes }
}

//! The phone number that will receive codes: read as people write it, shown back, and questioned before a code is sent
//! to a number that cannot receive one.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use super::{Message, Tone, Word};
use crate::phone::{self, Fix, Kind, Phone, Problem};

/// How the codes will be sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// By text message.
    #[default]
    Sms,
    /// By a call.
    Voice,
}

/// The state of one element.
#[derive(Debug, Default)]
pub struct State {
    by: By,
    read: Option<Result<Phone, Problem>>,
    /// A message that stops the form was shown for this text.
    stopped: bool,
    /// The person has left the input or sent the form: what is missing may be named.
    finished: bool,
}

/// An event of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event<'a> {
    /// The text of the input has changed.
    Edited(&'a str),
    /// The person has left the input with this text.
    Left(&'a str),
    /// The form is about to be sent with this text.
    Submitted(&'a str),
}

/// The effects of an event: the shell carries them out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Effects {
    /// The form must not be sent: the message explains why. A text that is not empty is sent when the button is pressed again.
    pub prevent: bool,
}

/// The content that the shell shows.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct View<'a> {
    /// The number in E.164, for the hidden field; empty if none was read.
    pub e164: &'a str,
    /// The message.
    pub message: Option<Message>,
    /// The sentences about what was changed to read the number.
    pub changes: Vec<Word>,
    /// The form can be sent with this text all the same.
    pub can_send_anyway: bool,
}

impl State {
    /// The state for a number that receives codes in this manner.
    pub fn new(by: By) -> State {
        State {
            by,
            ..State::default()
        }
    }

    /// Takes in an event.
    pub fn update(&mut self, event: Event<'_>) -> Effects {
        let (text, finished) = match event {
            Event::Edited(text) => (text, false),
            Event::Left(text) | Event::Submitted(text) => (text, true),
        };
        let read = phone::read(text);
        if self.read.as_ref() != Some(&read) {
            self.stopped = false;
            self.finished = false;
        }
        self.finished |= finished;
        self.read = Some(read);
        let prevent =
            matches!(event, Event::Submitted(_)) && self.is_doubtful() && !self.can_send_anyway();
        self.stopped |= prevent;
        Effects { prevent }
    }

    /// Whether the text was refused, and is sent when the button is pressed again: the server decides. An empty one is not.
    fn can_send_anyway(&self) -> bool {
        self.stopped && !matches!(self.read, Some(Err(Problem::Empty)))
    }

    /// Whether a code would probably not arrive.
    fn is_doubtful(&self) -> bool {
        match &self.read {
            Some(Ok(phone)) => !self.receives(phone.kind),
            Some(Err(_)) => true,
            None => false,
        }
    }

    /// Whether a number of this kind receives what is sent, as far as is known.
    fn receives(&self, kind: Kind) -> bool {
        match self.by {
            By::Sms => kind.sms() != Some(false),
            By::Voice => !matches!(kind, Kind::Machine | Kind::Free | Kind::Service),
        }
    }

    /// The content now.
    pub fn view(&self) -> View<'_> {
        match &self.read {
            None => View::default(),
            Some(Ok(phone)) => self.of_number(phone),
            Some(Err(problem)) => View {
                message: self.of_problem(*problem),
                can_send_anyway: self.can_send_anyway(),
                ..View::default()
            },
        }
    }

    fn of_number<'a>(&self, phone: &'a Phone) -> View<'a> {
        let good = self.receives(phone.kind);
        let word = match phone.kind {
            Kind::Foreign => Word::NumberForeign,
            _ if good => Word::NumberYours,
            Kind::Landline => Word::NumberLandline,
            Kind::Voip => Word::NumberVoip,
            _ => Word::NumberOther,
        };
        let number = phone.national.as_deref().unwrap_or(&phone.e164);
        View {
            e164: &phone.e164,
            message: Some(Message {
                word,
                values: vec![("number", number.into())],
                tone: if good { Tone::Status } else { Tone::Alert },
            }),
            changes: phone.fixes.iter().map(change).collect(),
            can_send_anyway: self.can_send_anyway(),
        }
    }

    /// While a person is typing, a number that is not complete yet is no problem.
    fn of_problem(&self, problem: Problem) -> Option<Message> {
        let word = match problem {
            Problem::TooShort | Problem::Empty if !self.finished => return None,
            Problem::Empty if !self.stopped => return None,
            Problem::Empty | Problem::NotANumber => Word::NumberNone,
            Problem::TooShort => Word::NumberShort,
            Problem::TooLong => Word::NumberLong,
            Problem::UnknownPrefix => Word::NumberPrefix,
        };
        Some(Message {
            word,
            values: Vec::new(),
            tone: Tone::Alert,
        })
    }
}

/// The sentence about a change.
fn change(fix: Fix) -> Word {
    match fix {
        Fix::FullWidth => Word::FixFullWidth,
        Fix::Invisible => Word::FixInvisible,
        Fix::Separators => Word::FixSeparators,
        Fix::CountryCode => Word::FixCountryCode,
        Fix::Plus => Word::FixPlus,
        Fix::TrunkZero => Word::FixTrunkZero,
        Fix::MissingZero => Word::FixMissingZero,
    }
}

/// The name of the hidden field with the number in E.164, if the site names none: that of the input with `-e164`.
pub fn hidden_name(input: &str) -> String {
    [input, "-e164"].concat()
}

//! The facts of the sign-in and its page, under the names of the element's attributes.

use alloc::string::String;

use super::{Flags, GuideContext, Trouble};
use crate::cause::Cause;
use crate::channel::{RecoveryMethod, RecoveryMethods};
use crate::text::{MINUTE, round_down, round_up};
use crate::word_list::{nth, position, take_until};

/// Between a name and its value.
const NAMED: u8 = 0x1F;
/// Behind a value.
const END: u8 = 0x1E;

/// The facts, under the names of the element's attributes (docs/answers.md): each a name, U+001F, its value
/// and U+001E. Instants are in milliseconds since the Unix epoch by the service's clock. Beside the attributes:
/// `elapsed`, the milliseconds since `now`; `device` (`ios`, `android` or `desktop`); `alone`, where no
/// field belongs to the guide.
#[derive(Clone, Copy, Debug, Default)]
pub struct GuideFacts<'a>(pub &'a str);

/// Appends a fact to others. The separators themselves cannot be in a value: a space is put for them.
pub fn push(facts: &mut String, name: &str, value: &str) {
    facts.push_str(name);
    facts.push(char::from(NAMED));
    for character in value.chars() {
        let is_separator = matches!(character, '\u{1E}' | '\u{1F}');
        facts.push(if is_separator { ' ' } else { character });
    }
    facts.push(char::from(END));
}

/// The value of a `{name}` in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// The text of this fact.
    Fact(&'static str),
    /// A number.
    Number(u64),
    /// An instant to write as a clock time (milliseconds since the Unix epoch), already rounded to a minute. A
    /// shell writes it in the reader's time zone, with its day where that is not today.
    Time(u64),
}

impl<'a> GuideFacts<'a> {
    /// A fact as text. An attribute may be there without a value.
    #[inline(never)]
    pub fn text(&self, name: &str) -> Option<&'a str> {
        let mut rest = self.0;
        while !rest.is_empty() {
            let mut value = take_until(&mut rest, END);
            if take_until(&mut value, NAMED) == name {
                return Some(value);
            }
        }
        None
    }

    #[inline(never)]
    fn some(&self, name: &str) -> Option<&'a str> {
        self.text(name).filter(|text| !text.is_empty())
    }

    #[inline(never)]
    fn number(&self, name: &str) -> Option<u64> {
        let mut number: u64 = 0;
        for byte in self.some(name)?.bytes() {
            if !byte.is_ascii_digit() {
                return None;
            }
            number = number.wrapping_mul(10).wrapping_add(u64::from(byte - b'0'));
        }
        Some(number)
    }

    /// The time at the service: that of the page or its last answer, and what has elapsed since.
    fn now(&self) -> Option<u64> {
        Some(
            self.number("now")?
                .wrapping_add(self.number("elapsed").unwrap_or(0)),
        )
    }

    /// Until when the person has to wait: the end of a lock, or of a wait of more than two minutes for another code.
    fn wait(&self) -> Option<u64> {
        let now = self.now()?;
        match self.number("retry-at") {
            Some(at) if at > now => Some(at),
            _ => self
                .number("resend-at")
                .filter(|at| *at > now.wrapping_add(2 * MINUTE)),
        }
    }

    fn channel(&self) -> Option<RecoveryMethod> {
        let method = RecoveryMethod::from_name(self.text("channel")?)?;
        // By the others no code comes.
        ((method as u8) < RecoveryMethod::Key as u8).then_some(method)
    }

    fn trouble(&self) -> Option<Trouble> {
        Some(match self.some("cause")? {
            "unexpected" => Trouble::Unexpected,
            "unreachable" => Trouble::Unreachable,
            word => Trouble::Refused(Cause::from_wire(word)),
        })
    }

    /// The methods that the site names; `None` where it names none at all.
    fn methods(&self) -> Option<RecoveryMethods> {
        let mut methods = RecoveryMethods::NONE;
        let named = self.text("alternatives");
        let mut rest = named.unwrap_or_default();
        while !rest.is_empty() {
            if let Some(method) = RecoveryMethod::from_name(take_until(&mut rest, b' ')) {
                methods = methods.insert(method);
            }
        }
        let mut rest = ADDRESSES;
        for method in BY_ADDRESS {
            if self.some(take_until(&mut rest, b' ')).is_some() {
                methods = methods.insert(method);
            }
        }
        if let Some(channel) = self.channel() {
            methods = methods.insert(channel);
        }
        let named = named.is_some() || !methods.is_empty();
        if self.text("backup") == Some("none") {
            methods = methods.difference(RecoveryMethods::NONE.insert(RecoveryMethod::Backup));
        }
        named.then_some(methods)
    }

    /// The facts that decide the screen.
    pub fn context(&self) -> GuideContext {
        let destination = self.some("destination");
        let mut flags = destination
            .map_or(Flags::NONE, Flags::of_mail)
            .union_if(self.wait().is_some(), Flags::LOCK_TIME)
            .union_if(self.number("resends").unwrap_or(0) > 0, Flags::RESENT);
        let mut rest = FLAG_FACTS;
        for flag in FLAGS {
            let fact = self.text(take_until(&mut rest, b' '));
            let value = take_until(&mut rest, b' ');
            flags = flags.union_if(fact.is_some_and(|fact| value == "*" || fact == value), flag);
        }
        GuideContext {
            channel: self.channel(),
            trouble: self.trouble(),
            destination: destination.is_some(),
            methods: self.methods(),
            once: self.some("resend-at").is_none(),
            flags,
        }
    }

    /// The value of a `{name}` in the sentences of a screen that speaks of the method `about`; `None` where it is
    /// not known. The facts of a message count only for the method by which it was sent.
    pub fn value(&self, name: &str, about: Option<RecoveryMethod>) -> Option<Value> {
        let at = position(VALUES, name)?;
        let fact = nth(VALUE_FACTS, at);
        // The second to the sixth are of a message.
        if (1..6).contains(&at) && about.is_some() && about != self.channel() {
            return None;
        }
        match at {
            0 => self.wait().map(|at| Value::Time(round_up(at))),
            1 | 2 => self.number(fact).map(|at| Value::Time(round_down(at))),
            3 => {
                let minutes = self.now()?.saturating_sub(self.number(fact)?) / MINUTE;
                (minutes > 0).then_some(Value::Number(minutes))
            }
            _ => {
                let text = self.some(fact)?;
                // The last digits of a number; of an address there are none.
                let is_address = at == 4 && text.bytes().any(|byte| byte == b'@');
                (!is_address).then_some(Value::Fact(fact))
            }
        }
    }
}

/// The names of the values in sentences.
pub const VALUES: &str = "time sent expires minutes last destination digits backup site domain sender hours answer urgent";
/// The fact from which each is made, at the same position.
const VALUE_FACTS: &str = "- sent-at expires-at sent-at destination destination digits backup-digits \
                           site domain sender support-hours support-answer urgent";

/// Facts and their values (`*`: any), each of which means the flag at its position in [`FLAGS`].
const FLAG_FACTS: &str = "device ios device android device desktop purpose registration purpose sign-in \
                          number-kind landline incident * alone *";
const FLAGS: [Flags; 8] = [
    Flags::IOS,
    Flags::ANDROID,
    Flags::DESKTOP,
    Flags::REGISTERING,
    Flags::SIGN_IN,
    Flags::LANDLINE,
    Flags::INCIDENT,
    Flags::ALONE,
];

/// Facts that are addresses of the site, each of which is the method at its position in [`BY_ADDRESS`].
const ADDRESSES: &str = "security-key reset linked";
const BY_ADDRESS: [RecoveryMethod; 3] = [
    RecoveryMethod::Key,
    RecoveryMethod::Reset,
    RecoveryMethod::Linked,
];

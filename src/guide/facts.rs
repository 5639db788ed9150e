//! The facts of the sign-in and its page, read once by the names of the element's attributes.

use alloc::string::String;

use super::{Flags, GuideContext, Trouble};
use crate::cause::Cause;
use crate::channel::{RecoveryMethod, RecoveryMethods};
use crate::code::Rule;
use crate::text::{MINUTE, round_down, round_up};
use crate::word_list::{nth, position, take_until};

/// The facts of the sign-in and its page. Instants are in milliseconds since the Unix epoch by the service's clock.
#[derive(Clone, Debug, Default)]
pub struct GuideFacts {
    channel: Option<RecoveryMethod>,
    trouble: Option<Trouble>,
    methods: Option<RecoveryMethods>,
    destination: Option<String>,
    now: Option<u64>,
    sent_at: Option<u64>,
    expires_at: Option<u64>,
    resend_at: Option<u64>,
    retry_at: Option<u64>,
    resends: u64,
    attempts_left: u64,
    /// The lengths of codes and of backup codes, as the field reads them ([`Rule`]).
    lengths: [u8; 2],
    /// The flags of [`FLAG_FACTS`].
    flags: Flags,
    /// A bit for each value of [`VALUES`] that is the text of a fact, and is there.
    texts: u32,
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

impl GuideFacts {
    /// Asks for each fact by its attribute's name (docs/answers.md); `None` where it is not stated. Beside the attributes:
    /// `elapsed`, the milliseconds since `now`; `device` (`ios`, `android` or `desktop`); `alone`, where no field belongs
    /// to the guide.
    pub fn read(mut fact: impl FnMut(&'static str) -> Option<String>) -> GuideFacts {
        GuideFacts::read_from(&mut fact)
    }

    fn read_from(fact: &mut dyn FnMut(&'static str) -> Option<String>) -> GuideFacts {
        let channel = fact("channel").and_then(|name| RecoveryMethod::from_name(&name));
        // By the others no code comes.
        let channel = channel.filter(|method| (*method as u8) < RecoveryMethod::Key as u8);
        let cause = some(fact, "cause");
        let mut facts = GuideFacts {
            channel,
            trouble: cause.map(|word| match word.as_str() {
                "unexpected" => Trouble::Unexpected,
                "unreachable" => Trouble::Unreachable,
                word => Trouble::Refused(Cause::from_wire(word)),
            }),
            methods: methods(fact, channel),
            destination: some(fact, "destination"),
            now: number(fact, "now"),
            sent_at: number(fact, "sent-at"),
            expires_at: number(fact, "expires-at"),
            resend_at: number(fact, "resend-at"),
            retry_at: number(fact, "retry-at"),
            resends: number(fact, "resends").unwrap_or(0),
            attempts_left: number(fact, "attempts-left").unwrap_or(0),
            lengths: lengths(fact),
            ..GuideFacts::default()
        };
        let elapsed = number(fact, "elapsed").unwrap_or(0);
        facts.now = facts.now.map(|now| now.wrapping_add(elapsed));
        let mut rest = FLAG_FACTS;
        for flag in FLAGS {
            let stated = fact(take_until(&mut rest, b' '));
            let value = take_until(&mut rest, b' ');
            let holds = stated.is_some_and(|fact| value == "*" || fact == value);
            facts.flags = facts.flags.union_if(holds, flag);
        }
        if some(fact, "notice").is_some() {
            facts.flags = facts.flags.union(Flags::NOTICE);
        }
        let mut rest = VALUE_FACTS;
        let mut bit = 1;
        while !rest.is_empty() {
            let name = take_until(&mut rest, b' ');
            if name != "-" && some(fact, name).is_some() {
                facts.texts |= bit;
            }
            bit <<= 1;
        }
        facts
    }

    /// Until when the person has to wait: the end of a lock, or of a wait of more than two minutes for another code.
    fn wait(&self) -> Option<u64> {
        let now = self.now?;
        let later = |at: Option<u64>, from: u64| at.filter(|at| *at > from);
        later(self.retry_at, now).or(later(self.resend_at, now.wrapping_add(2 * MINUTE)))
    }

    /// The time since the code was sent, where it still can have come.
    fn age(&self) -> Option<u64> {
        Some(self.now?.saturating_sub(self.sent_at?))
    }

    /// The facts that decide the screen.
    pub fn context(&self) -> GuideContext {
        let is_cause = |cause| self.trouble == Some(Trouble::Refused(cause));
        let flags = self.flags;
        let limited = is_cause(Cause::Limited);
        let expired = matches!((self.expires_at, self.now), (Some(end), Some(now)) if end <= now);
        let soon = match self.channel {
            Some(RecoveryMethod::Email) => 5 * MINUTE,
            _ => 2 * MINUTE,
        };
        let is_fresh = self.age().is_some_and(|age| age <= soon);
        // Nothing is on its way where it cannot arrive, or was not sent.
        let may_come = !limited && !expired && !flags.contains(Flags::LANDLINE);
        let can_resend = self.resend_at.is_some();
        let waits = self.wait().is_some();
        let is_sent = !matches!(
            self.channel,
            Some(RecoveryMethod::App | RecoveryMethod::Backup)
        );
        let alone = flags.contains(Flags::ALONE);
        let destination = self.destination.as_deref();
        let flags = flags
            .union(destination.map_or(Flags::NONE, Flags::of_mail))
            .union_if(waits, Flags::LOCK_TIME)
            .union_if(waits && is_sent, Flags::WAITING)
            .union_if(can_resend && is_sent && !waits && !alone, Flags::CAN_SEND)
            .union_if(self.resends > 0, Flags::RESENT)
            .union_if(self.resends > 1, Flags::RESENT_OFTEN)
            .union_if(matches!(self.attempts_left, 1 | 2), Flags::FEW_TRIES)
            .union_if(expired, Flags::EXPIRED)
            .union_if(is_fresh && may_come, Flags::FRESH)
            .union_if(
                self.age().is_some() && !is_fresh && !flags.contains(Flags::LANDLINE),
                Flags::OVERDUE,
            )
            .union_if(limited, Flags::LIMITED)
            .union_if(is_cause(Cause::Locked), Flags::LOCKED)
            .union_if(
                is_cause(Cause::Used) || is_cause(Cause::Exhausted),
                Flags::USED,
            );
        GuideContext {
            channel: self.channel,
            trouble: self.trouble,
            destination: destination.is_some(),
            methods: self.methods,
            can_resend,
            flags,
        }
    }

    /// The value of a `{name}` in the sentences of a screen that speaks of the method `about`; `None` where it is
    /// not known. The facts of a message count only for the method by which it was sent.
    pub fn value(&self, name: &str, about: Option<RecoveryMethod>) -> Option<Value> {
        let at = position(VALUES, name)?;
        // The first six are of a message.
        if at < 6 && about.is_some() && about != self.channel {
            return None;
        }
        let time = |at: Option<u64>| at.map(|at| Value::Time(round_down(at)));
        let number = |number: u64| (number > 0).then_some(Value::Number(number));
        match at {
            0 => time(self.sent_at),
            // An end that is past has no value.
            1 => time(self.expires_at.filter(|end| Some(*end) > self.now)),
            // Within the hour: hours and days say nothing that helps.
            2 => number(self.age()? / MINUTE).filter(|_| self.age() < Some(60 * MINUTE)),
            3 => number(self.resends),
            6 => self.wait().map(|at| Value::Time(round_up(at))),
            7 => number(self.attempts_left),
            8 | 9 => number(self.lengths[at - 8].into()),
            _ => {
                let is_there = self.texts >> at & 1 != 0;
                // The last digits of a number; of an address there are none.
                let destination = self.destination.as_deref();
                let is_address =
                    destination.is_some_and(|text| text.bytes().any(|byte| byte == b'@'));
                (is_there && (at != 4 || !is_address)).then(|| Value::Fact(nth(VALUE_FACTS, at)))
            }
        }
    }
}

/// A fact that has a value: an attribute may be there without one.
fn some(
    fact: &mut dyn FnMut(&'static str) -> Option<String>,
    name: &'static str,
) -> Option<String> {
    fact(name).filter(|text| !text.is_empty())
}

fn number(fact: &mut dyn FnMut(&'static str) -> Option<String>, name: &'static str) -> Option<u64> {
    let mut number: u64 = 0;
    for byte in some(fact, name)?.bytes() {
        if !byte.is_ascii_digit() {
            return None;
        }
        number = number.wrapping_mul(10).wrapping_add(u64::from(byte - b'0'));
    }
    Some(number)
}

/// The lengths of codes and of backup codes.
fn lengths(fact: &mut dyn FnMut(&'static str) -> Option<String>) -> [u8; 2] {
    let shape = fact("backup-format").and_then(|format| Rule::places(&format));
    let mut length = |name| u32::try_from(number(fact, name)?).ok();
    let digits = Rule::DIGITS.stated(length("digits"));
    let backup = length("backup-digits");
    [
        digits,
        shape.unwrap_or_else(|| Rule::BACKUP_DIGITS.stated(backup)),
    ]
}

/// The methods that the site names; `None` where it names none at all.
fn methods(
    fact: &mut dyn FnMut(&'static str) -> Option<String>,
    channel: Option<RecoveryMethod>,
) -> Option<RecoveryMethods> {
    let mut methods = RecoveryMethods::NONE;
    let named = fact("alternatives");
    let mut rest = named.as_deref().unwrap_or_default();
    while !rest.is_empty() {
        if let Some(method) = RecoveryMethod::from_name(take_until(&mut rest, b' ')) {
            methods = methods.insert(method);
        }
    }
    let mut rest = ADDRESSES;
    for method in BY_ADDRESS {
        if some(fact, take_until(&mut rest, b' ')).is_some() {
            methods = methods.insert(method);
        }
    }
    if let Some(channel) = channel {
        methods = methods.insert(channel);
    }
    let is_named = named.is_some() || !methods.is_empty();
    if fact("backup").as_deref() == Some("none") {
        methods = methods.difference(RecoveryMethods::NONE.insert(RecoveryMethod::Backup));
    }
    is_named.then_some(methods)
}

/// The names of the values in sentences.
pub const VALUES: &str = "sent expires minutes resends last destination time tries digits backup site domain sender \
                          hours answer urgent";
/// The fact whose text each is, at the same position; `-` for what is made of others.
const VALUE_FACTS: &str = "- - - - destination destination - - - - site domain sender support-hours \
                           support-answer urgent";

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

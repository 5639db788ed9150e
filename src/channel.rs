//! How a code reaches a person, what the buttons beside the field do, and the methods of recovery that the
//! guide offers.

use crate::word_list::{nth, position};
use crate::words::Word;

/// How a code reaches the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Channel {
    /// A text message.
    Sms,
    /// A call that speaks the code.
    Voice,
    /// A mail.
    Email,
    /// An authenticator app (RFC 6238).
    App,
    /// A backup code, kept since enrolment.
    Backup,
}

impl Channel {
    /// Every channel, in the order in which methods are offered.
    pub const ALL: [Channel; 5] = [
        Channel::Sms,
        Channel::Voice,
        Channel::Email,
        Channel::App,
        Channel::Backup,
    ];

    /// The channel's name in attributes, form values and answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Channel::Sms => "sms",
            Channel::Voice => "voice",
            Channel::Email => "email",
            Channel::App => "app",
            Channel::Backup => "backup",
        }
    }

    /// Reads a channel's name. `None` for an unknown one.
    pub fn from_name(name: &str) -> Option<Channel> {
        Channel::ALL
            .into_iter()
            .find(|channel| channel.as_str() == name)
    }

    /// Whether a code travels to the person, so that it takes time and can be sent again.
    pub fn is_sent(self) -> bool {
        matches!(self, Channel::Sms | Channel::Voice | Channel::Email)
    }
}

/// The action of a button; its submit value under the name `todoita-action`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Sends another code by the same channel.
    Resend,
    /// Another method to receive or find a code.
    Method(Channel),
    /// Back from the backup code to the sent code.
    Code,
}

impl Action {
    /// The button's value.
    pub fn as_str(self) -> &'static str {
        match self {
            Action::Resend => "resend",
            Action::Method(channel) => channel.as_str(),
            Action::Code => "code",
        }
    }

    /// The label of the button.
    pub fn word(self) -> Word {
        match self {
            Action::Resend => Word::Resend,
            Action::Code => Word::MethodCode,
            Action::Method(Channel::Sms) => Word::MethodSms,
            Action::Method(Channel::Voice) => Word::MethodVoice,
            Action::Method(Channel::Email) => Word::MethodEmail,
            Action::Method(Channel::App) => Word::MethodApp,
            Action::Method(Channel::Backup) => Word::MethodBackup,
        }
    }

    /// Reads a button's value. `None` for an unknown one.
    pub fn from_value(value: &str) -> Option<Action> {
        match value {
            "resend" => Some(Action::Resend),
            "code" => Some(Action::Code),
            method => Channel::from_name(method).map(Action::Method),
        }
    }
}

/// A method to sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum RecoveryMethod {
    /// A backup code, kept since enrolment.
    Backup,
    /// A call that speaks the code.
    Voice,
    /// A text message.
    Sms,
    /// A mail.
    Email,
    /// An authenticator app.
    App,
    /// A security key.
    Key,
    /// Log in by mail or phone and set a new password.
    Reset,
    /// Log in with a linked account.
    Linked,
}

const METHODS: &str = "backup voice sms email app key reset linked";

impl RecoveryMethod {
    /// Every method, in the order of the bits of [`RecoveryMethods`].
    pub const ALL: [RecoveryMethod; 8] = [
        RecoveryMethod::Backup,
        RecoveryMethod::Voice,
        RecoveryMethod::Sms,
        RecoveryMethod::Email,
        RecoveryMethod::App,
        RecoveryMethod::Key,
        RecoveryMethod::Reset,
        RecoveryMethod::Linked,
    ];

    /// The method's name in attributes, words and actions. A channel has the same name.
    pub fn as_str(self) -> &'static str {
        nth(METHODS, self as usize)
    }

    /// Reads a method's name. `None` for any other word.
    pub fn from_name(name: &str) -> Option<RecoveryMethod> {
        RecoveryMethod::ALL.get(position(METHODS, name)?).copied()
    }
}

/// A set of methods.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RecoveryMethods(pub(crate) u8);

impl RecoveryMethods {
    /// No method.
    pub const NONE: RecoveryMethods = RecoveryMethods(0);
    /// Every method.
    pub const ALL: RecoveryMethods = RecoveryMethods(0xFF);

    /// The set with `method` in it.
    #[must_use]
    pub const fn insert(self, method: RecoveryMethod) -> RecoveryMethods {
        RecoveryMethods(self.0 | 1 << method as u8)
    }

    /// Union.
    #[must_use]
    pub const fn union(self, those: RecoveryMethods) -> RecoveryMethods {
        RecoveryMethods(self.0 | those.0)
    }

    /// Difference.
    #[must_use]
    pub const fn difference(self, those: RecoveryMethods) -> RecoveryMethods {
        RecoveryMethods(self.0 & !those.0)
    }

    /// Intersection.
    #[must_use]
    pub const fn intersection(self, those: RecoveryMethods) -> RecoveryMethods {
        RecoveryMethods(self.0 & those.0)
    }

    /// Whether `method` is in the set.
    pub const fn contains(self, method: RecoveryMethod) -> bool {
        self.0 & 1 << method as u8 != 0
    }

    /// Whether all of `those` are in the set.
    pub const fn is_superset(self, those: RecoveryMethods) -> bool {
        those.0 & !self.0 == 0
    }

    /// Whether the set is empty.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl From<Channel> for RecoveryMethod {
    fn from(channel: Channel) -> Self {
        match channel {
            Channel::Sms => RecoveryMethod::Sms,
            Channel::Voice => RecoveryMethod::Voice,
            Channel::Email => RecoveryMethod::Email,
            Channel::App => RecoveryMethod::App,
            Channel::Backup => RecoveryMethod::Backup,
        }
    }
}

impl RecoveryMethod {
    /// The channel that this method is; `None` for a security key, a reset and a linked account.
    pub fn channel(self) -> Option<Channel> {
        match self {
            RecoveryMethod::Sms => Some(Channel::Sms),
            RecoveryMethod::Voice => Some(Channel::Voice),
            RecoveryMethod::Email => Some(Channel::Email),
            RecoveryMethod::App => Some(Channel::App),
            RecoveryMethod::Backup => Some(Channel::Backup),
            RecoveryMethod::Key | RecoveryMethod::Reset | RecoveryMethod::Linked => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_are_named_in_the_order_of_the_enum() {
        for (at, method) in RecoveryMethod::ALL.into_iter().enumerate() {
            assert_eq!(method as usize, at);
            assert_eq!(RecoveryMethod::from_name(method.as_str()), Some(method));
        }
        assert_eq!(METHODS.split(' ').count(), RecoveryMethod::ALL.len());
    }

    #[test]
    fn a_channel_has_the_same_name_as_a_method_of_recovery() {
        for channel in Channel::ALL {
            let method = RecoveryMethod::from(channel);
            assert_eq!(method.as_str(), channel.as_str());
            assert_eq!(method.channel(), Some(channel));
        }
    }
}

//! The guide: which screen helps, from the facts of the sign-in and the person's answers.
//!
//! Routing is data ([`FLOW`]); the sentences are data too, in `www/words/*.guide.json`. The answers are the state:
//! [`replay`] applies them from the start every time, so that a reload, a step back and a server without a session
//! all show the same [`Screen`]. Every route ends within five screens: that is checked when this crate is
//! compiled (`guide/proof.rs`).

mod carrier_mail;
mod choice;
mod entry_point;
pub mod facts;
mod flow;

mod packed_table;
mod proof;
mod replay;
mod search;

pub mod view;
pub mod wire;

pub use choice::{Choice, Group, Sends, When};
pub use entry_point::start;
pub use flow::{FLOW, MAX_SCREENS};
pub use search::find;

pub use replay::{Act, ChoiceView, Exit, Screen, replay};

use crate::cause::Cause;
use crate::channel::{RecoveryMethod, RecoveryMethods};
use crate::word_list::{nth, position, word_enum};

word_enum! {
    /// A screen of the guide. Its words have the same name in `www/words/*.guide.json`.
    pub enum Step as STEPS {
        Entry = "entry",
        // A text message does not come.
        SmsCheckDestination = "sms-check-destination",
        NumberFormat = "number-format",
        SmsOtherTextsArrive = "sms-other-texts-arrive",
        PhoneSignal = "phone-signal",
        HiddenOnPhone = "hidden-on-phone",
        SimCheck = "sim-check",
        CarrierFilter = "carrier-filter",
        // A mail does not come.
        MailCheckAddress = "mail-check-address",
        MailSearch = "mail-search",
        MailAllowDomain = "mail-allow-domain",
        MailOpenInBrowser = "mail-open-in-browser",
        // An authenticator app shows no code, or a wrong one.
        AppWhere = "app-where",
        AppFreshCode = "app-fresh-code",
        AppUpdate = "app-update",
        AppFind = "app-find",
        // A call does not come.
        VoiceCall = "voice-call",
        // A code is refused.
        ErrorWhich = "error-which",
        CodeCompare = "code-compare",
        CodeRenew = "code-renew",
        WaitOtherNetwork = "wait-other-network",
        // A phone is lost or changed, something is forgotten.
        LostWhatIsLeft = "lost-what-is-left",
        StillLoggedIn = "still-logged-in",
        OldPhone = "old-phone",
        StolenPhone = "stolen-phone",
        WaysToGetIn = "ways-to-get-in",
        BackupFind = "backup-find",
        BackupEnter = "backup-enter",
        // Somebody else may be at it.
        UnaskedCode = "unasked-code",
        RealOrFake = "real-or-fake",
        SecureAccount = "secure-account",
        SecureNow = "secure-now",
        ContactChanged = "contact-changed",
        // Locked.
        LockedWhich = "locked-which",
        WaitUntil = "wait-until",
        LockedUnusualLogin = "locked-unusual-login",
        UnlockCode = "unlock-code",
        // To read.
        SetupTwoStep = "setup-two-step",
        SetupBackupCodes = "setup-backup-codes",
        SetupLoginAlerts = "setup-login-alerts",
        Glossary = "glossary",
        // Where a route ends.
        OtherWay = "other-way",
        Support = "support",
        Done = "done",
        BackToCode = "back-to-code",
    }
}

impl Step {
    /// The screen's name in words, answers and events.
    pub fn as_str(self) -> &'static str {
        nth(STEPS, self as usize)
    }

    /// The screen of a name; `None` for any other word.
    pub fn from_name(name: &str) -> Option<Step> {
        Step::ALL.get(position(STEPS, name)?).copied()
    }

    /// Whether a route ends here: help is on this screen, or the guide closes.
    pub const fn is_end(self) -> bool {
        matches!(
            self,
            Step::OtherWay | Step::Support | Step::Done | Step::BackToCode
        )
    }

    /// Whether the guide closes here, so that it is no screen to read.
    pub const fn is_close(self) -> bool {
        matches!(self, Step::Done | Step::BackToCode)
    }
}

/// The flags of a screen: for the conditions of choices, and for `@flag:` in words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags(u16);

const FLAGS: &str = "\
registering sign-in landline lock-time free-mail carrier-mail first unasked resent incident \
alone ios android desktop no-ways";

impl Flags {
    /// Nothing.
    pub const NONE: Flags = Flags(0);
    /// A number or an address is being registered.
    pub const REGISTERING: Flags = Flags(1);
    /// The site says that this is a sign-in.
    pub const SIGN_IN: Flags = Flags(1 << 1);
    /// The number is a landline or a 050 number, which cannot receive an SMS.
    pub const LANDLINE: Flags = Flags(1 << 2);
    /// The end of a wait is known: of a lock, or of a long wait for another code.
    pub const LOCK_TIME: Flags = Flags(1 << 3);
    /// The address is known not to be carrier mail.
    pub const FREE_MAIL: Flags = Flags(1 << 4);
    /// The address is known to be carrier mail.
    pub const CARRIER_MAIL: Flags = Flags(1 << 5);
    /// The first screen of this route.
    pub const FIRST: Flags = Flags(1 << 6);
    /// The route came through `unasked-code`.
    pub const UNASKED: Flags = Flags(1 << 7);
    /// A code was already sent again.
    pub const RESENT: Flags = Flags(1 << 8);
    /// The site reports an outage.
    pub const INCIDENT: Flags = Flags(1 << 9);
    /// A guide without a field.
    pub const ALONE: Flags = Flags(1 << 10);
    /// The page is open on an iPhone or an iPad.
    pub const IOS: Flags = Flags(1 << 11);
    /// The page is open on an Android phone or tablet.
    pub const ANDROID: Flags = Flags(1 << 12);
    /// The page is open on a computer.
    pub const DESKTOP: Flags = Flags(1 << 13);
    /// A screen that lists methods, and has none left to list.
    pub const NO_METHODS: Flags = Flags(1 << 14);
    /// The fourth screen of this route or a later one: one more may follow. No sentence asks for it.
    pub const LATE: Flags = Flags(1 << 15);

    /// The flags that follow from the route, not from facts.
    pub const OF_ROUTE: Flags = Flags::FIRST
        .union(Flags::UNASKED)
        .union(Flags::NO_METHODS)
        .union(Flags::LATE);

    /// Union.
    #[must_use]
    pub const fn union(self, those: Flags) -> Flags {
        Flags(self.0 | those.0)
    }

    /// Difference.
    #[must_use]
    pub const fn difference(self, those: Flags) -> Flags {
        Flags(self.0 & !those.0)
    }

    /// Union, if `on`.
    #[must_use]
    pub const fn union_if(self, on: bool, those: Flags) -> Flags {
        if on { self.union(those) } else { self }
    }

    /// Whether all of `those` are set.
    pub const fn contains(self, those: Flags) -> bool {
        self.0 & those.0 == those.0
    }

    /// Whether one of `those` is set.
    pub const fn intersects(self, those: Flags) -> bool {
        self.0 & those.0 != 0
    }

    /// The flag of a name; [`Flags::NONE`] for any other word.
    pub fn from_name(name: &str) -> Flags {
        position(FLAGS, name).map_or(Flags::NONE, |at| Flags((1u32 << at) as u16))
    }

    /// The names of the flags that are set, in order.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        let mut bit = 0;
        core::iter::from_fn(move || {
            while bit < 15 {
                bit += 1;
                if self.0 << 1 >> bit & 1 != 0 {
                    return Some(nth(FLAGS, bit - 1));
                }
            }
            None
        })
    }
}

/// Why the person may be opening the guide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Trouble {
    /// The last code was refused.
    Refused(Cause),
    /// No answer came.
    Unreachable,
    /// A code came that nobody here had asked for.
    Unexpected,
}

/// The facts that decide the screen ([`facts::GuideFacts::context`]). The guide never asks for them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GuideContext {
    /// How the code comes: one of the first five methods.
    pub channel: Option<RecoveryMethod>,
    /// The last event of the sign-in.
    pub trouble: Option<Trouble>,
    /// The (masked) destination can be shown.
    pub destination: bool,
    /// The methods that the site names; `None` where it names none at all.
    pub methods: Option<RecoveryMethods>,
    /// The site sends no second code by the channel: there is no "send again" to press.
    pub once: bool,
    /// The flags that follow from facts. Those of the route ([`Flags::OF_ROUTE`]) are ignored.
    pub flags: Flags,
}

impl GuideContext {
    /// The methods that there are: those that the site names and the one in use, or all.
    pub const fn there(&self) -> RecoveryMethods {
        match (self.methods, self.channel) {
            (None, _) => RecoveryMethods::ALL,
            (Some(methods), None) => methods,
            (Some(methods), Some(channel)) => methods.insert(channel),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_the_order_of_their_enum() {
        for (at, step) in Step::ALL.into_iter().enumerate() {
            assert_eq!(step as usize, at);
            assert_eq!(Some(step.as_str()), STEPS.split(' ').nth(at));
            assert_eq!(Step::from_name(step.as_str()), Some(step));
        }
        assert_eq!(STEPS.trim_end().split(' ').count(), Step::ALL.len());
        assert_eq!(FLAGS.split(' ').count(), 15);
        for word in ["", " ", "entr", "entry ", "Entry"] {
            assert_eq!(Step::from_name(word), None, "{word:?}");
        }
    }

    #[test]
    fn flags_are_named() {
        let flags = Flags::REGISTERING
            .union(Flags::FIRST)
            .union(Flags::NO_METHODS)
            .union(Flags::LATE);
        let names: alloc::vec::Vec<_> = flags.names().collect();
        assert_eq!(names, ["registering", "first", "no-ways"]);
    }
}

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
mod flags;
mod flow;
mod packed_table;
mod proof;
mod replay;
mod routes;
mod search;
pub mod view;

pub use choice::{Choice, Group, Sends, When};
pub use entry_point::start;
pub use flags::Flags;
pub use flow::{FLOW, MAX_SCREENS};
pub use search::{INSTEAD, find};

pub use replay::{Act, ChoiceView, Exit, Screen, replay};

use crate::cause::Cause;
use crate::channel::{RecoveryMethod, RecoveryMethods};
use crate::word_list::{position, word_enum};

word_enum! {
    /// A screen of the guide. It has the same name in answers, events and `www/words/*.guide.json`.
    pub enum Step as STEPS {
        // The menu of everything.
        Entry = "entry",
        // Whose number or mailbox it is, and whether it is here.
        NumberWhose = "number-whose",
        NotHere = "not-here",
        FamilyNumber = "family-number",
        NumberOfOthers = "number-of-others",
        OwnerDied = "owner-died",
        // A text message does not come.
        SmsCheckDestination = "sms-check-destination",
        NumberFormat = "number-format",
        SmsOtherTextsArrive = "sms-other-texts-arrive",
        PhoneSignal = "phone-signal",
        LineStopped = "line-stopped",
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
        // A call does not come, or is not understood.
        VoiceRang = "voice-rang",
        VoiceCall = "voice-call",
        VoiceUnclear = "voice-unclear",
        // A code came and is of no use: it is refused, late, or for somebody else.
        ItCame = "it-came",
        NotYourAccount = "not-your-account",
        ErrorWhich = "error-which",
        CodeCompare = "code-compare",
        CodeLate = "code-late",
        CodeRenew = "code-renew",
        MoreTime = "more-time",
        PageRestarts = "page-restarts",
        WaitOtherNetwork = "wait-other-network",
        SiteTrouble = "site-trouble",
        // A phone is lost or changed, something is forgotten.
        LostWhatIsLeft = "lost-what-is-left",
        StillLoggedIn = "still-logged-in",
        OldPhone = "old-phone",
        StolenPhone = "stolen-phone",
        BackupFind = "backup-find",
        BackupEnter = "backup-enter",
        // Somebody else may be at it.
        SomeoneAsks = "someone-asks",
        PageFromLink = "page-from-link",
        UnaskedCode = "unasked-code",
        RealOrFake = "real-or-fake",
        SecureAccount = "secure-account",
        SecureNow = "secure-now",
        ContactChanged = "contact-changed",
        // Locked, or limited.
        LockedWhich = "locked-which",
        WaitUntil = "wait-until",
        LockedUnusualLogin = "locked-unusual-login",
        UnlockCode = "unlock-code",
        // To read, and where a route ends.
        SetupTwoStep = "setup-two-step",
        SetupBackupCodes = "setup-backup-codes",
        SetupLoginAlerts = "setup-login-alerts",
        Glossary = "glossary",
        OtherWay = "other-way",
        Support = "support",
        Done = "done",
        BackToCode = "back-to-code",
    }
}

impl Step {
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
    /// The page has a "send again" for the channel.
    pub can_resend: bool,
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
        for word in ["", " ", "entr", "entry ", "Entry"] {
            assert_eq!(Step::from_name(word), None, "{word:?}");
        }
    }
}

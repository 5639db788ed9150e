//! The table: what can be answered on each screen, and where each answer leads.
//!
//! `guide/proof.rs` checks it when this crate is compiled.

use super::choice::{Choice, Group, Sends, go};
use super::{Flags, Step};
use crate::channel::{RecoveryMethod, RecoveryMethods};

/// The most screens of a route, its last one included.
pub const MAX_SCREENS: usize = 5;

/// Every screen with its choices, in the order in which both are shown.
#[rustfmt::skip]
pub const FLOW: [(Step, &[Choice]); Step::ALL.len()] = {
    use Step::*;
    const BY_SMS: Sends = Sends::By(RecoveryMethod::Sms);
    const BY_EMAIL: Sends = Sends::By(RecoveryMethod::Email);
    const BY_VOICE: Sends = Sends::By(RecoveryMethod::Voice);
    const BY_BACKUP: Sends = Sends::By(RecoveryMethod::Backup);
    const AT_FIRST: Flags = Flags::FIRST;
    const REGISTERING: Flags = Flags::REGISTERING;
    const UNASKED: Flags = Flags::UNASKED;
    [
        (Entry, &[
            go("gave", SecureNow).under(Group::Urgent),
            go("sms", SmsOtherTextsArrive).method(RecoveryMethod::Sms).under(Group::NotComing),
            go("mail", MailCheckAddress).method(RecoveryMethod::Email).under(Group::NotComing),
            go("app", AppWhere).method(RecoveryMethod::App).under(Group::NotComing),
            go("call", VoiceCall).method(RecoveryMethod::Voice).under(Group::NotComing),
            go("error", ErrorWhich).under(Group::CannotGoOn),
            go("locked", LockedWhich).unless(Flags::LOCK_TIME).under(Group::CannotGoOn),
            go("locked", WaitUntil).when(Flags::LOCK_TIME).under(Group::CannotGoOn),
            go("lost", LostWhatIsLeft).under(Group::ChangedForgotten),
            go("forgot", WaysToGetIn).under(Group::ChangedForgotten),
            go("backup", BackupFind).method(RecoveryMethod::Backup).under(Group::ChangedForgotten),
            go("unasked", UnaskedCode).under(Group::Worried),
            go("waiting", Support).under(Group::Worried),
            go("setup", SetupTwoStep).under(Group::Foot),
            go("words", Glossary).under(Group::Foot),
            go("real", RealOrFake).under(Group::Foot),
        ]),
        (SmsCheckDestination, &[
            go("landline", OtherWay).when(Flags::LANDLINE),
            go("right", SmsOtherTextsArrive),
            go("old", LostWhatIsLeft).unless(REGISTERING),
            go("unknown", ContactChanged).unless(REGISTERING),
            go("fix", NumberFormat).when(REGISTERING),
            go("came", BackToCode),
        ]),
        // The number is corrected where the site asks for it; sending would go to the old one.
        (NumberFormat, &[
            go("fixed", BackToCode),
            go("still", OtherWay),
        ]),
        (SmsOtherTextsArrive, &[
            go("yes", HiddenOnPhone),
            go("no", PhoneSignal),
            go("sim", SimCheck),
            go("never", OtherWay),
            go("number", NumberFormat).unless(Flags::SIGN_IN),
        ]),
        (PhoneSignal, &[
            go("came", BackToCode),
            go("still", CarrierFilter),
        ]),
        (HiddenOnPhone, &[
            go("found", BackToCode),
            go("unblocked", BackToCode).sends(BY_SMS),
            go("still", CarrierFilter),
        ]),
        (SimCheck, &[
            go("came", BackToCode),
            go("still", CarrierFilter),
            go("hurry", OtherWay),
        ]),
        (CarrierFilter, &[
            go("came", BackToCode),
            go("send", BackToCode).sends(BY_SMS),
            go("still", OtherWay),
        ]),
        (MailCheckAddress, &[
            go("right", MailSearch),
            go("old", LostWhatIsLeft).when(AT_FIRST).unless(REGISTERING),
            go("unknown", ContactChanged).when(AT_FIRST).unless(REGISTERING),
            go("fix", BackToCode).when(REGISTERING),
            go("picture", MailOpenInBrowser),
            go("came", BackToCode),
        ]),
        (MailSearch, &[
            go("found", BackToCode),
            go("still", MailAllowDomain).unless(Flags::FREE_MAIL),
            go("still", OtherWay).when(Flags::FREE_MAIL),
        ]),
        (MailAllowDomain, &[
            go("came", BackToCode),
            go("send", BackToCode).sends(BY_EMAIL),
            go("still", OtherWay),
        ]),
        (MailOpenInBrowser, &[
            go("read", BackToCode),
            go("still", OtherWay),
        ]),
        (AppWhere, &[
            go("refused", AppFreshCode),
            go("old-phone", OldPhone),
            go("logged-in", StillLoggedIn),
            go("never", AppFind),
            go("gone", WaysToGetIn),
        ]),
        (AppFreshCode, &[
            go("in", BackToCode),
            go("still", AppUpdate),
        ]),
        (AppUpdate, &[
            go("in", BackToCode),
            go("still", OtherWay),
        ]),
        (AppFind, &[
            go("found", BackToCode),
            go("still", WaysToGetIn),
        ]),
        (VoiceCall, &[
            go("came", BackToCode),
            go("call", BackToCode).sends(BY_VOICE),
            go("old", LostWhatIsLeft).when(AT_FIRST).unless(REGISTERING),
            go("unknown", ContactChanged).when(AT_FIRST).unless(REGISTERING),
            go("fix", NumberFormat).when(AT_FIRST.union(REGISTERING)),
            go("still", OtherWay),
        ]),
        (ErrorWhich, &[
            go("wrong", CodeCompare),
            go("expired", CodeRenew),
            go("app", AppFreshCode).method(RecoveryMethod::App),
            go("backup", BackupEnter).method(RecoveryMethod::Backup),
            go("often", WaitUntil),
            go("other", WaitOtherNetwork),
        ]),
        (CodeCompare, &[
            go("in", BackToCode),
            go("still", CodeRenew),
        ]),
        (CodeRenew, &[
            go("in", BackToCode),
            go("send", BackToCode).unless(UNASKED).sends(Sends::Again),
            go("checked-send", BackToCode).when(UNASKED).sends(Sends::Again),
            go("false-page", SecureNow).when(UNASKED),
            go("still", OtherWay),
        ]),
        (WaitOtherNetwork, &[
            go("in", BackToCode),
            go("still", OtherWay),
        ]),
        (LostWhatIsLeft, &[
            go("logged-in", StillLoggedIn),
            go("old-phone", OldPhone),
            go("stolen", StolenPhone),
            go("none", WaysToGetIn),
        ]),
        (StillLoggedIn, &[
            go("done", BackToCode),
            go("cannot", WaysToGetIn),
        ]),
        (OldPhone, &[
            go("seen", BackToCode),
            go("cannot", WaysToGetIn),
        ]),
        (StolenPhone, &[
            go("came", BackToCode),
            go("cannot", WaysToGetIn),
        ]),
        (WaysToGetIn, &[
            go("in", BackToCode),
            go("none", Support),
        ]),
        (BackupFind, &[
            go("found", BackupEnter),
            go("other-sheet", BackupEnter),
            go("logged-in", StillLoggedIn),
            go("none", WaysToGetIn),
        ]),
        (BackupEnter, &[
            go("enter", BackToCode).sends(BY_BACKUP),
            go("still", OtherWay),
        ]),
        (UnaskedCode, &[
            go("self", CodeRenew),
            go("not-me", SecureAccount),
            go("opened", SecureNow).under(Group::OpenedOrGave),
            go("gave", SecureNow).under(Group::OpenedOrGave),
            go("unsure", SecureNow).under(Group::OpenedOrGave),
            go("no-account", Done),
        ]),
        (RealOrFake, &[
            go("entered", SecureNow),
            go("fine", BackToCode),
        ]),
        (SecureAccount, &[
            go("done", Done),
            go("cannot", ContactChanged),
        ]),
        (SecureNow, &[
            go("done", Done),
            // On the longest route (menu, a code not asked for, a false page) this is the fourth screen: the fifth
            // has to end it.
            go("cannot", ContactChanged).unless(Flags::LATE),
            go("cannot", Support).when(Flags::LATE),
        ]),
        (ContactChanged, &[
            go("mine", Done),
            go("cannot", Support),
        ]),
        (LockedWhich, &[
            go("often", WaitUntil),
            go("unusual", LockedUnusualLogin),
            go("use", UnlockCode),
        ]),
        (WaitUntil, &[
            go("in", BackToCode),
            go("hurry", OtherWay),
        ]),
        (LockedUnusualLogin, &[
            go("in", BackToCode),
            go("code", UnlockCode),
            go("still", Support),
        ]),
        (UnlockCode, &[
            go("out", BackToCode),
            go("still", OtherWay),
            go("cannot", Support),
        ]),
        (SetupTwoStep, &[
            go("next", SetupBackupCodes),
            go("cannot", Support),
        ]),
        (SetupBackupCodes, &[
            go("next", SetupLoginAlerts),
            go("cannot", Support),
        ]),
        (SetupLoginAlerts, &[
            go("done", Done),
            go("cannot", Support),
        ]),
        (Glossary, &[
            go("code", BackToCode),
        ]),
        (OtherWay, &[]),
        (Support, &[]),
        (Done, &[]),
        (BackToCode, &[]),
    ]
};

impl Step {
    /// The method that this screen is about: the destination and the message of another method do not matter
    /// here.
    pub const fn about(self) -> Option<RecoveryMethod> {
        use Step::*;
        match self {
            SmsCheckDestination | NumberFormat | SmsOtherTextsArrive | PhoneSignal
            | HiddenOnPhone | SimCheck | CarrierFilter => Some(RecoveryMethod::Sms),
            MailCheckAddress | MailSearch | MailAllowDomain | MailOpenInBrowser => {
                Some(RecoveryMethod::Email)
            }
            AppWhere | AppFreshCode | AppUpdate | AppFind => Some(RecoveryMethod::App),
            VoiceCall => Some(RecoveryMethod::Voice),
            BackupFind | BackupEnter => Some(RecoveryMethod::Backup),
            _ => None,
        }
    }

    /// The methods that this screen rules out for the rest of the route.
    pub(super) const fn rules_out(self) -> RecoveryMethods {
        match (self, self.about()) {
            // Whoever has the phone receives its messages and calls.
            (Step::StolenPhone, _) => RecoveryMethods::NONE
                .insert(RecoveryMethod::Sms)
                .insert(RecoveryMethod::Voice),
            (_, Some(method)) => RecoveryMethods::NONE.insert(method),
            _ => RecoveryMethods::NONE,
        }
    }

    /// The methods that this screen shows, if they are left.
    pub(super) const fn shows(self) -> RecoveryMethods {
        match self {
            Step::OtherWay => RecoveryMethods::ALL.difference(RESET_OR_LINKED),
            Step::WaysToGetIn => {
                RecoveryMethods::ALL.difference(RecoveryMethods::NONE.insert(RecoveryMethod::Key))
            }
            _ => RecoveryMethods::NONE,
        }
    }

    /// The order in which it shows them.
    pub(super) const fn order(self) -> [RecoveryMethod; 8] {
        use RecoveryMethod::*;
        match self {
            // Whoever has lost a phone is asked for it last.
            Step::WaysToGetIn => [Backup, Email, Sms, Voice, App, Key, Reset, Linked],
            _ => RecoveryMethod::ALL,
        }
    }
}

/// Where no code is needed.
pub(super) const RESET_OR_LINKED: RecoveryMethods = RecoveryMethods::NONE
    .insert(RecoveryMethod::Reset)
    .insert(RecoveryMethod::Linked);

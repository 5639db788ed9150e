//! The menu of everything.

use crate::channel::RecoveryMethod;
use crate::guide::Flags;
use crate::guide::Step::{self, *};
use crate::guide::choice::{Choice, Group, go};

#[rustfmt::skip]
pub(super) const SCREENS: &[(Step, &[Choice])] = &[
    (Entry, &[
        go("asked", SomeoneAsks).under(Group::Urgent),
        go("told", SecureNow).under(Group::Urgent),
        go("sms", SmsOtherTextsArrive).method(RecoveryMethod::Sms).under(Group::Main),
        go("mail", MailCheckAddress).method(RecoveryMethod::Email).under(Group::Main),
        go("app", AppWhere).method(RecoveryMethod::App).under(Group::Main),
        go("call", VoiceRang).method(RecoveryMethod::Voice).under(Group::Main),
        go("came", ItCame).under(Group::Main),
        go("error", ErrorWhich).under(Group::Main),
        go("lost", LostWhatIsLeft).under(Group::Main),
        go("locked", LockedWhich).unless(Flags::LOCK_TIME).under(Group::CannotGoOn),
        go("locked", WaitUntil).when(Flags::LOCK_TIME).under(Group::CannotGoOn),
        go("whose", NumberWhose).under(Group::ChangedForgotten),
        go("forgot", OtherWay).under(Group::ChangedForgotten),
        go("backup", BackupFind).method(RecoveryMethod::Backup).under(Group::ChangedForgotten),
        go("link", PageFromLink).under(Group::Worried),
        go("unasked", UnaskedCode).under(Group::Worried),
        go("waiting", Support).under(Group::Worried),
        go("setup", SetupTwoStep).under(Group::Foot),
        go("words", Glossary).under(Group::Foot),
        go("real", RealOrFake).under(Group::Foot),
    ]),
];

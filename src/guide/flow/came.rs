//! A code came and is of no use: it is refused, late, or for somebody else.

use crate::channel::RecoveryMethod;
use crate::guide::Flags;
use crate::guide::Step::{self, *};
use crate::guide::choice::{Choice, Group, Sends, go};

#[rustfmt::skip]
pub(super) const SCREENS: &[(Step, &[Choice])] = &[
    (ItCame, &[
        go("asked", SomeoneAsks).under(Group::Careful),
        go("stranger", NotYourAccount).under(Group::Careful),
        go("unasked", UnaskedCode).under(Group::Careful),
        go("where", BackToCode).under(Group::CannotEnter),
        go("refused", CodeCompare).under(Group::CannotEnter),
        go("slow", MoreTime).under(Group::CannotEnter),
        go("restarts", PageRestarts).under(Group::CannotEnter),
        go("elsewhere", NotHere).under(Group::CannotEnter),
    ]),
    (NotYourAccount, &[
        go("sign-up", Done),
        go("off", Support),
        go("mine", BackToCode),
    ]),
    (ErrorWhich, &[
        go("link", PageFromLink).when(Flags::ALONE),
        go("wrong", CodeCompare),
        go("expired", CodeLate),
        go("app", AppFreshCode).method(RecoveryMethod::App),
        go("backup", BackupEnter).method(RecoveryMethod::Backup),
        go("often", WaitUntil),
        go("blank", PageRestarts),
        go("other", WaitOtherNetwork),
    ]),
    (CodeCompare, &[
        go("in", BackToCode),
        go("other", OtherWay).when(Flags::FEW_TRIES),
        go("still", CodeRenew),
    ]),
    (CodeLate, &[
        go("newest", BackToCode).when(Flags::RESENT).unless(Flags::EXPIRED),
        go("never", SmsOtherTextsArrive).when(Flags::FIRST.union(Flags::BY_SMS)),
        go("never", MailSearch).when(Flags::FIRST.union(Flags::BY_EMAIL)),
        go("never", VoiceCall).when(Flags::FIRST.union(Flags::BY_VOICE)),
        go("slow", MoreTime),
        go("elsewhere", NotHere),
        go("restarts", PageRestarts),
        go("late", CodeRenew),
    ]),
    (CodeRenew, &[
        go("in", BackToCode),
        go("send", BackToCode).sends(Sends::Again),
        go("false-page", SecureNow).when(Flags::UNASKED).unless(Flags::LATE),
        go("still", OtherWay),
    ]),
    (MoreTime, &[
        go("send", BackToCode).unless(Flags::BY_APP).sends(Sends::Again),
        go("in", BackToCode),
        go("still", OtherWay),
    ]),
    (PageRestarts, &[
        go("send", BackToCode).unless(Flags::BY_APP).sends(Sends::Again),
        go("in", BackToCode),
        go("still", OtherWay),
    ]),
    (WaitOtherNetwork, &[
        go("in", BackToCode),
        go("still", OtherWay),
    ]),
    (SiteTrouble, &[
        go("check", SmsOtherTextsArrive).when(Flags::FIRST.union(Flags::INCIDENT).union(Flags::BY_SMS)),
        go("check", MailSearch).when(Flags::FIRST.union(Flags::INCIDENT).union(Flags::BY_EMAIL)),
        go("other", OtherWay),
        go("support", Support),
    ]),
];

//! An authenticator app shows no code, or a wrong one.

use crate::channel::RecoveryMethod;
use crate::guide::Step::{self, *};
use crate::guide::choice::{Choice, go};

#[rustfmt::skip]
pub(super) const SCREENS: &[(Step, &[Choice])] = &[
    (AppWhere, &[
        go("refused", AppFreshCode),
        go("slow", MoreTime),
        go("empty", OldPhone),
        go("never", AppFind),
        go("sheet", BackupEnter).method(RecoveryMethod::Backup),
        go("logged-in", StillLoggedIn),
        go("gone", LostWhatIsLeft),
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
        go("still", OtherWay),
    ]),
];

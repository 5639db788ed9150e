//! A phone is lost or changed, something is forgotten.

use crate::channel::RecoveryMethod;
use crate::guide::Step::{self, *};
use crate::guide::choice::{Choice, Sends, go};

#[rustfmt::skip]
pub(super) const SCREENS: &[(Step, &[Choice])] = &[
    (LostWhatIsLeft, &[
        go("logged-in", StillLoggedIn),
        go("old-phone", OldPhone),
        go("stolen", StolenPhone),
        go("none", OtherWay),
    ]),
    (StillLoggedIn, &[
        go("done", BackToCode),
        go("cannot", OtherWay),
    ]),
    (OldPhone, &[
        go("seen", BackToCode),
        go("cannot", OtherWay),
    ]),
    (StolenPhone, &[
        go("came", BackToCode),
        go("cannot", OtherWay),
    ]),
    (BackupFind, &[
        go("found", BackupEnter),
        go("other-sheet", BackupEnter),
        go("logged-in", StillLoggedIn),
        go("none", OtherWay),
    ]),
    (BackupEnter, &[
        go("enter", BackToCode).sends(Sends::By(RecoveryMethod::Backup)),
        go("still", OtherWay),
    ]),
];

//! To read, and where a route ends.

use crate::guide::Step::{self, *};
use crate::guide::choice::{Choice, go};

#[rustfmt::skip]
pub(super) const SCREENS: &[(Step, &[Choice])] = &[
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
];

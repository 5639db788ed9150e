//! The table: what can be answered on each screen, and where each answer leads.
//!
//! Held when this is compiled: each screen stands at its own place, keeps a choice whatever holds, and
//! one for whom it did not help; and every walk from every screen ends within [`MAX_SCREENS`], which no
//! cycle could.

use super::{Flags, Step, Way, Ways};

/// As many screens as a walk may show, the one with the way forward included.
pub const MAX_SCREENS: usize = 5;

/// An answer that can be chosen on a screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its name in words and answers. Two of a screen that are never shown together may share one.
    pub name: &'static str,
    /// The screen that it leads to.
    pub to: Step,
    /// When it is shown.
    pub when: When,
    /// What it makes the page do, besides.
    pub sends: Option<Sends>,
    /// The heading under which it stands.
    pub group: Option<Group>,
}

/// When a choice is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    /// What must hold.
    pub all: Flags,
    /// What must not hold.
    pub none: Flags,
    /// The ways that there must be.
    pub ways: Ways,
}

/// One new code, or the field for the code that is already there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sends {
    /// One new code by this way; by [`Way::Backup`], the field for a backup code.
    By(Way),
    /// One new code by the way that the page is waiting for.
    Again,
}

/// A heading over choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
#[allow(
    missing_docs,
    reason = "each is its heading, whose words stand in www/words/"
)]
pub enum Group {
    Urgent,
    NotComing,
    CannotGoOn,
    ChangedForgotten,
    Worried,
    Foot,
    OpenedOrTold,
}

impl Group {
    /// Every heading.
    pub const ALL: [Group; 7] = [
        Group::Urgent,
        Group::NotComing,
        Group::CannotGoOn,
        Group::ChangedForgotten,
        Group::Worried,
        Group::Foot,
        Group::OpenedOrTold,
    ];

    /// The heading's name in words.
    pub fn as_str(self) -> &'static str {
        const GROUPS: &str = "\
urgent not-coming cannot-go-on changed-forgotten worried foot opened-or-told";
        super::nth(GROUPS, self as usize)
    }
}

const fn go(name: &'static str, to: Step) -> Choice {
    Choice {
        name,
        to,
        when: When {
            all: Flags::NONE,
            none: Flags::NONE,
            ways: Ways::NONE,
        },
        sends: None,
        group: None,
    }
}

impl Choice {
    const fn when(mut self, flags: Flags) -> Choice {
        self.when.all = self.when.all.and(flags);
        self
    }

    const fn unless(mut self, flags: Flags) -> Choice {
        self.when.none = self.when.none.and(flags);
        self
    }

    const fn way(mut self, way: Way) -> Choice {
        self.when.ways = self.when.ways.with(way);
        self
    }

    const fn sends(mut self, sends: Sends) -> Choice {
        self.sends = Some(sends);
        self
    }

    const fn under(mut self, group: Group) -> Choice {
        self.group = Some(group);
        self
    }

    /// Whether it is shown whatever holds.
    const fn is_always(&self) -> bool {
        !self.when.all.has_any(EVERY)
            && !self.when.none.has_any(EVERY)
            && self.when.ways.is_empty()
            && self.sends.is_none()
    }
}

const EVERY: Flags = Flags(u16::MAX);

/// Every screen with its choices, in the order in which both are shown.
#[rustfmt::skip]
pub const FLOW: [(Step, &[Choice]); Step::ALL.len()] = {
    use Step::*;
    const BY_SMS: Sends = Sends::By(Way::Sms);
    const BY_EMAIL: Sends = Sends::By(Way::Email);
    const BY_VOICE: Sends = Sends::By(Way::Voice);
    const BY_BACKUP: Sends = Sends::By(Way::Backup);
    const AT_FIRST: Flags = Flags::FIRST;
    const REGISTERING: Flags = Flags::REGISTERING;
    const UNASKED: Flags = Flags::UNASKED;
    [
        (Entry, &[
            go("told", SecureNow).under(Group::Urgent),
            go("sms", SmsOtherTextsArrive).way(Way::Sms).under(Group::NotComing),
            go("mail", MailCheckAddress).way(Way::Email).under(Group::NotComing),
            go("app", AppWhere).way(Way::App).under(Group::NotComing),
            go("call", VoiceCall).way(Way::Voice).under(Group::NotComing),
            go("error", ErrorWhich).under(Group::CannotGoOn),
            go("locked", LockedWhich).unless(Flags::LOCK_TIME).under(Group::CannotGoOn),
            go("locked", WaitUntil).when(Flags::LOCK_TIME).under(Group::CannotGoOn),
            go("lost", LostWhatIsLeft).under(Group::ChangedForgotten),
            go("forgot", WaysToGetIn).under(Group::ChangedForgotten),
            go("backup", BackupFind).way(Way::Backup).under(Group::ChangedForgotten),
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
        (NumberFormat, &[
            go("send", BackToCode).sends(BY_SMS),
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
            go("heard", BackToCode),
            go("call", BackToCode).sends(BY_VOICE),
            go("old", LostWhatIsLeft).when(AT_FIRST).unless(REGISTERING),
            go("unknown", ContactChanged).when(AT_FIRST).unless(REGISTERING),
            go("fix", NumberFormat).when(AT_FIRST.and(REGISTERING)),
            go("still", OtherWay),
        ]),
        (ErrorWhich, &[
            go("wrong", CodeCompare),
            go("expired", CodeRenew),
            go("app", AppFreshCode).way(Way::App),
            go("backup", BackupEnter).way(Way::Backup),
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
            go("opened", SecureNow).under(Group::OpenedOrTold),
            go("told", SecureNow).under(Group::OpenedOrTold),
            go("unsure", SecureNow).under(Group::OpenedOrTold),
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
            // By the longest walk (menu, a code not asked for, a false page) this is the fourth screen:
            // the fifth has to be a way forward.
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
    /// The ways that this screen rules out for the rest of the walk.
    pub(super) const fn rules_out(self) -> Ways {
        use Step::*;
        match self {
            SmsCheckDestination | NumberFormat | SmsOtherTextsArrive | PhoneSignal
            | HiddenOnPhone | SimCheck | CarrierFilter => Ways::NONE.with(Way::Sms),
            MailCheckAddress | MailSearch | MailAllowDomain | MailOpenInBrowser => {
                Ways::NONE.with(Way::Email)
            }
            AppWhere | AppFreshCode | AppUpdate | AppFind => Ways::NONE.with(Way::App),
            VoiceCall => Ways::NONE.with(Way::Voice),
            // Whoever holds the phone can read and hear what comes to it.
            StolenPhone => Ways::NONE.with(Way::Sms).with(Way::Voice),
            BackupFind | BackupEnter => Ways::NONE.with(Way::Backup),
            _ => Ways::NONE,
        }
    }

    /// The ways that this screen shows, in its order.
    pub(super) const fn shows(self) -> &'static [Way] {
        use Way::*;
        match self {
            Step::OtherWay => &[Backup, Voice, Sms, Email, App, Key],
            Step::WaysToGetIn => &[Backup, Email, Sms, Voice, App, Reset, Linked],
            _ => &[],
        }
    }
}

const _: () = {
    assert!(in_order(), "each screen stands at its own place");
    assert!(always_a_choice(), "a screen may be left without a choice");
    assert!(
        always_a_way_on(),
        "a screen leaves no way on for whom it did not help"
    );
    assert!(
        every_walk_ends(),
        "a walk goes in a circle, or beyond MAX_SCREENS"
    );
};

const fn in_order() -> bool {
    let mut at = 0;
    while at < FLOW.len() {
        if FLOW[at].0 as usize != at || FLOW[at].0.is_end() != FLOW[at].1.is_empty() {
            return false;
        }
        at += 1;
    }
    true
}

const fn always_a_choice() -> bool {
    let mut at = 0;
    while at < FLOW.len() {
        let (step, choices) = FLOW[at];
        let mut kept = step.is_end();
        let mut one = 0;
        while one < choices.len() {
            kept |= choices[one].is_always();
            one += 1;
        }
        if !kept {
            return false;
        }
        at += 1;
    }
    true
}

/// A screen to read (`glossary`, `real-or-fake`) needs none: it promised no help.
const fn always_a_way_on() -> bool {
    let mut at = 0;
    while at < FLOW.len() {
        let (step, choices) = FLOW[at];
        let mut kept = step.is_end() || matches!(step, Step::Glossary);
        let mut one = 0;
        while one < choices.len() {
            let a = &choices[one];
            let mut other = one;
            while other < choices.len() {
                let b = &choices[other];
                if !a.to.is_close() && !b.to.is_close() {
                    kept |= a.is_always() || are_opposites(a, b);
                }
                other += 1;
            }
            one += 1;
        }
        if !kept {
            return false;
        }
        at += 1;
    }
    true
}

/// Whether one of the two is always shown: what one asks for is all that the other refuses.
const fn are_opposites(a: &Choice, b: &Choice) -> bool {
    let (yes, no) = if a.when.all.has_any(EVERY) {
        (a, b)
    } else {
        (b, a)
    };
    yes.when.all.0 == no.when.none.0
        && yes.when.all.0.count_ones() == 1
        && no.when.all.0 == 0
        && yes.when.none.0 == 0
        && yes.when.ways.is_empty()
        && no.when.ways.is_empty()
        && yes.sends.is_none()
        && no.sends.is_none()
}

/// From the last screen that is allowed back to the first: whether each choice that can be shown as the
/// n-th screen leads to one that ends well as the next. What the walk itself decides (the first screen, a
/// late one, one behind `unasked-code`) is followed; conditions on what the page knows are taken as met,
/// so that every pairing of them is covered.
const fn every_walk_ends() -> bool {
    // Beyond the last screen, only a close. In the second half: behind `unasked-code`.
    let mut well = [[false; FLOW.len()]; 2];
    let mut at = 0;
    while at < FLOW.len() {
        well[0][at] = FLOW[at].0.is_close();
        well[1][at] = FLOW[at].0.is_close();
        at += 1;
    }
    let mut nth = MAX_SCREENS;
    while nth > 0 {
        let mut here = [[false; FLOW.len()]; 2];
        let mut at = 0;
        while at < FLOW.len() {
            let (step, choices) = FLOW[at];
            let before = !matches!(step, Step::UnaskedCode);
            here[0][at] = ends_well(choices, nth, !before, &well);
            here[1][at] = ends_well(choices, nth, true, &well);
            at += 1;
        }
        well = here;
        nth -= 1;
    }
    let mut all = true;
    let mut at = 0;
    while at < FLOW.len() {
        all &= well[0][at];
        at += 1;
    }
    all
}

const fn ends_well(
    choices: &[Choice],
    nth: usize,
    unasked: bool,
    next: &[[bool; FLOW.len()]; 2],
) -> bool {
    let yes = Flags::NONE
        .and_if(nth == 1, Flags::FIRST)
        .and_if(unasked, Flags::UNASKED)
        .and_if(nth + 1 >= MAX_SCREENS, Flags::LATE);
    let decided = Flags::FIRST.and(Flags::UNASKED).and(Flags::LATE);
    let no = Flags(decided.0 & !yes.0);
    let mut one = 0;
    while one < choices.len() {
        let Choice { to, when, .. } = &choices[one];
        let shown = !when.all.has_any(no) && !when.none.has_any(yes);
        if shown && !next[unasked as usize][*to as usize] {
            return false;
        }
        one += 1;
    }
    true
}

//! Where the guide opens, by the channel and the cause of the last refusal.

use todoita::cause::Cause;
use todoita::guide::start;

use super::*;

const CHANNELS: [Option<RecoveryMethod>; 6] = [
    Some(RecoveryMethod::Sms),
    Some(RecoveryMethod::Email),
    Some(RecoveryMethod::Voice),
    Some(RecoveryMethod::App),
    Some(RecoveryMethod::Backup),
    None,
];

fn opens(channel: Option<RecoveryMethod>, trouble: Option<Trouble>, flags: Flags) -> &'static str {
    let context = GuideContext {
        channel,
        trouble,
        destination: true,
        flags,
        ..GuideContext::default()
    };
    let screen = replay(&context, "");
    assert_eq!(screen.step, start(&context));
    assert_eq!(screen.answers, screen.step.as_str());
    assert!(screen.flags.contains(Flags::FIRST));
    screen.step.as_str()
}

#[test]
fn by_channel() {
    let starts = CHANNELS.map(|channel| opens(channel, None, Flags::NONE));
    assert_eq!(
        starts,
        [
            "sms-check-destination",
            "mail-check-address",
            "voice-rang",
            "app-where",
            "backup-find",
            "entry",
        ]
    );
}

#[test]
#[rustfmt::skip]
fn by_channel_and_cause() {
    let late = ["code-late", "code-late", "code-late", "app-where", "backup-enter", "error-which"];
    let refused = [
        // by text message, mail, call, app, backup code, and not known
        (Cause::Wrong, ["code-compare", "code-compare", "code-compare", "app-where", "backup-enter", "error-which"]),
        (Cause::Expired, late),
        (Cause::Used, late),
        (Cause::Exhausted, late),
        (Cause::Unknown, ["error-which", "error-which", "error-which", "error-which", "backup-enter", "error-which"]),
        (Cause::Limited, ["wait-until"; 6]),
        (Cause::Locked, ["locked-which"; 6]),
    ];
    for (cause, starts) in refused {
        let trouble = Some(Trouble::Refused(cause));
        assert_eq!(CHANNELS.map(|channel| opens(channel, trouble, Flags::NONE)), starts, "{cause:?}");
    }
    for channel in CHANNELS {
        let locked = Some(Trouble::Refused(Cause::Locked));
        assert_eq!(opens(channel, locked, Flags::LOCK_TIME), "wait-until");
        assert_eq!(opens(channel, Some(Trouble::Unreachable), Flags::NONE), "wait-other-network");
        assert_eq!(opens(channel, Some(Trouble::Unexpected), Flags::NONE), "unasked-code");
    }
}

#[test]
fn nothing_refused_but_the_site_or_the_clock_knows_better() {
    let by = |flags| CHANNELS.map(|channel| opens(channel, None, flags));
    let trouble = [
        "site-trouble",
        "site-trouble",
        "site-trouble",
        "app-where",
        "backup-find",
        "entry",
    ];
    let late = [
        "code-late",
        "code-late",
        "code-late",
        "app-where",
        "backup-find",
        "entry",
    ];
    assert_eq!(by(Flags::INCIDENT), trouble);
    assert_eq!(by(Flags::EXPIRED), late);
    assert_eq!(by(Flags::EXPIRED.union(Flags::INCIDENT)), trouble);
    // A refusal says more.
    let wrong = Some(Trouble::Refused(Cause::Wrong));
    let sms = Some(RecoveryMethod::Sms);
    assert_eq!(
        opens(sms, wrong, Flags::INCIDENT.union(Flags::EXPIRED)),
        "code-compare"
    );
}

#[test]
fn a_missing_destination_changes_no_route() {
    let context = GuideContext {
        channel: Some(RecoveryMethod::Sms),
        ..GuideContext::default()
    };
    for answers in ["sms-check-destination", "sms-check-destination right"] {
        assert_eq!(replay(&context, answers).answers, answers);
    }
}

#[test]
fn a_start_of_ones_own_goes_before() {
    let context = GuideContext {
        channel: Some(RecoveryMethod::App),
        ..GuideContext::default()
    };
    assert_eq!(replay(&context, "entry").step, Step::Entry);
    assert_eq!(replay(&context, "entry lost").answers, "entry lost");
    // One that there is not is no start, and nothing behind it is an answer.
    for answers in ["refused", "nowhere refused", " refused", "Entry lost"] {
        assert_eq!(replay(&context, answers).answers, "app-where", "{answers}");
    }
}

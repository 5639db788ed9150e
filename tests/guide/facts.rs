//! Facts are used and never guessed: each value holds, in every situation that a page can be in.

use todoita::guide::facts::{GuideFacts, VALUES, Value};

use super::*;

const MINUTE: u64 = 60_000;
/// A Saturday in November 2026, 10:31:40 in UTC.
const NOW: u64 = 1_795_861_900_000;

type Stated = Vec<(&'static str, String)>;

fn read(stated: &Stated) -> GuideFacts {
    GuideFacts::read(|name| {
        let fact = stated.iter().find(|(fact, _)| *fact == name);
        fact.map(|(_, value)| value.clone())
    })
}

/// The facts of a page, with instants in minutes from now.
fn page(
    channel: &'static str,
    instants: &[(&'static str, i64)],
    more: &[(&'static str, &str)],
) -> GuideFacts {
    let mut stated: Stated = vec![("channel", channel.to_owned()), ("now", NOW.to_string())];
    for (name, minutes) in instants {
        let at = NOW
            .checked_add_signed(minutes * MINUTE as i64)
            .expect("an instant");
        stated.push((name, at.to_string()));
    }
    stated.extend(
        more.iter()
            .map(|(name, value)| (*name, (*value).to_owned())),
    );
    read(&stated)
}

fn names(facts: &GuideFacts) -> Vec<&'static str> {
    facts.context().flags.names().collect()
}

#[test]
fn a_code_is_fresh_then_overdue_then_expired() {
    for (channel, sent, ends, expected) in [
        ("sms", -2, 8, "fresh"),
        ("sms", -3, 8, "overdue"),
        ("email", -5, 8, "fresh"),
        ("email", -6, 8, "overdue"),
        ("voice", -2, 8, "fresh"),
    ] {
        let facts = page(channel, &[("sent-at", sent), ("expires-at", ends)], &[]);
        let known: Vec<_> = names(&facts)
            .into_iter()
            .filter(|name| ["fresh", "overdue", "expired"].contains(name))
            .collect();
        assert_eq!(known, [expected], "{channel} {sent}");
    }
    let over = page("sms", &[("sent-at", -1), ("expires-at", 0)], &[]);
    assert!(names(&over).contains(&"expired") && !names(&over).contains(&"fresh"));
}

/// Nothing is on its way where nothing was sent, or where it cannot arrive.
#[test]
fn nothing_is_fresh_behind_a_limit_or_for_a_landline() {
    for more in [("cause", "limited"), ("number-kind", "landline")] {
        let facts = page("sms", &[("sent-at", -1)], &[more]);
        assert!(!names(&facts).contains(&"fresh"), "{more:?}");
    }
}

#[test]
fn resends_and_tries_are_counted() {
    for (resends, flags) in [
        ("0", vec![]),
        ("1", vec!["resent"]),
        ("5", vec!["resent", "resent-often"]),
    ] {
        let facts = page("sms", &[], &[("resends", resends)]);
        let known: Vec<_> = names(&facts)
            .into_iter()
            .filter(|name| name.starts_with("resent"))
            .collect();
        assert_eq!(known, flags);
        let value = facts.value("resends", None);
        let number: u64 = resends.parse().expect("a number");
        assert_eq!(value, (number > 0).then_some(Value::Number(number)));
    }
    for (left, few) in [
        ("0", false),
        ("1", true),
        ("2", true),
        ("3", false),
        ("", false),
    ] {
        let facts = page("sms", &[], &[("attempts-left", left)]);
        assert_eq!(names(&facts).contains(&"few-tries"), few, "{left}");
    }
    assert_eq!(
        page("app", &[], &[("attempts-left", "2")]).value("tries", None),
        Some(Value::Number(2))
    );
}

#[test]
fn a_limit_is_no_lock() {
    let limited = page("sms", &[("retry-at", 60)], &[("cause", "limited")]);
    assert_eq!(names(&limited), ["lock-time", "waiting", "limited"]);
    let locked = page("sms", &[("retry-at", 60)], &[("cause", "locked")]);
    assert_eq!(names(&locked), ["lock-time", "waiting", "locked"]);
    // Nothing is sent to an app, so that nothing that sends waits.
    let app = page("app", &[("retry-at", 60)], &[("cause", "locked")]);
    assert_eq!(
        names(&app),
        ["lock-time", "locked", "by-app"]
            .iter()
            .filter(|it| **it != "by-app")
            .copied()
            .collect::<Vec<_>>()
    );
}

#[test]
fn the_page_can_send_only_when_it_has_a_button_that_is_open() {
    let can = |facts: &GuideFacts| names(facts).contains(&"can-send");
    assert!(can(&page("sms", &[("resend-at", 1)], &[])));
    assert!(!can(&page("sms", &[("resend-at", 3)], &[])), "a long wait");
    assert!(!can(&page("sms", &[], &[])), "no button");
    assert!(
        !can(&page("app", &[("resend-at", 0)], &[])),
        "nothing is sent"
    );
    assert!(
        !can(&page("sms", &[("resend-at", 0)], &[("alone", "")])),
        "no page"
    );
}

/// No instant in a sentence is past where it is told as lying ahead, none ahead where it is told as past; a span is
/// within the hour. Over all facts and all screens.
#[test]
fn no_screen_says_what_is_over() {
    let spans = [
        None,
        Some(-3000),
        Some(-90),
        Some(-3),
        Some(0),
        Some(1),
        Some(3),
        Some(90),
        Some(3000),
    ];
    for sent in spans {
        for other in spans {
            for (cause, channel) in [
                ("", "sms"),
                ("limited", "email"),
                ("locked", "app"),
                ("expired", "voice"),
                ("used", ""),
            ] {
                let at = |name: &'static str, minutes: Option<i64>| minutes.map(|it| (name, it));
                let instants: Vec<_> = [
                    at("sent-at", sent.filter(|it| *it <= 0)),
                    at("expires-at", other),
                    at("resend-at", other),
                    at("retry-at", sent),
                ]
                .into_iter()
                .flatten()
                .collect();
                let facts = page(channel, &instants, &[("cause", cause), ("elapsed", "1000")]);
                assert_says_nothing_past(&facts);
            }
        }
    }
}

fn assert_says_nothing_past(facts: &GuideFacts) {
    let context = facts.context();
    for step in Step::ALL {
        let screen = replay(&context, step.as_str());
        for name in VALUES.split(' ') {
            match (name, facts.value(name, screen.about())) {
                ("time" | "expires", Some(Value::Time(at))) => {
                    assert!(at + MINUTE > NOW, "{name} {at}: {facts:?}");
                }
                ("sent", Some(Value::Time(at))) => assert!(at <= NOW, "{facts:?}"),
                ("minutes", Some(Value::Number(span))) => assert!((1..60).contains(&span)),
                _ => {}
            }
        }
        // A screen of another method says nothing of this message.
        if screen.about() != context.channel && screen.about().is_some() {
            assert_eq!(facts.value("sent", screen.about()), None);
        }
        let waits = facts.value("time", None).is_some();
        assert_eq!(context.flags.contains(Flags::LOCK_TIME), waits);
        if context.flags.contains(Flags::WAITING) {
            assert!(!context.flags.contains(Flags::CAN_SEND));
        }
    }
}

/// A mail address has no last digits, and the digits of a number are not a value of a mail.
#[test]
fn a_destination_is_used_of_its_own_method() {
    let mail = page("email", &[], &[("destination", "h***@mail.example")]);
    let about = Some(RecoveryMethod::Email);
    assert_eq!(mail.value("last", about), None);
    assert_eq!(
        mail.value("destination", about),
        Some(Value::Fact("destination"))
    );
    assert_eq!(mail.value("destination", Some(RecoveryMethod::Sms)), None);
    let number = page("sms", &[], &[("destination", "5678")]);
    assert_eq!(number.value("last", None), Some(Value::Fact("destination")));
}

#[test]
fn the_notice_is_an_address_of_the_site() {
    assert!(names(&page("sms", &[], &[("notice", "/status")])).contains(&"notice"));
    assert!(!names(&page("sms", &[], &[("notice", "")])).contains(&"notice"));
}

/// The lengths of codes are those that the field reads: a length that no code may have is left out, and a shape of backup
/// codes goes before their length.
#[test]
fn the_lengths_of_codes_are_those_of_the_field() {
    for (name, stated, [digits, backup]) in [
        ("cause", "wrong", [6, 8]),
        ("digits", "10", [10, 8]),
        ("digits", "99", [6, 8]),
        ("digits", "3", [6, 8]),
        ("digits", "4294967300", [6, 8]),
        ("digits", "six", [6, 8]),
        ("backup-digits", "32", [6, 32]),
        ("backup-digits", "33", [6, 8]),
        ("backup-format", "xxxx-xxxx-xxxx", [6, 12]),
        ("backup-format", "xxx", [6, 8]),
    ] {
        let facts = page("sms", &[], &[(name, stated)]);
        for (value, number) in [("digits", digits), ("backup", backup)] {
            assert_eq!(
                facts.value(value, None),
                Some(Value::Number(number)),
                "{name}={stated}: {value}"
            );
        }
    }
}

/// A sentence says an instant only where the shell writes it as a time with its day: every value of an instant, whatever
/// the page states, is one of [`Value::Time`], and the others are counts that no instant can be. So no screen says a time
/// without its day, since `tests/moments.json` holds both shells' one function for times.
#[test]
fn every_instant_in_a_sentence_is_written_with_its_day() {
    let instants = ["sent-at", "expires-at", "resend-at", "retry-at"];
    for minutes in [-3000, -90, -1, 0, 1, 90, 3000, 9_000_000] {
        for channel in ["", "sms", "voice", "email", "app", "backup"] {
            for cause in ["", "wrong", "expired", "locked", "limited"] {
                let stated = instants.map(|name| (name, minutes));
                assert_times(&page(channel, &stated, &[("cause", cause)]));
            }
        }
    }
}

fn assert_times(facts: &GuideFacts) {
    for step in Step::ALL {
        let about = replay(&facts.context(), step.as_str()).about();
        for name in VALUES.split(' ') {
            let value = facts.value(name, about);
            match name {
                "sent" | "expires" | "time" => {
                    let is_time = matches!(value, None | Some(Value::Time(_)));
                    assert!(is_time, "{name} {value:?}");
                }
                _ => match value {
                    Some(Value::Time(at)) => panic!("{name} is no time, but {at}"),
                    Some(Value::Number(count)) => assert!(count < 60, "{name} {count}"),
                    Some(Value::Fact(fact)) => {
                        assert!(!fact.ends_with("-at") && fact != "now", "{name} is {fact}");
                    }
                    None => {}
                },
            }
        }
    }
}

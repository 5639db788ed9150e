//! The text before the first control of a screen: at most 120 Japanese characters, whatever the page knows.

use std::collections::BTreeMap;

use serde_json::Value as Words;
use todoita::guide::facts::{GuideFacts, Value};
use todoita::guide::view::Part;
use todoita::text::fill_if_known;

use super::*;

const MOST: usize = 120;
const NOW: u64 = 1_795_861_900_000;
const MINUTE: u64 = 60_000;

/// The facts of a page of the service: by a channel, at one of some times, refused or not, with few attempts left or not.
fn pages() -> Vec<GuideFacts> {
    // Minutes from now: sent, expires, another code, the end of a lock. A landline is the one with 20 minutes.
    let times = [
        (-1, 9, 0, None),
        (-30, 9, 0, None),
        (-30, -20, 0, None),
        (-30, 20, 0, None),
        (-1, 9, 600, None),
        (-30, -20, 600, Some(600)),
    ];
    let mut pages = Vec::new();
    for channel in ["", "sms", "email", "voice", "app", "backup"] {
        for (sent, ends, again, unlocked) in times {
            for cause in ["", "limited", "locked"] {
                for (left, methods) in [
                    ("2", "sms email voice app backup"),
                    ("2", ""),
                    ("5", "sms email"),
                    ("5", ""),
                ] {
                    // A guide without a field knows no channel.
                    for alone in [None, Some("1").filter(|_| channel.is_empty())] {
                        pages.push(GuideFacts::read(|name| {
                            let at = |minutes: i64| {
                                let at = NOW.checked_add_signed(minutes * MINUTE as i64);
                                at.map(|at| at.to_string())
                            };
                            match name {
                                "channel" => Some(channel.to_owned()),
                                "cause" => Some(cause.to_owned()),
                                "now" => at(0),
                                "sent-at" => at(sent),
                                "expires-at" => at(ends),
                                "resend-at" => at(again),
                                "retry-at" => unlocked.and_then(at),
                                "resends" => Some("3".to_owned()),
                                "attempts-left" => Some(left.to_owned()),
                                "alternatives" => Some(methods.to_owned()),
                                "purpose" => Some("registration".to_owned()),
                                "number-kind" if ends == 20 => Some("landline".to_owned()),
                                "alone" => alone.map(str::to_owned),
                                "site" | "domain" | "sender" | "destination" | "support-hours"
                                | "support-answer" | "urgent" => Some("x".to_owned()),
                                _ => None,
                            }
                        }));
                    }
                }
            }
        }
    }
    pages
}

/// A value as long as on the pages of the service.
fn text(name: &str, value: Value) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        Value::Time(_) => "明日11月29日 10:11".to_owned(),
        Value::Fact(_) => match name {
            "site" => "ひばり便",
            "domain" => "hibari.example",
            "sender" => "no-reply@hibari.example",
            "destination" => "s•••@mail.example.org",
            "last" => "5678",
            "hours" => "平日9:00～17:00",
            "answer" => "3営業日",
            _ => "0120-000-000",
        }
        .to_owned(),
    }
}

/// The characters between the heading and the first control of a screen: a fold, a method, an answer. A sentence to
/// show to somebody else is not one to read.
fn read_first(words: &Words, screen: &Screen, facts: &GuideFacts) -> usize {
    let own = &words["screens"][screen.step.as_str()];
    let mut length = 0;
    let mut is_over = false;
    screen.parts(&mut |part, name| {
        is_over |= match part {
            Part::Words => name == "folds" && own[name].is_object(),
            // A link only where the site gives its address.
            Part::Back | Part::Notice | Part::Open | Part::Link => false,
            _ => true,
        };
        let shown = match part {
            _ if is_over => return,
            Part::Words if ["lead", "steps", "why", "time"].contains(&name) => &own[name],
            Part::Notice => &words["ui"][name],
            _ => return,
        };
        let one = std::slice::from_ref(shown);
        for sentence in shown.as_array().map_or(one, Vec::as_slice) {
            let sentence = sentence.as_str().unwrap_or_default();
            let holds = |flag: &str| screen.flags.contains(Flags::from_name(flag));
            let value = |name: &str| Some(text(name, facts.value(name, screen.about())?));
            let label = words["ui"][name].as_str().unwrap_or_default();
            let label = if part == Part::Words { label } else { "" };
            if let Some(filled) = fill_if_known(sentence, holds, value) {
                length += label.chars().count() + filled.chars().count();
            }
        }
    });
    length
}

#[test]
fn at_most_120_japanese_characters_are_before_the_first_control() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/www/words/ja.guide.json");
    let json = std::fs::read_to_string(path).expect("the file is there");
    let words: Words = serde_json::from_str(&json).expect("JSON");
    let mut longest: BTreeMap<&str, (usize, String)> = BTreeMap::new();
    for facts in pages() {
        let context = facts.context();
        let steps = Step::ALL.into_iter().map(|step| step.as_str().to_owned());
        // Some sentences are of a route through a code that nobody asked for.
        let unasked = [
            "self",
            "not-me",
            "no-account",
            "self still",
            "not-me locked-out",
        ];
        let routes = unasked.map(|answers| format!("unasked-code {answers}"));
        for route in steps.chain(routes) {
            let screen = replay(&context, &route);
            let length = read_first(&words, &screen, &facts);
            let known = longest.entry(screen.step.as_str()).or_default();
            if length > known.0 {
                *known = (length, format!("{route}, {facts:?}"));
            }
        }
    }
    assert_eq!(longest.len(), Step::ALL.len());
    // A lower bound, so that something is measured.
    assert!(longest.values().filter(|(length, _)| *length >= 60).count() > 20);
    longest.retain(|_, (length, _)| *length > MOST);
    assert!(longest.is_empty(), "{longest:#?}");
}

//! Tables of what people type and paste: each row is a text and its reading in words.
//!
//! `code 482913` is a code, `backup 48291345` a backup code; the fixes follow in the order of `Fix`. Any other
//! reading is its problem, followed by the digits seen so far where they are counted.
//! The same tests run natively and, through wasm-bindgen-test, in a browser.

use todoita::code::{Backup, Rule, read};
use wasm_bindgen_test::wasm_bindgen_test;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// A reading in words.
fn describe(text: &str, rule: &Rule) -> String {
    let reading = read(text, rule);
    let mut words = Vec::new();
    match (reading.kind, reading.problem) {
        (Some(kind), None) => words.push(kind.as_str()),
        (None, Some(problem)) => words.push(problem.as_str()),
        _ => words.push("(a kind and a problem, or neither)"),
    }
    if !reading.digits.is_empty() {
        words.push(&reading.digits);
    }
    words.extend(reading.fixes.iter().map(|fix| fix.as_str()));
    words.join(" ")
}

/// Reads every text of a table and fails with a list of those whose reading differs.
fn table(rule: &Rule, rows: &[(&str, &str)]) {
    assert!(!rows.is_empty(), "the table has no rows");
    let mut wrong = String::new();
    for (text, wanted) in rows {
        let got = describe(text, rule);
        if got != *wanted {
            wrong.push_str(
                &[
                    "\n  ",
                    text,
                    "\n    wanted: ",
                    wanted,
                    "\n    read:   ",
                    &got,
                ]
                .concat(),
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Messages with this code, each as it is and with spaces instead of line ends, as an `<input>` makes them.
fn messages(code: &str, texts: &[&str]) {
    let wanted = ["code ", code, " message"].concat();
    let flat: Vec<String> = texts.iter().map(|t| t.replace('\n', " ")).collect();
    let mut rows: Vec<(&str, &str)> = texts.iter().map(|t| (*t, wanted.as_str())).collect();
    rows.extend(flat.iter().map(|t| (t.as_str(), wanted.as_str())));
    table(&Rule::default(), &rows);
}

#[wasm_bindgen_test(unsupported = test)]
fn fixes_are_shown_by_name() {
    let reading = read("４８２ ９１３", &six());
    assert_eq!(format!("{:?}", reading.fixes), "[FullWidth, Separators]");
}

#[wasm_bindgen_test(unsupported = test)]
fn a_set_of_fixes_is_empty_or_not() {
    assert!(read("482913", &six()).fixes.is_empty());
    assert!(!read("４８２ ９１３", &six()).fixes.is_empty());
}

#[wasm_bindgen_test(unsupported = test)]
fn a_length_that_no_code_may_have_is_the_usual_one() {
    let lengths = [
        None,
        Some(3),
        Some(4),
        Some(7),
        Some(10),
        Some(11),
        Some(262),
    ];
    let stated = lengths.map(|length| Rule::DIGITS.stated(length));
    assert_eq!(stated, [6, 6, 4, 7, 10, 6, 6]);
}

fn six() -> Rule {
    Rule::default()
}

fn of_length(digits: u8, backup_digits: u8) -> Rule {
    Rule {
        digits,
        backup_digits,
        ..Rule::default()
    }
}

fn on(host: &str) -> Rule {
    Rule {
        host: Some(host.to_owned()),
        ..Rule::default()
    }
}

fn letters() -> Rule {
    Rule {
        backup: Backup::Alphanumeric,
        ..Rule::default()
    }
}

fn no_backup() -> Rule {
    Rule {
        backup: Backup::None,
        ..Rule::default()
    }
}

// The tables keep one row to a line.
#[rustfmt::skip]
#[path = "code/domain_bound.rs"]
mod domain_bound;
#[rustfmt::skip]
#[path = "code/edges.rs"]
mod edges;
#[rustfmt::skip]
#[path = "code/letters.rs"]
mod letters_and_shapes;
#[rustfmt::skip]
#[path = "code/messages.rs"]
mod in_messages;
#[rustfmt::skip]
#[path = "code/rules.rs"]
mod rules;
#[rustfmt::skip]
#[path = "code/unseen_senders.rs"]
mod unseen_senders;
#[rustfmt::skip]
#[path = "code/unseen_senders_again.rs"]
mod unseen_senders_again;
#[rustfmt::skip]
#[path = "code/typed.rs"]
mod typed;

//! The table is the plan, which is beside this file: a slip in either shows.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use todoita::guide::{Choice, FLOW, Group, Sends};

use super::*;

const PLAN: &str = include_str!("plan.txt");

/// A choice as a line of the plan.
fn line(choice: &Choice) -> String {
    let mut words: Vec<String> = choice.when.all.names().map(str::to_owned).collect();
    words.extend(choice.when.none.names().map(|name| {
        if name == "lock-time" {
            format!("no-{name}")
        } else {
            format!("not-{name}")
        }
    }));
    let methods = RecoveryMethod::ALL.into_iter();
    let methods = methods.filter(|method| choice.when.methods.contains(*method));
    words.extend(methods.map(|method| format!("way-{}", method.as_str())));
    words.sort();
    let mut line = format!("{} > {}", choice.name, choice.to.as_str());
    if !words.is_empty() {
        write!(line, " [{}]", words.join(" ")).expect("a string grows");
    }
    match choice.sends {
        None => {}
        Some(Sends::Again) => line += " (again)",
        Some(Sends::By(method)) => {
            write!(line, " ({})", method.as_str()).expect("a string grows");
        }
    }
    line
}

/// The same line with its conditions sorted, so that their order does not matter.
fn sorted(line: &str) -> String {
    let Some((before, rest)) = line.split_once(" [") else {
        return line.to_owned();
    };
    let (conditions, after) = rest.split_once(']').expect("a closing bracket");
    let mut words: Vec<&str> = conditions.split(' ').collect();
    words.sort_unstable();
    format!("{before} [{}]{after}", words.join(" "))
}

#[test]
fn the_table_is_the_plan() {
    let mut plan: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut screen = "";
    for text in PLAN.lines().filter(|text| !text.starts_with('#')) {
        match text.strip_prefix("  ") {
            None => {
                screen = text;
                plan.insert(screen, Vec::new());
            }
            Some(text) => {
                let answers = plan.get_mut(screen).expect("a screen before its answers");
                answers.push(sorted(text));
            }
        }
    }
    assert_eq!(plan.len(), FLOW.len());
    for (step, choices) in FLOW {
        let mut lines: Vec<String> = choices.iter().map(line).collect();
        let mut planned = plan[step.as_str()].clone();
        if step == Step::Entry {
            // The menu has an order of its own: what is asked most, then the rest.
            lines.sort();
            planned.sort();
        }
        assert_eq!(lines, planned, "{}", step.as_str());
    }
}

/// The menu shows at most five answers beside the two that are urgent; the rest is behind "more".
#[test]
fn the_menu_offers_five_answers_and_more() {
    let channels = [
        None,
        Some(RecoveryMethod::Sms),
        Some(RecoveryMethod::Email),
        Some(RecoveryMethod::Voice),
        Some(RecoveryMethod::App),
        Some(RecoveryMethod::Backup),
    ];
    for channel in channels {
        let context = GuideContext {
            channel,
            ..GuideContext::default()
        };
        let screen = replay(&context, "entry");
        let of = |wanted: fn(Group) -> bool| {
            let choices = screen.choices();
            choices
                .filter(|choice| choice.group.is_some_and(wanted))
                .count()
        };
        assert_eq!(of(|group| group == Group::Urgent), 2, "{channel:?}");
        let main = of(|group| group == Group::Main);
        assert!((3..=5).contains(&main), "{channel:?}: {main}");
        assert!(of(Group::is_more) >= 9, "{channel:?}");
        assert_eq!(
            of(|_| true),
            screen.choices().count(),
            "each is in a group: {channel:?}"
        );
    }
}

/// The first answer of the menu is about what is happening at this moment.
#[test]
fn now_is_before_the_past() {
    let screen = on("entry").screen();
    assert_eq!(screen.choices().next().map(|it| it.name), Some("asked"));
}

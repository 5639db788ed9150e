//! Properties of every field, whatever happens to it.

use proptest::prelude::*;

use super::acts::{Act, acts, chunks, facts, keys, play, sites};
use super::times::seen;
use super::*;
use todoita::view::{Status, Tone};

/// Properties of every view.
fn check(typist: &Typist) -> Result<(), TestCaseError> {
    let view = typist.view();
    let reading = typist.state.reading();
    prop_assert_eq!(view.entered as usize, reading.digits.len());
    prop_assert!(!view.held || view.status == Status::Busy);
    prop_assert_ne!(view.wake_in, Some(0));
    if let Some(message) = view.message {
        prop_assert!(message.words[0].is_some());
        // "0 attempts left" is never shown.
        let counted = message.words.contains(&Some(Word::AttemptsLeft));
        prop_assert!(!counted || view.attempts_left > 0);
        prop_assert_eq!(message.tone == Tone::Good, good(&view));
    }
    // A problem is reported as an alert; a correction may come first if a code has expired.
    let tone = view.message.map(|message| message.tone);
    match view.status {
        Status::Problem
        | Status::Refused
        | Status::Locked
        | Status::Ended
        | Status::Unreachable => {
            prop_assert_eq!(tone, Some(Tone::Alert), "{:?}", view.status);
        }
        Status::Busy => prop_assert_eq!(tone, Some(Tone::Quiet)),
        Status::Accepted => prop_assert_eq!(tone, Some(Tone::Good)),
        Status::Expired => prop_assert!(tone.is_some()),
        Status::Ready if tone == Some(Tone::Alert) => {
            // No network, or a wait.
            let word = view.message.and_then(|message| message.words[0]);
            prop_assert!(
                matches!(word, Some(Word::Offline | Word::Limited)),
                "{word:?}"
            );
            let retry = view.countdown.map(|timer| timer.word);
            let waits = retry == Some(Word::RetryIn) || view.resend_wait.is_some();
            prop_assert!(word != Some(Word::Limited) || waits);
        }
        Status::Ready => {}
    }
    prop_assert!(
        !view.invalid
            || tone == Some(Tone::Alert)
            || view.status == Status::Busy
            || tone == Some(Tone::Good)
    );
    for timer in [view.countdown, view.resend_wait].into_iter().flatten() {
        let (unit, n) = timer.span;
        let unit = match unit {
            Word::SpanSeconds => SECOND,
            Word::SpanMinutes => MINUTE,
            _ => HOUR,
        };
        prop_assert!(timer.left > 0 && timer.left <= timer.total);
        prop_assert!(u64::from(n) * u64::from(unit) >= u64::from(timer.left));
        prop_assert!(u64::from(n - 1) * u64::from(unit) < u64::from(timer.left));
    }
    // A method is offered once, and never the current one.
    let mut methods: Vec<&str> = view
        .methods
        .into_iter()
        .flatten()
        .map(Action::as_str)
        .collect();
    let offered = methods.len();
    methods.sort_unstable();
    methods.dedup();
    prop_assert_eq!(methods.len(), offered);
    Ok(())
}

fn good(view: &View) -> bool {
    view.message
        .is_some_and(|message| matches!(message.words[0], Some(Word::Accepted | Word::NewCode)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens(site in sites(), given in facts(), acts in proptest::collection::vec(acts(), 1..20)) {
        let mut typist = Typist::with(site, given);
        check(&typist)?;
        for act in &acts {
            let before = typist.sent.len();
            let before_view = typist.view();
            play(&mut typist, act);
            check(&typist)?;
            // An act sends at most one form: no code while another is checked, no action while any request is under way.
            let sent = &typist.sent[before..];
            prop_assert!(sent.is_empty() || !before_view.held);
            let pressed = matches!(act, Act::Presses(_));
            prop_assert!(sent.is_empty() || !pressed || before_view.status != Status::Busy);
            prop_assert!(sent.len() <= 1);
            let asked = pressed || matches!(act, Act::Submits);
            prop_assert!(sent.is_empty() || asked || typist.state.view().held);
            // A code goes out only where one was read.
            if let [(code, _)] = sent {
                let reading = typist.state.reading();
                let by_button = matches!(act, Act::Presses(_));
                // A text that is no code is sent as it is, when the person insists.
                let raw = by_button || reading.problem.is_some();
                prop_assert_eq!(raw, code.is_empty());
                prop_assert!(raw || &reading.digits == code);
            }
        }
    }

    #[test]
    fn typed_text_is_never_cut(site in sites(), given in facts(), typed in keys(), at in 0..6usize, more in keys()) {
        let mut typist = Typist::with(Site { auto_submit: false, ..site.clone() }, given);
        for key in typed.chars().map(Some).chain([None]).chain(more.chars().map(Some)) {
            let Some(key) = key else {
                typist.caret(at.min(typist.text.len()));
                continue;
            };
            let (before, caret) = (typist.text.clone(), typist.from);
            typist.types(&key.to_string());
            let mut whole = before;
            whole.insert(caret, if key == '\n' { ' ' } else { key });
            let reading = todoita::code::read(&whole.iter().collect::<String>(), &site.rule);
            if typist.text.len() == whole.len() {
                // As it was typed, or a digit in its ASCII form; the caret is behind it.
                for (actual, typed) in typist.text.iter().zip(&whole) {
                    prop_assert!(actual == typed || actual.is_ascii_alphanumeric());
                }
            } else {
                prop_assert!(reading.kind.is_some(), "{whole:?} became {:?}", typist.text());
                prop_assert_eq!(typist.text(), reading.digits);
            }
            prop_assert!(typist.from == typist.to && typist.from <= typist.text.len());
            if typist.text.len() == whole.len() && reading.kind.is_none() {
                prop_assert_eq!(typist.from, caret + 1);
            }
        }
    }

    #[test]
    fn a_chunk_is_taken_whole_or_not_at_all(site in sites(), before in "[0-9]{0,5}", chunk in chunks()) {
        let mut typist = Typist::with(Site { auto_submit: false, ..site.clone() }, no_facts());
        typist.types(&before);
        let reading = todoita::code::read(&chunk, &site.rule);
        let all = todoita::code::read(&(before.clone() + &chunk), &site.rule);
        typist.pastes(&chunk);
        let text = typist.text();
        if reading.kind.is_some() {
            prop_assert_eq!(text, reading.digits);
        } else if typist.prevented && text == before {
            prop_assert!(typist.message().starts_with("alert") || all.digits == before);
        } else if all.kind.is_some() && text == all.digits {
            prop_assert!(!typist.completed().is_empty());
        } else {
            // It comes after the old text, unchanged or as ASCII digits.
            prop_assert_eq!(text.chars().count(), before.len() + chunk.chars().count());
            prop_assert!(text.starts_with(&before));
        }
    }

    #[test]
    fn time_alone_changes_the_view_only_when_it_was_foretold(site in sites(), given in facts(), text in "[0-9]{0,9}", steps in 1..40usize) {
        let mut typist = Typist::with(Site { auto_submit: false, ..site }, given);
        typist.is_filled(&text);
        for _ in 0..steps {
            let before = typist.view();
            let wake = before.wake_in.unwrap_or(6 * HOUR);
            if typist.at.checked_add(wake).is_none() {
                break;
            }
            typist.at += wake - 1;
            typist.run(Event::Tick);
            let just_before = typist.view();
            if before.wake_in.is_some() || typist.at < u32::MAX / 2 {
                prop_assert_eq!(seen(just_before), seen(before));
            }
            typist.at += 1;
            typist.run(Event::Tick);
            let view = typist.view();
            // The message changes at fixed moments only, each with a phase of its own.
            if view.message != just_before.message {
                prop_assert_ne!(view.phase, just_before.phase);
            }
            for (before, after) in [
                (just_before.countdown, view.countdown),
                (just_before.resend_wait, view.resend_wait),
            ] {
                if let (Some(before), Some(after)) = (before, after) && before.word != after.word {
                    // A wait is over, and the code's life takes its place.
                    prop_assert_eq!((before.word, before.left), (Word::RetryIn, 1));
                    continue;
                }
                if before.is_none() && after.is_some() {
                    // The lock is over, and another code can be asked for, at its time.
                    let ends = just_before.countdown.map(|it| (it.word, it.left));
                    prop_assert_eq!(ends, Some((Word::RetryIn, 1)));
                    continue;
                }
                let (before, after) = (before.map_or(0, |it| it.left), after.map_or(0, |it| it.left));
                prop_assert_eq!(after, before.saturating_sub(1));
            }
        }
    }

    #[test]
    fn only_elapsed_time_counts(given in facts(), age in 0..20 * MINUTE, steps in proptest::collection::vec(0..3 * MINUTE, 0..8)) {
        // A clock that begins elsewhere, looked at more or less often, shows the same.
        let mut often = Typist::with(json(), given.clone());
        let mut once = Typist::with(json(), no_facts());
        once.at = age;
        once.reads(given);
        for step in &steps {
            often.at += step;
            often.run(Event::Tick);
        }
        once.at = age + steps.iter().sum::<u32>();
        once.run(Event::Tick);
        let without_phase = |view: View| View { phase: None, ..view };
        prop_assert_eq!(without_phase(often.view()), without_phase(once.view()));
    }
}

//! Times: the instants of the server, measured by elapsed time, announced at fixed moments only.

use super::*;
use wasm_bindgen_test::wasm_bindgen_test;

/// A view without the values that change every millisecond: what a person can perceive of it.
pub(super) fn seen(mut view: View) -> View {
    let timers = [&mut view.countdown, &mut view.resend_wait];
    for timer in timers.into_iter().flatten() {
        timer.left = 0;
    }
    view.wake_in = None;
    view
}

#[wasm_bindgen_test(unsupported = test)]
fn remaining_time_is_rounded_up() {
    for (left, expected) in [
        (1, "1 span-seconds"),
        (SECOND, "1 span-seconds"),
        (SECOND + 1, "2 span-seconds"),
        (59 * SECOND, "59 span-seconds"),
        (MINUTE, "60 span-seconds"),
        (MINUTE + 1, "2 span-minutes"),
        (10 * MINUTE, "10 span-minutes"),
        (HOUR, "60 span-minutes"),
        (HOUR + 1, "2 span-hours"),
        (24 * HOUR, "24 span-hours"),
    ] {
        let facts = Facts {
            retry_at: after(left),
            ..no_facts()
        };
        assert_eq!(
            in_words(Typist::with(site(), facts).view().countdown),
            expected
        );
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn a_timer_has_its_sentence_and_its_whole_span() {
    let facts = Facts {
        sent_at: ago(5 * SECOND),
        resend_at: after(25 * SECOND),
        expires_at: after(595 * SECOND),
        ..sms()
    };
    let view = Typist::with(site(), facts.clone()).view();
    let timer =
        |timer: Option<Timer>| timer.map(|it| (it.word, it.left / SECOND, it.total / SECOND));
    assert_eq!(timer(view.countdown), Some((Word::ExpiresIn, 595, 600)));
    assert_eq!(timer(view.resend_wait), Some((Word::ResendIn, 25, 30)));
    let limited = Facts {
        retry_at: after(MINUTE),
        ..facts
    };
    let view = Typist::with(site(), limited).view();
    assert_eq!(timer(view.countdown), Some((Word::RetryIn, 60, 60)));
}

#[wasm_bindgen_test(unsupported = test)]
fn timers_run_out_and_stay_out() {
    let mut typist = Typist::new();
    assert_eq!(in_words(typist.view().resend_wait), "30 span-seconds");
    typist.waits(29 * SECOND);
    assert_eq!(in_words(typist.view().resend_wait), "1 span-seconds");
    typist.waits(SECOND);
    assert!(typist.view().resend && typist.view().resend_wait.is_none());
    assert_eq!(in_words(typist.view().countdown), "10 span-minutes");
    typist.waits(10 * MINUTE);
    assert_eq!(typist.view().countdown, None);
    assert_eq!(
        (typist.status(), typist.message().as_str()),
        ("expired", "alert expired")
    );
    assert_eq!(typist.view().wake_in, None);
    typist.waits(HOUR);
    assert_eq!(
        (typist.status(), typist.message().as_str()),
        ("expired", "alert expired")
    );
}

#[wasm_bindgen_test(unsupported = test)]
fn a_code_that_has_expired_may_still_be_tried() {
    let mut typist = Typist::with(json(), sms());
    typist.waits(10 * MINUTE).types("482913");
    assert_eq!(typist.message(), "alert expired");
    assert_eq!(typist.submits().sent().0, 1);
}

#[wasm_bindgen_test(unsupported = test)]
fn a_page_that_is_older_than_it_looks_goes_on_at_its_age() {
    let mut typist = Typist::new();
    typist.at = 9 * MINUTE;
    typist.run(Event::Tick);
    assert_eq!(in_words(typist.view().countdown), "60 span-seconds");
    assert_eq!(typist.view().resend_wait, None);
    typist.at = 3 * HOUR;
    typist.run(Event::Tick);
    assert_eq!(typist.status(), "expired");
}

#[wasm_bindgen_test(unsupported = test)]
fn time_does_not_go_back() {
    let mut typist = Typist::new();
    typist.waits(9 * MINUTE + 30 * SECOND);
    let before = typist.view();
    typist.at = MINUTE;
    typist.run(Event::Tick);
    assert_eq!(typist.view(), before);
}

#[wasm_bindgen_test(unsupported = test)]
fn only_sent_codes_expire_or_are_sent_again() {
    for channel in Channel::ALL {
        let facts = Facts {
            channel: Some(channel),
            ..sms()
        };
        let mut typist = Typist::with(site(), facts);
        let sent = channel.is_sent();
        let view = typist.view();
        assert_eq!(view.countdown.is_some(), sent, "{channel:?}");
        assert_eq!(view.resend, sent, "{channel:?}");
        assert_eq!(view.resend_wait.is_some(), sent, "{channel:?}");
        typist.waits(10 * MINUTE);
        assert_eq!(typist.status(), if sent { "expired" } else { "ready" });
        assert_eq!(!typist.announced.is_empty(), sent, "{channel:?}");
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn missing_facts_are_not_shown() {
    let view = Typist::with(site(), by(Channel::Sms)).view();
    assert!(!view.resend);
    assert_eq!((view.countdown, view.resend_wait), (None, None));
    assert_eq!(view.wake_in, None);
}

#[wasm_bindgen_test(unsupported = test)]
fn each_phase_is_announced_once() {
    let mut typist = Typist::new();
    typist.waits(30 * SECOND - 1);
    assert_eq!(typist.announced, []);
    typist.waits(1);
    assert_eq!(typist.announced, [Word::PhaseResend]);
    typist.waits(8 * MINUTE + 30 * SECOND - 1);
    assert_eq!(typist.announced, [Word::PhaseResend]);
    typist.waits(1);
    assert_eq!(typist.announced, [Word::PhaseResend, Word::PhaseMinute]);
    typist.waits(MINUTE - 1);
    assert_eq!(typist.announced.len(), 2);
    typist.waits(1 + HOUR);
    assert_eq!(
        typist.announced,
        [Word::PhaseResend, Word::PhaseMinute, Word::PhaseExpired]
    );
}

#[wasm_bindgen_test(unsupported = test)]
fn the_phases_of_a_new_code_are_announced_again() {
    let once = [Word::PhaseResend, Word::PhaseMinute, Word::PhaseExpired];
    let mut typist = Typist::with(json(), sms());
    typist.waits(11 * MINUTE);
    typist.presses(Action::Resend).receives(Answer::Sent(sms()));
    assert_eq!(
        typist.view().phase,
        None,
        "the phases of the old code are over"
    );
    typist.waits(11 * MINUTE);
    assert_eq!(typist.announced, [once, once].concat());
    // The same phase twice in a row is announced twice.
    let last_minute = Facts {
        expires_at: after(90 * SECOND),
        resend_at: None,
        ..sms()
    };
    let mut typist = Typist::with(json(), last_minute.clone());
    typist.waits(40 * SECOND);
    typist
        .presses(Action::Resend)
        .receives(Answer::Sent(last_minute));
    typist.waits(40 * SECOND);
    assert_eq!(typist.announced, [Word::PhaseMinute; 2]);
}

#[wasm_bindgen_test(unsupported = test)]
fn unavailable_actions_are_not_announced() {
    // The moments of a code belong to whoever is waiting for one.
    let mut typist = Typist::with(json(), sms());
    typist.waits(10 * SECOND);
    typist
        .presses(Action::Method(Channel::App))
        .receives(Answer::Sent(by(Channel::App)));
    typist.waits(HOUR);
    assert_eq!(typist.announced, []);
    let mut typist = Typist::new();
    typist.presses(Action::Method(Channel::Backup)).waits(HOUR);
    assert_eq!(typist.announced, []);
    let mut typist = Typist::with(json(), sms());
    typist
        .types("482913")
        .submits()
        .receives(Answer::Accepted)
        .waits(HOUR);
    assert_eq!(typist.announced, []);
}

#[wasm_bindgen_test(unsupported = test)]
fn nothing_is_announced_by_the_second() {
    let mut typist = Typist::new();
    typist.types("48");
    let mut changes = 0;
    let mut before = (typist.view().message, typist.view().phase);
    for _ in 0..660 {
        typist.waits(SECOND);
        let now = (typist.view().message, typist.view().phase);
        changes += usize::from(now != before);
        before = now;
    }
    assert_eq!(changes, 3, "send again, one minute, expired");
}

#[wasm_bindgen_test(unsupported = test)]
fn a_shell_is_woken_when_something_changes_and_not_before() {
    let mut typist = Typist::new();
    let mut woken = Vec::new();
    while let Some(wake) = typist.view().wake_in {
        let before = seen(typist.view());
        typist.at += wake - 1;
        typist.run(Event::Tick);
        assert_eq!(seen(typist.view()), before, "1 ms before {}", typist.at);
        typist.at += 1;
        typist.run(Event::Tick);
        assert_ne!(seen(typist.view()), before, "at {}", typist.at);
        woken.push(typist.at);
    }
    // Thirty seconds, nine minutes (the first of which the seconds ran into), sixty seconds.
    assert_eq!(woken.len(), 30 + 9 + 60);
    assert_eq!(woken.last(), Some(&(10 * MINUTE)));
}

#[wasm_bindgen_test(unsupported = test)]
fn a_shell_is_woken_every_second_while_an_answer_is_awaited() {
    let mut typist = Typist::with(json(), no_facts());
    typist.types("482913").submits();
    assert_eq!(typist.view().wake_in, Some(SECOND));
    assert_eq!(typist.receives(Answer::Unreachable).view().wake_in, None);
}

#[wasm_bindgen_test(unsupported = test)]
fn spans_of_the_largest_kind_do_no_harm() {
    let longest = Facts {
        sent_at: ago(u32::MAX),
        expires_at: after(u32::MAX),
        resend_at: after(u32::MAX),
        attempts_left: Some(u32::MAX),
        retry_at: after(u32::MAX),
        ..sms()
    };
    let mut typist = Typist::with(json(), longest);
    typist.at = u32::MAX - 1;
    typist.run(Event::Tick);
    assert_eq!(in_words(typist.view().countdown), "1 span-seconds");
    typist.at = u32::MAX;
    typist.run(Event::Tick);
    assert_eq!(typist.status(), "expired");
    typist
        .types("482913")
        .submits()
        .receives(refused(Cause::Wrong));
    assert_eq!(typist.view().wake_in, None);
}

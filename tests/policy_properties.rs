//! In every sequence of events, no code is accepted twice, after it expired, or beyond the allowed failures.
#![cfg(not(target_arch = "wasm32"))]

use proptest::prelude::*;
use todoita::policy::{
    CodeStatus, Gate, Limits, MONTH, Sent, attempts_left, code_status, gate, resend_at, window,
};

/// An event in the life of one account.
#[derive(Clone, Debug)]
enum Event {
    /// Another sign-in begins (another person with the password, a second device).
    SignIn,
    /// A code is asked for in the sign-in with this number.
    Send(usize),
    /// The code with the second number is typed in the sign-in with the first. A number without a code is a
    /// wrong guess.
    Guess(usize, usize),
    /// Time passes.
    Pass(u64),
    /// The clock is set back.
    Back(u64),
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        1 => Just(Event::SignIn),
        3 => (0..3_usize).prop_map(Event::Send),
        8 => (0..3_usize, 0..8_usize).prop_map(|(sign_in, code)| Event::Guess(sign_in, code)),
        2 => (0..120_000_u64).prop_map(Event::Pass),
        2 => (0..1_000_000_u64).prop_map(Event::Pass),
        1 => (0..40_000_000_u64).prop_map(Event::Pass),
        1 => (0..60_000_u64).prop_map(Event::Back),
    ]
}

/// Small enough that a short sequence meets every limit.
fn limits() -> impl Strategy<Value = Limits> {
    (1..6_u32, 0..4_u32, 1..3_usize, 1..4_u32).prop_map(
        |(failures, free_failures, codes_kept, sends)| Limits {
            failures,
            free_failures,
            codes_kept,
            sends,
            failures_per_day: failures + 4,
            failures_per_month: 12,
            ..Limits::default()
        },
    )
}

/// One account as a server stores it: only the times.
#[derive(Default)]
struct Account {
    sign_ins: Vec<Vec<Sent>>,
    /// When, and in which sign-in.
    failures: Vec<(u64, usize)>,
    sends: Vec<u64>,
}

impl Account {
    fn times(&self) -> Vec<u64> {
        self.failures.iter().map(|&(at, _)| at).collect()
    }
}

/// How many codes somebody with the password can have compared in `days`, guessing whenever the code step is
/// open, while the owner signs in once a day in a sign-in of their own: a success there clears nothing here.
fn guesses(days: u64) -> usize {
    const DAY: u64 = 24 * 3_600_000;
    let limits = Limits::default();
    let (mut failures, mut now) = (Vec::new(), 0);
    while now < days * DAY {
        let kept = failures.partition_point(|&at: &u64| now - at >= MONTH);
        match gate(&failures[kept..], now, &limits) {
            Gate::Open => failures.push(now),
            Gate::Wait { until } | Gate::Locked { until } => now = until,
        }
    }
    failures.len()
}

#[test]
fn whoever_has_the_password_has_20_guesses_a_day_and_1300_a_year() {
    // Five codes are valid at once (two sent, three time steps): each guess is right in 5 of 1,000,000.
    // So 10 in 100,000 on a day, 50 in 100,000 in ten days, 650 in 100,000 in a year.
    assert_eq!(guesses(1), 20);
    assert_eq!(guesses(10), 100);
    assert_eq!(guesses(30), 100);
    assert_eq!(guesses(365), 1_300);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_sequence_accepts_a_code_twice_or_late_or_beyond_the_failures(
        limits in limits(),
        events in prop::collection::vec(event(), 1..120),
    ) {
        let mut account = Account { sign_ins: vec![Vec::new()], ..Account::default() };
        let mut now = 1_700_000_000_000_u64;
        let mut accepted: Vec<usize> = Vec::new();
        // Every compared guess in a sign-in that did not succeed, recorded independently of the rules.
        let mut compared: Vec<(u64, usize)> = Vec::new();

        for event in events {
            match event {
                Event::SignIn => account.sign_ins.push(Vec::new()),
                Event::Pass(span) => now += span,
                Event::Back(span) => now -= span,
                Event::Send(number) => {
                    let before = attempts_left(&account.times(), now, &limits);
                    let Some(codes) = account.sign_ins.get_mut(number) else { continue };
                    let last = codes.last().map(|code| code.at);
                    if resend_at(last, now, &limits).is_none()
                        && window(&account.sends, limits.sends, limits.sends_within, now).is_none()
                    {
                        codes.push(Sent { at: now, consumed: false });
                        account.sends.push(now);
                        let recent = account.sends.iter().filter(|&&at| now.saturating_sub(at) < limits.sends_within);
                        prop_assert!(recent.count() <= limits.sends as usize);
                    }
                    prop_assert_eq!(before, attempts_left(&account.times(), now, &limits));
                }
                Event::Guess(number, index) => {
                    let failures = account.times();
                    let Some(codes) = account.sign_ins.get_mut(number) else { continue };
                    let state = gate(&failures, now, &limits);
                    match state {
                        Gate::Open => {}
                        Gate::Wait { until } => {
                            prop_assert!(until > now);
                            prop_assert!(attempts_left(&failures, now, &limits) > 0);
                            continue;
                        }
                        Gate::Locked { until } => {
                            prop_assert!(until > now);
                            prop_assert_eq!(attempts_left(&failures, now, &limits), 0);
                            continue;
                        }
                    }
                    // Counted first, compared after.
                    account.failures.push((now, number));
                    compared.push((now, number));
                    if index < codes.len() && code_status(codes, index, now, &limits) == CodeStatus::Live {
                        prop_assert!(!accepted.contains(&number), "sign-in {} accepted twice", number);
                        prop_assert!(now.saturating_sub(codes[index].at) < limits.code_life);
                        prop_assert!(codes.len() - index <= limits.codes_kept);
                        accepted.push(number);
                        codes[index].consumed = true;
                        // Its own failures alone: those of other sign-ins stay.
                        account.failures.retain(|&(_, sign_in)| sign_in != number);
                        compared.retain(|&(_, sign_in)| sign_in != number);
                    }
                    // Never more guesses than the allowed failures within the length of one lock, a day, a month.
                    let within = |span| compared.iter().filter(|&&(at, _)| now.abs_diff(at) < span).count();
                    prop_assert!(within(limits.lock) <= limits.failures as usize);
                    prop_assert!(within(limits.failures_within) <= limits.failures_per_day as usize);
                    prop_assert!(within(MONTH) <= limits.failures_per_month as usize);
                    // After the free failures, two compared guesses are at least the first wait apart.
                    if let [.., (a, _), (b, _)] = compared[..]
                        && within(limits.failures_within) > limits.free_failures as usize + 1
                    {
                        prop_assert!(b >= a + limits.first_wait.min(limits.lock));
                    }
                }
            }
        }
    }

    #[test]
    fn a_completed_sign_in_accepts_no_further_code(
        times in prop::collection::vec(0..10_000_000_u64, 1..6),
        consumed in 0..6_usize,
        index in 0..6_usize,
        now in 0..20_000_000_u64,
    ) {
        let consumed = consumed % times.len();
        let mut codes: Vec<Sent> = times.iter().map(|&at| Sent { at, consumed: false }).collect();
        codes[consumed].consumed = true;
        prop_assert_eq!(code_status(&codes, index, now, &Limits::default()), CodeStatus::Used);
    }

    #[test]
    fn a_window_never_allows_more_and_reports_the_right_time(
        steps in prop::collection::vec(0..50_u64, 1..60),
        allowed in 1..6_u32,
        within in 1..100_u64,
    ) {
        let (mut times, mut now) = (Vec::new(), 0);
        for step in steps {
            now += step;
            match window(&times, allowed, within, now) {
                None => times.push(now),
                Some(at) => {
                    prop_assert!(at > now);
                    prop_assert_eq!(window(&times, allowed, within, at), None);
                    prop_assert!(window(&times, allowed, within, at - 1).is_some());
                }
            }
            let inside = times.iter().filter(|&&at| now - at < within).count();
            prop_assert!(inside <= allowed as usize);
        }
    }
}

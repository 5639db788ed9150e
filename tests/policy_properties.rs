//! In every sequence of events, no code is accepted twice, after it expired, or beyond the allowed failures.
#![cfg(not(target_arch = "wasm32"))]

use proptest::prelude::*;
use todoita::policy::{
    CodeStatus, Failure, Gate, Limits, MONTH, Sent, attempts_left, code_status, gate, resend_at,
    window,
};

/// An event in the life of one account.
#[derive(Clone, Debug)]
enum Event {
    /// Another sign-in begins (another person with the password, a second device), in a known place or elsewhere.
    SignIn(bool),
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
        1 => any::<bool>().prop_map(Event::SignIn),
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
    (1..6_u32, 0..4_u32, 1..3_usize, 1..4_u32, 0..3_u32).prop_map(
        |(failures, free_failures, codes_kept, sends, kept)| Limits {
            failures,
            free_failures,
            codes_kept,
            sends,
            failures_per_day: failures + 4,
            failures_per_month: 12,
            failures_per_day_kept: kept,
            failures_per_month_kept: kept,
            ..Limits::default()
        },
    )
}

/// One account as a server stores it: only the times.
#[derive(Default)]
struct Account {
    sign_ins: Vec<SignIn>,
    /// Each, and in which sign-in.
    failures: Vec<(Failure, usize)>,
    sends: Vec<u64>,
}

/// A sign-in, and the codes that were sent for it.
#[derive(Default)]
struct SignIn {
    known: bool,
    codes: Vec<Sent>,
}

impl Account {
    fn failures(&self) -> Vec<Failure> {
        self.failures.iter().map(|&(failure, _)| failure).collect()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_sequence_accepts_a_code_twice_or_late_or_beyond_the_failures(
        limits in limits(),
        events in prop::collection::vec(event(), 1..120),
    ) {
        let mut account = Account { sign_ins: vec![SignIn::default()], ..Account::default() };
        let mut now = 1_700_000_000_000_u64;
        let mut accepted: Vec<usize> = Vec::new();
        // Every compared guess in a sign-in that did not succeed, recorded independently of the rules.
        let mut compared: Vec<(u64, usize, bool)> = Vec::new();

        for event in events {
            match event {
                Event::SignIn(known) => account.sign_ins.push(SignIn { known, codes: Vec::new() }),
                Event::Pass(span) => now += span,
                Event::Back(span) => now -= span,
                Event::Send(number) => {
                    let failures = account.failures();
                    let Some(SignIn { known, codes }) = account.sign_ins.get_mut(number) else { continue };
                    let before = attempts_left(&failures, *known, now, &limits);
                    let last = codes.last().map(|code| code.at);
                    if resend_at(last, now, &limits).is_none()
                        && window(&account.sends, limits.sends, limits.sends_within, now).is_none()
                    {
                        codes.push(Sent { at: now, consumed: false });
                        account.sends.push(now);
                        let recent = account.sends.iter().filter(|&&at| now.saturating_sub(at) < limits.sends_within);
                        prop_assert!(recent.count() <= limits.sends as usize);
                    }
                    prop_assert_eq!(before, attempts_left(&failures, *known, now, &limits));
                }
                Event::Guess(number, index) => {
                    let failures = account.failures();
                    let Some(SignIn { known, codes }) = account.sign_ins.get_mut(number) else { continue };
                    let known = *known;
                    let state = gate(&failures, known, now, &limits);
                    match state {
                        Gate::Open => {}
                        Gate::Wait { until } => {
                            prop_assert!(until > now);
                            prop_assert!(attempts_left(&failures, known, now, &limits) > 0);
                            continue;
                        }
                        Gate::Locked { until } => {
                            prop_assert!(until > now);
                            prop_assert_eq!(attempts_left(&failures, known, now, &limits), 0);
                            continue;
                        }
                    }
                    // Counted first, compared after.
                    account.failures.push((Failure { at: now, known }, number));
                    compared.push((now, number, known));
                    if index < codes.len() && code_status(codes, index, now, &limits) == CodeStatus::Live {
                        prop_assert!(!accepted.contains(&number), "sign-in {} accepted twice", number);
                        prop_assert!(now.saturating_sub(codes[index].at) < limits.code_life);
                        prop_assert!(codes.len() - index <= limits.codes_kept);
                        accepted.push(number);
                        codes[index].consumed = true;
                        // Its own failures alone: those of other sign-ins stay.
                        account.failures.retain(|&(_, sign_in)| sign_in != number);
                        compared.retain(|&(_, sign_in, _)| sign_in != number);
                    }
                    // Never more guesses than the allowed failures within a day and a month; elsewhere fewer.
                    let within = |span, known: bool| {
                        let guesses = compared.iter();
                        guesses.filter(|&&(at, _, place)| now.abs_diff(at) < span && (place || !known)).count()
                    };
                    let kept = if known { 0 } else { limits.failures_per_day_kept };
                    let (day, month) = (limits.failures_within, MONTH);
                    prop_assert!(within(day, false) <= (limits.failures_per_day - kept) as usize);
                    prop_assert!(within(month, false) <= (limits.failures_per_month - kept) as usize);
                    // Nor within the length of one lock: in known places, and everywhere together for elsewhere.
                    prop_assert!(within(limits.lock, known) <= limits.failures as usize);
                    // After the free failures, a guess that failed is at least the first wait after the one before it. Waits
                    // follow from the day before the latest failure: a clock that is set back makes no older one recent again.
                    let failed = compared.last() == Some(&(now, number, known));
                    let mut counted = compared.iter().filter(|&&(_, _, place)| place || !known);
                    let latest = counted.clone().map(|&(at, ..)| at).max().unwrap_or(now);
                    let recent = counted.clone().filter(|&&(at, ..)| latest - at < day).count();
                    if let (Some(&(b, ..)), Some(&(a, ..))) = (counted.next_back(), counted.next_back())
                        && failed
                        && recent > limits.free_failures as usize + 1
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

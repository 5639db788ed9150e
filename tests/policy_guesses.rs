//! The guesses of somebody who has the password, computed from the limits: the figures of SECURITY.md.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    reason = "a test stops at the first failed expectation"
)]

use todoita::policy::{DAY, Failure, Gate, Limits, MONTH, gate};

/// Codes that are valid at once for one guess: the newest two that were sent, and an authenticator's three time steps.
const VALID: i32 = 2 + 3;
/// Codes of six digits.
const CODES: f64 = 1_000_000.0;

/// Who signs in beside the one who guesses.
#[derive(Clone, Copy, PartialEq)]
enum Owner {
    /// Nobody.
    Absent,
    /// The owner, every day, in a known place: first a wrong code, then the right one.
    SignsInDaily,
}

/// Where the guesses come from.
#[derive(Clone, Copy, PartialEq)]
enum From {
    /// Only places that are not known.
    Elsewhere,
    /// A place that is known: the owner's own network or browser.
    KnownPlace,
    /// Both, whichever is open.
    Both,
}

/// The worst schedule: a guess whenever the code step is open. More cannot be compared, since every limit counts the
/// guesses themselves: a guess that waits makes no room for two later.
///
/// Gives the compared guesses, and on how many days the owner got in.
fn guesses(days: u64, from: From, owner: Owner) -> (usize, u64) {
    let limits = Limits::default();
    let places: &[bool] = match from {
        From::Elsewhere => &[false],
        From::KnownPlace => &[true],
        From::Both => &[false, true],
    };
    // Only failures of sign-ins that did not succeed are kept.
    let mut failures: Vec<Failure> = Vec::new();
    let (mut compared, mut signed_in) = (0, 0);
    let (mut now, mut day) = (0, 0);
    while now < days * DAY {
        if owner == Owner::SignsInDaily && now >= day * DAY {
            day += 1;
            let mut with_own = failures.clone();
            let open = |failures: &[Failure]| gate(failures, true, now, &limits) == Gate::Open;
            let mut compared = open(&with_own);
            with_own.push(Failure {
                at: now,
                known: true,
            });
            compared &= open(&with_own);
            // The success clears the owner's own mistake and nothing else.
            signed_in += u64::from(compared);
        }
        failures.retain(|failure| now - failure.at < MONTH);
        let mut next = u64::MAX;
        for &known in places {
            match gate(&failures, known, now, &limits) {
                Gate::Open => {
                    failures.push(Failure { at: now, known });
                    compared += 1;
                    next = now;
                }
                Gate::Wait { until } | Gate::Locked { until } => next = next.min(until),
            }
        }
        if owner == Owner::SignsInDaily {
            next = next.min(day * DAY);
        }
        now = next;
    }
    (compared, signed_in)
}

/// The chance that one of so many guesses is right, in 100,000, to one decimal place.
fn in_100_000(guesses: usize) -> f64 {
    let miss = 1.0 - f64::from(VALID) / CODES;
    let hit = 1.0 - miss.powi(i32::try_from(guesses).unwrap());
    (hit * 100_000.0 * 10.0).round() / 10.0
}

/// Days, and for each place of the guesses how many are compared in them, with the chance of one in 100,000.
const PERIODS: [u64; 4] = [1, 10, 30, 365];
const TABLE: [(From, [usize; 4], [f64; 4]); 3] = [
    (
        From::Elsewhere,
        [15, 80, 80, 1_035],
        [7.5, 40.0, 40.0, 516.2],
    ),
    (
        From::KnownPlace,
        [20, 100, 100, 1_300],
        [10.0, 50.0, 50.0, 647.9],
    ),
    (From::Both, [20, 100, 100, 1_300], [10.0, 50.0, 50.0, 647.9]),
];

#[test]
fn security_md_has_these_figures() {
    let page = include_str!("../SECURITY.md");
    let row = |label: &str| {
        let rows: Vec<&str> = page.lines().map(str::trim).collect();
        let row = rows.iter().find(|row| row.starts_with(label)).unwrap();
        let cells = row.split('|').skip(2).map(|cell| {
            let number = cell.replace(',', "");
            let number = number.replace(" in 100000", "");
            number.trim().to_owned()
        });
        cells.take(6).collect::<Vec<_>>()
    };
    let places = ["| places in which", "| a known place"];
    for ((_, compared, chances), label) in TABLE.iter().zip(places) {
        // The page has no column for 30 days, and its longer chances are rounded.
        let [day, ten_days, _, year] = compared.map(|count| count.to_string());
        let [in_a_day, in_ten_days, _, in_a_year] = *chances;
        let chances = [in_a_day, in_ten_days.round(), in_a_year.round()];
        let [in_a_day, in_ten_days, in_a_year] = chances.map(|chance| chance.to_string());
        let expected = [day, ten_days, year, in_a_day, in_ten_days, in_a_year];
        assert_eq!(row(label), expected);
    }
    let limits = Limits::default();
    for sentence in [
        format!("at most {} in a day", limits.failures_per_day),
        format!("{} in 30 days", limits.failures_per_month),
    ] {
        assert!(page.contains(&sentence), "{sentence}");
    }
    // In words: half a percent a year from elsewhere.
    let percent = (TABLE[0].2[3] / 100.0).round() / 10.0;
    assert!(page.contains(&format!("{percent} % a year")));
}

#[test]
fn the_guesses_of_somebody_with_the_password_are_15_a_day_and_1035_a_year() {
    for (from, expected, chances) in TABLE {
        for owner in [Owner::Absent, Owner::SignsInDaily] {
            let compared = PERIODS.map(|days| guesses(days, from, owner).0);
            assert_eq!(compared, expected);
            assert_eq!(compared.map(in_100_000), chances);
        }
    }
}

#[test]
fn no_schedule_has_more_guesses_than_the_limits_of_day_and_month() {
    // The bound that holds for every schedule: a year has twelve periods of 30 days and five days. The schedule above
    // meets it.
    let bound =
        |per_day: u32, per_month: u32| (12 * per_month + per_month.min(5 * per_day)) as usize;
    let limits = Limits::default();
    let most = bound(limits.failures_per_day, limits.failures_per_month);
    let elsewhere = bound(
        limits.failures_per_day - limits.failures_per_day_kept,
        limits.failures_per_month - limits.failures_per_month_kept,
    );
    assert_eq!(365 * DAY, 12 * MONTH + 5 * DAY);
    assert_eq!(guesses(365, From::Both, Owner::Absent).0, most);
    assert_eq!(guesses(365, From::Elsewhere, Owner::Absent).0, elsewhere);
}

#[test]
fn guesses_from_elsewhere_never_keep_the_owner_out_of_a_known_place() {
    let (_, signed_in) = guesses(365, From::Elsewhere, Owner::SignsInDaily);
    assert_eq!(signed_in, 365);
}

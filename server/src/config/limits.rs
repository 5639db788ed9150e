//! Limits and spans that would lock everybody out, or would limit nothing.

use login::{Settings, session, sweep};
use todoita::policy::{Limits, MONTH};

/// Refuses settings with which the service would not work, or by which a limit would not hold.
///
/// # Errors
/// A sentence that names the setting.
pub(super) fn check(settings: &Settings) -> Result<(), String> {
    let limits = &settings.limits;
    let wrong = |name: &str| format!("{name} of 0, or of no length, would lock everybody out");
    for (name, count) in counts(limits) {
        if count == 0 {
            return Err(wrong(name));
        }
    }
    for (name, span) in [
        ("sign-in-life", settings.sign_in_life),
        ("session-life", settings.session_life),
        ("fresh-for", settings.fresh_for),
        ("code-life", limits.code_life),
    ] {
        if span == 0 {
            return Err(wrong(name));
        }
    }
    let shortest = 2 * session::SEEN_EVERY;
    if settings.session_idle < shortest {
        return Err(format!(
            "session-idle: at least {}s, since the use of a session is noted once in {}s",
            shortest / SECOND,
            session::SEEN_EVERY / SECOND
        ));
    }
    for (name, span, kept) in [
        ("failures-within", limits.failures_within, MONTH),
        ("lock", limits.lock, MONTH),
        ("sends-within", limits.sends_within, sweep::KEPT),
        ("passwords-within", limits.passwords_within, sweep::KEPT),
    ] {
        if span == 0 || span > kept {
            return Err(format!(
                "{name}: more than 0s, which would limit nothing, and at most {}h, for which what it counts is kept",
                kept / HOUR
            ));
        }
    }
    if limits.resend_after > sweep::KEPT {
        let longest = sweep::KEPT / HOUR;
        return Err(format!("resend-after: at most {longest}h"));
    }
    Ok(())
}

const SECOND: u64 = 1_000;
const HOUR: u64 = 60 * 60 * SECOND;

/// How often something may happen, by the name of the setting; of those of which some are kept for known places, what is left for
/// all others.
fn counts(limits: &Limits) -> [(&'static str, u32); 19] {
    let Limits {
        failures_per_day,
        failures_per_day_kept,
        failures_per_month,
        failures_per_month_kept,
        sends,
        sends_kept,
        ..
    } = *limits;
    [
        (
            "codes-kept",
            u32::try_from(limits.codes_kept).unwrap_or(u32::MAX),
        ),
        ("failures", limits.failures),
        ("failures-per-day", failures_per_day),
        ("failures-per-month", failures_per_month),
        (
            "failures-per-day without failures-per-day-kept",
            failures_per_day.saturating_sub(failures_per_day_kept),
        ),
        (
            "failures-per-month without failures-per-month-kept",
            failures_per_month.saturating_sub(failures_per_month_kept),
        ),
        ("sends without sends-kept", sends.saturating_sub(sends_kept)),
        ("sends-per-destination", limits.sends_per_destination),
        ("sends-per-prefix", limits.sends_per_prefix),
        ("sends-per-domain", limits.sends_per_domain.unwrap_or(1)),
        ("sends-per-address", limits.sends_per_address),
        ("sends-per-range", limits.sends_per_range),
        ("sends-paid", limits.sends_paid),
        ("passwords-per-name", limits.passwords_per_name),
        (
            "passwords-per-name-and-address",
            limits.passwords_per_name_and_address,
        ),
        (
            "passwords-per-name-and-range",
            limits.passwords_per_name_and_range,
        ),
        ("passwords-per-address", limits.passwords_per_address),
        ("passwords-per-subnet", limits.passwords_per_subnet),
        ("passwords-per-range", limits.passwords_per_range),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The refusal of settings that were changed.
    fn refusal(change: impl FnOnce(&mut Settings)) -> String {
        let mut settings = Settings::default();
        change(&mut settings);
        check(&settings).err().unwrap_or_default()
    }

    #[test]
    fn a_limit_that_lets_nobody_in_is_refused() {
        assert_eq!(check(&Settings::default()), Ok(()));
        assert!(
            refusal(|it| it.limits.passwords_per_address = 0).contains("passwords-per-address")
        );
        assert!(refusal(|it| it.limits.sends_per_domain = Some(0)).contains("sends-per-domain"));
        assert!(refusal(|it| it.limits.sends_per_range = 0).contains("sends-per-range"));
        assert!(refusal(|it| it.limits.sends_kept = 7).contains("sends-kept"));
        assert!(refusal(|it| it.fresh_for = 0).contains("fresh-for"));
    }

    #[test]
    fn a_window_is_longer_than_nothing_and_no_longer_than_what_it_counts_is_kept() {
        const DAY: u64 = 24 * HOUR;
        for sends_within in [0, DAY + 1] {
            assert!(refusal(|it| it.limits.sends_within = sends_within).contains("at most 24h"));
        }
        assert_eq!(refusal(|it| it.limits.sends_within = DAY), "");
        assert!(refusal(|it| it.limits.passwords_within = 2 * DAY).contains("passwords-within"));
        assert!(refusal(|it| it.limits.failures_within = 31 * DAY).contains("at most 720h"));
        assert!(refusal(|it| it.limits.lock = 0).contains("lock"));
        assert!(refusal(|it| it.limits.resend_after = 2 * DAY).contains("resend-after"));
    }

    #[test]
    fn a_session_that_is_used_does_not_end_before_its_use_is_noted() {
        assert!(refusal(|it| it.session_idle = 60 * SECOND).contains("at least 120s"));
        assert_eq!(refusal(|it| it.session_idle = 120 * SECOND), "");
    }
}

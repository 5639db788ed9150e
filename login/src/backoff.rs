//! The waits between the attempts to deliver a message.

/// The wait after the first failed attempt, milliseconds. It is doubled with each further one.
const FIRST_WAIT: u64 = 2_000;
/// The longest wait, milliseconds; shorter for messages that soon expire ([`wait`]).
const LONGEST_WAIT: u64 = 15 * 60 * 1_000;

/// The wait after a failed attempt, milliseconds. It is doubled with each one (`claims`), up to a tenth of the message's `life`;
/// the second half of it is random, so that what failed together does not come back together.
pub(crate) fn wait(claims: u32, life: u64, random: u32) -> u64 {
    let longest = (life / 10).clamp(FIRST_WAIT, LONGEST_WAIT);
    let doubled = 1_u64 << claims.saturating_sub(1).min(20);
    let half = FIRST_WAIT.saturating_mul(doubled).min(longest) / 2;
    half + ((half * u64::from(random)) >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE_LIFE: u64 = 10 * 60 * 1_000;
    const NOTICE_LIFE: u64 = 3 * 24 * 60 * 60 * 1_000;

    #[test]
    fn the_wait_is_doubled_up_to_a_tenth_of_the_messages_life() {
        let longest = |life| move |claims| wait(claims, life, u32::MAX) + 1;
        let code: Vec<u64> = (1..=8).map(longest(CODE_LIFE)).collect();
        assert_eq!(
            code,
            [2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]
        );
        assert_eq!(longest(NOTICE_LIFE)(30), LONGEST_WAIT);
        assert_eq!(longest(0)(u32::MAX), FIRST_WAIT, "of no life");
    }

    #[test]
    fn the_second_half_of_the_wait_is_random() {
        let waits = [0, 1 << 31, u32::MAX].map(|random| wait(2, CODE_LIFE, random));
        assert_eq!(waits, [2_000, 3_000, 3_999]);
    }
}

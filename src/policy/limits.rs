//! The limits, and their defaults.

pub(super) const SECOND: u64 = 1_000;
pub(super) const MINUTE: u64 = 60 * SECOND;
pub(super) const HOUR: u64 = 60 * MINUTE;

/// A day in milliseconds: over it, passwords for one name from one range of addresses are counted.
pub const DAY: u64 = 24 * HOUR;
/// The duration over which [`Limits::failures_per_month`] are counted: failures older than this need not be kept.
pub const MONTH: u64 = 30 * DAY;

/// Every limit of the password, of the code step and of sending. Durations are milliseconds.
///
/// Addresses are counted at three widths: the address (IPv4, or the /64 of IPv6), the subnet (/56, which a
/// household or a company is assigned), the range (/24 of IPv4, /48 of IPv6). A known place is a network or a
/// browser in which the account has completed a sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How long a sent code is valid. NIST SP 800-63B-4 section 3.1.3.2 and OWASP ASVS 6.5.5 allow ten
    /// minutes at most.
    pub code_life: u64,
    /// How many of the newest sent codes stay valid, each within its own lifetime, so that a person whose
    /// messages arrive late is not always one code behind.
    pub codes_kept: usize,
    /// Failures in a row without a wait. The one after them costs [`Limits::first_wait`].
    pub free_failures: u32,
    /// The first wait; it doubles with each further failure, up to [`Limits::lock`].
    pub first_wait: u64,
    /// Failures within [`Limits::failures_within`] that lock the code step.
    pub failures: u32,
    /// The duration over which [`Limits::failures`] are counted.
    pub failures_within: u64,
    /// How long the code step stays locked.
    pub lock: u64,
    /// Failures within [`Limits::failures_within`] at which the code step stays locked until the oldest of them is
    /// that old.
    pub failures_per_day: u32,
    /// The same over 30 days (NIST SP 800-63B-4 section 3.2.2: at most 100). No success of another sign-in and no
    /// waiting makes room for more guesses than this.
    pub failures_per_month: u32,
    /// So many of [`Limits::failures_per_day`] are kept for sign-ins from a known place: whoever guesses from
    /// elsewhere cannot use them up.
    pub failures_per_day_kept: u32,
    /// The same of [`Limits::failures_per_month`].
    pub failures_per_month_kept: u32,
    /// How long the next code on the same channel has to wait.
    pub resend_after: u64,
    /// Codes sent to one account within [`Limits::sends_within`].
    pub sends: u32,
    /// So many of [`Limits::sends`] are kept for sign-ins from a known place: whoever has the password and asks for
    /// codes elsewhere cannot use them up.
    pub sends_kept: u32,
    /// Codes sent to one destination (a phone number, a mail address), for all accounts.
    pub sends_per_destination: u32,
    /// Codes sent to one prefix of phone numbers, for all accounts: a limit on toll fraud with rented number
    /// ranges.
    pub sends_per_prefix: u32,
    /// Codes sent to one mail domain, for all accounts. `None`, the default: no limit. Half of all people may share
    /// one domain.
    pub sends_per_domain: Option<u32>,
    /// Codes requested from one network address. Many people share one behind a company's or a mobile network.
    pub sends_per_address: u32,
    /// Codes requested from one range of addresses.
    pub sends_per_range: u32,
    /// Codes sent by all channels that cost money for each message (SMS, calls), for all accounts: a budget. The
    /// service raises an alarm when it is exhausted.
    pub sends_paid: u32,
    /// The duration over which all sends are counted.
    pub sends_within: u64,
    /// Passwords tried for one name within [`Limits::passwords_within`], from all places that are not known.
    pub passwords_per_name: u32,
    /// Passwords tried for one name from one network address or one known place.
    pub passwords_per_name_and_address: u32,
    /// Passwords tried for one name from one range of addresses within a day: whoever has many addresses of one
    /// range has no more passwords than somebody with a few.
    pub passwords_per_name_and_range: u32,
    /// Passwords tried from one network address.
    pub passwords_per_address: u32,
    /// Passwords tried from one subnet.
    pub passwords_per_subnet: u32,
    /// Passwords tried from one range of addresses.
    pub passwords_per_range: u32,
    /// The duration over which passwords are counted.
    pub passwords_within: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            code_life: 10 * MINUTE,
            codes_kept: 2,
            free_failures: 4,
            first_wait: 30 * SECOND,
            failures: 10,
            failures_within: DAY,
            lock: HOUR,
            failures_per_day: 20,
            failures_per_month: 100,
            failures_per_day_kept: 5,
            failures_per_month_kept: 20,
            resend_after: 30 * SECOND,
            sends: 7,
            sends_kept: 2,
            sends_per_destination: 10,
            sends_per_prefix: 100,
            sends_per_domain: None,
            sends_per_address: 300,
            sends_per_range: 600,
            sends_paid: 1_000,
            sends_within: HOUR,
            passwords_per_name: 1_000,
            passwords_per_name_and_address: 10,
            passwords_per_name_and_range: 20,
            passwords_per_address: 100,
            passwords_per_subnet: 200,
            passwords_per_range: 400,
            passwords_within: 15 * MINUTE,
        }
    }
}

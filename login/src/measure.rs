//! Counts and measurements for the operator.
//!
//! The facade `metrics` takes it; the program that runs the service chooses the recorder, and without one nothing is kept. A
//! label has few values: no name, no address, of a phone number the first three digits. A count in a transaction stays
//! where its commit fails.

use std::time::Duration;

use metrics::{counter, histogram};
use todoita::channel::Channel;

use crate::error::Error;

/// Submitted passwords, by outcome.
pub const PASSWORDS: &str = "todoita_passwords_total";
/// Submitted codes, by entry point and outcome.
pub const VERIFICATIONS: &str = "todoita_verifications_total";
/// Codes that were to be sent, by channel, prefix of the number, and outcome.
pub const SENDS: &str = "todoita_sends_total";
/// Seconds from the request of a message to the gateway's receipt, by channel.
pub const DELIVERY: &str = "todoita_delivery_seconds";
/// Seconds from the request of a code to its acceptance, by channel and prefix: how late codes arrive, and how long people take.
pub const ARRIVAL: &str = "todoita_code_arrival_seconds";

/// Names of metrics with their descriptions, and the unit where it is not a count.
pub const DESCRIPTIONS: [(&str, &str); 5] = [
    (PASSWORDS, "Submitted passwords"),
    (VERIFICATIONS, "Submitted codes"),
    (SENDS, "Codes to be sent"),
    (
        DELIVERY,
        "From the request of a message to the gateway's receipt",
    ),
    (ARRIVAL, "From the request of a code to its acceptance"),
];

/// A password was submitted. `outcome` names a result that is no error.
pub(crate) fn password<T>(result: &Result<T, Error>, outcome: impl FnOnce(&T) -> &'static str) {
    let outcome = result.as_ref().map_or_else(failure, outcome);
    counter!(PASSWORDS, "outcome" => outcome).increment(1);
}

/// A code was submitted at an entry point. `outcome` names a result that is no error.
pub(crate) fn verification<T>(
    entry_point: &'static str,
    result: &Result<T, Error>,
    outcome: impl FnOnce(&T) -> &'static str,
) {
    let outcome = result.as_ref().map_or_else(failure, outcome);
    counter!(VERIFICATIONS, "at" => entry_point, "outcome" => outcome).increment(1);
}

/// A code was to be sent. `outcome`: `queued`, `limited`.
pub(crate) fn send(channel: Channel, to: &str, outcome: &'static str) {
    let (channel, prefix) = (channel.as_str(), prefix(channel, to));
    counter!(SENDS, "channel" => channel, "prefix" => prefix, "outcome" => outcome).increment(1);
}

/// A gateway has taken a message that was requested at `at` (milliseconds since the Unix epoch).
pub(crate) fn delivered(channel: Channel, at: u64, now: u64) {
    histogram!(DELIVERY, "channel" => channel.as_str()).record(seconds(at, now));
}

/// A code was accepted that was sent at `at` (milliseconds since the Unix epoch).
pub(crate) fn arrived(channel: Channel, to: &str, at: u64, now: u64) {
    let (channel, prefix) = (channel.as_str(), prefix(channel, to));
    histogram!(ARRIVAL, "channel" => channel, "prefix" => prefix).record(seconds(at, now));
}

/// Of a number (E.164) the first three digits: the country and what is next. There are less than a thousand.
fn prefix(channel: Channel, to: &str) -> String {
    match channel {
        Channel::Sms | Channel::Voice => to.chars().take(4).collect(),
        Channel::Email | Channel::App | Channel::Backup => String::new(),
    }
}

fn seconds(from: u64, to: u64) -> Duration {
    Duration::from_millis(to.saturating_sub(from))
}

/// The outcome of a request that an error ended.
fn failure(error: &Error) -> &'static str {
    match error {
        Error::TooManyPasswords { .. } | Error::TooManyChanges { .. } => "limited",
        Error::Busy => "busy",
        Error::NoSignIn
        | Error::NoSession
        | Error::StepUpNeeded
        | Error::NoMethod
        | Error::InvalidInput(_)
        | Error::CodeTooLong => "rejected",
        Error::Store(_) | Error::NoRandomness(_) | Error::Internal(_) => "failed",
    }
}

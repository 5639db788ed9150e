//! The limits of `policy` for the code step of `todoita/server` (`www/code-step/policy.js`). Times are milliseconds since
//! the Unix epoch; lists of times are oldest first.

use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::network::Network;
use crate::policy::{self, CodeStatus, Failure, Gate, Limits, Sent};
use crate::wasm::functions::to_object;

/// The limits of one code step, and what they decide.
#[wasm_bindgen]
#[derive(Default)]
pub struct Policy {
    limits: Limits,
}

/// A limit: a duration in milliseconds, or a count.
enum Limit<'a> {
    Duration(&'a mut u64),
    Count(&'a mut u32),
    Kept(&'a mut usize),
}

#[wasm_bindgen]
impl Policy {
    /// The default limits.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Policy {
        Policy::default()
    }

    /// [`policy::MONTH`]: how long a failure counts.
    pub fn month() -> f64 {
        policy::MONTH as f64
    }

    /// [`Network`] of an address: `{ address, range }`; `undefined` for a text that is no address.
    pub fn network(address: &str) -> Result<JsValue, JsValue> {
        let Ok(network) = address.parse::<Network>() else {
            return Ok(JsValue::UNDEFINED);
        };
        to_object(&NetworkOf {
            address: &network.address,
            range: &network.range,
        })
    }

    /// A limit by its name in JavaScript; `undefined` for an unknown name.
    pub fn get(&mut self, name: &str) -> Option<f64> {
        Some(match self.limit(name)? {
            Limit::Duration(limit) => *limit as f64,
            Limit::Count(limit) => f64::from(*limit),
            Limit::Kept(limit) => *limit as f64,
        })
    }

    /// Changes a limit. The value was checked: a whole number from 0 to 2^32-1. False for an unknown name.
    pub fn set(&mut self, name: &str, value: f64) -> bool {
        match self.limit(name) {
            Some(Limit::Duration(limit)) => *limit = value as u64,
            Some(Limit::Count(limit)) => *limit = value as u32,
            Some(Limit::Kept(limit)) => *limit = value as usize,
            None => return false,
        }
        true
    }

    /// [`policy::gate`] and [`policy::attempts_left`]: `{ cause, until, attemptsLeft }`, without a cause where a code is
    /// compared. `known_failures`: 1 for a failure in a known place.
    pub fn throttle(
        &self,
        failures: &[f64],
        known_failures: &[u8],
        known: bool,
        now: f64,
    ) -> Result<JsValue, JsValue> {
        let failures: Vec<Failure> = failures
            .iter()
            .zip(known_failures)
            .map(|(&at, &known)| Failure {
                at: at as u64,
                known: known != 0,
            })
            .collect();
        let now = now as u64;
        let (cause, until) = match policy::gate(&failures, known, now, &self.limits) {
            Gate::Open => (None, None),
            Gate::Wait { until } => (Some("limited"), Some(until as f64)),
            Gate::Locked { until } => (Some("locked"), Some(until as f64)),
        };
        to_object(&Throttle {
            cause,
            until,
            attempts_left: policy::attempts_left(&failures, known, now, &self.limits),
        })
    }

    /// [`policy::code_status`]: `live`, `expired` or `used`. `consumed`: 1 for a code that was accepted.
    #[wasm_bindgen(js_name = codeStatus)]
    pub fn code_status(&self, sent_at: &[f64], consumed: &[u8], index: usize, now: f64) -> String {
        let codes: Vec<Sent> = sent_at
            .iter()
            .zip(consumed)
            .map(|(&at, &consumed)| Sent {
                at: at as u64,
                consumed: consumed != 0,
            })
            .collect();
        let status = match policy::code_status(&codes, index, now as u64, &self.limits) {
            CodeStatus::Live => "live",
            CodeStatus::Expired => "expired",
            CodeStatus::Used => "used",
        };
        status.into()
    }

    /// [`policy::resend_at`].
    #[wasm_bindgen(js_name = resendAt)]
    pub fn resend_at(&self, last: Option<f64>, now: f64) -> Option<f64> {
        let last = last.map(|last| last as u64);
        policy::resend_at(last, now as u64, &self.limits).map(|at| at as f64)
    }

    /// [`policy::window`] of sends: [`Limits::sends_within`].
    #[wasm_bindgen(js_name = sendsFull)]
    pub fn sends_full(&self, times: &[f64], allowed: u32, now: f64) -> Option<f64> {
        let times: Vec<u64> = times.iter().map(|&at| at as u64).collect();
        policy::window(&times, allowed, self.limits.sends_within, now as u64).map(|at| at as f64)
    }
}

impl Policy {
    fn limit(&mut self, name: &str) -> Option<Limit<'_>> {
        use Limit::{Count, Duration, Kept};
        let limits = &mut self.limits;
        Some(match name {
            "codeLife" => Duration(&mut limits.code_life),
            "codesKept" => Kept(&mut limits.codes_kept),
            "freeFailures" => Count(&mut limits.free_failures),
            "firstWait" => Duration(&mut limits.first_wait),
            "failures" => Count(&mut limits.failures),
            "failuresWithin" => Duration(&mut limits.failures_within),
            "lock" => Duration(&mut limits.lock),
            "failuresPerDay" => Count(&mut limits.failures_per_day),
            "failuresPerMonth" => Count(&mut limits.failures_per_month),
            "failuresPerDayKept" => Count(&mut limits.failures_per_day_kept),
            "failuresPerMonthKept" => Count(&mut limits.failures_per_month_kept),
            "resendAfter" => Duration(&mut limits.resend_after),
            "sends" => Count(&mut limits.sends),
            "sendsKept" => Count(&mut limits.sends_kept),
            "sendsPerDestination" => Count(&mut limits.sends_per_destination),
            "sendsPerPrefix" => Count(&mut limits.sends_per_prefix),
            "sendsPerAddress" => Count(&mut limits.sends_per_address),
            "sendsPerRange" => Count(&mut limits.sends_per_range),
            "sendsPaid" => Count(&mut limits.sends_paid),
            "sendsWithin" => Duration(&mut limits.sends_within),
            _ => return None,
        })
    }
}

#[derive(Serialize)]
struct NetworkOf<'a> {
    address: &'a str,
    range: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Throttle {
    cause: Option<&'static str>,
    until: Option<f64>,
    attempts_left: u32,
}

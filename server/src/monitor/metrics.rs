//! Metrics in the text format of Prometheus.

use std::time::Duration;

use login::gateway_health::{self, Alarm, Doubt};
use login::queue;
use metrics::gauge;
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};
use todoita::channel::Channel;
use tokio::time::timeout;

use crate::store::{self, Database};
use crate::web;

/// Upper bounds of times on this machine, seconds.
const HERE: [f64; 10] = [0.001, 0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0];
/// Upper bounds of times until a message was taken or its code came back, seconds.
const BY_MESSAGE: [f64; 10] = [1.0, 3.0, 5.0, 10.0, 20.0, 40.0, 60.0, 120.0, 300.0, 600.0];

/// Connections to the database, by pool and state.
const CONNECTIONS: &str = "todoita_database_connections";
/// Messages that no gateway has taken.
const QUEUE: &str = "todoita_queue_messages";
/// The age of the oldest of them; 0 where there is none.
const OLDEST: &str = "todoita_queue_oldest_seconds";

/// 1 where something is wrong with the gateway of a channel, by channel and what it is.
const ALARM: &str = "todoita_gateway_alarm";

/// How long the database may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);
/// How often the measured values are merged.
const UPKEEP: Duration = Duration::from_secs(10);

/// The metrics of this process. Clones share them.
#[derive(Clone)]
pub struct Metrics {
    handle: PrometheusHandle,
    login: login::Service,
    database: Database,
}

impl std::fmt::Debug for Metrics {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Metrics").finish_non_exhaustive()
    }
}

impl Metrics {
    /// Records the metrics of this process from now on.
    ///
    /// # Errors
    /// When they are recorded already.
    pub fn install(login: login::Service, database: Database) -> Result<Metrics, BuildError> {
        let full = |name: &str| Matcher::Full(name.to_owned());
        let handle = PrometheusBuilder::new()
            .set_buckets_for_metric(full(login::measure::DELIVERY), &BY_MESSAGE)?
            .set_buckets_for_metric(full(login::measure::ARRIVAL), &BY_MESSAGE)?
            .set_buckets_for_metric(full(store::WAIT), &HERE)?
            .set_buckets_for_metric(full(web::measure::SECONDS), &HERE)?
            .install_recorder()?;
        for (name, description) in login::measure::DESCRIPTIONS {
            if name.ends_with("_total") {
                metrics::describe_counter!(name, description);
            } else {
                metrics::describe_histogram!(name, metrics::Unit::Seconds, description);
            }
        }
        metrics::describe_counter!(web::measure::REQUESTS, "Answered requests");
        metrics::describe_histogram!(
            web::measure::SECONDS,
            metrics::Unit::Seconds,
            "From a request to its answer"
        );
        metrics::describe_histogram!(
            store::WAIT,
            metrics::Unit::Seconds,
            "Until a transaction has its connection and its lock"
        );
        metrics::describe_gauge!(CONNECTIONS, "Connections to the database");
        metrics::describe_gauge!(QUEUE, "Messages that no gateway has taken");
        metrics::describe_gauge!(
            ALARM,
            "1 while the gateway of a channel is down, silent or failing"
        );
        metrics::describe_gauge!(
            OLDEST,
            metrics::Unit::Seconds,
            "Age of the oldest message that no gateway has taken"
        );
        Ok(Metrics {
            handle,
            login,
            database,
        })
    }

    /// The metrics now. The length and the age of the queue are not numbers while the database does not answer.
    pub async fn render(&self) -> String {
        for pool in self.database.pools() {
            let set = |state: &'static str, number: u32| {
                gauge!(CONNECTIONS, "pool" => pool.name, "state" => state).set(f64::from(number));
            };
            set("open", pool.open);
            set("idle", pool.idle);
        }
        let queue = timeout(PATIENCE, queue::length(&self.login)).await;
        let queue = queue.ok().and_then(Result::ok);
        let now = self.login.clock.now();
        let age = queue.map(|queue| {
            let oldest = queue.oldest.unwrap_or(now);
            now.saturating_sub(oldest) / 1_000
        });
        self.set_alarms().await;
        gauge!(QUEUE).set(gauge_value(queue.map(|queue| queue.messages)));
        gauge!(OLDEST).set(gauge_value(age));
        self.handle.render()
    }

    /// Sets what is wrong with the gateways; not numbers while the database does not answer.
    async fn set_alarms(&self) {
        let alarms = timeout(PATIENCE, gateway_health::alarms(&self.login)).await;
        let alarms = alarms.ok().and_then(Result::ok);
        for channel in Channel::ALL {
            if !channel.is_sent() || !self.login.delivery.delivers(channel) {
                continue;
            }
            let of_channel = |alarm: &&Alarm| alarm.channel == channel;
            let alarm = (alarms.as_ref()).map(|alarms| alarms.iter().find(of_channel));
            let set = |is: &'static str, holds: &dyn Fn(&Alarm) -> bool| {
                let value = alarm.map(|alarm| u64::from(alarm.is_some_and(holds)));
                gauge!(ALARM, "channel" => channel.as_str(), "is" => is).set(gauge_value(value));
            };
            set("down", &|alarm| alarm.down);
            for doubt in [Doubt::Silent, Doubt::Failing] {
                set(doubt.as_str(), &|alarm| alarm.doubt == Some(doubt));
            }
        }
    }

    /// Merges what was measured, every ten seconds, for as long as the service runs: nothing else frees it where nobody asks.
    pub async fn keep(self) {
        loop {
            tokio::time::sleep(UPKEEP).await;
            self.handle.run_upkeep();
        }
    }
}

fn gauge_value(number: Option<u64>) -> f64 {
    let number = number.map(|number| u32::try_from(number).unwrap_or(u32::MAX));
    number.map_or(f64::NAN, f64::from)
}

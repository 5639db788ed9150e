//! Times of single requests, and how busy the machine was meanwhile.

use std::time::{Duration, Instant};

use tokio::task::JoinHandle;

/// Times of single requests, and of all.
pub struct Times {
    pub single: Vec<Duration>,
    pub all: Duration,
}

impl Times {
    /// Those of several clients that began at the same time.
    pub async fn of(clients: Vec<JoinHandle<Vec<Duration>>>, began: Instant) -> Times {
        let mut single = Vec::new();
        for client in clients {
            single.extend(client.await.unwrap());
        }
        let all = began.elapsed();
        Times { single, all }
    }

    /// How many requests were answered in a second.
    #[expect(clippy::cast_precision_loss, reason = "a number of measurements")]
    pub fn per_second(&self) -> f64 {
        self.single.len() as f64 / self.all.as_secs_f64()
    }

    /// The time, in milliseconds, within which `percent` of the requests were answered.
    pub fn within(&self, percent: usize) -> f64 {
        let mut sorted = self.single.clone();
        sorted.sort();
        sorted[(sorted.len() - 1) * percent / 100].as_secs_f64() * 1_000.0
    }

    /// A second's requests and the times as cells of a table.
    pub fn cells(&self) -> String {
        format!(
            "{:.0} | {:.1} ms | {:.1} ms",
            self.per_second(),
            self.within(50),
            self.within(99)
        )
    }
}

/// The work of the processors since the start of the machine, of every program.
pub struct Processors {
    busy: u64,
    all: u64,
}

impl Processors {
    /// Reads the sums of `/proc/stat` (`proc_stat(5)`).
    pub fn now() -> Processors {
        let text = std::fs::read_to_string("/proc/stat").unwrap();
        let line = text.lines().next().unwrap();
        let times: Vec<u64> = line
            .split_whitespace()
            .skip(1)
            .map(|time| time.parse().unwrap())
            .collect();
        // user, nice, system, idle, iowait, irq, softirq, steal
        let all: u64 = times[..8].iter().sum();
        let busy = all - times[3] - times[4];
        Processors { busy, all }
    }

    /// The part of them that was used since, of 100.
    #[expect(clippy::cast_precision_loss, reason = "a part of a hundred")]
    pub fn used_since(&self) -> f64 {
        let now = Processors::now();
        100.0 * (now.busy - self.busy) as f64 / (now.all - self.all).max(1) as f64
    }
}

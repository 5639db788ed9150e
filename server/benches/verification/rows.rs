//! A whole sign-in where every table has a thousand rows, a hundred thousand and a million, alone and beside the sweep. The limits are
//! the default ones.

use std::time::{Duration, Instant};

use login::sweep;
use sqlx::AnyPool;
use todoita_server::config::Config;

use crate::databases::{Kind, Place};
use crate::fill::{add_expired, fill};
use crate::service::Service;
use crate::times::Times;

/// Rows in every table.
const SIZES: [u64; 3] = [1_000, 100_000, 1_000_000];
/// Sign-ins of each measurement, those of the sizes in turn.
const TURNS: u64 = 100;
/// The same beside a sweep.
const TURNS_BESIDE: u64 = 50;
/// Expired rows of each kind when a sign-in begins beside a sweep: enough for the sweep to last longer.
const EXPIRED: u64 = 100;

/// A service and the rows of its database.
struct Filled {
    rows: u64,
    service: Service,
    pool: AnyPool,
    place: Place,
    alone: Vec<Duration>,
    beside_sweep: Vec<Duration>,
}

/// Measures, and prints a table.
pub async fn measure() {
    let mut lines = Vec::new();
    for kind in Place::kinds() {
        let mut filled = Vec::new();
        for rows in SIZES {
            filled.push(Filled::new(kind, rows).await);
        }
        for turn in 0..TURNS {
            for one in &mut filled {
                one.alone(2 * turn).await;
            }
        }
        for turn in 0..TURNS_BESIDE {
            for one in &mut filled {
                one.beside_sweep(2 * turn + 1).await;
            }
        }
        let first = filled[0].p50();
        for one in &filled {
            let (alone, beside_sweep) = one.p50();
            lines.push(format!(
                "| {} | {} | {alone:.1} ms | {:.2} | {beside_sweep:.1} ms | {:.2} |",
                one.place.name,
                one.rows,
                alone / first.0,
                beside_sweep / first.1,
            ));
        }
    }
    println!(
        "| | rows in every table | a sign-in, p50 | of that at {0} | beside the sweep, p50 | of that at {0} |\n\
         |---|---:|---:|---:|---:|---:|\n{1}",
        SIZES[0],
        lines.join("\n")
    );
}

impl Filled {
    async fn new(kind: Kind, rows: u64) -> Filled {
        let place = Place::new(kind, &format!("rows_{rows}")).await;
        let store = place.open().await;
        let pool = place.rows().await;
        let began = Instant::now();
        fill(kind, &pool, rows).await;
        let seconds = began.elapsed().as_secs_f64();
        println!(
            "{}: {rows} rows in every table, in {seconds:.0} s",
            place.name
        );
        Filled {
            rows,
            service: Service::start(store, Config::default()).await,
            pool,
            place,
            alone: Vec::new(),
            beside_sweep: Vec::new(),
        }
    }

    /// Signs in with an account that has not signed in before, from an address of its own.
    async fn sign_in(&self, turn: u64) -> Duration {
        let account = 1 + turn * 7919 % self.rows;
        let address = format!("10.2.{turn}.1");
        let name = format!("user-{account}");
        self.service.sign_in(&name, &address).await
    }

    async fn alone(&mut self, turn: u64) {
        let time = self.sign_in(turn).await;
        self.alone.push(time);
    }

    async fn beside_sweep(&mut self, turn: u64) {
        add_expired(self.place.kind, &self.pool, EXPIRED).await;
        let login = self.service.built.login.clone();
        let sweep = tokio::spawn(async move { sweep::sweep(&login).await.unwrap() });
        let time = self.sign_in(turn).await;
        self.beside_sweep.push(time);
        sweep.await.unwrap();
    }

    /// The medians, alone and beside the sweep, in milliseconds.
    fn p50(&self) -> (f64, f64) {
        let p50 = |single: &[Duration]| {
            let all = single.iter().sum();
            let single = single.to_vec();
            Times { single, all }.within(50)
        };
        (p50(&self.alone), p50(&self.beside_sweep))
    }
}

//! Verifications a second of one, two and four nodes with one PostgreSQL database. Each node is a process, the program itself, and has
//! the default number of connections; a client has one of the nodes. The sign-ins were begun at a service that has ended its work.

use std::sync::Arc;

use crate::databases::{Kind, Place};
use crate::program::Program;
use crate::service::{Service, verify_all, without_limits};
use crate::times::{Processors, Times};
use crate::verifications::CLIENTS;

/// Numbers of nodes.
const NODES: [usize; 3] = [1, 2, 4];
/// Rounds, in each of which every number of nodes has its turn.
const ROUNDS: usize = 3;
/// Verifications of each client in a round.
const EACH: usize = 20;

/// Measures, and prints a table.
pub async fn measure() {
    if !Place::kinds().contains(&Kind::Postgres) {
        return;
    }
    let place = Place::new(Kind::Postgres, "nodes").await;
    let service = Arc::new(Service::start(place.open().await, without_limits()).await);
    service.add_accounts(CLIENTS).await;
    let mut rounds: Vec<Vec<(Times, f64)>> = NODES.iter().map(|_| Vec::new()).collect();
    for _ in 0..ROUNDS {
        for (number, rounds) in NODES.into_iter().zip(&mut rounds) {
            let ready = service.pending(CLIENTS, EACH).await;
            let nodes: Vec<Program> = (0..number).map(|_| Program::start(&place, "")).collect();
            let addresses: Vec<_> = nodes.iter().map(|node| node.address).collect();
            let processors = Processors::now();
            let times = verify_all(ready, &addresses).await;
            rounds.push((times, processors.used_since()));
        }
    }
    println!(
        "| nodes | a second | p50 | p99 | of one node | processors in use |\n|---:|---:|---:|---:|---:|---:|"
    );
    let mut one_node = None;
    for (number, mut rounds) in NODES.into_iter().zip(rounds) {
        // The round in the middle.
        rounds.sort_by(|(one, _), (other, _)| one.per_second().total_cmp(&other.per_second()));
        let (times, used) = &rounds[ROUNDS / 2];
        let of_one = times.per_second() / *one_node.get_or_insert(times.per_second());
        println!(
            "| {number} | {} | {of_one:.2} | {used:.0} % |",
            times.cells()
        );
    }
}

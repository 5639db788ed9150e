//! `cargo xtask bench server`: what the login service does with each database, in one run on this machine. It prints the tables of
//! docs/performance.md. A part alone: `cargo xtask bench server rows`.
//!
//! Client, service and database share the processors.
#![allow(clippy::unwrap_used, reason = "a benchmark stops at the first error")]
#![expect(
    clippy::disallowed_methods,
    reason = "a benchmark measures the system's time"
)]

mod bare; // the statements of a verification alone
mod databases; // files and a server
mod fill; // rows by the million
mod idle; // memory, and connections that are kept
mod nodes; // several nodes
mod pgbench; // the statements by pgbench
mod program; // a service as a process
mod rows; // a sign-in beside few and many rows
mod service; // a service and its clients
mod times; // what was measured
mod verifications; // verifications a second

/// The parts, in their order.
const PARTS: [&str; 4] = ["verifications", "nodes", "rows", "idle"];

#[tokio::main]
async fn main() {
    // cargo adds an option of its own.
    let named: Vec<String> = std::env::args()
        .skip(1)
        .filter(|it| !it.starts_with("--"))
        .collect();
    if let Some(unknown) = named.iter().find(|it| !PARTS.contains(&it.as_str())) {
        panic!("{unknown} is none of {PARTS:?}");
    }
    for part in PARTS {
        if !named.is_empty() && named.iter().all(|it| it != part) {
            continue;
        }
        println!("\n{part}\n");
        match part {
            "verifications" => verifications::measure().await,
            "nodes" => nodes::measure().await,
            "rows" => rows::measure().await,
            _ => idle::measure().await,
        }
    }
}

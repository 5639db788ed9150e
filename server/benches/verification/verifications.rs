//! Verifications a second: posts of the right code of a sign-in over HTTP, beside the statements that the domain asks the same store
//! for in the same transactions, without HTTP, hashes and rules, and beside the same statements by pgbench.

use std::sync::Arc;

use crate::bare;
use crate::databases::{Kind, Place};
use crate::pgbench;
use crate::service::{Service, verify_all, without_limits};
use crate::times::Processors;

/// Clients at the same time, and verifications of each.
const LOADS: [(usize, usize); 2] = [(1, 300), (CLIENTS, 20)];
/// Clients at the same time.
pub const CLIENTS: usize = 64;

/// Measures, and prints a table.
pub async fn measure() {
    println!(
        "| | clients | a second | p50 | p99 | processors in use | statements alone, a second | p50 | p99 | ratio | \
         pgbench, a second | p50 | p99 | ratio |\n\
         |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
    );
    for kind in Place::kinds() {
        let place = Place::new(kind, "verifications").await;
        let service = Service::start(place.open().await, without_limits()).await;
        let service = Arc::new(service);
        let accounts = service.add_accounts(CLIENTS).await;
        for (clients, each) in LOADS {
            let ready = service.pending(clients, each).await;
            let processors = Processors::now();
            let over_http = verify_all(ready, &[service.address]).await;
            let used = processors.used_since();
            let alone = bare::verify_all(&service.store, &accounts[..clients], each).await;
            let by_pgbench = match kind {
                Kind::Sqlite => "– | – | – | –".to_owned(),
                Kind::Postgres => {
                    let times = pgbench::measure(clients, each).await;
                    let ratio = over_http.per_second() / times.per_second();
                    format!("{} | {ratio:.2}", times.cells())
                }
            };
            println!(
                "| {} | {clients} | {} | {used:.0} % | {} | {:.2} | {by_pgbench} |",
                place.name,
                over_http.cells(),
                alone.cells(),
                over_http.per_second() / alone.per_second(),
            );
        }
    }
}

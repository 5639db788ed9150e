//! How long the reader takes for a message: `cargo bench --bench read`. An argument names another `code.json`, so that a
//! version of the reader without these messages can be compared on the same ones.

use std::fs;
use std::hint::black_box;
use std::time::Instant;

use todoita::code::{Rule, read};

/// How often each message is read; the shortest time counts.
const TIMES: u32 = 15;

#[expect(
    clippy::disallowed_methods,
    reason = "a benchmark measures time; the core it measures reads no clock"
)]
fn main() {
    let named = std::env::args()
        .skip(1)
        .find(|name| name.ends_with(".json"));
    let name = named.unwrap_or_else(|| "tests/vectors/code.json".to_owned());
    let json = fs::read_to_string(&name).expect("the file exists");
    let vectors: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let rule = Rule::default();
    let mut times = Vec::new();
    for row in vectors["rows"].as_array().expect("rows") {
        let is_message = !matches!(row["kind"].as_str(), Some("typed" | "lone"));
        if !is_message || !matches!(row["lang"].as_str(), Some("en" | "ja")) {
            continue;
        }
        let text = row["text"].as_str().expect("a text");
        let times_of_one = (0..TIMES).map(|_| {
            let start = Instant::now();
            black_box(read(black_box(text), &rule));
            start.elapsed()
        });
        times.extend(times_of_one.min());
    }
    times.sort();
    let at = |tenths: usize| times[times.len() * tenths / 10];
    println!("{} messages: p50 {:?}, p90 {:?}", times.len(), at(5), at(9));
}

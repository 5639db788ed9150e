//! Time to refuse a wrong code with one step of drift either way (three steps), compared with totp-rs, and with
//! liboath if `LIBOATH` names the built benches/liboath.c.
//!
//! Run `cargo xtask bench`, or `cargo bench --bench verify_totp`. All take turns in short rounds, so that a noisy machine
//! disturbs all equally; compare the ratio of the medians.

use std::hint::black_box;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Instant;

use todoita::otp::{Secret, Totp};

const ROUNDS: usize = 400;
const CALLS: u32 = 1_000;
const SECRET: &[u8; 20] = b"12345678901234567890";
/// A time from RFC 6238; its codes are 050471 and neighbours, and not `WRONG`.
const SECONDS: u64 = 1_111_111_111;
const WRONG: &str = "123456";

/// Nanoseconds a call of one round.
fn round(mut call: impl FnMut()) -> f64 {
    #[expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
    let start = Instant::now();
    for _ in 0..CALLS {
        call();
    }
    start.elapsed().as_nanos() as f64 / f64::from(CALLS)
}

/// liboath, a C library, in its own process.
struct Liboath {
    process: Child,
    asked: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Liboath {
    fn start() -> Option<Liboath> {
        let program = std::env::var_os("LIBOATH")?;
        let mut process = Command::new(program)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("LIBOATH names a program");
        let asked = process.stdin.take().expect("it is piped");
        let output = BufReader::new(process.stdout.take().expect("it is piped"));
        Some(Liboath {
            process,
            asked,
            output,
        })
    }

    /// Nanoseconds a call of one round.
    fn round(&mut self) -> f64 {
        self.asked.write_all(b"\n").expect("it listens");
        let mut line = String::new();
        self.output.read_line(&mut line).expect("it answers");
        line.trim().parse().expect("a number")
    }
}

impl Drop for Liboath {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

fn median(mut rounds: Vec<f64>) -> f64 {
    rounds.sort_by(f64::total_cmp);
    rounds[rounds.len() / 2]
}

fn main() {
    // `cargo test --benches` runs this too: one round checks that it works.
    let rounds = if std::env::args().any(|argument| argument == "--bench") {
        ROUNDS
    } else {
        1
    };
    let secret = Secret::from_bytes(SECRET).expect("20 bytes");
    let totp = Totp::default();
    let theirs = totp_rs::Builder::new()
        .with_secret(SECRET.to_vec())
        .with_digits(6)
        .with_skew(1)
        .with_step_duration(30)
        .build()
        .expect("a valid rule");
    assert!(
        totp.verify(&secret, "050471", SECONDS * 1000, None).is_ok(),
        "the premise"
    );
    assert!(theirs.check("050471", SECONDS).is_some(), "the premise");
    assert!(
        totp.verify(&secret, WRONG, SECONDS * 1000, None).is_err(),
        "the premise"
    );
    assert!(theirs.check(WRONG, SECONDS).is_none(), "the premise");

    let mut liboath = Liboath::start();
    let (mut kept, mut fresh, mut totp_rs) = (Vec::new(), Vec::new(), Vec::new());
    let mut oath = Vec::new();
    for _ in 0..rounds {
        kept.push(round(|| {
            black_box(totp.verify(black_box(&secret), black_box(WRONG), SECONDS * 1000, None)).ok();
        }));
        fresh.push(round(|| {
            let secret = Secret::from_bytes(black_box(SECRET)).expect("20 bytes");
            black_box(totp.verify(&secret, black_box(WRONG), SECONDS * 1000, None)).ok();
        }));
        totp_rs.push(round(|| {
            black_box(black_box(&theirs).check(black_box(WRONG), SECONDS));
        }));
        if let Some(liboath) = &mut liboath {
            oath.push(liboath.round());
        }
    }
    let theirs = median(totp_rs);
    println!("medians of {rounds} rounds of {CALLS} calls, ns a call");
    for (name, rounds) in [
        ("todoita, secret kept", kept),
        ("todoita, secret read each time", fresh),
    ] {
        let ours = median(rounds);
        println!("  {name:32} {ours:7.0}   {:.2} of totp-rs", ours / theirs);
    }
    println!("  {:32} {theirs:7.0}", "totp-rs, secret kept");
    if liboath.is_some() {
        let oath = median(oath);
        println!(
            "  {:32} {oath:7.0}   {:.2} of totp-rs",
            "liboath",
            oath / theirs
        );
    }
}

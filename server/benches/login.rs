//! `cargo xtask bench login`: the service under load, in one run on this machine. It fails where a promise of
//! SECURITY.md does not hold.
#![allow(clippy::unwrap_used, reason = "a benchmark stops at the first error")]
#![expect(
    clippy::disallowed_methods,
    reason = "a benchmark measures the system's time"
)]

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

/// Files that the service may open, the usual limit.
const OPEN_FILES: u32 = 1024;
/// How long each load is measured.
const PERIOD: Duration = Duration::from_secs(10);

/// A running service, without configuration but the demo's.
struct Service {
    process: Child,
    address: SocketAddr,
    _folder: TempDir,
}

impl Service {
    fn start() -> Service {
        let folder = TempDir::new().unwrap();
        let data = folder.path().join("data");
        let script = format!(
            "ulimit -n {OPEN_FILES}; exec \"$0\" --demo --listen 127.0.0.1:0 --data \"$1\""
        );
        let mut process = Command::new("sh")
            .args(["-c", &script, env!("CARGO_BIN_EXE_todoita-server")])
            .arg(&data)
            .env("RUST_LOG", "error")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut banner = String::new();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        output.read_line(&mut banner).unwrap();
        let address = banner.split("http://").nth(1).unwrap();
        let address = address.trim().trim_end_matches('/').parse().unwrap();
        Service {
            process,
            address,
            _folder: folder,
        }
    }

    /// Asks it to end; how long that takes.
    fn terminate(mut self) -> Duration {
        let began = Instant::now();
        let pid = self.process.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-TERM", &pid])
                .status()
                .unwrap()
                .success()
        );
        self.process.wait().unwrap();
        began.elapsed()
    }
}

/// Sends a request on a connection of its own; gives all that comes back until the connection is closed.
async fn exchange(address: SocketAddr, request: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(request).await?;
    let mut response = Vec::new();
    stream.read_to_end(&mut response).await?;
    Ok(response)
}

/// `GET /help`, again and again for a while: the sorted times.
async fn pages(address: SocketAddr, period: Duration) -> Vec<Duration> {
    let request = b"GET /help HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    let (began, mut times) = (Instant::now(), Vec::new());
    while began.elapsed() < period {
        let sent = Instant::now();
        let response = exchange(address, request).await.unwrap();
        assert!(response.starts_with(b"HTTP/1.1 200 "));
        times.push(sent.elapsed());
        sleep(Duration::from_millis(5)).await;
    }
    times.sort();
    times
}

fn quantile(times: &[Duration], of_100: usize) -> Duration {
    times[(times.len() - 1) * of_100 / 100]
}

fn print(load: &str, times: &[Duration]) {
    let ms = |of_100| quantile(times, of_100).as_secs_f64() * 1_000.0;
    println!(
        "{load}: p50 {:.2} ms, p90 {:.2} ms, p99 {:.2} ms, most {:.2} ms of {} pages",
        ms(50),
        ms(90),
        ms(99),
        ms(100),
        times.len()
    );
}

/// The entry points of a code.
const ENTRY_POINTS: [&str; 3] = ["/login/code", "/account/app", "/account/number"];

/// Posts of 16 kB without a cookie at a rate, to all entry points of a code in turn, each on a connection of its own.
async fn posts(address: SocketAddr, per_second: u32) {
    let body = format!("code={}", "G-482913+".repeat(16_000 / 9));
    let requests = ENTRY_POINTS.map(|path| -> std::sync::Arc<[u8]> {
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        (head + &body).into_bytes().into()
    });
    let mut clock = tokio::time::interval(Duration::from_secs(1) / per_second);
    for request in requests.iter().cycle() {
        clock.tick().await;
        let request = request.clone();
        tokio::spawn(async move { exchange(address, &request).await });
    }
}

/// 2,000 connections that have sent half a head. One that the service closes is opened again.
async fn half_heads(address: SocketAddr) {
    for _ in 0..2_000 {
        tokio::spawn(async move {
            loop {
                let _ = exchange(address, b"GET /help HTTP/1.1\r\nhost: localhost\r\n").await;
                sleep(Duration::from_millis(100)).await;
            }
        });
    }
    std::future::pending::<()>().await;
}

#[tokio::main]
async fn main() -> ExitCode {
    let service = Service::start();
    let address = service.address;
    let mut kept = true;
    let mut promise = |holds: bool, what: &str| {
        println!(
            "  {}: {what}",
            if holds { "holds" } else { "DOES NOT HOLD" }
        );
        kept &= holds;
    };

    pages(address, Duration::from_secs(1)).await;
    let quiet = pages(address, PERIOD).await;
    print("quiet", &quiet);
    let load = tokio::spawn(posts(address, 29));
    let loaded = pages(address, PERIOD).await;
    load.abort();
    print(
        "beside 29 posts of 16 kB a second without a cookie",
        &loaded,
    );
    let within = quantile(&loaded, 50) <= quantile(&quiet, 50) * 3;
    promise(within, "p50 within three times the quiet one");

    let load = tokio::spawn(half_heads(address));
    sleep(Duration::from_secs(2)).await;
    let answered = timeout(Duration::from_secs(60), pages(address, PERIOD)).await;
    match &answered {
        Ok(times) => print("beside 2,000 half heads, 1,024 open files", times),
        Err(_) => println!("beside 2,000 half heads, 1,024 open files: no answer in a minute"),
    }
    promise(answered.is_ok(), "the service answers");
    load.abort();

    // A half head, and a client that does not read its answers.
    let mut half = TcpStream::connect(address).await.unwrap();
    half.write_all(b"GET /help HTTP/1.1\r\nhost: localhost\r\n")
        .await
        .unwrap();
    let mut deaf = TcpStream::connect(address).await.unwrap();
    for _ in 0..2_000 {
        let request = deaf.write_all(b"GET /help HTTP/1.1\r\nhost: localhost\r\n\r\n");
        if timeout(Duration::from_millis(50), request).await.is_err() {
            break;
        }
    }
    let ended = tokio::task::spawn_blocking(move || service.terminate())
        .await
        .unwrap();
    println!(
        "SIGTERM beside a half head and a client that does not read: {:.1} s",
        ended.as_secs_f64()
    );
    promise(
        ended < Duration::from_secs(16),
        "it ends within its deadline of 10 s, and 5 s for the database",
    );
    if kept {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

//! Slow and many connections: time limits, the limit of connections, the deadline of the shutdown.
#![allow(
    clippy::unwrap_used,
    reason = "a test stops at the first failed expectation"
)]

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::routing::{get, post};
use todoita_server::listener::{self, Limits};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout};

struct Server {
    address: SocketAddr,
    shutdown: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

async fn start(limits: Limits) -> Server {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let late = async || {
        tokio::time::sleep(Duration::from_millis(300)).await;
        "late"
    };
    let router = Router::new()
        .route("/", get(async || "here"))
        .route("/slow", get(late).post(async move |_: String| late().await))
        .route("/body", post(async |body: String| body));
    let (shutdown, asked) = oneshot::channel();
    let asked = async move {
        let _ = asked.await;
    };
    let task = tokio::spawn(listener::serve(listener, router, limits, asked));
    Server {
        address,
        shutdown,
        task,
    }
}

fn limits() -> Limits {
    Limits {
        connections: 20,
        head: Duration::from_millis(300),
        shutdown: Duration::from_millis(1_000),
    }
}

/// Sends `bytes` and gives all that comes back until the connection is closed.
async fn exchange(address: SocketAddr, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(bytes).await.unwrap();
    let mut response = Vec::new();
    let _ = stream.read_to_end(&mut response).await;
    String::from_utf8_lossy(&response).into_owned()
}

/// Connections that send `bytes` and then nothing, more than the limits of these tests allow at once.
async fn held(address: SocketAddr, bytes: &[u8]) -> Vec<TcpStream> {
    let mut held = Vec::new();
    for _ in 0..100 {
        let mut stream = TcpStream::connect(address).await.unwrap();
        // Its place may have been taken by a later one.
        let _ = stream.write_all(bytes).await;
        held.push(stream);
    }
    held
}

const WHOLE: &[u8] = b"GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";
const HALF: &[u8] = b"GET / HTTP/1.1\r\nhost: a\r\n";
const GENEROUS: Duration = Duration::from_secs(20);

#[tokio::test(flavor = "multi_thread")]
async fn a_half_head_and_an_idle_connection_are_closed() {
    let server = start(limits()).await;
    let half = timeout(GENEROUS, exchange(server.address, HALF)).await;
    assert!(!half.unwrap().contains("here"));
    // Kept open after a response, without another request.
    let kept = b"GET / HTTP/1.1\r\nhost: a\r\n\r\n";
    let kept = timeout(GENEROUS, exchange(server.address, kept)).await;
    assert!(kept.unwrap().ends_with("here"));
    let silent = timeout(GENEROUS, exchange(server.address, b"")).await;
    assert!(silent.is_ok(), "a connection that sends nothing is closed");
}

#[tokio::test(flavor = "multi_thread")]
async fn beside_more_half_heads_than_connections_a_request_is_answered() {
    let server = start(limits()).await;
    let _held = held(server.address, HALF).await;
    let answer = timeout(GENEROUS, exchange(server.address, WHOLE)).await;
    assert!(answer.unwrap().ends_with("here"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_connection_takes_the_place_of_the_one_that_has_waited_longest() {
    let patient = Limits {
        head: Duration::from_secs(60),
        ..limits()
    };
    let server = start(patient).await;
    let mut half_heads = held(server.address, HALF).await;
    let answer = timeout(GENEROUS, exchange(server.address, WHOLE)).await;
    assert!(answer.unwrap().ends_with("here"));
    // A request that is being answered is not closed for another connection.
    let slow = b"GET /slow HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";
    let address = server.address;
    let slow = tokio::spawn(async move { exchange(address, slow).await });
    tokio::time::sleep(Duration::from_millis(100)).await;
    for _ in 0..100 {
        half_heads.push(TcpStream::connect(server.address).await.unwrap());
    }
    assert!(slow.await.unwrap().ends_with("late"));
}

/// A head whose body is held back but for its beginning.
const HALF_BODY: &[u8] = b"POST /body HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\nhalf";

#[tokio::test(flavor = "multi_thread")]
async fn beside_more_half_bodies_than_connections_a_request_is_answered() {
    let server = start(limits()).await;
    let mut half_bodies = held(server.address, HALF_BODY).await;
    let answer = timeout(GENEROUS, exchange(server.address, WHOLE)).await;
    assert!(answer.unwrap().ends_with("here"));
    // A body that has arrived is being answered, and its connection is not closed for another one.
    let slow =
        b"POST /slow HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: 4\r\n\r\nbody";
    let address = server.address;
    let slow = tokio::spawn(async move { exchange(address, slow).await });
    tokio::time::sleep(Duration::from_millis(100)).await;
    for _ in 0..100 {
        half_bodies.push(TcpStream::connect(server.address).await.unwrap());
    }
    assert!(slow.await.unwrap().ends_with("late"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_head_that_is_too_long_is_refused() {
    let server = start(limits()).await;
    let long = format!(
        "GET / HTTP/1.1\r\nhost: a\r\nx: {}\r\n\r\n",
        "x".repeat(100_000)
    );
    let answer = timeout(GENEROUS, exchange(server.address, long.as_bytes())).await;
    assert!(!answer.unwrap().contains("here"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_shutdown_finishes_open_requests_and_ends_at_its_deadline() {
    let patient = Limits {
        head: Duration::from_secs(60),
        ..limits()
    };
    let server = start(patient).await;
    let address = server.address;
    let slow = b"GET /slow HTTP/1.1\r\nhost: a\r\n\r\n";
    let open = tokio::spawn(async move { exchange(address, slow).await });
    // A half head and a client that never reads would hold the process for ever.
    let mut half = TcpStream::connect(address).await.unwrap();
    half.write_all(HALF).await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    let began = Instant::now();
    server.shutdown.send(()).unwrap();
    timeout(GENEROUS, server.task).await.unwrap().unwrap();
    assert!(began.elapsed() < Duration::from_secs(15), "{began:?}");
    assert!(open.await.unwrap().ends_with("late"), "it was finished");
    assert!(TcpStream::connect(address).await.is_err(), "it has ended");
}

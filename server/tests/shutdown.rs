//! Health, and the shutdown: requests end, messages that a worker holds are delivered, nothing is left claimed.
#![allow(
    clippy::unwrap_used,
    reason = "a test stops at the first failed expectation"
)]

mod common;

use std::pin::{Pin, pin};
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::Body;
use axum::http::Request;
use common::Site;
use login::delivery::{Deliver, Delivery, DeliveryError, Message, Receipt};
use login::queue;
use tempfile::TempDir;
use todoita_server::monitor::{self, Health};
use todoita_server::startup;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};
use tokio::sync::Semaphore;
use tower::ServiceExt as _;

/// A gateway that delivers when it is allowed to.
#[derive(Debug)]
struct Slow {
    began: Semaphore,
    allowed: Semaphore,
    delivered: Mutex<Vec<String>>,
}

impl Deliver for Slow {
    fn deliver<'a>(
        &'a self,
        idempotency_key: &'a str,
        _message: &'a Message,
    ) -> Pin<Box<dyn Future<Output = Result<Receipt, DeliveryError>> + Send + 'a>> {
        Box::pin(async move {
            self.began.add_permits(1);
            self.allowed.acquire().await.unwrap().forget();
            self.delivered
                .lock()
                .unwrap()
                .push(idempotency_key.to_owned());
            Ok(Receipt::default())
        })
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_a_worker_holds_is_delivered_once_before_the_shutdown_ends() {
    let site = Site::start().await;
    let gateway = Arc::new(Slow {
        began: Semaphore::new(0),
        allowed: Semaphore::new(0),
        delivered: Mutex::default(),
    });
    let mut login = site.login.clone();
    login.delivery = Delivery::new(gateway.clone());
    site.signing_in("jiro").await;
    let background = startup::spawn_background(&login);
    gateway.began.acquire().await.unwrap().forget();
    let mut stop = pin!(background.stop());
    let early = tokio::time::timeout(Duration::from_millis(300), &mut stop).await;
    assert!(early.is_err(), "it waits for the gateway");
    // Enqueued when the end has begun: another machine, or the next start, delivers it.
    site.signing_in("sakura").await;
    login.delivery.wake();
    gateway.allowed.add_permits(10);
    stop.await;
    assert_eq!(gateway.delivered.lock().unwrap().len(), 1);
    assert_eq!(site.count("SELECT COUNT(*) FROM messages").await, 1);
    assert_eq!(queue::deliver_due(&login).await.unwrap(), 1, "at once");
    let mut delivered = gateway.delivered.lock().unwrap().clone();
    delivered.dedup();
    assert_eq!(delivered.len(), 2, "each once");
}

async fn status(router: &axum::Router, path: &str) -> u16 {
    let request = Request::get(path).body(Body::empty()).unwrap();
    router
        .clone()
        .oneshot(request)
        .await
        .unwrap()
        .status()
        .as_u16()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_whose_database_is_away_lives_and_is_not_ready() {
    let site = Site::start().await;
    let fresh = || monitor::router(Health::new(site.login.clone()), None);
    let router = fresh();
    assert_eq!(status(&router, "/livez").await, 200);
    assert_eq!(status(&router, "/readyz").await, 200);
    assert_eq!(status(&router, "/login").await, 404);
    site.store.close().await;
    let router = fresh();
    assert_eq!(status(&router, "/livez").await, 200);
    assert_eq!(status(&router, "/readyz").await, 503);
    // The pages of the service have neither.
    let person = site.person();
    for path in ["/livez", "/readyz", "/metrics"] {
        assert_eq!(person.page_status(path).await, 404);
    }
}

struct Program {
    process: Child,
    address: String,
    health: String,
}

async fn start(data: &TempDir) -> Program {
    let config = data.path().join("server.toml");
    std::fs::write(&config, "metrics-listen = '127.0.0.1:0'\n").unwrap();
    let mut process = Command::new(env!("CARGO_BIN_EXE_todoita-server"))
        .args(["--demo", "--listen", "127.0.0.1:0", "--config"])
        .arg(&config)
        .arg("--data")
        .arg(data.path().join("data"))
        .env_remove("TODOITA_KEY")
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
    let mut address_after = async |start: &str| loop {
        let line = lines
            .next_line()
            .await
            .unwrap()
            .expect("a line of the banner");
        if line.trim_start().starts_with(start) {
            let address = line.split_once("http://").unwrap().1;
            return address.split('/').next().unwrap().to_owned();
        }
    };
    let address = address_after("todoita-server").await;
    let health = address_after("health").await;
    Program {
        process,
        address,
        health,
    }
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn after_sigterm_an_open_request_is_answered_and_the_program_ends_well() {
    let data = TempDir::new().unwrap();
    let mut program = start(&data).await;
    let ready = async || {
        let answer = reqwest::get(format!("http://{}/readyz", program.health)).await;
        answer.unwrap().status().as_u16()
    };
    assert_eq!(ready().await, 200);
    // A request whose body has not arrived yet.
    let mut open = TcpStream::connect(&program.address).await.unwrap();
    let body = "name=jiro&password=demo";
    let head = format!(
        "POST /login HTTP/1.1\r\nHost: {}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {}\r\n\r\n",
        program.address,
        body.len()
    );
    open.write_all(head.as_bytes()).await.unwrap();
    open.write_all(&body.as_bytes()[..5]).await.unwrap();
    // The request is known to the service when a later one was answered.
    assert_eq!(ready().await, 200);
    reqwest::get(format!("http://{}/", program.address))
        .await
        .unwrap();
    let pid = program.process.id().unwrap().to_string();
    let sent = Command::new("kill").args(["-TERM", &pid]).status().await;
    assert!(sent.unwrap().success());
    let mut refused = false;
    for _ in 0..500 {
        refused = TcpStream::connect(&program.address).await.is_err();
        if refused {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert!(refused, "no further connection");
    assert_eq!(ready().await, 503);
    open.write_all(&body.as_bytes()[5..]).await.unwrap();
    let mut answer = String::new();
    open.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
    assert!(program.process.wait().await.unwrap().success());
}

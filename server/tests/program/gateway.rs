//! A gateway by HTTP that answers as a test wants, and keeps what it was given.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderName, StatusCode, header};
use axum::routing::post;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

#[derive(Debug)]
struct Shared {
    /// `None`: it holds the messages.
    answer: Mutex<Option<Answer>>,
    /// The idempotency keys of the messages that it holds, and what lets it take them.
    held: Mutex<VecDeque<(String, oneshot::Sender<()>)>>,
    received: Mutex<Vec<(String, String)>>,
}

/// A status, and the wait that it asks for in seconds.
type Answer = (StatusCode, [(HeaderName, &'static str); 1]);

fn answer(status: StatusCode, wait: &'static str) -> Answer {
    (status, [(header::RETRY_AFTER, wait)])
}

/// The gateway.
#[derive(Clone, Debug)]
pub struct Gateway {
    pub address: SocketAddr,
    shared: Arc<Shared>,
}

impl Gateway {
    pub async fn start() -> Gateway {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared {
            answer: Mutex::new(Some(answer(StatusCode::ACCEPTED, "0"))),
            held: Mutex::default(),
            received: Mutex::default(),
        });
        let router = Router::new()
            .route("/send", post(receive))
            .with_state(shared.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Gateway { address, shared }
    }

    pub fn answer(&self, status: u16) {
        let status = StatusCode::from_u16(status).unwrap();
        *self.shared.answer.lock().unwrap() = Some(answer(status, "0"));
    }

    /// Wants to see no message before it has expired.
    pub fn is_busy(&self) {
        let busy = answer(StatusCode::SERVICE_UNAVAILABLE, "3600");
        *self.shared.answer.lock().unwrap() = Some(busy);
    }

    /// Holds the messages that come from now on, and forgets those that came before.
    pub fn hold(&self) {
        *self.shared.answer.lock().unwrap() = None;
        self.shared.received.lock().unwrap().clear();
    }

    /// Takes those that it has held for longest. Gives their idempotency keys.
    pub fn take(&self, messages: usize) -> Vec<String> {
        let mut held = self.shared.held.lock().unwrap();
        let taken = held.drain(..messages).map(|(key, takes)| {
            takes.send(()).unwrap();
            key
        });
        taken.collect()
    }

    /// The idempotency keys and texts that it was given, in that order.
    pub fn received(&self) -> Vec<(String, String)> {
        self.shared.received.lock().unwrap().clone()
    }

    /// The configuration of a service that sends SMS by this gateway.
    pub fn config(&self) -> String {
        format!(
            "[delivery]\nvoice = 'none'\n[delivery.webhook]\nurl = 'http://{}/send'\ntimeout = '20s'\n",
            self.address
        )
    }
}

async fn receive(State(shared): State<Arc<Shared>>, body: Bytes) -> Answer {
    let body: Value = serde_json::from_slice(&body).unwrap();
    let text = |name: &str| body["data"][name].as_str().unwrap().to_owned();
    let (key, words) = (text("id"), text("text"));
    let given = shared.answer.lock().unwrap().clone();
    let (takes, taken) = oneshot::channel();
    if given.is_none() {
        shared.held.lock().unwrap().push_back((key.clone(), takes));
    }
    shared.received.lock().unwrap().push((key, words));
    match given {
        Some(given) => given,
        None => {
            taken.await.unwrap();
            answer(StatusCode::ACCEPTED, "0")
        }
    }
}

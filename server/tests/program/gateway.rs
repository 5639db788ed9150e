//! A gateway by HTTP that answers as a test wants, and keeps what it was given.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use serde_json::Value;
use tokio::net::TcpListener;

#[derive(Debug)]
struct Shared {
    /// The status of its answers.
    answer: Mutex<StatusCode>,
    received: Mutex<Vec<(String, String)>>,
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
            answer: Mutex::new(StatusCode::ACCEPTED),
            received: Mutex::default(),
        });
        let router = Router::new()
            .route("/send", post(receive))
            .with_state(shared.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Gateway { address, shared }
    }

    pub fn answer(&self, status: u16) {
        *self.shared.answer.lock().unwrap() = StatusCode::from_u16(status).unwrap();
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

async fn receive(State(shared): State<Arc<Shared>>, body: Bytes) -> StatusCode {
    let body: Value = serde_json::from_slice(&body).unwrap();
    let text = |name: &str| body["data"][name].as_str().unwrap().to_owned();
    let received = (text("id"), text("text"));
    shared.received.lock().unwrap().push(received);
    *shared.answer.lock().unwrap()
}

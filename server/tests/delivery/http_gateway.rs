//! A gateway by HTTP, which verifies what it gets and does what a test wants.

use std::future::pending;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use serde_json::Value;
use todoita_server::config::delivery::{Gateway, Gateways, Webhook};
use todoita_server::signature::{self, Secrets, Signed};
use tokio::net::TcpListener;

use crate::common::{SECRET, Site};

/// The answer of the gateway to a request.
#[derive(Clone, Copy, Debug)]
pub enum Behaviour {
    Fast,
    /// It never answers.
    Hangs,
    /// It delivers the message, and its answer is lost.
    LosesItsAnswer,
    /// It answers 503 to messages for one channel, and takes the others.
    FailsFor(&'static str),
    /// It answers with a status, and may name a wait.
    Answers(u16, Option<&'static str>),
    /// It answers with this body.
    Says(&'static str),
}

/// A request.
#[derive(Clone, Debug)]
pub struct Received {
    pub id: String,
    pub timestamp: String,
    pub body: Value,
}

/// The state that tests and the server share.
#[derive(Debug)]
struct Shared {
    behaviour: Mutex<Behaviour>,
    received: Mutex<Vec<Received>>,
    now: u64,
}

/// The gateway. Clones share it.
#[derive(Clone, Debug)]
pub struct HttpGateway {
    pub address: SocketAddr,
    shared: Arc<Shared>,
}

/// A time at which the sites of the tests start (common/mod.rs).
const NOW: u64 = 1_795_000_000_000;

impl HttpGateway {
    pub async fn start() -> HttpGateway {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared {
            behaviour: Mutex::new(Behaviour::Fast),
            received: Mutex::default(),
            now: NOW,
        });
        let router = Router::new()
            .route("/send", post(receive))
            .with_state(shared.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        HttpGateway { address, shared }
    }

    pub fn set(&self, behaviour: Behaviour) {
        *self.shared.behaviour.lock().unwrap() = behaviour;
    }

    pub fn received(&self) -> Vec<Received> {
        self.shared.received.lock().unwrap().clone()
    }

    /// The configuration of a service that sends SMS and calls by this gateway.
    pub fn config(&self) -> Gateways {
        Gateways {
            webhook: Some(Webhook {
                url: format!("http://{}/send", self.address).parse().unwrap(),
                secret_file: None,
                ca_file: None,
                timeout: Duration::from_secs(10),
            }),
            sms: Some(Gateway::Webhook),
            voice: Some(Gateway::Webhook),
            ..Gateways::default()
        }
    }

    /// A site that sends SMS and calls by this gateway, and no mail.
    pub async fn site(&self) -> Site {
        Site::start_with(|config| {
            config.demo = false;
            config.delivery = self.config();
        })
        .await
    }

    /// A site that sends SMS alone by this gateway.
    pub async fn site_without_calls(&self) -> Site {
        Site::start_with(|config| {
            config.demo = false;
            config.delivery = self.config();
            config.delivery.voice = None;
        })
        .await
    }

    /// Another machine of a site that has this gateway.
    pub async fn another_node(&self, site: &Site) -> Site {
        site.another_node_with(|node| {
            node.demo = false;
            node.delivery = self.config();
        })
        .await
    }
}

async fn receive(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> Response {
    let text = |name: &str| headers[name].to_str().unwrap().to_owned();
    let (id, timestamp) = (text(signature::ID), text(signature::TIMESTAMP));
    let signed = Signed {
        id: &id,
        timestamp: &timestamp,
        signature: &text(signature::SIGNATURE),
    };
    // The sites' clocks are put forward by at most some minutes.
    let verified = (0..12).any(|minutes| {
        let now = shared.now + minutes * 60_000;
        Secrets::read(SECRET).unwrap().verify(signed, &body, now)
    });
    if !verified || text("content-type") != "application/json" {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let body: Value = serde_json::from_slice(&body).unwrap();
    let channel = body["data"]["channel"].as_str().unwrap().to_owned();
    shared.received.lock().unwrap().push(Received {
        id,
        timestamp,
        body,
    });
    let behaviour = *shared.behaviour.lock().unwrap();
    match behaviour {
        Behaviour::FailsFor(failing) if failing == channel => {
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
        Behaviour::FailsFor(_) => StatusCode::ACCEPTED.into_response(),
        Behaviour::Fast => (StatusCode::ACCEPTED, r#"{"id": "gw-7"}"#).into_response(),
        Behaviour::Hangs => pending().await,
        Behaviour::LosesItsAnswer => panic!("the connection is closed"),
        Behaviour::Answers(status, wait) => {
            let mut answer = StatusCode::from_u16(status).unwrap().into_response();
            if let Some(wait) = wait {
                let headers = answer.headers_mut();
                headers.insert(header::RETRY_AFTER, wait.parse().unwrap());
            }
            if (300..400).contains(&status) {
                let headers = answer.headers_mut();
                headers.insert(header::LOCATION, "/send".parse().unwrap());
            }
            answer
        }
        Behaviour::Says(body) => body.into_response(),
    }
}

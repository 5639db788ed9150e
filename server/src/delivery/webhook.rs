//! A gateway by HTTP: a signed request for each message (docs/delivery.md has the shape).

use std::pin::Pin;
use std::time::Duration;

use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER, USER_AGENT};
use hyper::{Request, Response, StatusCode, Uri};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use login::clock::Clock;
use login::delivery::{About, Deliver, DeliveryError, Message, Receipt};
use serde::{Deserialize, Serialize};
use todoita::channel::Channel;

use super::{sms, tls};
use crate::config::delivery as config;
use crate::instant::instant;
use crate::signature::{self, Secrets};

/// Bytes of an answer that are read.
const LONGEST_ANSWER: usize = 16 * 1024;
/// Characters of a gateway's own id that are kept.
const LONGEST_ID: usize = 200;

/// A webhook.
#[derive(Clone, Debug)]
pub struct Webhook {
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    url: Uri,
    timeout: Duration,
    secrets: Secrets,
    clock: Clock,
}

/// The body of a request.
#[derive(Debug, Serialize)]
struct Body<'a> {
    r#type: &'static str,
    timestamp: String,
    data: Data<'a>,
}

#[derive(Debug, Serialize)]
struct Data<'a> {
    id: &'a str,
    channel: &'static str,
    to: &'a str,
    lang: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<&'a str>,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    sms: Option<Sms>,
    #[serde(rename = "expiresAt", skip_serializing_if = "Option::is_none")]
    expires_at: Option<String>,
}

#[derive(Debug, Serialize)]
struct Sms {
    encoding: &'static str,
    parts: usize,
}

/// The body of an answer, which may be missing.
#[derive(Debug, Default, Deserialize)]
struct Answer {
    id: Option<String>,
}

impl Webhook {
    /// A webhook whose requests are signed with `secrets` at the time of `clock`.
    ///
    /// # Errors
    /// A sentence: the certificate authorities cannot be read.
    pub fn new(
        webhook: &config::Webhook,
        secrets: Secrets,
        clock: Clock,
    ) -> Result<Webhook, String> {
        let mut http = HttpConnector::new();
        http.enforce_http(false);
        http.set_connect_timeout(Some(webhook.timeout));
        let https = HttpsConnectorBuilder::new()
            .with_tls_config(tls::client(webhook.ca_file.as_deref())?)
            .https_or_http()
            .enable_http1()
            .wrap_connector(http);
        Ok(Webhook {
            client: Client::builder(TokioExecutor::new()).build(https),
            url: webhook.url.clone(),
            timeout: webhook.timeout,
            secrets,
            clock,
        })
    }

    async fn post(&self, key: &str, message: &Message) -> Result<Receipt, DeliveryError> {
        let now = self.clock.wall();
        let body = body(key, message, now)
            .map_err(|_| DeliveryError::Never("it cannot be written as JSON".to_owned()))?;
        let timestamp = now / 1_000;
        let request = Request::post(&self.url)
            .header(CONTENT_TYPE, "application/json")
            .header(USER_AGENT, "todoita-server")
            .header(signature::ID, key)
            .header(signature::TIMESTAMP, timestamp)
            .header(
                signature::SIGNATURE,
                self.secrets.sign(key, timestamp, &body),
            )
            .body(Full::from(body))
            .map_err(|error| DeliveryError::later(error.to_string()))?;
        let answer = self.client.request(request).await;
        let answer = answer.map_err(|error| DeliveryError::later(with_cause(&error)))?;
        read(answer).await
    }
}

impl Deliver for Webhook {
    fn deliver<'a>(
        &'a self,
        idempotency_key: &'a str,
        message: &'a Message,
    ) -> Pin<Box<dyn Future<Output = Result<Receipt, DeliveryError>> + Send + 'a>> {
        Box::pin(async move {
            let post = self.post(idempotency_key, message);
            let answer = tokio::time::timeout(self.timeout, post).await;
            answer.unwrap_or_else(|_| Err(DeliveryError::later("no answer in time")))
        })
    }
}

fn body(key: &str, message: &Message, now: u64) -> Result<Vec<u8>, serde_json::Error> {
    let sms = (message.channel == Channel::Sms).then(|| {
        let (encoding, parts) = sms::parts(&message.text);
        Sms {
            encoding: encoding.as_str(),
            parts,
        }
    });
    serde_json::to_vec(&Body {
        r#type: "message.send",
        timestamp: instant(now),
        data: Data {
            id: key,
            channel: message.channel.as_str(),
            to: &message.destination,
            lang: &message.lang,
            subject: message.subject.as_deref(),
            text: &message.text,
            sms,
            expires_at: message.expires_at.map(instant),
        },
    })
}

/// Reads an answer. Redirects are not followed: a secret would go to an address that nobody configured.
async fn read(answer: Response<Incoming>) -> Result<Receipt, DeliveryError> {
    let (head, body) = answer.into_parts();
    if head.status == StatusCode::UNPROCESSABLE_ENTITY {
        return Err(DeliveryError::Never(
            "the webhook refused it for good (422)".to_owned(),
        ));
    }
    if !head.status.is_success() {
        return Err(DeliveryError::Later {
            why: format!("the webhook answered {}", head.status.as_u16()),
            after: retry_after(&head.headers),
            about: about(head.status),
        });
    }
    // It is taken, whatever the body says.
    let body = Limited::new(body, LONGEST_ANSWER).collect().await;
    let answer: Answer = body
        .ok()
        .and_then(|body| serde_json::from_slice(&body.to_bytes()).ok())
        .unwrap_or_default();
    Ok(Receipt {
        id: answer.id.map(|id| {
            let printable = id.chars().filter(|c| !c.is_control());
            printable.take(LONGEST_ID).collect()
        }),
    })
}

/// Statuses of the class "client error" by which a gateway refuses every message: it does not know this service or the address of the
/// webhook, has no money left, or is busy.
const OF_THIS_SERVICE: [u16; 13] = [
    401, 402, 403, 404, 405, 407, 408, 410, 411, 415, 421, 426, 429,
];

/// The subject of a refusal. Client errors of other kinds are about the message: another one may be taken.
fn about(status: StatusCode) -> About {
    if status.is_client_error() && !OF_THIS_SERVICE.contains(&status.as_u16()) {
        About::Destination
    } else {
        About::Gateway
    }
}

/// The wait that an answer asks for. A date, which the header may have too, is not read.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get(RETRY_AFTER)?.to_str().ok()?.parse().ok()?;
    Some(Duration::from_secs(seconds))
}

/// An error with what caused it, which says more.
fn with_cause(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

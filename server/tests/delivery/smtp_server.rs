//! A mail server that speaks as much SMTP as a client needs, and does what a test wants.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::net::TcpListener;

use super::mail_site::USER;
use super::tls::Certificate;
use crate::common::PASSWORD;

/// How the server encrypts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encryption {
    Implicit,
    Starttls,
    /// It does not even offer STARTTLS.
    None,
}

/// A mail that it has accepted.
#[derive(Clone, Debug)]
pub struct Accepted {
    pub encrypted: bool,
    pub signed_in: bool,
    pub from: String,
    pub to: String,
    pub mail: String,
}

#[derive(Debug, Default)]
struct Shared {
    accepted: Mutex<Vec<Accepted>>,
    /// The answer to `RCPT`, where it is not 250.
    refusal: Mutex<Option<&'static str>>,
}

/// The server. Clones share it.
#[derive(Clone, Debug)]
pub struct SmtpServer {
    pub address: SocketAddr,
    shared: Arc<Shared>,
}

impl SmtpServer {
    pub async fn start(encryption: Encryption, certificate: &Certificate) -> SmtpServer {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared::default());
        let server = SmtpServer { address, shared };
        let (acceptor, shared) = (certificate.acceptor.clone(), server.shared.clone());
        tokio::spawn(async move {
            loop {
                let (connection, _) = listener.accept().await.unwrap();
                let (acceptor, shared) = (acceptor.clone(), shared.clone());
                tokio::spawn(async move {
                    let offers = encryption == Encryption::Starttls;
                    let upgraded = match encryption {
                        Encryption::Implicit => Some(connection),
                        _ => serve(connection, &shared, false, offers, true).await,
                    };
                    let Some(connection) = upgraded else { return };
                    if let Ok(connection) = acceptor.accept(connection).await {
                        let greets = encryption == Encryption::Implicit;
                        serve(connection, &shared, true, false, greets).await;
                    }
                });
            }
        });
        server
    }

    pub fn refuse(&self, answer: Option<&'static str>) {
        *self.shared.refusal.lock().unwrap() = answer;
    }

    pub fn accepted(&self) -> Vec<Accepted> {
        self.shared.accepted.lock().unwrap().clone()
    }
}

/// Serves a connection to its end, or gives it back after STARTTLS.
async fn serve<C: AsyncRead + AsyncWrite + Unpin>(
    connection: C,
    shared: &Shared,
    encrypted: bool,
    offers_tls: bool,
    greets: bool,
) -> Option<C> {
    let mut connection = BufReader::new(connection);
    let mut answer = if greets { "220 mail.example ESMTP" } else { "" }.to_owned();
    let (mut signed_in, mut from, mut to) = (false, String::new(), String::new());
    loop {
        if !answer.is_empty() {
            answer.push_str("\r\n");
            connection
                .get_mut()
                .write_all(answer.as_bytes())
                .await
                .ok()?;
            connection.get_mut().flush().await.ok()?;
        }
        let line = line(&mut connection).await?;
        let word = line.split([' ', ':']).next().unwrap_or_default();
        answer = match word.to_uppercase().as_str() {
            "EHLO" if offers_tls => "250-mail.example\r\n250 STARTTLS".into(),
            "EHLO" => "250-mail.example\r\n250 AUTH PLAIN LOGIN".into(),
            "STARTTLS" => {
                let ready = b"220 ready\r\n";
                connection.get_mut().write_all(ready).await.ok()?;
                return Some(connection.into_inner());
            }
            "AUTH" => {
                let given = line.rsplit(' ').next().unwrap_or_default();
                let expected = STANDARD.encode(format!("\0{USER}\0{PASSWORD}"));
                signed_in = given == expected;
                if signed_in {
                    "235 2.7.0 ok".into()
                } else {
                    "535 5.7.8 wrong password".into()
                }
            }
            "MAIL" => {
                from = line;
                "250 ok".into()
            }
            "RCPT" => {
                to = line;
                let refusal = *shared.refusal.lock().unwrap();
                refusal.unwrap_or("250 ok").into()
            }
            "DATA" => {
                let go_on = b"354 go on\r\n";
                connection.get_mut().write_all(go_on).await.ok()?;
                connection.get_mut().flush().await.ok()?;
                let mail = data(&mut connection).await?;
                shared.accepted.lock().unwrap().push(Accepted {
                    encrypted,
                    signed_in,
                    from: from.clone(),
                    to: to.clone(),
                    mail,
                });
                "250 queued".into()
            }
            "QUIT" => "221 bye".into(),
            _ => "502 unknown".into(),
        };
    }
}

async fn line<C: AsyncRead + Unpin>(connection: &mut BufReader<C>) -> Option<String> {
    let mut line = String::new();
    let read = connection.read_line(&mut line).await.ok()?;
    (read > 0).then(|| line.trim_end().to_owned())
}

/// The lines of a mail, without the dots that the protocol adds.
async fn data<C: AsyncRead + Unpin>(connection: &mut BufReader<C>) -> Option<String> {
    let mut lines = Vec::new();
    loop {
        let line = line(connection).await?;
        if line == "." {
            return Some(lines.join("\n"));
        }
        lines.push(line.strip_prefix('.').unwrap_or(&line).to_owned());
    }
}

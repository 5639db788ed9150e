//! Certificates of the tests' gateways, and a webhook by https.

use std::path::PathBuf;
use std::sync::Arc;

use login::queue;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

use super::http_gateway::HttpGateway;
use crate::common::Site;

/// A certificate for 127.0.0.1 that no system trusts.
pub struct Certificate {
    pub acceptor: TlsAcceptor,
    folder: TempDir,
}

impl Certificate {
    pub fn new() -> Certificate {
        let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
        let folder = TempDir::new().unwrap();
        std::fs::write(folder.path().join("ca.pem"), made.cert.pem()).unwrap();
        let key = made.signing_key.serialize_pem();
        std::fs::write(folder.path().join("key.pem"), key).unwrap();
        let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key)
            .unwrap();
        Certificate {
            acceptor: TlsAcceptor::from(Arc::new(config)),
            folder,
        }
    }

    /// The file that makes a service trust it.
    pub fn file(&self) -> PathBuf {
        self.folder.path().join("ca.pem")
    }

    /// Its private key.
    pub fn key_file(&self) -> PathBuf {
        self.folder.path().join("key.pem")
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_by_https_gets_messages_only_with_a_certificate_that_is_trusted() {
    let certificate = Certificate::new();
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let acceptor = certificate.acceptor.clone();
    tokio::spawn(async move {
        loop {
            let (connection, _) = listener.accept().await.unwrap();
            let Ok(mut connection) = acceptor.accept(connection).await else {
                continue;
            };
            let mut received = Vec::new();
            while !received.ends_with(b"}}") {
                connection.read_buf(&mut received).await.unwrap();
            }
            let answer = b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n";
            connection.write_all(answer).await.unwrap();
            connection.shutdown().await.unwrap();
        }
    });
    let by_http = HttpGateway::start().await.config();
    for (ca_file, taken) in [(None, 0), (Some(certificate.file()), 1)] {
        let site = Site::start_with(|config| {
            config.demo = false;
            config.delivery = by_http.clone();
            let webhook = config.delivery.webhook.as_mut().unwrap();
            webhook.url = format!("https://{address}/send").parse().unwrap();
            webhook.ca_file = ca_file;
        })
        .await;
        site.signing_in("jiro").await;
        assert_eq!(queue::deliver_due(&site.login).await.unwrap(), taken);
    }
}

//! A service on a real port with a clock of its own, and the people who use it.
#![allow(dead_code, reason = "each test file uses its own part")]

pub mod html;

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use login::clock::Clock;
use login::crypto::key::Key;
use login::delivery::Message;
use login::queue;
use reqwest::header::{ACCEPT, SET_COOKIE};
use reqwest::{Client, RequestBuilder, Response, StatusCode, redirect};
use serde_json::Value;
use sqlx::SqlitePool;
use tempfile::TempDir;
use todoita_server::config::Config;
use todoita_server::delivery::outbox::Outbox;
use todoita_server::startup;
use todoita_server::store::sqlite::SqliteStore;

pub const SECOND: u64 = 1_000;
pub const MINUTE: u64 = 60 * SECOND;
pub const HOUR: u64 = 60 * MINUTE;

/// A running service.
pub struct Site {
    pub address: SocketAddr,
    pub clock: Clock,
    pub login: login::Service,
    pub store: SqliteStore,
    outbox: Outbox,
    folder: TempDir,
}

impl Site {
    pub async fn start() -> Site {
        Site::start_with(|_| {}).await
    }

    /// Starts a demo whose configuration was changed.
    pub async fn start_with(change: impl FnOnce(&mut Config)) -> Site {
        let folder = TempDir::new().unwrap();
        let store = SqliteStore::open(&folder.path().join("todoita.sqlite"))
            .await
            .unwrap();
        let clock = Clock::fixed(1_795_000_000_000);
        let mut config = Config {
            demo: true,
            ..Config::default()
        };
        change(&mut config);
        let key = Key::generate().unwrap();
        let built = startup::build(config, Arc::new(store.clone()), key, clock.clone()).unwrap();
        todoita_server::demo::people::seed(&built.login)
            .await
            .unwrap();
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0))
            .await
            .unwrap();
        let address = listener.local_addr().unwrap();
        let router = built
            .router
            .into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, router).await });
        Site {
            address,
            clock,
            login: built.login,
            store,
            outbox: built.outbox,
            folder,
        }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// A person with a browser of their own.
    pub fn person(&self) -> Person {
        Person {
            client: client(),
            base: self.url(""),
        }
    }

    /// A person who has given the right password.
    pub async fn signing_in(&self, name: &str) -> Person {
        let person = self.person();
        let answer = person.password(name, "demo").await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{name}");
        assert_eq!(location(&answer), "/login/code");
        person
    }

    /// The delivered messages, oldest first.
    pub async fn messages(&self) -> Vec<Message> {
        queue::deliver_due(&self.login).await.unwrap();
        let delivered = self.outbox.messages().into_iter();
        delivered.map(|delivered| delivered.message).collect()
    }

    /// The code in the newest message.
    pub async fn code(&self) -> String {
        code_in(
            &self
                .messages()
                .await
                .last()
                .expect("a message has arrived")
                .text,
        )
    }

    /// The database, for facts that no page shows.
    pub async fn database(&self) -> SqlitePool {
        let path = self.folder.path().join("todoita.sqlite");
        SqlitePool::connect(&format!("sqlite:{}", path.display()))
            .await
            .unwrap()
    }

    /// Counts rows.
    pub async fn count(&self, what: &'static str) -> i64 {
        sqlx::query_scalar(what)
            .fetch_one(&self.database().await)
            .await
            .unwrap()
    }

    /// Every byte that the database has written.
    pub fn stored_bytes(&self) -> Vec<u8> {
        let files = std::fs::read_dir(self.folder.path()).unwrap().flatten();
        files
            .flat_map(|file| std::fs::read(file.path()).unwrap())
            .collect()
    }

    /// The folder of the database.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn pass(&self, span: u64) {
        self.clock.put_forward(span);
    }
}

pub fn client() -> Client {
    Client::builder()
        .cookie_store(true)
        .redirect(redirect::Policy::none())
        .build()
        .unwrap()
}

/// The code of a message: that of its last line, which is bound to the site.
pub fn code_in(text: &str) -> String {
    let digits = |text: &str| {
        text.chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    match text.rsplit_once('#') {
        Some((_, code)) => digits(code),
        None => digits(text)[..6].to_owned(),
    }
}

/// A code that is not `code`.
pub fn other(code: &str) -> String {
    let first = code.as_bytes()[0];
    let turned = if first == b'9' { b'0' } else { first + 1 };
    format!("{}{}", char::from(turned), &code[1..])
}

pub fn location(answer: &Response) -> &str {
    answer.headers()["location"].to_str().unwrap()
}

/// The value of a cookie that an answer sets.
pub fn cookie(answer: &Response, name: &str) -> Option<String> {
    let cookies = answer
        .headers()
        .get_all(SET_COOKIE)
        .iter()
        .map(|value| value.to_str().unwrap());
    cookies
        .filter_map(|cookie| cookie.split(';').next()?.split_once('='))
        .find(|(own, _)| *own == name)
        .map(|(_, value)| value.to_owned())
}

/// A person at a browser.
#[derive(Clone)]
pub struct Person {
    pub client: Client,
    pub base: String,
}

/// An answer in JSON.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub body: Value,
    pub session: Option<String>,
}

impl Answer {
    pub fn cause(&self) -> &str {
        self.body["cause"].as_str().unwrap_or_default()
    }

    pub fn accepted(&self) -> bool {
        self.status == 200 && self.body["status"] == "accepted"
    }

    pub fn left(&self) -> u64 {
        self.body["attemptsLeft"].as_u64().unwrap()
    }
}

impl Person {
    pub fn post(&self, path: &str) -> RequestBuilder {
        self.client.post(format!("{}{path}", self.base))
    }

    pub fn get(&self, path: &str) -> RequestBuilder {
        self.client.get(format!("{}{path}", self.base))
    }

    pub async fn password(&self, name: &str, password: &str) -> Response {
        self.post("/login")
            .form(&[("name", name), ("password", password)])
            .send()
            .await
            .unwrap()
    }

    pub async fn page(&self, path: &str) -> String {
        let answer = self.get(path).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        answer.text().await.unwrap()
    }

    /// Posts to the code step as the widget does.
    pub async fn ask(&self, fields: &[(&str, &str)]) -> Answer {
        let request = self.post("/login/code").form(fields);
        let answer = request
            .header(ACCEPT, "application/json, application/problem+json")
            .send()
            .await
            .unwrap();
        let kind = answer.headers()["content-type"]
            .to_str()
            .unwrap()
            .to_owned();
        let status = answer.status().as_u16();
        let session = cookie(&answer, "todoita-session");
        assert_eq!(
            kind,
            if status == 200 {
                "application/json"
            } else {
                "application/problem+json"
            }
        );
        Answer {
            status,
            session,
            body: answer.json().await.unwrap(),
        }
    }

    /// Submits a code without an idempotency key.
    pub async fn give(&self, code: &str) -> Answer {
        self.ask(&[("code", code)]).await
    }

    pub async fn give_as(&self, code: &str, key: &str) -> Answer {
        self.ask(&[("code", code), ("todoita-attempt", key)]).await
    }

    pub async fn press(&self, action: &str) -> Answer {
        self.ask(&[("code", ""), ("todoita-action", action)]).await
    }

    pub async fn signed_in(&self) -> bool {
        self.get("/account").send().await.unwrap().status() == StatusCode::OK
    }
}

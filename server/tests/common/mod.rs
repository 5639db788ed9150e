//! A service on a real port with a clock of its own, and the people who use it.
#![allow(dead_code, reason = "each test file uses its own part")]

pub mod database;
pub mod html;
pub mod person;
pub mod proxy;

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use login::clock::Clock;
use login::crypto::key::Key;
use login::crypto::keys::Keys;
use login::delivery::Message;
use login::queue;
use reqwest::header::SET_COOKIE;
use reqwest::{Client, Response, StatusCode, redirect};
use sqlx::AnyPool;
use todoita_server::config::Config;
use todoita_server::config::delivery::WEBHOOK_SECRET;
use todoita_server::delivery;
use todoita_server::delivery::outbox::Outbox;
use todoita_server::startup;
use todoita_server::store::Database;
use tokio::sync::OnceCell;

use database::{Place, Template};

pub use person::Person;

pub const SECOND: u64 = 1_000;
pub const MINUTE: u64 = 60 * SECOND;
pub const HOUR: u64 = 60 * MINUTE;

/// The secret of a site's webhook, and its password for the mail server.
pub const SECRET: &str = "whsec_dGhlIHNlY3JldCBvZiB0aGUgdGVzdHMsIDMyIGJ5dGU=";
pub const PASSWORD: &str = "pass word";

/// The password `demo` under Argon2id with the least work.
pub const CHEAP: &str =
    "$argon2id$v=19$m=8,t=1,p=1$6zJnntRG0AadJO1+kV6RcA$Evs0lwEOchqrOMgFK/stzoGmPS5A+TCOf6wYIIgroto";

/// The keys and the database of a demo with its users. It is made once and copied for each site: the hashes of
/// passwords and backup codes are slow.
static SEEDED: OnceCell<(Keys, Template)> = OnceCell::const_new();

async fn seeded() -> (Keys, Template) {
    let site = Site::start_keyed(Key::generate().unwrap().into(), |_| {}).await;
    site.store.close().await;
    let Site { login, place, .. } = site;
    let keys = login.key.clone();
    drop(login);
    (keys, Arc::into_inner(place).unwrap().into_template())
}

/// A running service.
pub struct Site {
    pub address: SocketAddr,
    pub clock: Clock,
    pub login: login::Service,
    pub store: Database,
    outbox: Outbox,
    place: Arc<Place>,
}

impl Site {
    pub async fn start() -> Site {
        Site::start_with(|_| {}).await
    }

    /// Starts a demo whose configuration was changed.
    pub async fn start_with(change: impl FnOnce(&mut Config)) -> Site {
        let (keys, template) = SEEDED.get_or_init(seeded).await;
        let place = Arc::new(Place::copy_of(template).await);
        let store = place.open().await;
        let clock = Clock::fixed(1_795_000_000_000);
        let mut config = Config {
            demo: true,
            ..Config::default()
        };
        change(&mut config);
        Site::serve(config, store, keys.clone(), clock, place).await
    }

    /// Starts a demo whose PostgreSQL database is behind a proxy.
    pub async fn start_behind_proxy(change: impl FnOnce(&mut Config)) -> (Site, proxy::Proxy) {
        let (keys, template) = SEEDED.get_or_init(seeded).await;
        let place = Arc::new(Place::copy_of(template).await);
        let (store, proxy) = place.open_behind_proxy().await;
        let mut config = Config {
            demo: true,
            ..Config::default()
        };
        change(&mut config);
        let clock = Clock::fixed(1_795_000_000_000);
        let site = Site::serve(config, store, keys.clone(), clock, place).await;
        (site, proxy)
    }

    /// Starts a demo whose database is a file, whatever the others are.
    pub async fn start_on_file() -> Site {
        let place = Arc::new(Place::file());
        let (store, keys) = (place.open().await, Key::generate().unwrap().into());
        let config = Config {
            demo: true,
            ..Config::default()
        };
        Site::serve(config, store, keys, Clock::fixed(1_795_000_000_000), place).await
    }

    /// Another service with the same keys and clock, and the database at another place.
    pub async fn moved_to(&self, place: Place) -> Site {
        let config = Config {
            demo: true,
            ..Config::default()
        };
        let (store, keys) = (place.open().await, self.login.key.clone());
        Site::serve(config, store, keys, self.clock.clone(), Arc::new(place)).await
    }

    /// The path of the database that is a file.
    pub fn file(&self) -> std::path::PathBuf {
        self.place.path()
    }

    /// Starts a demo with these keys.
    pub async fn start_keyed(keys: Keys, change: impl FnOnce(&mut Config)) -> Site {
        let place = Arc::new(Place::fresh().await);
        let store = place.open().await;
        let clock = Clock::fixed(1_795_000_000_000);
        let mut config = Config {
            demo: true,
            ..Config::default()
        };
        change(&mut config);
        Site::serve(config, store, keys, clock, place).await
    }

    /// Another service with the same database and clock: as after a restart.
    pub async fn restarted_with(&self, keys: Keys) -> Site {
        let config = Config {
            demo: true,
            ..Config::default()
        };
        let (store, clock, place) = (self.store.clone(), self.clock.clone(), self.place.clone());
        Site::serve(config, store, keys, clock, place).await
    }

    /// Another node: a service with connections of its own to the same database.
    pub async fn another_node(&self) -> Site {
        self.another_node_with(|_| {}).await
    }

    /// Another node whose configuration was changed.
    pub async fn another_node_with(&self, change: impl FnOnce(&mut Config)) -> Site {
        let mut config = Config {
            demo: true,
            ..Config::default()
        };
        change(&mut config);
        let (store, keys) = (self.place.open().await, self.login.key.clone());
        Site::serve(config, store, keys, self.clock.clone(), self.place.clone()).await
    }

    /// Another service with the same database and keys, and a clock of its own.
    pub async fn restarted_at(&self, clock: Clock) -> Site {
        let config = Config {
            demo: true,
            ..Config::default()
        };
        let keys = self.login.key.clone();
        Site::serve(config, self.store.clone(), keys, clock, self.place.clone()).await
    }

    async fn serve(
        config: Config,
        store: Database,
        keys: Keys,
        clock: Clock,
        place: Arc<Place>,
    ) -> Site {
        let connected = config.delivery.any().then(|| {
            let environment = |name: &str| match name {
                WEBHOOK_SECRET => Some(SECRET.to_owned()),
                _ => Some(PASSWORD.to_owned()),
            };
            delivery::connect(&config.delivery, environment, &clock).unwrap()
        });
        let store_of_service = Arc::new(store.clone());
        let built = startup::build_with(config, store_of_service, keys, clock.clone(), connected);
        let built = built.unwrap();
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
            place,
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

    /// A person who has signed in with a code that was sent.
    pub async fn signed_in(&self, name: &str) -> Person {
        let person = self.signing_in(name).await;
        let answer = person.give(&self.code().await).await;
        assert!(answer.accepted(), "{name}: {answer:?}");
        person
    }

    /// The delivered messages, oldest first.
    pub async fn messages(&self) -> Vec<Message> {
        queue::deliver_due(&self.login).await.unwrap();
        let delivered = self.outbox.messages().unwrap().into_iter();
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

    /// The database, for facts that no page shows. Parameters are `$1`, `$2`.
    pub async fn database(&self) -> AnyPool {
        self.place.rows().await
    }

    /// The environment of the program, for the same database.
    pub fn environment(&self) -> Option<(&'static str, &str)> {
        Some((todoita_server::config::DATABASE, self.place.url.as_deref()?))
    }

    /// An expression of 16 random bytes in the database's language.
    pub fn random_bytes(&self) -> &'static str {
        if self.place.url.is_some() {
            "uuid_send(gen_random_uuid())"
        } else {
            "randomblob(16)"
        }
    }

    /// Lets every update of a table fail, until [`Site::allow_updates`].
    pub async fn refuse_updates(&self, table: &str) {
        self.place.refuse_updates(table).await;
    }

    pub async fn allow_updates(&self, table: &str) {
        self.place.allow_updates(table).await;
    }

    /// Counts rows.
    pub async fn count(&self, what: &'static str) -> i64 {
        sqlx::query_scalar(what)
            .fetch_one(&self.database().await)
            .await
            .unwrap()
    }

    /// Every byte that the database has: of a file what was written, of a server what is in its tables.
    pub async fn stored_bytes(&self) -> Vec<u8> {
        if self.place.url.is_some() {
            return self.place.rows_as_bytes().await;
        }
        let files = std::fs::read_dir(self.folder()).unwrap().flatten();
        files
            .flat_map(|file| std::fs::read(file.path()).unwrap())
            .collect()
    }

    /// The folder of the database.
    pub fn folder(&self) -> &Path {
        self.place.folder.path()
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

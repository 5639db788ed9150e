//! Posted forms: the login service answers every input, never with an internal error.
#![no_main]

use std::cell::RefCell;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, header};
use login::clock::Clock;
use login::crypto::key::Key;
use tokio::runtime::Runtime;
use tower::ServiceExt as _;
use todoita_server::config::Config;
use todoita_server::startup;
use todoita_server::store::sqlite::SqliteStore;

#[path = "../posts.rs"]
mod posts;

/// A service that lives as long as the fuzzer, with its own clock.
struct Site {
    runtime: Runtime,
    router: Router,
    clock: Clock,
    /// The cookies of a person who has entered the right password.
    cookie: String,
    posts: u32,
    _folder: tempfile::TempDir,
}

impl Site {
    fn start() -> Site {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        let folder = tempfile::TempDir::new().expect("a folder");
        let clock = Clock::fixed(1_795_000_000_000);
        let router = runtime.block_on(async {
            let store = SqliteStore::open(&folder.path().join("todoita.sqlite"))
                .await
                .expect("a database");
            let config = Config {
                demo: true,
                ..Config::default()
            };
            let key = Key::generate().expect("randomness");
            let built =
                startup::build(config, Arc::new(store), key, clock.clone()).expect("a service");
            todoita_server::demo::people::seed(&built.login)
                .await
                .expect("demo users");
            built.router
        });
        let mut site = Site {
            runtime,
            router,
            clock,
            cookie: String::new(),
            posts: 0,
            _folder: folder,
        };
        site.sign_in();
        site
    }

    fn sign_in(&mut self) {
        let form = b"name=hanako&password=demo";
        let answer = self.post("/login", posts::FORM, form.to_vec());
        let cookies = answer.headers().get_all(header::SET_COOKIE);
        let pairs = cookies
            .iter()
            .filter_map(|cookie| cookie.to_str().ok()?.split(';').next());
        self.cookie = pairs.collect::<Vec<_>>().join("; ");
        assert!(!self.cookie.is_empty(), "{answer:?}");
    }

    fn post(&self, address: &str, kind: &str, body: Vec<u8>) -> axum::response::Response {
        let request = Request::post(address)
            .header(header::HOST, "localhost")
            .header(header::ORIGIN, "http://localhost")
            .header(header::CONTENT_TYPE, kind)
            .header(header::COOKIE, &self.cookie)
            .extension(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 4000))))
            .body(Body::from(body))
            .expect("a request");
        let answer = self.runtime.block_on(self.router.clone().oneshot(request));
        answer.expect("the service does not fail")
    }
}

thread_local! {
    static SITE: RefCell<Site> = RefCell::new(Site::start());
}

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    let Some((address, kind, body)) = posts::post(input) else {
        return;
    };
    // A right password would cost one Argon2 computation each time; the fuzzer does not know any.
    SITE.with_borrow_mut(|site| {
        site.posts += 1;
        // Otherwise locks and limits would soon refuse everything.
        if site.posts.is_multiple_of(500) {
            site.clock.put_forward(24 * 3_600_000);
            site.sign_in();
        }
        let answer = site.post(address, kind, body.to_vec());
        let status = answer.status();
        assert!(!status.is_server_error(), "{status} {address} {kind}");
        assert!(status.is_success() || answer.headers().len() > 3, "{answer:?}");
        assert!(answer.headers().contains_key(header::CONTENT_SECURITY_POLICY), "{answer:?}");
    });
});

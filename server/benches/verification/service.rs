//! A service in this process, its accounts, and sign-ins that wait for their code.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use login::clock::Clock;
use login::crypto::keys::Keys;
use login::delivery::{Deliver, DeliveryError, Message, Receipt};
use login::queue;
use login::store::{AccountId, NewUser, Store as _};
use reqwest::header::{ACCEPT, COOKIE, SET_COOKIE};
use reqwest::{Client, Response, redirect};
use todoita_server::config::Config;
use todoita_server::delivery::Connected;
use todoita_server::listener::{self, Limits};
use todoita_server::startup::{self, Built};
use todoita_server::store::Database;
use tokio::task::JoinSet;

use crate::times::Times;

/// The key of all services of the benchmark.
pub const KEY: &str = "0707070707070707070707070707070707070707070707070707070707070707";
/// The password of all accounts.
pub const PASSWORD: &str = "benchmark";
/// Its hash by Argon2id with the least memory (8 KiB) and one pass: what is measured is all but the hash, which costs the same
/// whatever the database holds.
pub const HASH: &str =
    "$argon2id$v=19$m=8,t=1,p=1$txbaeOvf8l94nikAyKB7IQ$iu0rQl9cA56nDYZ4agPVqxqIzJADJWEsP7zMAx2RDjc";
/// The header in which a client says from which address it comes.
const ADDRESS: &str = "x-real-ip";

/// A configuration whose limits nobody reaches.
pub fn without_limits() -> Config {
    let mut config = Config::default();
    let limits = &mut config.login.limits;
    for limit in [
        &mut limits.sends,
        &mut limits.sends_per_destination,
        &mut limits.sends_per_prefix,
        &mut limits.sends_per_address,
        &mut limits.sends_per_range,
        &mut limits.sends_paid,
    ] {
        *limit = u32::MAX / 4;
    }
    config
}

/// A client that keeps no cookies, follows no redirect, and gives a connection up before the service closes it, after five seconds
/// without a request.
pub fn client() -> Client {
    let builder = Client::builder()
        .redirect(redirect::Policy::none())
        .pool_idle_timeout(Duration::from_secs(2));
    builder.build().unwrap()
}

/// A gateway that keeps the newest code of each account.
#[derive(Debug, Default)]
struct Codes(Mutex<HashMap<String, String>>);

impl Deliver for Codes {
    fn deliver<'a>(
        &'a self,
        _key: &'a str,
        message: &'a Message,
    ) -> Pin<Box<dyn Future<Output = Result<Receipt, DeliveryError>> + Send + 'a>> {
        let is_code = |part: &&str| part.len() == 6;
        let mut numbers = message.text.split(|it: char| !it.is_ascii_digit());
        let code = numbers.find(is_code).unwrap().to_owned();
        self.0.lock().unwrap().insert(message.user.clone(), code);
        Box::pin(async { Ok(Receipt::default()) })
    }
}

/// A sign-in that waits for its code.
pub struct Pending {
    cookies: String,
    code: String,
    address: String,
}

impl Pending {
    /// Posts its code to a service; gives the answer.
    async fn post(&self, client: &Client, service: SocketAddr) -> Response {
        let url = format!("http://{service}/login/code");
        let post = client.post(url).form(&[("code", &self.code)]);
        let post = post.header(COOKIE, &self.cookies);
        let post = post.header(ACCEPT, "text/html");
        let post = post.header(ADDRESS, &self.address);
        post.send().await.unwrap()
    }

    /// Posts its code, and gives the time until the answer, which accepts it.
    pub async fn verify(&self, client: &Client, service: SocketAddr) -> Duration {
        let sent = Instant::now();
        let answer = self.post(client, service).await;
        let time = sent.elapsed();
        assert_eq!(answer.status(), 303);
        time
    }
}

/// Lets clients post the codes of their sign-ins, each one after the other and client `n` to the service `n` of `services` in
/// turn, and gives the times.
pub async fn verify_all(ready: Vec<Vec<Pending>>, services: &[SocketAddr]) -> Times {
    let began = Instant::now();
    let clients = ready.into_iter().enumerate().map(|(number, sign_ins)| {
        let service = services[number % services.len()];
        tokio::spawn(async move {
            let client = client();
            let mut times = Vec::new();
            for sign_in in sign_ins {
                times.push(sign_in.verify(&client, service).await);
            }
            times
        })
    });
    Times::of(clients.collect(), began).await
}

/// A service on a port.
pub struct Service {
    pub store: Database,
    pub built: Built,
    pub address: SocketAddr,
    codes: Arc<Codes>,
    client: Client,
}

impl Service {
    pub async fn start(store: Database, mut config: Config) -> Service {
        config.address_header = Some(ADDRESS.to_owned());
        let codes = Arc::new(Codes::default());
        let connected = Connected {
            gateways: codes.clone(),
            report_secrets: None,
        };
        let keys = Keys::from_hex(KEY).unwrap();
        let of_service = Arc::new(store.clone());
        let clock = Clock::system();
        let built = startup::build_with(config, of_service, keys, clock, Some(connected)).unwrap();
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0))
            .await
            .unwrap();
        let address = listener.local_addr().unwrap();
        let router = built.router.clone();
        tokio::spawn(async move {
            listener::serve(listener, router, Limits::default(), std::future::pending()).await;
        });
        Service {
            store,
            built,
            address,
            codes,
            client: client(),
        }
    }

    /// Adds the accounts `bench-0`, `bench-1` and so on.
    pub async fn add_accounts(&self, count: usize) -> Vec<AccountId> {
        let mut accounts = Vec::new();
        for number in 0..count {
            let mut tx = self.store.begin().await.unwrap();
            let user = NewUser {
                name: &format!("bench-{number}"),
                password: HASH,
                phone: Some(&format!("+8190{number:08}")),
                email: None,
            };
            accounts.push(tx.add_user(user).await.unwrap());
            tx.commit().await.unwrap();
        }
        accounts
    }

    /// Posts the password of an account from an address; gives the cookies that it gets. The code waits in the queue.
    async fn password(&self, name: &str, address: &str) -> String {
        let url = format!("http://{}/login", self.address);
        let post = self.client.post(url).header(ADDRESS, address);
        let fields = [("name", name), ("password", PASSWORD)];
        let answer = post.form(&fields).send().await.unwrap();
        assert_eq!(answer.status(), 303);
        cookies(&answer)
    }

    /// Sends the codes that wait, and gives the newest of an account.
    async fn code(&self, name: &str) -> String {
        queue::deliver_due(&self.built.login).await.unwrap();
        self.codes.0.lock().unwrap().remove(name).unwrap()
    }

    /// A whole sign-in: the password, the page for the code, the message with it, the code, the page of the account.
    pub async fn sign_in(&self, name: &str, address: &str) -> Duration {
        let began = Instant::now();
        let of_sign_in = self.password(name, address).await;
        self.page("/login/code", of_sign_in.clone()).await;
        let pending = Pending {
            cookies: of_sign_in,
            code: self.code(name).await,
            address: address.to_owned(),
        };
        let accepted = pending.post(&self.client, self.address).await;
        assert_eq!(accepted.status(), 303);
        self.page("/account", cookies(&accepted)).await;
        began.elapsed()
    }

    /// Gets a page.
    async fn page(&self, path: &str, cookies: String) {
        let get = self.client.get(format!("http://{}{path}", self.address));
        let page = get.header(COOKIE, cookies).send().await.unwrap();
        assert_eq!(page.status(), 200);
        page.bytes().await.unwrap();
    }

    /// Sign-ins that wait for their code: `each` of the first `clients` accounts.
    pub async fn pending(self: &Arc<Self>, clients: usize, each: usize) -> Vec<Vec<Pending>> {
        let mut ready: Vec<Vec<Pending>> = (0..clients).map(|_| Vec::new()).collect();
        for _ in 0..each {
            let mut begun = JoinSet::new();
            for account in 0..clients {
                let service = self.clone();
                begun.spawn(async move {
                    let address = format!("10.1.{}.{}", account / 250, account % 250);
                    let name = format!("bench-{account}");
                    let cookies = service.password(&name, &address).await;
                    (account, name, address, cookies)
                });
            }
            for (account, name, address, cookies) in begun.join_all().await {
                let code = self.code(&name).await;
                ready[account].push(Pending {
                    cookies,
                    code,
                    address,
                });
            }
        }
        ready
    }
}

/// The cookies that an answer sets, as the next request has them.
fn cookies(answer: &Response) -> String {
    let set = answer.headers().get_all(SET_COOKIE).iter();
    let pairs = set.filter_map(|cookie| cookie.to_str().ok()?.split(';').next());
    pairs.collect::<Vec<_>>().join("; ")
}

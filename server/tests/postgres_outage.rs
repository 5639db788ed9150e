//! PostgreSQL behind a network that is cut in the middle of a transaction, refuses, stalls and comes back, and one that does not
//! write. With files there is no network: without the server these tests are left out.
#![allow(
    clippy::unwrap_used,
    reason = "a test stops at the first failed expectation"
)]

mod common;

use std::time::Duration;

use axum::body::Body;
use axum::http::Request;
use common::proxy::{Cut, Network};
use common::{MINUTE, Site, other};
use reqwest::Response;
use todoita_server::config::Config;
use todoita_server::monitor::{self, Health};
use todoita_server::store::{Database, ServerSettings};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tower::ServiceExt as _;

const SESSIONS: &str = "SELECT COUNT(*) FROM sessions WHERE ended_at IS NULL";

/// An answer that asks to come back soon, in a sentence.
async fn is_unavailable(answer: Response) {
    assert_eq!(answer.status(), 503);
    assert_eq!(answer.headers()["retry-after"], "5");
    assert!(answer.text().await.unwrap().contains("少し待って"));
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: cargo xtask test --only native"]
async fn a_commit_that_is_cut_is_answered_and_the_next_post_is_accepted_once() {
    let (site, proxy) = Site::start_behind_proxy(|_| {}).await;
    let mut sessions = 0;
    // The first commit counts the code, the second one accepts it.
    for (passing, cut) in [
        (0, Cut::BeforeCommit),
        (0, Cut::AfterCommit),
        (1, Cut::BeforeCommit),
        (1, Cut::AfterCommit),
    ] {
        let jiro = site.signing_in("jiro").await;
        let code = site.code().await;
        proxy.cut_at_commit(passing, cut);
        let fields = [("code", code.as_str()), ("todoita-attempt", "a key")];
        let answer = jiro.post("/login/code").form(&fields).send().await;
        is_unavailable(answer.unwrap()).await;
        let done = i64::from((passing, cut) == (1, Cut::AfterCommit));
        assert_eq!(site.count(SESSIONS).await, sessions + done, "{cut:?}");

        // The first request after it is right, and gets the session that was begun, if one was.
        let answer = jiro.give_as(&code, "a key").await;
        assert!(answer.accepted(), "{passing} {cut:?}: {answer:?}");
        sessions += 1;
        assert_eq!(site.count(SESSIONS).await, sessions, "{cut:?}");
        assert!(!jiro.give_as(&code, "another key").await.accepted());
        assert!(jiro.signed_in().await);
        let accepted = "SELECT COUNT(*) FROM audit WHERE outcome = 'accepted'";
        assert_eq!(site.count(accepted).await, sessions);
        site.pass(MINUTE);
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: cargo xtask test --only native"]
async fn of_many_posts_through_a_network_that_is_cut_again_and_again_one_is_accepted() {
    let (site, proxy) = Site::start_behind_proxy(|_| {}).await;
    let jiro = site.signing_in("jiro").await;
    let code = site.code().await;
    let posts: Vec<_> = (0..20)
        .map(|n| {
            let (jiro, code, proxy) = (jiro.clone(), code.clone(), proxy.clone());
            tokio::spawn(async move {
                let key = format!("key {n}");
                // Each post is repeated, as a person would, until it has an answer.
                for round in 0..200 {
                    if n % 4 == 0 && round == 0 {
                        proxy.cut();
                    }
                    let answer = jiro.give_as(&code, &key).await;
                    if answer.status != 503 {
                        return answer;
                    }
                }
                panic!("no answer")
            })
        })
        .collect();
    let mut accepted = 0;
    for post in posts {
        accepted += usize::from(post.await.unwrap().accepted());
    }
    assert_eq!(accepted, 1);
    assert_eq!(site.count(SESSIONS).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: cargo xtask test --only native"]
async fn while_the_database_refuses_or_stalls_requests_are_answered_and_then_all_goes_on() {
    let limit = |config: &mut Config| config.request_limit = Duration::from_secs(4);
    let (site, proxy) = Site::start_behind_proxy(limit).await;
    let before = site.signed_in("sakura").await;
    let jiro = site.signing_in("jiro").await;
    let code = site.code().await;
    let ready = async || {
        let router = monitor::router(Health::new(site.login.clone()), None);
        let request = Request::get("/readyz").body(Body::empty()).unwrap();
        router.oneshot(request).await.unwrap().status().as_u16()
    };
    for network in [Network::Refusing, Network::Stalled] {
        proxy.set(network);
        // At once, and more than there are connections.
        let requests: Vec<_> = (0..8)
            .map(|_| tokio::spawn(before.get("/account").send()))
            .collect();
        let post = jiro.post("/login/code").form(&[("code", &code)]).send();
        let somebody = site.person();
        let (post, password, readiness) =
            tokio::join!(post, somebody.password("jiro", "demo"), ready());
        is_unavailable(post.unwrap()).await;
        is_unavailable(password).await;
        assert_eq!(readiness, 503, "{network:?}");
        for request in requests {
            is_unavailable(request.await.unwrap().unwrap()).await;
        }
        proxy.set(Network::Open);
        assert!(before.signed_in().await, "the first one after {network:?}");
        assert_eq!(ready().await, 200, "{network:?}");
    }
    assert!(jiro.give(&code).await.accepted());
    assert!(before.signed_in().await);
    assert_eq!(site.count(SESSIONS).await, 2);
}

/// Every statement that writes fails as with a full disk (`disk_full`).
const FULL: &str = "DO $$ DECLARE a_table text; BEGIN \
     CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS \
         'BEGIN RAISE EXCEPTION $a$could not extend file$a$ USING ERRCODE = $a$53100$a$; END'; \
     FOR a_table IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP \
         EXECUTE format('CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON %I EXECUTE FUNCTION full_disk()', a_table); \
     END LOOP; END $$";
const FULL_NO_MORE: &str = "DROP FUNCTION full_disk() CASCADE";

/// New connections only read, as those to a standby do.
const READ_ONLY: &str = "DO $$ BEGIN EXECUTE format( \
     'ALTER DATABASE %I SET default_transaction_read_only = on', current_database()); END $$";
const READ_ONLY_NO_MORE: &str = "DO $$ BEGIN EXECUTE format( \
     'ALTER DATABASE %I RESET default_transaction_read_only', current_database()); END $$";
const CLOSE_CONNECTIONS: &str = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
     WHERE datname = current_database() AND pid <> pg_backend_pid()";

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs PostgreSQL: cargo xtask test --only native"]
async fn while_the_disk_is_full_or_the_database_only_reads_nothing_is_lost() {
    let site = Site::start().await;
    let jiro = site.signing_in("jiro").await;
    let code = site.code().await;
    let database = site.database().await;
    let mut operator = database.acquire().await.unwrap();
    for (refuse, allow) in [
        (&[FULL][..], &[FULL_NO_MORE][..]),
        (
            &[READ_ONLY, CLOSE_CONNECTIONS],
            &[READ_ONLY_NO_MORE, CLOSE_CONNECTIONS],
        ),
    ] {
        for statement in refuse {
            sqlx::query(*statement)
                .execute(&mut *operator)
                .await
                .unwrap();
        }
        for _ in 0..3 {
            let post = jiro.post("/login/code").form(&[("code", &code)]).send();
            is_unavailable(post.await.unwrap()).await;
            is_unavailable(site.person().password("jiro", "demo").await).await;
        }
        for statement in allow {
            sqlx::query(*statement)
                .execute(&mut *operator)
                .await
                .unwrap();
        }
        let wrong = jiro.give(&other(&code)).await;
        assert_eq!(wrong.cause(), "wrong", "the first one after {refuse:?}");
    }
    assert!(jiro.give(&code).await.accepted());
    assert_eq!(site.count(SESSIONS).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_denies_tls_gets_nothing_where_the_url_asks_for_it() {
    for mode in ["require", "verify-ca", "verify-full"] {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let url = format!("postgres://a:secret@{address}/b?sslmode={mode}");
        let denied = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut asked = [0; 8];
            stream.read_exact(&mut asked).await.unwrap();
            stream.write_all(b"N").await.unwrap();
            let mut further = Vec::new();
            let _ = stream.read_to_end(&mut further).await;
            (asked, further)
        });
        let refused = Database::server(&url, &ServerSettings::default())
            .await
            .unwrap_err();
        assert!(!refused.contains("secret"), "{refused}");
        let (asked, further) = denied.await.unwrap();
        // SSLRequest (PostgreSQL 17, section 53.7).
        assert_eq!(asked, [0, 0, 0, 8, 4, 210, 22, 47], "{mode}");
        assert_eq!(further, b"", "{mode}");
    }
}

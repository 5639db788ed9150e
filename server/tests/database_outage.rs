//! Errors of the database: transient ones stay transient.
#![allow(
    clippy::unwrap_used,
    reason = "a test stops at the first failed expectation"
)]

mod common;

use common::{Site, other};

#[tokio::test(flavor = "multi_thread")]
async fn after_a_rollback_by_the_database_itself_the_next_request_works() {
    let site = Site::start().await;
    let hanako = site.signing_in("hanako").await;
    let code = site.code().await;
    // As a full disk or an I/O error does: SQLite rolls the whole transaction back on its own.
    let database = site.database().await;
    let trigger =
        "CREATE TRIGGER broken BEFORE INSERT ON failures BEGIN SELECT RAISE(ROLLBACK, 'no'); END";
    sqlx::query(trigger).execute(&database).await.unwrap();
    for _ in 0..3 {
        assert_eq!(hanako.give(&other(&code)).await.status, 500);
    }
    sqlx::query("DROP TRIGGER broken")
        .execute(&database)
        .await
        .unwrap();
    assert_eq!(hanako.give(&other(&code)).await.cause(), "wrong");
    assert!(hanako.give(&code).await.accepted());
}

#[tokio::test(flavor = "multi_thread")]
async fn new_backup_codes_are_shown_whatever_happens_after_they_were_stored() {
    let site = Site::start().await;
    let hanako = site.signed_in("hanako").await;
    // The session cannot be read again: it ends in the transaction that stores the codes.
    let database = site.database().await;
    let trigger = "CREATE TRIGGER ends AFTER INSERT ON messages \
                   BEGIN UPDATE sessions SET ended_at = 1; END";
    sqlx::query(trigger).execute(&database).await.unwrap();
    let shown = hanako.post("/account/backup").send().await.unwrap();
    assert_eq!(shown.status(), 200);
    let page = shown.text().await.unwrap();
    assert!(page.contains("hanako") && page.matches("<li").count() >= 10);
    assert!(!hanako.signed_in().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removed_or_replaced_database_is_noticed_and_never_created_again() {
    let site = Site::start().await;
    let hanako = site.signing_in("hanako").await;
    let code = site.code().await;
    let path = site.folder().join("todoita.sqlite");
    let aside = site.folder().join("aside.sqlite");
    let page = async || hanako.get("/login/code").send().await.unwrap();

    std::fs::rename(&path, &aside).unwrap();
    for _ in 0..2 {
        let refused = hanako.give(&code).await;
        assert_eq!((refused.status, refused.cause()), (503, "unknown"));
        let refused = page().await;
        assert_eq!(refused.status(), 503);
        assert_eq!(refused.headers()["retry-after"], "5");
        assert!(refused.text().await.unwrap().contains("少し待って"));
        let refused = site.person().password("hanako", "demo").await;
        assert_eq!(refused.status(), 503);
    }
    assert!(!path.exists(), "no new file");

    std::fs::write(&path, b"").unwrap();
    assert_eq!(page().await.status(), 503, "another file in its place");
    assert_eq!(std::fs::metadata(&path).unwrap().len(), 0);
    std::fs::remove_file(&path).unwrap();

    std::fs::rename(&aside, &path).unwrap();
    assert_eq!(page().await.status(), 200);
    assert!(hanako.give(&code).await.accepted());
}

//! Notices: what a person is informed of, by which channel, in which language.
#![allow(
    clippy::unwrap_used,
    reason = "a test stops at the first failed expectation"
)]

mod common;

use common::{HOUR, Site};
use login::delivery::Message;
use login::network::Network;
use login::operator;
use login::service::Requester;

/// The newest message, if one came after the first `known`.
async fn newest_after(site: &Site, known: usize) -> Option<Message> {
    let mut messages = site.messages().await;
    if messages.len() > known {
        messages.pop()
    } else {
        None
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn new_backup_codes_are_announced_by_mail_or_else_by_sms_without_the_codes() {
    let site = Site::start().await;
    for (name, channel, destination) in [
        ("hanako", "email", "hanako@example.com"),
        ("jiro", "sms", "+819000001234"),
    ] {
        let person = site.signed_in(name).await;
        let known = site.messages().await.len();
        let renewal = person.post("/account/backup").send().await.unwrap();
        let page = renewal.text().await.unwrap();
        let notice = newest_after(&site, known).await.unwrap();
        assert_eq!(notice.channel.as_str(), channel);
        assert_eq!(notice.destination, destination);
        assert_eq!(notice.subject.is_some(), channel == "email");
        assert!(notice.text.contains("作り直されました"), "{}", notice.text);
        assert!(notice.text.contains(name));
        assert!(!notice.text.contains("http"), "no link");
        let first = page.split("<code>").nth(1).unwrap();
        assert!(!notice.text.contains(&first[..8]));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_gets_three_notices_of_a_kind_by_sms_in_an_hour_and_they_count_in_the_budget() {
    let site = Site::start().await;
    let paid = "SELECT COUNT(*) FROM events WHERE counter = 'sent-paid'";
    let prefix = "SELECT COUNT(*) FROM events WHERE counter = 'sent-to-prefix'";
    for (name, sent, paid_for) in [("hanako", 4, 1), ("jiro", 3, 5)] {
        let person = site.signed_in(name).await;
        let known = site.messages().await.len();
        for _ in 0..4 {
            // The change is made in any case.
            let renewal = person.post("/account/backup").send().await.unwrap();
            assert!(renewal.text().await.unwrap().contains("<code>"));
        }
        assert_eq!(site.messages().await.len() - known, sent, "{name}");
        assert_eq!(site.count(paid).await, paid_for);
        assert_eq!(site.count(prefix).await, paid_for);
    }
    // One of another kind is sent, and of the same kind in the next hour.
    let jiro = site.signed_in("jiro").await;
    let _elsewhere = site.signed_in("jiro").await;
    let known = site.messages().await.len();
    jiro.post("/account/sessions").send().await.unwrap();
    let notice = newest_after(&site, known).await.unwrap();
    assert!(
        notice.text.contains("ログアウトされました"),
        "{}",
        notice.text
    );
    site.pass(HOUR);
    let jiro = site.signed_in("jiro").await;
    let known = site.messages().await.len();
    jiro.post("/account/backup").send().await.unwrap();
    assert!(newest_after(&site, known).await.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_is_sent_also_where_the_budget_for_sms_is_exhausted() {
    let site = Site::start_with(|config| config.login.limits.sends_paid = 1).await;
    let jiro = site.signed_in("jiro").await;
    let known = site.messages().await.len();
    jiro.post("/account/backup").send().await.unwrap();
    assert!(newest_after(&site, known).await.is_some());
    let next = site.person();
    next.password("jiro", "demo").await;
    assert_eq!(site.messages().await.len(), known + 1, "no code");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_by_sms_that_uses_the_budget_up_is_recorded_as_a_code_is() {
    let site = Site::start_with(|config| {
        config.login.limits.sends_paid = 2;
        config.login.limits.sends_per_prefix = 3;
    })
    .await;
    let reached = "SELECT COUNT(*) FROM audit WHERE action = 'limit' AND who = 'person' AND account = 'jiro' \
                   AND network <> '' AND detail = 'sent-paid'";
    let by_command = "SELECT COUNT(*) FROM audit WHERE action = 'limit' AND who = 'operator' AND account = 'jiro' \
                      AND network = '' AND detail = 'sent-to-prefix'";
    let jiro = site.signed_in("jiro").await;
    assert_eq!(site.count(reached).await, 0);
    jiro.post("/account/backup").send().await.unwrap();
    assert_eq!(site.count(reached).await, 1);
    // One that finds no room is sent all the same, and uses nothing up.
    let requester = Requester {
        host: String::new(),
        lang: "ja",
        network: Network::default(),
        browser: None,
    };
    for _ in 0..2 {
        let codes = operator::ResetFactor::BackupCodes;
        let reset = operator::reset_factor(&site.login, &requester, "jiro", codes);
        assert_eq!(reset.await.unwrap().len(), 10);
        assert_eq!(site.count(reached).await, 1);
        assert_eq!(site.count(by_command).await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_used_backup_code_is_announced_with_the_number_that_is_left() {
    let site = Site::start().await;
    let hanako = site.signing_in("hanako").await;
    let known = site.messages().await.len();
    assert_eq!(hanako.give("20718347").await.cause(), "wrong");
    assert!(newest_after(&site, known).await.is_none(), "a wrong code");
    assert!(hanako.give("20718346").await.accepted());
    let notice = newest_after(&site, known).await.unwrap();
    assert_eq!(notice.channel.as_str(), "email");
    assert!(notice.text.contains("残りは9個"), "{}", notice.text);
    assert!(!notice.text.contains("20718346"));
    // An account that is reached by nothing signs in all the same.
    let taro = site.signing_in("taro").await;
    let known = site.messages().await.len();
    assert!(taro.give("15937264").await.accepted());
    assert!(newest_after(&site, known).await.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_is_in_the_language_of_the_request_and_sealed_in_the_queue() {
    let site = Site::start().await;
    let hanako = site.signing_in("hanako").await;
    let known = site.messages().await.len();
    let request = hanako.post("/login/code").form(&[("code", "20718346")]);
    let request = request.header("accept-language", "en");
    assert_eq!(request.send().await.unwrap().status(), 303);
    let stored = site.stored_bytes().await;
    let text = b"A backup code was used";
    assert!(!stored.windows(text.len()).any(|bytes| bytes == text));
    let notice = newest_after(&site, known).await.unwrap();
    assert!(
        notice
            .text
            .contains("A backup code was used for the account hanako.")
    );
    assert_eq!(notice.lang, "en");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_notice_has_its_words_in_both_languages() {
    use login::delivery::{Notice, NoticeMessage, Wording as _};
    use todoita::channel::Channel;
    let mut texts = std::collections::BTreeSet::new();
    let notices = [
        Notice::AuthenticatorAdded,
        Notice::AuthenticatorRemoved,
        Notice::NumberChanged,
        Notice::BackupCodesRenewed,
        Notice::BackupCodeUsed { left: 3 },
        Notice::SessionsEnded,
    ];
    for lang in ["ja", "en"] {
        for notice in notices {
            let message = NoticeMessage {
                channel: Channel::Sms,
                user: "hanako",
                notice,
            };
            let written = todoita_server::words::messages::OwnWording.notice(lang, &message);
            assert!(written.text.contains("hanako") && !written.text.contains('{'));
            assert!(texts.insert(written.text));
        }
    }
}

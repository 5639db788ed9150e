//! The language of pages and messages, and the demo's phone.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_page_does_not_claim_a_code_that_could_not_be_sent() {
    let site = Site::start_with(|config| {
        config.login.limits.sends = 1;
        config.login.limits.sends_kept = 0;
    })
    .await;
    site.signing_in("jiro").await;
    let jiro = site.signing_in("jiro").await;
    assert_eq!(site.messages().await.len(), 1);
    let page = jiro.page("/login/code").await;
    assert_eq!(
        (attribute(&page, "channel"), attribute(&page, "sent-at")),
        (None, None)
    );
    assert_eq!(attribute(&page, "cause").as_deref(), Some("limited"));
    assert_eq!(
        attribute(&page, "resend-at").as_deref(),
        Some("2026-11-18T12:06:40.000Z")
    );
    assert!(
        !part(&page, "data-part=\"sent\"").contains("送りました"),
        "{page}"
    );
    site.pass(HOUR);
    assert_eq!(jiro.press("resend").await.body["channel"], "sms");
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_and_messages_are_in_the_requested_language() {
    let site = Site::start().await;
    let page = async |person: &Person, accept: &str| {
        person
            .get("/")
            .header("accept-language", accept)
            .send()
            .await
            .unwrap()
            .text()
            .await
            .unwrap()
    };
    let person = site.person();
    assert!(
        page(&person, "ja,en;q=0.5")
            .await
            .contains("<html lang=\"ja\">")
    );
    assert!(
        page(&person, "en-US,ja;q=0.5")
            .await
            .contains("<html lang=\"en\">")
    );
    assert!(page(&person, "de").await.contains("<html lang=\"en\">"));
    // A chosen language is kept in a cookie, and the browser is sent back to the page.
    let chosen = person.get("/?lang=en").send().await.unwrap();
    assert_eq!(
        (chosen.status(), location(&chosen)),
        (StatusCode::SEE_OTHER, "/")
    );
    assert!(page(&person, "ja").await.contains("<html lang=\"en\">"));
    assert_eq!(
        person.password("hanako", "demo").await.status(),
        StatusCode::SEE_OTHER
    );
    let message = site.messages().await.pop().unwrap();
    assert!(
        message.text.contains("is your Hibari Post code") && message.text.is_ascii(),
        "{}",
        message.text
    );
    let page = person.page("/login/code").await;
    assert!(page.contains("Verification code"), "{page}");
    assert!(part(&page, "data-part=\"sent\"").contains("5678"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_phones_json_has_messages_authenticator_codes_and_backup_codes() {
    let site = Site::start().await;
    let hanako = site.signing_in("hanako").await;
    assert!(hanako.give("20718346").await.accepted());
    site.signing_in("jiro").await;
    let read = async |path: &str| -> serde_json::Value {
        site.person()
            .get(path)
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap()
    };
    let all = read("/outbox.json").await;
    assert_eq!(all["messages"].as_array().unwrap().len(), 3);
    let hers = read("/outbox.json?user=hanako").await;
    // The code, and the notice that a backup code was used.
    assert_eq!(hers["messages"].as_array().unwrap().len(), 2);
    assert_eq!(hers["messages"][0]["channel"], "sms");
    assert_eq!(hers["messages"][1]["channel"], "email");
    assert_eq!(hers["apps"][0]["code"].as_str().unwrap().len(), 6);
    assert_eq!(
        (
            hers["notes"][0]["code"].as_str(),
            &hers["notes"][0]["consumed"]
        ),
        (Some("20718346"), &true.into())
    );
    assert_eq!(hers["notes"][1]["consumed"], false);
    let page = site.person().page("/outbox").await;
    assert!(page.contains("<s>20718346</s>") && page.contains("+819000001234"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_outbox_and_the_test_clock_exist_only_in_the_demo() {
    let site = Site::start_with(|config| config.test_clock = true).await;
    let before = site.clock.now();
    let form = [("milliseconds", "60000")];
    assert_eq!(
        site.person()
            .post("/test/clock")
            .form(&form)
            .send()
            .await
            .unwrap()
            .status(),
        200
    );
    assert_eq!(site.clock.now(), before + MINUTE);
    let form = [("milliseconds", "-1")];
    assert_eq!(
        site.person()
            .post("/test/clock")
            .form(&form)
            .send()
            .await
            .unwrap()
            .status(),
        400
    );
    let site = Site::start_with(|config| config.demo = false).await;
    for path in ["/outbox", "/outbox.json", "/test/clock"] {
        assert_eq!(
            site.person().get(path).send().await.unwrap().status(),
            404,
            "{path}"
        );
    }
    assert!(!site.person().page("/").await.contains("hanako"));
}

//! The pages in a browser without JavaScript, and their markup.
#![allow(
    clippy::unwrap_used,
    reason = "a test stops at the first failed expectation"
)]

mod common;
#[path = "page/content.rs"]
mod content;

use common::{HOUR, MINUTE, Person, SECOND, Site, location, other};
use reqwest::StatusCode;

/// The value of an attribute of `<todoita-code>`.
fn attribute(page: &str, name: &str) -> Option<String> {
    let tag = page.split("<todoita-code").nth(1)?.split('>').next()?;
    let value = tag.split(&format!(" {name}=\"")).nth(1)?;
    Some(value.split('"').next()?.to_owned())
}

/// The text of a part that the widget takes over.
fn part(page: &str, start: &str) -> String {
    let rest = page
        .split(start)
        .nth(1)
        .unwrap_or_else(|| panic!("no {start} in {page}"));
    rest.split_once('>')
        .unwrap()
        .1
        .split('<')
        .next()
        .unwrap()
        .to_owned()
}

fn idempotency_key(page: &str) -> String {
    let rest = page
        .split("name=\"todoita-attempt\" value=\"")
        .nth(1)
        .unwrap();
    rest.split('"').next().unwrap().to_owned()
}

/// Posts the form of a page as a browser does, and gives the page that it is sent to.
async fn submit(person: &Person, page: &str, code: &str) -> String {
    let fields = [("code", code), ("todoita-attempt", &idempotency_key(page))];
    let answer = person
        .post("/login/code")
        .form(&fields)
        .send()
        .await
        .unwrap();
    assert_eq!(
        (answer.status(), location(&answer)),
        (StatusCode::SEE_OTHER, "/login/code")
    );
    person.page("/login/code").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_without_javascript() {
    let site = Site::start().await;
    let person = site.person();
    assert!(
        person
            .page("/")
            .await
            .contains("<form method=\"post\" action=\"/login\"")
    );
    let answer = person.password("hanako", "demo").await;
    assert_eq!(location(&answer), "/login/code");
    let page = person.page("/login/code").await;
    // The phone on the page shows the message.
    let code = site.code().await;
    assert!(page.contains(&format!("@127.0.0.1 #{code}")));
    let message = site.messages().await.pop().unwrap().text;
    let fields = [
        ("code", message.as_str()),
        ("todoita-attempt", &idempotency_key(&page)),
    ];
    let answer = person
        .post("/login/code")
        .form(&fields)
        .send()
        .await
        .unwrap();
    assert_eq!(
        (answer.status(), location(&answer)),
        (StatusCode::SEE_OTHER, "/account")
    );
    assert!(person.page("/account").await.contains("hanako"));
    // The code step and the first page lead on to the account.
    assert_eq!(location(&person.get("/").send().await.unwrap()), "/account");
    assert_eq!(
        location(&person.get("/login/code").send().await.unwrap()),
        "/"
    );
    let out = person.post("/logout").send().await.unwrap();
    assert_eq!(location(&out), "/");
    assert_eq!(location(&person.get("/account").send().await.unwrap()), "/");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_markup_follows_the_contract() {
    let site = Site::start().await;
    let hanako = site.signing_in("hanako").await;
    let page = hanako.page("/login/code").await;
    let expected = [
        ("channel", "sms"),
        ("destination", "5678"),
        ("now", "2026-11-18T11:06:40.000Z"),
        ("sent-at", "2026-11-18T11:06:40.000Z"),
        ("expires-at", "2026-11-18T11:16:40.000Z"),
        ("resend-at", "2026-11-18T11:07:10.000Z"),
        ("attempts-left", "10"),
        ("alternatives", "sms voice email app backup"),
        ("digits", "6"),
        ("backup", "digits"),
        ("backup-digits", "8"),
        ("answers", "json"),
        ("support", "/help"),
        ("site", "ひばり便"),
        ("domain", "127.0.0.1"),
        ("sender", "ひばり便"),
        ("support-hours", "平日の10時から18時"),
        ("support-answer", "2日"),
        ("purpose", "sign-in"),
        ("resends", "0"),
        ("data-state", "ready"),
    ];
    for (name, value) in expected {
        assert_eq!(attribute(&page, name).as_deref(), Some(value), "{name}");
    }
    for name in ["cause", "retry-at", "incident", "reset"] {
        assert_eq!(attribute(&page, name), None, "{name}");
    }
    let inside = page
        .split("<todoita-code")
        .nth(1)
        .unwrap()
        .split("</todoita-code>")
        .next()
        .unwrap();
    assert_eq!(inside.matches("<input id=\"code\"").count(), 1);
    assert!(inside.contains("<label for=\"code\">認証コード</label>"));
    assert!(
        inside.contains("inputmode=\"numeric\"")
            && inside.contains("autocomplete=\"one-time-code\"")
    );
    // The site's own button is the first submit button: Enter presses it.
    let buttons: Vec<&str> = inside.split("<button").skip(1).collect();
    assert!(buttons[0].starts_with(">確認する"), "{}", buttons[0]);
    // The button that opens the guide has no `name` of the contract: it sends no code, and the widget ignores it.
    let opens_guide = " data-part=\"guide-door\" formaction=\"/login/guide\" formnovalidate>";
    assert_eq!(
        buttons
            .iter()
            .filter(|button| button.starts_with(opens_guide))
            .count(),
        1
    );
    for button in &buttons[1..] {
        assert!(
            button.starts_with(opens_guide)
                || button.contains("name=\"todoita-action\"") && button.contains("formnovalidate"),
            "{button}"
        );
    }
    assert!(inside.contains("<summary>コードが届かないとき・使えないとき</summary>"));
    for part in [
        "message", "more", "sent", "times", "actions", "wait", "ways", "choices", "support",
        "phase",
    ] {
        assert_eq!(
            inside.matches(&format!("data-part=\"{part}\"")).count(),
            1,
            "{part}"
        );
    }
    for inline in ["style=", "<style", " onclick", "<script>", "javascript:"] {
        assert!(!page.contains(inline), "{inline}");
    }
    assert_ne!(
        idempotency_key(&page),
        idempotency_key(&hanako.page("/login/code").await)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_shown_once_and_the_typed_text_is_not_echoed() {
    let site = Site::start().await;
    let hanako = site.signing_in("hanako").await;
    let code = site.code().await;
    let wrong = other(&code);
    let page = hanako.page("/login/code").await;
    let refused = submit(&hanako, &page, &wrong).await;
    assert_eq!(attribute(&refused, "cause").as_deref(), Some("wrong"));
    assert_eq!(attribute(&refused, "attempts-left").as_deref(), Some("9"));
    assert_eq!(
        attribute(&refused, "data-state").as_deref(),
        Some("refused")
    );
    assert!(
        part(&refused, "role=\"alert\"").contains("あと9回"),
        "{refused}"
    );
    assert!(refused.contains("aria-invalid=\"true\""));
    assert!(!refused.contains(&wrong));
    let again = hanako.page("/login/code").await;
    assert_eq!(attribute(&again, "cause"), None);
    assert!(!again.contains("aria-invalid"));

    // A double press of the button is one submission.
    let twice = submit(&hanako, &page, &wrong).await;
    assert_eq!(attribute(&twice, "attempts-left").as_deref(), Some("9"));

    // Not a code: refused at once with the number of digits, and nothing is counted.
    let fields = [
        ("code", "４８２９"),
        ("todoita-attempt", &idempotency_key(&again)),
    ];
    let short = hanako
        .post("/login/code")
        .form(&fields)
        .send()
        .await
        .unwrap();
    assert_eq!(short.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let short = short.text().await.unwrap();
    let alert = part(&short, "role=\"alert\"");
    assert!(alert.contains('4') && alert.contains('6'), "{alert}");
    assert!(!short.contains("４８２９") && !short.contains("4829"));
    assert_eq!(attribute(&short, "attempts-left").as_deref(), Some("9"));
    let elsewhere = "482913 はコードです。\n\n@bank.example #482913";
    let fields = [("code", elsewhere)];
    let bound = hanako
        .post("/login/code")
        .form(&fields)
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(
        part(&bound, "role=\"alert\"").contains("別のサイト"),
        "{bound}"
    );

    site.pass(10 * MINUTE);
    let expired = submit(&hanako, &hanako.page("/login/code").await, &code).await;
    assert_eq!(attribute(&expired, "cause").as_deref(), Some("expired"));
}

#[tokio::test(flavor = "multi_thread")]
async fn locked_and_limited_show_their_end_also_after_a_reload() {
    let site = Site::start().await;
    let hanako = site.signing_in("hanako").await;
    let wrong = other(&site.code().await);
    for _ in 0..5 {
        hanako.give(&wrong).await;
    }
    let limited = submit(&hanako, &hanako.page("/login/code").await, &wrong).await;
    assert_eq!(attribute(&limited, "cause").as_deref(), Some("limited"));
    assert_eq!(
        attribute(&limited, "retry-at").as_deref(),
        Some("2026-11-18T11:07:10.000Z")
    );
    assert!(
        part(&limited, "data-part=\"times\"").contains("30秒"),
        "{limited}"
    );
    for wait in [30, 60, 120, 240, 480] {
        site.pass(wait * SECOND);
        hanako.give(&wrong).await;
    }
    for _ in 0..2 {
        let locked = hanako.page("/login/code").await;
        assert_eq!(attribute(&locked, "cause").as_deref(), Some("locked"));
        assert_eq!(attribute(&locked, "data-state").as_deref(), Some("locked"));
        // 11:06:40 and 15 minutes 30 seconds and an hour, in Japan, rounded up.
        assert!(
            part(&locked, "role=\"alert\"").contains("21:23"),
            "{locked}"
        );
    }
    site.pass(HOUR);
    let open = hanako.page("/login/code").await;
    assert_eq!(
        (attribute(&open, "cause"), attribute(&open, "retry-at")),
        (None, None)
    );
    assert_eq!(attribute(&open, "attempts-left").as_deref(), Some("1"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_other_methods_are_buttons_of_the_same_form() {
    let site = Site::start().await;
    let hanako = site.signing_in("hanako").await;
    let press = async |value: &str| {
        let page = hanako.page("/login/code").await;
        assert!(
            page.contains(&format!("name=\"todoita-action\" value=\"{value}\"")),
            "{value}: {page}"
        );
        let fields = [
            ("code", ""),
            ("todoita-attempt", &idempotency_key(&page)),
            ("todoita-action", value),
        ];
        let answer = hanako
            .post("/login/code")
            .form(&fields)
            .send()
            .await
            .unwrap();
        assert_eq!(location(&answer), "/login/code");
        hanako.page("/login/code").await
    };
    assert_eq!(
        attribute(&press("resend").await, "cause").as_deref(),
        Some("limited")
    );
    let mail = press("email").await;
    assert_eq!(attribute(&mail, "channel").as_deref(), Some("email"));
    assert!(part(&mail, "data-part=\"sent\"").contains("h•••@example.com"));
    let backup = press("backup").await;
    assert_eq!(attribute(&backup, "data-kind").as_deref(), Some("backup"));
    assert_eq!(attribute(&backup, "sent-at"), None);
    let authenticator = press("app").await;
    assert!(part(&authenticator, "data-part=\"sent\"").contains("認証アプリ"));
    let sms = press("sms").await;
    assert_eq!(
        attribute(&sms, "cause").as_deref(),
        Some("limited"),
        "the same method again so soon"
    );
    site.pass(30 * SECOND);
    assert_eq!(
        attribute(&press("sms").await, "channel").as_deref(),
        Some("sms")
    );
    assert_eq!(site.messages().await.len(), 3);
}

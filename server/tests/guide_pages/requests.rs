//! Requests to the guide: the facts it shows, the input it refuses; it stores nothing.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn it_shows_facts_of_this_sign_in_only() {
    let site = Site::start().await;
    let mut reader = Reader::in_the_guide(site.signing_in("hanako").await, "ja").await;
    // 11:06:40 in UTC, in Japan.
    assert!(
        reader.page.text().contains("20:06"),
        "{}",
        reader.page.text()
    );
    let request = reader.person.post(GUIDE).form(&[("start", "real-or-fake")]);
    reader.take(request.send().await.unwrap(), GUIDE).await;
    assert!(reader.page.text().contains("127.0.0.1") && reader.page.text().contains("ひばり便"));
    // taro has an authenticator: no time, no destination.
    let mut reader = Reader::in_the_guide(site.signing_in("taro").await, "ja").await;
    assert_eq!(reader.screen(), "app-where");
    let request = reader
        .person
        .post(GUIDE)
        .form(&[("start", "sms-check-destination")]);
    reader.take(request.send().await.unwrap(), GUIDE).await;
    assert_eq!(reader.screen(), "sms-check-destination");
    assert!(!reader.heading().contains("末尾"), "{}", reader.heading());
}

#[tokio::test(flavor = "multi_thread")]
async fn malformed_input_leads_to_a_screen_or_a_clear_refusal() {
    let site = Site::start().await;
    let hanako = site.signing_in("hanako").await;
    let first = "sms-check-destination";
    let long = "a ".repeat(7_000);
    let many = format!("entry {}", "~other ".repeat(1_000));
    let table: &[(&[(&str, &str)], &str)] = &[
        (&[], first),
        (&[("answers", "")], first),
        (&[("answers", "no-such-screen right no")], first),
        (&[("answers", &long)], first),
        (&[("answers", &many)], "other-way"),
        (
            &[("answers", "phone-signal constructor still")],
            "phone-signal",
        ),
        (
            &[("answers", "phone-signal"), ("answer", "__proto__")],
            "phone-signal",
        ),
        (
            &[("answers", "phone-signal"), ("answer", "")],
            "phone-signal",
        ),
        (
            &[("answers", "phone-signal"), ("answer", "~back")],
            "phone-signal",
        ),
        (
            &[("answers", "phone-signal"), ("answer", "~nothing")],
            "phone-signal",
        ),
        (&[("answer", "\u{0}\u{1F}\n")], first),
        (&[("start", "odd")], first),
        (&[("start", "<script>")], first),
        (&[("answers[]", "phone-signal")], first),
        (&[("todoita-cause", "odd")], "error-which"),
        (&[("todoita-cause", "wrong")], "code-compare"),
        (&[("lang", "xx")], first),
        (&[("search", &long)], "entry"),
        (&[("code", "123456"), ("todoita-attempt", "a")], first),
    ];
    for (fields, screen) in table {
        let answer = post(&hanako, fields).await;
        assert_eq!(answer.status(), StatusCode::OK, "{fields:?}");
        let page = answer.text().await.unwrap();
        let expected = format!("data-screen=\"{screen}\"");
        assert!(page.contains(&expected), "{fields:?}: {page}");
        assert!(!page.contains("<script") && !page.contains("constructor"));
        let kept = Html::read(&page);
        let kept = kept
            .attributes("input")
            .into_iter()
            .find(|attributes| attributes["name"] == "answers")
            .unwrap()["value"]
            .clone();
        assert!(kept.len() < 100, "{kept}");
    }
    for (fields, status) in [
        ("answers=entry&answers=entry", 400),
        ("answer=a&answer=b", 400),
        ("start=entry&start=entry", 400),
        ("answers=%FF", 400),
    ] {
        let request = hanako
            .post(GUIDE)
            .header("content-type", "application/x-www-form-urlencoded");
        let answer = request.body(fields).send().await.unwrap();
        assert_eq!(answer.status(), status, "{fields}");
    }
    let huge = "a".repeat(20_000);
    assert_eq!(post(&hanako, &[("answers", &huge)]).await.status(), 413);
    assert_eq!(site.messages().await.len(), 1);
    assert_eq!(site.count("SELECT COUNT(*) FROM submissions").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_opens_only_for_a_pending_sign_in_and_from_the_same_site() {
    let site = Site::start().await;
    let nobody = site.person();
    assert_eq!(location(&nobody.get(GUIDE).send().await.unwrap()), "/");
    assert_eq!(location(&post(&nobody, &[("start", "entry")]).await), "/");
    let hanako = site.signing_in("hanako").await;
    for (name, value) in [
        ("origin", "https://evil.example"),
        ("sec-fetch-site", "cross-site"),
    ] {
        let request = hanako.post(GUIDE).header(name, value);
        let answer = request.form(&[("start", "entry")]).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{name}");
    }
    // Answers in the address are not read.
    let page = hanako
        .page("/login/guide?answers=glossary&start=glossary&answer=right")
        .await;
    assert!(page.contains("data-screen=\"sms-check-destination\""));
    assert!(hanako.give(&site.code().await).await.accepted());
    assert_eq!(location(&hanako.get(GUIDE).send().await.unwrap()), "/");
    assert_eq!(location(&post(&hanako, &[("start", "entry")]).await), "/");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_answer_is_stored_in_the_database() {
    let site = Site::start().await;
    let mut reader = Reader::in_the_guide(site.signing_in("hanako").await, "ja").await;
    reader.answer("right").await;
    reader.answer("no").await;
    reader.exit("menu").await;
    reader.search("わたしの電話はしずか").await;
    let stored = site.stored_bytes().await;
    let is_stored = |text: &str| {
        stored
            .windows(text.len())
            .any(|bytes| bytes == text.as_bytes())
    };
    assert!(
        is_stored("hanako@example.com"),
        "the search finds what is there"
    );
    for answer in [
        "sms-other-texts-arrive",
        "phone-signal",
        "check-destination right",
        "わたしの電話",
    ] {
        assert!(!is_stored(answer), "{answer}");
    }
}

//! The screens: their parts, the steps between them, and their effects.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn every_screen_has_a_heading_a_next_step_and_its_exits_in_both_languages() {
    let site = Site::start().await;
    for lang in ["ja", "en"] {
        for name in ["hanako", "taro"] {
            let mut reader = Reader::in_the_guide(site.signing_in(name).await, lang).await;
            for (step, _) in FLOW {
                let fields = [("start", step.as_str())];
                let answer = post(&reader.person, &fields).await;
                if step == Step::BackToCode {
                    assert_eq!(location(&answer), CODE);
                    continue;
                }
                let request = reader.person.post(GUIDE).form(&fields);
                let answer = request
                    .header("accept-language", lang)
                    .send()
                    .await
                    .unwrap();
                reader.take(answer, GUIDE).await;
                assert_eq!(reader.screen(), step.as_str());
                assert!(!reader.heading().is_empty(), "{step:?}");
                let presses = reader.page.presses();
                // Controls besides the exits, the language and the top of the page.
                let on = presses.iter().filter(|press| {
                    let is_answer = press.name == "answer" && !press.value.starts_with('~');
                    is_answer || press.name == "todoita-action" || press.goal == "/help"
                });
                let on = on.count();
                assert!(
                    on > 0 || matches!(step, Step::Done | Step::OtherWay),
                    "{step:?}"
                );
                let expected: Vec<&str> = ["code", "support", "menu"]
                    .into_iter()
                    .filter(|exit| match *exit {
                        "support" => step != Step::Support,
                        "menu" => step != Step::Entry,
                        _ => true,
                    })
                    .collect();
                assert_eq!(exits(&reader), expected, "{step:?}");
                let safety = reader.words["ui"]["safety"].as_str().unwrap();
                assert_eq!(
                    reader.page.text().contains(safety),
                    step.has_safety_line(),
                    "{step:?}"
                );
            }
        }
    }
}

/// The exits of a screen, by their labels.
fn exits(reader: &Reader) -> Vec<&'static str> {
    let nav = reader.raw.split("<nav").nth(1).unwrap();
    let nav = Html::read(&format!("<nav{}", nav.split("</nav>").next().unwrap()));
    let text = nav.text();
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let name = |line: &str| {
        let mut names = ["code", "support", "menu"].into_iter();
        names
            .find(|name| reader.words["ui"][*name] == line)
            .unwrap()
    };
    lines.map(name).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_menu_begins_with_urgent_rows_and_every_row_leads_to_a_screen() {
    let site = Site::start().await;
    let mut reader = Reader::in_the_guide(site.signing_in("hanako").await, "ja").await;
    reader.exit("menu").await;
    let rows: Vec<Press> = reader
        .page
        .presses()
        .into_iter()
        .filter(|press| press.name == "answer" && !press.value.starts_with('~'))
        .collect();
    assert_eq!(rows[0].value, "asked");
    let groups: Vec<&str> = reader
        .page
        .attributes("div")
        .into_iter()
        .filter_map(|attributes| attributes.get("data-group").map(String::as_str))
        .collect();
    let expected = [
        Group::Urgent,
        Group::Main,
        Group::NotComing,
        Group::CannotGoOn,
        Group::ChangedForgotten,
        Group::Worried,
        Group::Foot,
    ];
    assert_eq!(groups, expected.map(Group::as_str));
    let (_, choices) = FLOW[Step::Entry as usize];
    for row in rows {
        reader.press(&row).await;
        let choice = choices
            .iter()
            .find(|choice| choice.name == row.value)
            .unwrap();
        assert_eq!(reader.screen(), choice.to.as_str());
        reader.exit("back").await;
        assert_eq!(reader.screen(), "entry");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn back_removes_one_answer_and_keeps_what_was_ruled_out() {
    let site = Site::start().await;
    let mut reader = Reader::in_the_guide(site.signing_in("hanako").await, "ja").await;
    assert_eq!(reader.screen(), "sms-check-destination");
    assert!(reader.heading().contains("5678"), "{}", reader.heading());
    let back = |reader: &Reader| {
        reader
            .page
            .presses()
            .iter()
            .any(|press| press.value == "~back")
    };
    assert!(!back(&reader), "the first screen has no back");
    reader.answer("right").await;
    reader.answer("no").await;
    assert_eq!(reader.screen(), "phone-signal");
    assert!(back(&reader));
    reader.exit("other").await;
    assert_eq!(reader.screen(), "other-way");
    let methods: Vec<String> = reader
        .page
        .presses()
        .into_iter()
        .filter(|press| press.name == "todoita-action")
        .map(|press| press.value)
        .collect();
    assert_eq!(
        methods,
        ["email", "voice", "app", "backup"],
        "not the SMS that does not come"
    );
    reader.exit("back").await;
    assert_eq!(reader.screen(), "phone-signal");
    reader.exit("back").await;
    assert_eq!(reader.screen(), "sms-other-texts-arrive");
    // In the other language, at the same place.
    let other = reader.one(|press| press.name == "lang");
    reader.press(&other).await;
    assert_eq!(reader.screen(), "sms-other-texts-arrive");
    assert!(reader.raw.contains("<html lang=\"en\">") && back(&reader));
    reader.exit_in("en", "code").await;
    assert!(reader.path == CODE && reader.raw.contains("<html lang=\"en\">"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_carriers_unfold_on_one_screen_with_their_menu_paths() {
    let site = Site::start().await;
    let mut reader = Reader::in_the_guide(site.signing_in("hanako").await, "ja").await;
    reader.answer("right").await;
    reader.answer("yes").await;
    // This browser's own phone is unfolded, and no other.
    let request = reader.person.post(GUIDE).header(
        "user-agent",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)",
    );
    let answer = request
        .form(&[("answers", "hidden-on-phone")])
        .send()
        .await
        .unwrap();
    let page = Html::read(&answer.text().await.unwrap());
    let folds = page.attributes("details");
    let open = folds
        .iter()
        .filter(|attributes| attributes.contains_key("open"));
    assert!(open.count() == 1 && folds.len() > 1);
    reader.answer("still").await;
    assert_eq!(reader.screen(), "carrier-filter");
    let folds = reader.words["screens"]["carrier-filter"]["folds"]
        .as_object()
        .unwrap();
    let titles: Vec<&str> = folds
        .values()
        .map(|fold| fold["title"].as_str().unwrap())
        .collect();
    let mut summaries = reader.page.all("summary");
    summaries.sort();
    let mut expected = titles.clone();
    expected.sort_unstable();
    assert_eq!(summaries, expected);
    // In the order of the file, which serde_json's map does not keep.
    let raw = std::fs::read_to_string(words_file("ja")).unwrap();
    let at = |name: &str| raw.find(&format!("\"title\":\"{name}\"")).unwrap();
    let in_order = reader.page.all("summary");
    assert!(in_order.is_sorted_by_key(|title| at(title)), "{in_order:?}");
    for carrier in [
        "docomo", "au", "softbank", "rakuten", "mvno", "unknown", "managed",
    ] {
        assert!(folds.contains_key(carrier));
    }
    assert_eq!(
        reader.page.all("blockquote").len(),
        folds
            .values()
            .filter(|fold| fold.get("say").is_some())
            .count()
            + 1,
        "the screen's own"
    );
    assert!(reader.raw.contains("<span data-part=\"path\"><b>"));
    assert!(!reader.page.text().contains("[My SoftBank"));
    let details = reader.page.attributes("details");
    assert!(
        details
            .iter()
            .all(|attributes| attributes["name"] == "carrier-filter")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_warning_is_shown_before_another_resend() {
    let site = Site::start().await;
    let person = site.signing_in("hanako").await;
    let mut reader = Reader::at_the_code(person, "ja").await;
    let warning = reader.words["ui"]["resent"].as_str().unwrap().to_owned();
    let renew = [("start", "code-renew")];
    let body = |answer: Response| async { answer.text().await.unwrap() };
    let first = body(post(&reader.person, &renew).await).await;
    let warnings = |page: &str| page.matches(&format!("<p>{warning}</p>")).count();
    let at_first = warnings(&first);
    assert!(
        first.contains("<span data-part=\"left\">") && first.contains("30秒"),
        "{first}"
    );
    // Too early: nothing is sent, and the code step shows that.
    reader.take(post(&reader.person, &renew).await, GUIDE).await;
    reader.answer("send").await;
    assert!(reader.raw.contains(" cause=\"limited\""));
    assert_eq!(site.messages().await.len(), 1);
    site.pass(MINUTE);
    reader.take(post(&reader.person, &renew).await, GUIDE).await;
    assert!(!reader.raw.contains("data-part=\"left\""));
    reader.answer("send").await;
    assert_eq!(site.messages().await.len(), 2);
    assert!(reader.raw.contains(" resends=\"1\""));
    let second = body(post(&reader.person, &renew).await).await;
    assert_eq!(warnings(&second), at_first + 1, "{second}");
    let mail = body(post(&reader.person, &[("start", "mail-search")]).await).await;
    assert_eq!(warnings(&mail), 0, "nothing is sent from there");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_method_is_used_once_and_only_where_it_was_offered() {
    let site = Site::start().await;
    let mut reader = Reader::in_the_guide(site.signing_in("hanako").await, "ja").await;
    // An act that this screen does not offer: nothing happens.
    for (answers, answer) in [
        ("phone-signal", "send"),
        ("unasked-code", "send"),
        ("carrier-filter", "call"),
    ] {
        let fields = [("answers", answers), ("answer", answer)];
        let page = post(&reader.person, &fields).await;
        assert_eq!(page.status(), StatusCode::OK);
    }
    assert_eq!(site.messages().await.len(), 1);
    reader.answer("right").await;
    reader.answer("landline").await;
    reader.method("voice").await;
    assert_eq!(site.messages().await.len(), 2);
    // From the address that was checked.
    site.pass(MINUTE);
    let fields = [("answers", "unasked-code self"), ("answer", "send")];
    assert_eq!(location(&post(&reader.person, &fields).await), CODE);
    assert_eq!(site.messages().await[2].channel.as_str(), "voice");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_incident_is_shown_on_every_screen_and_on_the_page() {
    let text = "ソフトバンクのSMSが遅れています <3";
    let site = Site::start_with(|config| config.incident = Some(text.into())).await;
    let mut reader = Reader::in_the_guide(site.signing_in("hanako").await, "ja").await;
    for leave in ["menu", "support"] {
        let notice = reader.page.attributes("p").into_iter();
        let count = notice.filter(|attributes| {
            attributes
                .get("data-part")
                .is_some_and(|part| part == "notice")
        });
        assert_eq!(count.count(), 1);
        assert!(reader.page.text().contains(text) && !reader.raw.contains("<3"));
        reader.exit(leave).await;
    }
    reader.open(CODE).await;
    assert_eq!(reader.page.attributes("todoita-code")[0]["incident"], text);
    let site = Site::start_with(|config| config.incident = Some(String::new())).await;
    let reader = Reader::in_the_guide(site.signing_in("hanako").await, "en").await;
    let own = reader.words["ui"]["incident"].as_str().unwrap();
    assert!(reader.page.text().contains(own));
}

/// Until the end of a wait, what sends is drawn shut, with the time; the tries that are left are told.
#[tokio::test(flavor = "multi_thread")]
async fn a_limit_shuts_what_sends() {
    let site = Site::start().await;
    let person = site.signing_in("hanako").await;
    let wrong = other(&site.code().await);
    for wait in [0, 0, 0, 0, 0, 30, 60, 120] {
        site.pass(wait * SECOND);
        person.give(&wrong).await;
    }
    let page = post(&person, &[("start", "not-here")])
        .await
        .text()
        .await
        .unwrap();
    let send = page.split("value=\"send\"").nth(1).unwrap();
    assert!(send.starts_with(" disabled"), "{page}");
    assert!(send.contains("から送れます"), "{page}");
    let page = post(&person, &[("start", "code-compare")])
        .await
        .text()
        .await
        .unwrap();
    assert!(page.contains("あと2回"), "{page}");
}

/// A refusal that the code step shows once holds on the whole route: the methods that the limit refuses stay away, and an answer
/// that it opens leads on.
#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_holds_on_every_page_of_the_route() {
    let site = Site::start_with(|config| config.login.limits.sends_per_destination = 1).await;
    let mut person = site.signing_in("hanako").await;
    for again in [false, true] {
        if again {
            // Another sign-in, for which no code is sent from the start; its page shows that the second time, too.
            person = site.signing_in("hanako").await;
            person.page(CODE).await;
        } else {
            site.pass(MINUTE);
            let form = [("code", ""), ("todoita-action", "resend")];
            person.post(CODE).form(&form).send().await.unwrap();
        }
        let mut reader = Reader::in_the_guide(person.clone(), "en").await;
        assert_eq!(reader.screen(), "wait-until", "{again}");
        let methods = |reader: &Reader| -> Vec<String> {
            let presses = reader.page.presses().into_iter();
            let methods = presses.filter(|press| press.name == "todoita-action");
            methods.map(|press| press.value).collect()
        };
        assert_eq!(methods(&reader), ["email", "app", "backup"], "{again}");
        if !again {
            reader.answer("repair").await;
            assert_eq!(reader.screen(), "sms-other-texts-arrive");
            reader.exit("other").await;
            assert_eq!(methods(&reader), ["email", "app", "backup"]);
        }
    }
}

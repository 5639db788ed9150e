//! From each symptom to a solution, by answers and by the search.

use super::*;

/// The event before the guide is opened.
#[derive(Clone, Copy, PartialEq)]
enum Before {
    /// A code was sent.
    Sent,
    /// Another method was chosen.
    Took(&'static str),
    /// A code was refused.
    Wrong,
    Expired,
    Limited,
    Locked,
}

/// Where a symptom leads in the end.
#[derive(Clone, Copy)]
enum End {
    /// Back to the code, without an effect.
    Code,
    /// One new message by this channel.
    Message(&'static str),
    /// The field asks for a backup code.
    Backup,
    /// A screen.
    Screen(&'static str),
}

/// A symptom in users' words, who has it, how it came, and what is pressed: an answer and the screen
/// that follows, `way` and which, `exit` and which.
type Symptom = (
    &'static str,
    &'static str,
    Before,
    &'static [&'static str],
    End,
);

const SYMPTOMS: [Symptom; 15] = [
    (
        "届いてるはずなのに見つからない・どこに届くの",
        "hanako",
        Before::Sent,
        &[
            "right sms-other-texts-arrive",
            "yes hidden-on-phone",
            "found",
        ],
        End::Code,
    ),
    (
        "SMSのコードが何回送っても来ない",
        "hanako",
        Before::Sent,
        &[
            "right sms-other-texts-arrive",
            "no phone-signal",
            "still carrier-filter",
            "send",
        ],
        End::Message("sms"),
    ),
    (
        "ふつうのSMSは来るのに認証コードだけ来ない",
        "hanako",
        Before::Sent,
        &[
            "right sms-other-texts-arrive",
            "yes hidden-on-phone",
            "still carrier-filter",
            "still other-way",
            "way voice",
        ],
        End::Message("voice"),
    ),
    (
        "何度も送信したら「24時間待って」と出た",
        "hanako",
        Before::Limited,
        &["way email"],
        End::Message("email"),
    ),
    (
        "前の電話番号にコードが送られてしまう",
        "jiro",
        Before::Sent,
        &[
            "whose number-whose",
            "old lost-what-is-left",
            "logged-in still-logged-in",
            "done",
        ],
        End::Code,
    ),
    (
        "機種変更したら認証アプリのコードが出ない・アプリを消した",
        "taro",
        Before::Sent,
        &["gone lost-what-is-left", "way backup"],
        End::Backup,
    ),
    (
        "認証アプリなんて設定した覚えがないのに6桁を聞かれる",
        "hanako",
        Before::Took("app"),
        &["never app-find", "still other-way", "exit support"],
        End::Screen("support"),
    ),
    (
        "コードは合っているのに「違います」「無効」と出る",
        "hanako",
        Before::Wrong,
        &["still code-renew", "send"],
        End::Message("sms"),
    ),
    (
        "遅れて届いたコードがもう使えない",
        "hanako",
        Before::Expired,
        &["late code-renew", "send"],
        End::Message("sms"),
    ),
    (
        "バックアップコードって何・どこ・なくした",
        "hanako",
        Before::Sent,
        &[
            "exit menu",
            "backup backup-find",
            "found backup-enter",
            "enter",
        ],
        End::Backup,
    ),
    (
        "頼んでいないのに認証コードが勝手に届く",
        "hanako",
        Before::Sent,
        &[
            "exit menu",
            "unasked unasked-code",
            "not-me secure-account",
            "done done",
        ],
        End::Screen("done"),
    ),
    (
        "コードがメールに来ない(Gmail・ドコモメール)",
        "sakura",
        Before::Sent,
        &[
            "right mail-search",
            "still mail-allow-domain",
            "still other-way",
            "exit support",
        ],
        End::Screen("support"),
    ),
    (
        "ロックされて解除のコードも来ない",
        "hanako",
        Before::Locked,
        &["still support"],
        End::Screen("support"),
    ),
    (
        "格安SIM・eSIM・乗り換えのあとから届かない",
        "hanako",
        Before::Sent,
        &[
            "right sms-other-texts-arrive",
            "two sim-check",
            "other other-way",
            "way email",
        ],
        End::Message("email"),
    ),
    (
        "サポートに送ったのに返事がない・顔の動画を出せと言われた",
        "hanako",
        Before::Sent,
        &["exit menu", "waiting support"],
        End::Screen("support"),
    ),
];

/// A person to whom that has happened, on the page of the code step. A code may be sent again.
async fn bring_about(site: &Site, name: &str, before: Before, lang: &'static str) -> Reader {
    let person = site.signing_in(name).await;
    let mut reader = Reader::at_the_code(person, lang).await;
    if let Before::Took(method) = before {
        reader.person.press(method).await;
    }
    let code = site
        .messages()
        .await
        .last()
        .map(|message| common::code_in(&message.text));
    let wrong = code.as_deref().map(other).unwrap_or_default();
    match before {
        Before::Sent | Before::Took(_) => site.pass(MINUTE),
        Before::Limited => {
            for _ in 0..5 {
                reader.person.give(&wrong).await;
            }
        }
        Before::Locked => {
            for wait in [0, 0, 0, 0, 0, 30, 60, 120, 240, 480] {
                site.pass(wait * SECOND);
                reader.person.give(&wrong).await;
            }
        }
        Before::Wrong => site.pass(MINUTE),
        Before::Expired => site.pass(11 * MINUTE),
    }
    // A refusal is shown once, on the page that the browser is sent to.
    let typed = match before {
        Before::Wrong | Before::Limited => wrong,
        Before::Expired => code.unwrap(),
        _ => String::new(),
    };
    if !typed.is_empty() {
        let mut press = reader.one(|press| press.goal == CODE && press.name.is_empty());
        let field = press.fields.iter_mut().find(|(name, _)| name == "code");
        field.unwrap().1 = typed;
        reader.press(&press).await;
    } else {
        reader.open(CODE).await;
    }
    reader
}

async fn replay(site: &Site, (symptom, name, before, steps, end): Symptom, lang: &'static str) {
    let mut reader = bring_about(site, name, before, lang).await;
    let opens_guide = reader.one(|press| press.goal == GUIDE);
    let messages = site.messages().await.len();
    reader.press(&opens_guide).await;
    let mut read = 1;
    for step in steps {
        assert_eq!(reader.path, GUIDE, "{symptom}");
        match step.split_once(' ') {
            Some(("way", method)) => reader.method(method).await,
            Some(("exit", exit)) => {
                reader.exit(exit).await;
                let to = if exit == "menu" { "entry" } else { exit };
                assert_eq!(reader.screen(), to, "{symptom}");
                read = if exit == "menu" { 1 } else { read + 1 };
            }
            Some((answer, to)) => {
                reader.answer(answer).await;
                assert_eq!(reader.screen(), to, "{symptom}");
                read += usize::from(to != "done");
            }
            None => reader.answer(step).await,
        }
    }
    assert!(read <= 5, "{symptom}: {read} screens");
    let sent: Vec<&str> = site.messages().await[messages..]
        .iter()
        .map(|message| message.channel.as_str())
        .collect();
    match end {
        End::Code => assert!(reader.path == CODE && sent.is_empty(), "{symptom}"),
        End::Message(channel) => {
            assert_eq!(
                (reader.path.as_str(), sent),
                (CODE, vec![channel]),
                "{symptom}"
            );
            assert!(reader.raw.contains(&format!(" channel=\"{channel}\"")));
        }
        End::Backup => {
            assert!(reader.path == CODE && sent.is_empty(), "{symptom}");
            assert!(reader.raw.contains(" data-kind=\"backup\""), "{symptom}");
        }
        End::Screen(screen) => {
            assert_eq!((reader.screen(), sent.len()), (screen, 0), "{symptom}");
            if screen == "support" {
                reader.one(|press| press.goal == "/help");
            }
        }
    }
    reader.person.post("/logout").send().await.unwrap();
    site.pass(24 * HOUR);
    if before != Before::Sent {
        // A success deletes the failures.
        let again = site.signing_in(name).await;
        assert!(again.give(&site.code().await).await.accepted());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_symptom_leads_to_a_solution_in_japanese() {
    let site = Site::start().await;
    for symptom in SYMPTOMS {
        replay(&site, symptom, "ja").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_symptom_leads_to_a_solution_in_english() {
    let site = Site::start().await;
    for symptom in SYMPTOMS {
        replay(&site, symptom, "en").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_symptom_typed_into_the_search_finds_its_screen() {
    let site = Site::start().await;
    let mut reader = Reader::in_the_guide(site.signing_in("hanako").await, "ja").await;
    reader.exit("menu").await;
    let nodes = [
        "hidden-on-phone",
        "sms-check-destination",
        "hidden-on-phone",
        "wait-until",
        "lost-what-is-left",
        "app-where",
        "app-find",
        "error-which",
        "code-late",
        "backup-find",
        "unasked-code",
        "mail-check-address",
        "locked-which",
        "sim-check",
        "support",
    ];
    for ((symptom, ..), node) in SYMPTOMS.iter().zip(nodes) {
        reader.search(symptom).await;
        assert_eq!(reader.screen(), "entry");
        let found = reader.found();
        assert!(found.len() <= 3, "{symptom}: {found:?}");
        assert!(
            found.iter().any(|screen| screen == node),
            "{symptom}: {found:?}"
        );
        assert!(reader.page.attributes("input").iter().any(|attributes| {
            attributes.get("name").is_some_and(|name| name == "search")
                && attributes["value"] == *symptom
        }));
    }
    let press = reader.one(|press| press.name == "start" && press.value == "support");
    assert_eq!(press.label, reader.words["screens"]["support"]["title"]);
    reader.press(&press).await;
    assert_eq!(reader.screen(), "support");
    // Nothing found, and an empty search.
    reader.exit("menu").await;
    for (text, symptom) in [("<q\"w>", Some("nothing")), (" ", None), ("", None)] {
        reader.search(text).await;
        let instead = ["someone-asks", "secure-now", "it-came", "support"];
        let shown = if symptom.is_some() { &instead[..] } else { &[] };
        assert_eq!(reader.found(), shown, "{text}");
        let nothing = reader.words["ui"]["nothing"].as_str().unwrap();
        assert_eq!(reader.page.text().contains(nothing), symptom.is_some());
        assert!(!reader.raw.contains("<q"));
    }
}

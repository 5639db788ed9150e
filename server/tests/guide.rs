//! The guide, as a person without JavaScript uses it: from each symptom to a way forward.
#![allow(
    clippy::unwrap_used,
    reason = "a test stops where something is not as it should be"
)]

mod common;

use common::html::{Html, Press};
use common::{HOUR, MINUTE, Person, SECOND, Site, location, other};
use reqwest::{Response, StatusCode};
use serde_json::Value;
use todoita::guide::{FLOW, Group, Step};

const GUIDE: &str = "/login/guide";
const CODE: &str = "/login/code";

/// Somebody who reads a page and presses what stands on it.
struct Reader {
    person: Person,
    lang: &'static str,
    words: Value,
    path: String,
    page: Html,
    raw: String,
}

impl Reader {
    /// On the code step's page, in a language.
    async fn at_the_code(person: Person, lang: &'static str) -> Reader {
        let mut reader = Reader {
            person,
            lang,
            words: words(lang),
            path: CODE.to_owned(),
            page: Html::read(""),
            raw: String::new(),
        };
        reader.open(CODE).await;
        reader
    }

    /// In the guide, through its door.
    async fn in_the_guide(person: Person, lang: &'static str) -> Reader {
        let mut reader = Reader::at_the_code(person, lang).await;
        let door = reader.one(|press| press.goal == GUIDE);
        assert!(!door.label.is_empty());
        reader.press(&door).await;
        assert_eq!(reader.path, GUIDE);
        reader
    }

    async fn open(&mut self, path: &str) {
        let request = self.person.get(path).header("accept-language", self.lang);
        self.take(request.send().await.unwrap(), path).await;
    }

    async fn take(&mut self, answer: Response, path: &str) {
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        assert_eq!(answer.headers()["cache-control"], "no-store", "{path}");
        assert_eq!(answer.url().query(), None);
        self.raw = answer.text().await.unwrap();
        self.page = Html::read(&self.raw);
        self.path = path.to_owned();
        let words: String = self.raw.split("<main").nth(1).unwrap_or_default().into();
        assert!(!words.contains('{') && !words.contains("@!"), "{words}");
    }

    /// Presses a button or a link as a browser would, and follows where it is sent.
    async fn press(&mut self, press: &Press) {
        if press.is_link {
            return self.open(&press.goal.clone()).await;
        }
        let mut fields = press.fields.clone();
        if !press.name.is_empty() {
            fields.push((press.name.clone(), press.value.clone()));
        }
        let request = self.person.post(&press.goal).form(&fields);
        let answer = request
            .header("accept-language", self.lang)
            .header("origin", &self.person.base)
            .send()
            .await
            .unwrap();
        if answer.status() == StatusCode::SEE_OTHER {
            let to = location(&answer).to_owned();
            assert_eq!(to, CODE, "to the code, and no answer goes along");
            self.open(&to).await;
        } else {
            self.take(answer, &press.goal.clone()).await;
        }
    }

    fn one(&self, is: impl Fn(&Press) -> bool) -> Press {
        let mut found = self.page.presses().into_iter().filter(|press| is(press));
        let press = found
            .next()
            .unwrap_or_else(|| panic!("{}", self.page.text()));
        assert!(found.next().is_none(), "{press:?} is not the only one");
        press
    }

    fn screen(&self) -> &str {
        &self.page.marks("todoita-guide")[0]["data-screen"]
    }

    fn heading(&self) -> String {
        let headings = self.page.all("h1");
        assert_eq!(headings.len(), 1);
        headings.into_iter().next().unwrap()
    }

    /// Presses the choice with this name, where its own words stand on it.
    async fn answer(&mut self, name: &str) {
        let label = self.words["screens"][self.screen()]["choices"][name].clone();
        let label = label
            .as_str()
            .unwrap_or_else(|| panic!("{name} on {}", self.screen()))
            .replace("{site}", site_name(self.lang));
        let press = self.one(|press| press.name == "answer" && press.label == label);
        assert_eq!(press.value, name);
        self.press(&press).await;
    }

    async fn way(&mut self, name: &str) {
        let label = self.words["ways"][name].as_str().unwrap().to_owned();
        let press = self.one(|press| press.label == label);
        self.press(&press).await;
    }

    async fn exit(&mut self, name: &str) {
        let label = self.words["ui"][name].as_str().unwrap().to_owned();
        // The support's address stands on its screen under the same words.
        let press = self.one(|press| press.label == label && press.goal != "/help");
        self.press(&press).await;
    }

    /// The same, where the language was changed on the way.
    async fn exit_in(&mut self, lang: &'static str, name: &str) {
        self.lang = lang;
        self.words = words(lang);
        self.exit(name).await;
    }

    async fn search(&mut self, text: &str) {
        let label = self.words["ui"]["search-go"].as_str().unwrap().to_owned();
        let mut press = self.one(|press| press.label == label);
        let box_ = press
            .fields
            .iter_mut()
            .find(|(name, _)| name == "search")
            .unwrap();
        box_.1 = text.to_owned();
        self.press(&press).await;
    }

    /// The screens that a search found.
    fn found(&self) -> Vec<String> {
        let results = self.page.presses().into_iter();
        results
            .filter(|press| press.name == "start" && press.value != "entry")
            .map(|press| press.value)
            .collect()
    }
}

fn words_file(lang: &str) -> String {
    let root = env!("CARGO_MANIFEST_DIR");
    format!("{root}/../www/words/{lang}.guide.json")
}

fn words(lang: &str) -> Value {
    serde_json::from_str(&std::fs::read_to_string(words_file(lang)).unwrap()).unwrap()
}

fn site_name(lang: &str) -> &'static str {
    if lang == "ja" {
        "ひばり便"
    } else {
        "Hibari Post"
    }
}

/// How somebody comes to open the guide.
#[derive(Clone, Copy, PartialEq)]
enum Before {
    /// A code was sent.
    Sent,
    /// Another way was taken.
    Took(&'static str),
    /// A code was refused.
    Wrong,
    Expired,
    Limited,
    Locked,
}

/// The screens between which a symptom leads, and what happens at the end.
#[derive(Clone, Copy)]
enum End {
    /// Back to the code, and nothing was done.
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
        &["hurry other-way", "way email"],
        End::Message("email"),
    ),
    (
        "前の電話番号にコードが送られてしまう",
        "jiro",
        Before::Sent,
        &["old lost-what-is-left", "logged-in still-logged-in", "done"],
        End::Code,
    ),
    (
        "機種変更したら認証アプリのコードが出ない・アプリを消した",
        "taro",
        Before::Sent,
        &["gone ways-to-get-in", "way backup"],
        End::Backup,
    ),
    (
        "認証アプリなんて設定した覚えがないのに6桁を聞かれる",
        "hanako",
        Before::Took("app"),
        &["never app-find", "still ways-to-get-in", "none support"],
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
        &["send"],
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
        &["right mail-search", "still other-way", "exit support"],
        End::Screen("support"),
    ),
    (
        "ロックされて解除のコードも来ない",
        "hanako",
        Before::Locked,
        &["hurry other-way", "exit support"],
        End::Screen("support"),
    ),
    (
        "格安SIM・eSIM・乗り換えのあとから届かない",
        "hanako",
        Before::Sent,
        &[
            "right sms-other-texts-arrive",
            "sim sim-check",
            "hurry other-way",
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

/// Somebody to whom that has happened, on the code step's page. A code may be sent again.
async fn bring_about(site: &Site, name: &str, before: Before, lang: &'static str) -> Reader {
    let person = site.signing_in(name).await;
    let mut reader = Reader::at_the_code(person, lang).await;
    if let Before::Took(way) = before {
        reader.person.press(way).await;
    }
    let code = site
        .messages()
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
    // What is refused is said on the page that the browser is sent to, once.
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

async fn walk(site: &Site, (said, name, before, steps, end): Symptom, lang: &'static str) {
    let mut reader = bring_about(site, name, before, lang).await;
    let door = reader.one(|press| press.goal == GUIDE);
    let messages = site.messages().len();
    reader.press(&door).await;
    let mut read = 1;
    for step in steps {
        assert_eq!(reader.path, GUIDE, "{said}");
        match step.split_once(' ') {
            Some(("way", way)) => reader.way(way).await,
            Some(("exit", exit)) => {
                reader.exit(exit).await;
                let to = if exit == "menu" { "entry" } else { exit };
                assert_eq!(reader.screen(), to, "{said}");
                read = if exit == "menu" { 1 } else { read + 1 };
            }
            Some((answer, to)) => {
                reader.answer(answer).await;
                assert_eq!(reader.screen(), to, "{said}");
                read += usize::from(to != "done");
            }
            None => reader.answer(step).await,
        }
    }
    assert!(read <= 5, "{said}: {read} screens");
    let sent: Vec<&str> = site.messages()[messages..]
        .iter()
        .map(|message| message.channel.as_str())
        .collect();
    match end {
        End::Code => assert!(reader.path == CODE && sent.is_empty(), "{said}"),
        End::Message(channel) => {
            assert_eq!(
                (reader.path.as_str(), sent),
                (CODE, vec![channel]),
                "{said}"
            );
            assert!(reader.raw.contains(&format!(" channel=\"{channel}\"")));
        }
        End::Backup => {
            assert!(reader.path == CODE && sent.is_empty(), "{said}");
            assert!(reader.raw.contains(" data-kind=\"backup\""), "{said}");
        }
        End::Screen(screen) => {
            assert_eq!((reader.screen(), sent.len()), (screen, 0), "{said}");
            if screen == "support" {
                reader.one(|press| press.goal == "/help");
            }
        }
    }
    reader.person.post("/logout").send().await.unwrap();
    site.pass(24 * HOUR);
    if before != Before::Sent {
        // Who got in has no failures any more.
        let again = site.signing_in(name).await;
        assert!(again.give(&site.code()).await.accepted());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn from_each_symptom_to_a_way_forward_in_japanese() {
    let site = Site::start().await;
    for symptom in SYMPTOMS {
        walk(&site, symptom, "ja").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn from_each_symptom_to_a_way_forward_in_english() {
    let site = Site::start().await;
    for symptom in SYMPTOMS {
        walk(&site, symptom, "en").await;
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
        "code-renew",
        "backup-find",
        "unasked-code",
        "mail-check-address",
        "locked-which",
        "sim-check",
        "support",
    ];
    for ((said, ..), node) in SYMPTOMS.iter().zip(nodes) {
        reader.search(said).await;
        assert_eq!(reader.screen(), "entry");
        let found = reader.found();
        assert!(found.len() <= 3, "{said}: {found:?}");
        assert!(
            found.iter().any(|screen| screen == node),
            "{said}: {found:?}"
        );
        assert!(reader.page.marks("input").iter().any(|marks| {
            marks.get("name").is_some_and(|name| name == "search") && marks["value"] == *said
        }));
    }
    let press = reader.one(|press| press.name == "start" && press.value == "support");
    assert_eq!(press.label, reader.words["screens"]["support"]["title"]);
    reader.press(&press).await;
    assert_eq!(reader.screen(), "support");
    // Nothing found, and nothing asked.
    reader.exit("menu").await;
    for (text, said) in [("<q\"w>", Some("nothing")), (" ", None), ("", None)] {
        reader.search(text).await;
        assert!(reader.found().is_empty(), "{text}");
        let nothing = reader.words["ui"]["nothing"].as_str().unwrap();
        assert_eq!(reader.page.text().contains(nothing), said.is_some());
        assert!(!reader.raw.contains("<q"));
    }
}

/// Posts fields to the guide as they stand.
async fn post(person: &Person, fields: &[(&str, &str)]) -> Response {
    person.post(GUIDE).form(fields).send().await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_screen_has_a_heading_a_way_on_and_its_exits_in_both_languages() {
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
                let is_blind = name == "taro" && step == Step::SmsCheckDestination;
                assert!(reader.screen() == step.as_str() || is_blind, "{step:?}");
                assert!(!reader.heading().is_empty(), "{step:?}");
                let presses = reader.page.presses();
                // What leads on, besides the exits, the language and the top of the page.
                let on = presses.iter().filter(|press| {
                    let is_answer = press.name == "answer" && !press.value.starts_with('~');
                    is_answer || press.name == "todoita-action" || press.goal == "/help"
                });
                let on = on.count();
                assert!(
                    on > 0 || step == Step::Done || step == Step::OtherWay,
                    "{step:?}"
                );
                let exits = exits(&reader);
                let expected: Vec<&str> = ["code", "other", "support", "menu"]
                    .into_iter()
                    .filter(|exit| match *exit {
                        "other" => !matches!(step, Step::OtherWay | Step::Support),
                        "support" => step != Step::Support,
                        "menu" => step != Step::Entry,
                        _ => true,
                    })
                    .collect();
                // Whoever has nothing but what was just ruled out is not sent there.
                let without: Vec<&str> = expected
                    .iter()
                    .copied()
                    .filter(|exit| *exit != "other")
                    .collect();
                assert!(
                    exits == expected || (name == "taro" && exits == without),
                    "{step:?} {exits:?}"
                );
            }
        }
    }
}

/// The exits of a screen, by what stands on them.
fn exits(reader: &Reader) -> Vec<&'static str> {
    let nav = reader.raw.split("<nav").nth(1).unwrap();
    let nav = Html::read(&format!("<nav{}", nav.split("</nav>").next().unwrap()));
    let text = nav.text();
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let name = |line: &str| {
        let mut names = ["code", "other", "support", "menu"].into_iter();
        names
            .find(|name| reader.words["ui"][*name] == line)
            .unwrap()
    };
    lines.map(name).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_menu_begins_with_what_is_urgent_and_every_row_of_it_leads_on() {
    let site = Site::start().await;
    let mut reader = Reader::in_the_guide(site.signing_in("hanako").await, "ja").await;
    reader.exit("menu").await;
    let rows: Vec<Press> = reader
        .page
        .presses()
        .into_iter()
        .filter(|press| press.name == "answer" && !press.value.starts_with('~'))
        .collect();
    assert_eq!(rows[0].value, "told");
    let groups: Vec<&str> = reader
        .page
        .marks("div")
        .into_iter()
        .filter_map(|marks| marks.get("data-group").map(String::as_str))
        .collect();
    let expected = [
        Group::Urgent,
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
async fn a_step_back_is_one_answer_less_and_what_was_ruled_out_stays_so() {
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
    assert!(!back(&reader), "there is no way back from the first");
    reader.answer("right").await;
    reader.answer("no").await;
    assert_eq!(reader.screen(), "phone-signal");
    assert!(back(&reader) && reader.raw.contains("<svg"));
    reader.exit("other").await;
    assert_eq!(reader.screen(), "other-way");
    let ways: Vec<String> = reader
        .page
        .presses()
        .into_iter()
        .filter(|press| press.name == "todoita-action")
        .map(|press| press.value)
        .collect();
    assert_eq!(
        ways,
        ["backup", "voice", "email", "app"],
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
async fn the_carriers_unfold_on_one_screen_with_their_paths_and_what_to_say() {
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
    let open: Vec<bool> = page
        .marks("details")
        .iter()
        .map(|marks| marks.contains_key("open"))
        .collect();
    assert_eq!(open, [true, false, false]);
    reader.answer("still").await;
    assert_eq!(reader.screen(), "carrier-filter");
    let folds = reader.words["screens"]["carrier-filter"]["folds"]
        .as_object()
        .unwrap();
    let titles: Vec<&str> = folds
        .values()
        .map(|fold| fold["title"].as_str().unwrap())
        .collect();
    let mut shown = reader.page.all("summary");
    shown.sort();
    let mut expected = titles.clone();
    expected.sort_unstable();
    assert_eq!(shown, expected);
    // In the order of the file, which serde_json's map does not keep.
    let raw = std::fs::read_to_string(words_file("ja")).unwrap();
    let at = |name: &str| raw.find(&format!("\"title\": \"{name}\"")).unwrap();
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
    );
    assert!(reader.raw.contains("<span data-part=\"path\"><b>"));
    assert!(!reader.page.text().contains("[My SoftBank"));
    let details = reader.page.marks("details");
    assert!(
        details
            .iter()
            .all(|marks| marks["name"] == "carrier-filter")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn before_a_code_is_sent_once_more_it_says_what_that_costs() {
    let site = Site::start().await;
    let person = site.signing_in("hanako").await;
    let mut reader = Reader::at_the_code(person, "ja").await;
    let warning = reader.words["ui"]["resent"].as_str().unwrap().to_owned();
    let renew = [("start", "code-renew")];
    let shown = |answer: Response| async { answer.text().await.unwrap() };
    let first = shown(post(&reader.person, &renew).await).await;
    assert!(!first.contains(&warning));
    assert!(
        first.contains("<span data-part=\"left\">") && first.contains("30秒"),
        "{first}"
    );
    // Too early: nothing is sent, and the code step says so.
    reader.take(post(&reader.person, &renew).await, GUIDE).await;
    reader.answer("send").await;
    assert!(reader.raw.contains(" cause=\"limited\""));
    assert_eq!(site.messages().len(), 1);
    site.pass(MINUTE);
    reader.take(post(&reader.person, &renew).await, GUIDE).await;
    assert!(!reader.raw.contains("data-part=\"left\""));
    reader.answer("send").await;
    assert_eq!(site.messages().len(), 2);
    assert!(reader.raw.contains(" resends=\"1\""));
    let second = shown(post(&reader.person, &renew).await).await;
    assert!(second.contains(&warning), "{second}");
    let mail = shown(post(&reader.person, &[("start", "mail-search")]).await).await;
    assert!(!mail.contains(&warning), "nothing is sent from there");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_way_is_taken_once_and_only_where_it_was_shown() {
    let site = Site::start().await;
    let mut reader = Reader::in_the_guide(site.signing_in("hanako").await, "ja").await;
    // An act that this screen does not offer: nothing happens.
    for (answers, answer) in [
        ("phone-signal", "send"),
        ("unasked-code self", "send"),
        ("carrier-filter", "call"),
    ] {
        let fields = [("answers", answers), ("answer", answer)];
        let page = post(&reader.person, &fields).await;
        assert_eq!(page.status(), StatusCode::OK);
    }
    assert_eq!(site.messages().len(), 1);
    reader.answer("right").await;
    reader.answer("never").await;
    reader.way("voice").await;
    assert_eq!(site.messages().len(), 2);
    // From the address that was checked.
    site.pass(MINUTE);
    let fields = [("answers", "unasked-code self"), ("answer", "checked-send")];
    assert_eq!(location(&post(&reader.person, &fields).await), CODE);
    assert_eq!(site.messages()[2].channel.as_str(), "voice");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_incident_is_told_on_every_screen_and_in_the_page() {
    let said = "ソフトバンクのSMSが遅れています <3";
    let site = Site::start_with(|config| config.incident = Some(said.into())).await;
    let mut reader = Reader::in_the_guide(site.signing_in("hanako").await, "ja").await;
    for leave in ["menu", "support"] {
        let notice = reader.page.marks("p").into_iter();
        let count =
            notice.filter(|marks| marks.get("data-part").is_some_and(|part| part == "notice"));
        assert_eq!(count.count(), 1);
        assert!(reader.page.text().contains(said) && !reader.raw.contains("<3"));
        reader.exit(leave).await;
    }
    reader.open(CODE).await;
    assert_eq!(reader.page.marks("todoita-code")[0]["incident"], said);
    let site = Site::start_with(|config| config.incident = Some(String::new())).await;
    let reader = Reader::in_the_guide(site.signing_in("hanako").await, "en").await;
    let ours = reader.words["ui"]["incident"].as_str().unwrap();
    assert!(reader.page.text().contains(ours));
}

#[tokio::test(flavor = "multi_thread")]
async fn it_says_what_is_known_of_this_sign_in_alone() {
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
    // taro's app sends nothing: no time, no destination.
    let mut reader = Reader::in_the_guide(site.signing_in("taro").await, "ja").await;
    assert_eq!(reader.screen(), "app-where");
    let request = reader
        .person
        .post(GUIDE)
        .form(&[("start", "sms-check-destination")]);
    reader.take(request.send().await.unwrap(), GUIDE).await;
    assert_eq!(reader.screen(), "sms-other-texts-arrive");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_none_of_ours_leads_to_a_screen_or_to_a_clear_refusal() {
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
        let shown = format!("data-screen=\"{screen}\"");
        assert!(page.contains(&shown), "{fields:?}: {page}");
        assert!(!page.contains("<script") && !page.contains("constructor"));
        let kept = Html::read(&page);
        let kept = kept
            .marks("input")
            .into_iter()
            .find(|marks| marks["name"] == "answers")
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
    assert_eq!(site.messages().len(), 1);
    assert_eq!(site.count("SELECT COUNT(*) FROM attempts").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_opens_for_a_pending_sign_in_alone_and_not_from_another_site() {
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
    // An address keeps no answer: what stands in it is not read.
    let page = hanako
        .page("/login/guide?answers=glossary&start=glossary&answer=right")
        .await;
    assert!(page.contains("data-screen=\"sms-check-destination\""));
    assert!(hanako.give(&site.code()).await.accepted());
    assert_eq!(location(&hanako.get(GUIDE).send().await.unwrap()), "/");
    assert_eq!(location(&post(&hanako, &[("start", "entry")]).await), "/");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_answer_stands_in_the_database() {
    let site = Site::start().await;
    let mut reader = Reader::in_the_guide(site.signing_in("hanako").await, "ja").await;
    reader.answer("right").await;
    reader.answer("no").await;
    reader.exit("menu").await;
    reader.search("わたしの電話はしずか").await;
    let stored = site.stored_bytes();
    let stands = |text: &str| {
        stored
            .windows(text.len())
            .any(|bytes| bytes == text.as_bytes())
    };
    assert!(
        stands("hanako@example.com"),
        "the search finds what is there"
    );
    for answer in [
        "sms-other-texts-arrive",
        "phone-signal",
        "check-destination right",
        "わたしの電話",
    ] {
        assert!(!stands(answer), "{answer}");
    }
}

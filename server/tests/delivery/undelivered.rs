//! A code that could not be delivered: its person sees it, with the methods that work now, until a code is on its way again.

use login::queue;
use serde_json::{Value, json};

use super::http_gateway::{Behaviour, HttpGateway};
use super::reports::report;
use crate::common::html::Html;
use crate::common::person::Answer;
use crate::common::{MINUTE, Person, SECOND, Site, code_in};

/// The sentence that every page of a code has.
const SECRET: &str = "コードは、誰にも教えないでください。";

/// How long a code by SMS takes.
const USUAL: &str = "通常は1分以内に届きます";

/// The page of the code step: its notice, whether a code is on its way, and the methods that are offered.
#[derive(Debug, PartialEq, Eq)]
struct Seen {
    notice: String,
    on_its_way: bool,
    offered: String,
}

/// The view of a person, by the page and by its state in JSON, which agree.
async fn seen(person: &Person) -> Seen {
    let page = person.page("/login/code").await;
    let html = Html::read(&page);
    let field = html.attributes("todoita-code")[0].clone();
    let notice = html.attributes("p").into_iter();
    let notice = notice
        .filter_map(|it| it.get("data-notice").cloned())
        .next();
    let offered = field["alternatives"].clone();
    // The script that looks again.
    assert!(page.contains(r#"src="/own/delivery.js""#), "{page}");
    assert_eq!(person.page_status("/own/delivery.js").await, 200);
    let state = state(person).await;
    assert_eq!(state["notice"].as_str(), notice.as_deref());
    assert_eq!(
        state["open"],
        json!(
            offered
                .split(' ')
                .filter(|it| !it.is_empty())
                .collect::<Vec<_>>()
        )
    );
    if let Some(sentence) = state["detail"].as_str() {
        assert!(page.contains(sentence), "{page}");
    }
    let on_its_way = field.contains_key("expires-at");
    assert_eq!(state.get("expiresAt").is_some(), on_its_way);
    assert_eq!(page.contains(USUAL), on_its_way, "{page}");
    assert_eq!(page.matches(SECRET).count(), 1, "{page}");
    let usual = html.attributes("p").into_iter();
    let hidden = usual.filter(|it| {
        it.get("data-part").is_some_and(|it| it == "usual") && it.contains_key("hidden")
    });
    assert_eq!(hidden.count(), usize::from(!on_its_way));
    Seen {
        notice: state["detail"].as_str().unwrap_or_default().to_owned(),
        on_its_way,
        offered,
    }
}

async fn state(person: &Person) -> Value {
    let request = person.get("/login/code");
    let answer = request.header("accept", "application/json").send().await;
    answer.unwrap().json().await.unwrap()
}

fn fine() -> Seen {
    Seen {
        notice: String::new(),
        on_its_way: true,
        offered: "sms voice app backup".into(),
    }
}

fn undelivered(notice: &str, offered: &str) -> Seen {
    Seen {
        notice: notice.into(),
        on_its_way: false,
        offered: offered.into(),
    }
}

/// Lets everything be delivered that is due; gives the id of the newest message.
async fn deliver(site: &Site, gateway: &HttpGateway) -> String {
    queue::deliver_due(&site.login).await.unwrap();
    gateway.received().pop().unwrap().id
}

const FAILED: &str = "SMSで送ったコードを届けられませんでした。今は、電話・認証アプリ・バックアップコードが使えます。";

#[tokio::test(flavor = "multi_thread")]
async fn a_report_that_a_code_failed_is_seen_with_the_other_methods_until_it_or_a_new_one_is_on_its_way()
 {
    let gateway = HttpGateway::start().await;
    let site = gateway.site().await;
    let hanako = site.signing_in("hanako").await;
    let jiro = site.signing_in("jiro").await;
    let sent = gateway_ids(&site, &gateway).await;
    assert_eq!(seen(&hanako).await, fine());
    assert_eq!(report(&site, "failed", &sent[0]).await, 204);
    assert_eq!(seen(&hanako).await, undelivered(FAILED, "voice app backup"));
    // Nobody else is concerned.
    assert_eq!(seen(&jiro).await.notice, "");
    // A refused code is answered with the methods that work. The guide begins with the number that it was sent to.
    let Answer { body, .. } = hanako.give("000000").await;
    assert_eq!(body["open"], json!(["voice", "app", "backup"]));
    let guide = hanako.page("/login/guide").await;
    assert!(
        guide.contains(r#"data-screen="sms-check-destination""#),
        "{guide}"
    );
    assert!(!guide.contains(r#"value="sms""#), "{guide}");
    // It was delivered after all.
    assert_eq!(report(&site, "delivered", &sent[0]).await, 204);
    assert_eq!(seen(&hanako).await, fine());
    // A new one fails, and the one after it is on its way.
    site.pass(MINUTE);
    assert_eq!(hanako.press("resend").await.status, 200);
    let second = deliver(&site, &gateway).await;
    assert_eq!(report(&site, "failed", &second).await, 204);
    assert_eq!(seen(&hanako).await, undelivered(FAILED, "voice app backup"));
    site.pass(MINUTE);
    assert_eq!(hanako.press("resend").await.status, 200);
    assert_eq!(seen(&hanako).await, fine());
}

/// Delivers what is due; gives the ids of all messages, those of the first person first.
async fn gateway_ids(site: &Site, gateway: &HttpGateway) -> Vec<String> {
    queue::deliver_due(&site.login).await.unwrap();
    let to_hanako = |to: &Value| to.as_str().is_some_and(|to| to.ends_with("5678"));
    let mut received = gateway.received();
    received.sort_by_key(|it| !to_hanako(&it.body["data"]["to"]));
    received.into_iter().map(|it| it.id).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_the_queue_gave_up_is_seen_and_a_method_that_failed_too_is_not_offered() {
    let gateway = HttpGateway::start().await;
    let site = gateway.site().await;
    gateway.set(Behaviour::Answers(422, None));
    let hanako = site.signing_in("hanako").await;
    assert_eq!(seen(&hanako).await, fine());
    deliver(&site, &gateway).await;
    assert_eq!(seen(&hanako).await, undelivered(FAILED, "voice app backup"));
    // The same number cannot be called either.
    assert_eq!(hanako.press("voice").await.status, 200);
    deliver(&site, &gateway).await;
    let by_voice = "電話で送ったコードを届けられませんでした。今は、認証アプリ・バックアップコードが使えます。";
    assert_eq!(seen(&hanako).await, undelivered(by_voice, "app backup"));
    // Where a limit does not let another one be sent, the methods that have failed are not named either.
    let refused = hanako.press("sms").await;
    assert_eq!(refused.cause(), "limited");
    assert_eq!(refused.body["open"], json!(["app", "backup"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_expired_in_the_queue_is_seen_by_a_person_without_another_method() {
    let gateway = HttpGateway::start().await;
    let site = gateway.site_without_calls().await;
    gateway.set(Behaviour::Answers(503, None));
    let jiro = site.signing_in("jiro").await;
    deliver(&site, &gateway).await;
    site.pass(10 * MINUTE + SECOND);
    assert_eq!(queue::deliver_due(&site.login).await.unwrap(), 0);
    let alone = "SMSで送ったコードを届けられませんでした。新しいコードを送るか、サポートに連絡してください。";
    assert_eq!(seen(&jiro).await, undelivered(alone, ""));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_number_whose_code_is_lost_or_late_is_seen_before_it_is_confirmed() {
    const PAGE: &str = "/account/number";
    let gateway = HttpGateway::start().await;
    let site = gateway.site().await;
    let jiro = site.signing_in("jiro").await;
    deliver(&site, &gateway).await;
    let text = gateway.received().pop().unwrap().body["data"]["text"].clone();
    assert!(jiro.give(&code_in(text.as_str().unwrap())).await.accepted());
    let typed = jiro.post(PAGE).form(&[("phone", "080-1111-2222")]);
    assert_eq!(typed.send().await.unwrap().status(), 303);
    let id = deliver(&site, &gateway).await;
    let notice = || async {
        let page = jiro.page(PAGE).await;
        let html = Html::read(&page);
        let shown = html.attributes("p").into_iter();
        let shown = shown.filter_map(|it| it.get("data-notice").cloned()).next();
        let field = &html.attributes("todoita-code")[0];
        let is_undelivered = shown.as_deref() == Some("undelivered");
        assert_eq!(field.contains_key("expires-at"), !is_undelivered);
        assert_eq!(field.contains_key("channel"), shown.is_none());
        let request = jiro.get(PAGE).header("accept", "application/json");
        let state: Value = request.send().await.unwrap().json().await.unwrap();
        assert_eq!(state["notice"].as_str(), shown.as_deref());
        let sentence = match shown.as_deref() {
            Some("undelivered") => {
                "080-1111-2222に、コードを届けられませんでした。番号を確認して、入力し直してください。"
            }
            Some("late") => {
                "SMSで送るコードが遅れています。080-1111-2222には、復旧しだい届きます。"
            }
            _ => "入力した番号：080-1111-2222",
        };
        assert!(page.contains(sentence), "{page}");
        // The focus is in the field when the page loads itself again, and a screen reader says the notice there.
        let input = html.attributes("input").into_iter();
        let mut input = input.filter(|it| it.get("id").is_some_and(|id| id == "code"));
        let input = input.next_back().unwrap();
        assert!(input.contains_key("autofocus"), "{input:?}");
        let described = shown.as_ref().map_or("code-sent", |_| "code-notice");
        assert_eq!(input["aria-describedby"], described);
        shown
    };
    assert_eq!(notice().await, None);
    assert_eq!(report(&site, "failed", &id).await, 204);
    assert_eq!(notice().await.as_deref(), Some("undelivered"));
    assert_eq!(report(&site, "delivered", &id).await, 204);
    assert_eq!(notice().await, None);
    // The gateway goes down with the codes of others.
    gateway.set(Behaviour::Answers(503, None));
    let _hanako = site.signing_in("hanako").await;
    for _ in 0..3 {
        queue::deliver_due(&site.login).await.unwrap();
        site.pass(8 * SECOND);
    }
    assert_eq!(notice().await.as_deref(), Some("late"));
    gateway.set(Behaviour::Fast);
    site.pass(MINUTE);
    queue::deliver_due(&site.login).await.unwrap();
    assert_eq!(notice().await, None);
}

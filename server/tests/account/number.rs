//! Enrolment of a phone number.

use super::*;

const PAGE: &str = "/account/number";
/// The number of jiro in the demo.
const JIROS: &str = "090-0000-1234";
/// How often numbers were changed, as one type in each database.
const CHANGES: &str = "SELECT CAST(SUM(phone_changes) AS BIGINT) FROM users";
/// How long a number is sent no second code.
const COOL_DOWN: u64 = 30 * SECOND;

async fn submit(person: &Person, name: &str, value: &str) -> Response {
    let request = person.post(PAGE).form(&[(name, value)]);
    request.send().await.unwrap()
}

/// A browser of jiro's session, whose cookies each post names itself: so a former cookie can be posted again.
struct Kept {
    nobody: Person,
    session: String,
}

impl Kept {
    async fn start(site: &Site) -> Kept {
        let jiro = site.signing_in("jiro").await;
        let session = jiro.give(&site.code().await).await.session.unwrap();
        let nobody = site.person();
        Kept { nobody, session }
    }

    async fn post(&self, sealed: &str, name: &str, value: &str) -> Response {
        let cookies = format!("todoita-session={}; todoita-number={sealed}", self.session);
        let form = self.nobody.post(PAGE).header("cookie", cookies);
        form.form(&[(name, value)]).send().await.unwrap()
    }

    /// Asks for a code for a number, and gives the cookie and the code.
    async fn asked(&self, site: &Site, former: &str, number: &str) -> (String, String) {
        let response = self.post(former, "phone", number).await;
        let sealed = common::cookie(&response, "todoita-number").unwrap();
        (sealed, site.code().await)
    }
}

/// Asks for a code for a number, and reads it.
async fn asked(site: &Site, person: &Person, number: &str) -> String {
    assert_eq!(location(&submit(person, "phone", number).await), PAGE);
    site.code().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_is_the_accounts_after_the_code_that_was_sent_to_it() {
    let site = Site::start().await;
    let elsewhere = site.signed_in("jiro").await;
    let jiro = site.signed_in("jiro").await;
    assert!(jiro.page("/account").await.contains("末尾1234"));
    let code = asked(&site, &jiro, "０８０ー１１１１ー２２２２").await;
    let message = site.messages().await.pop().unwrap();
    assert_eq!(message.destination, "+818011112222");
    let page = jiro.page(PAGE).await;
    assert!(page.contains("080-1111-2222"));
    // The field has the times of the code, for its countdown and its guide.
    for attribute in [
        "<todoita-code channel=\"sms\" destination=\"2222\"",
        " now=\"2026-11-18T11:06:40.000Z\" sent-at=\"2026-11-18T11:06:40.000Z\"",
        " expires-at=\"2026-11-18T11:16:40.000Z\"",
    ] {
        assert!(page.contains(attribute), "{attribute}");
    }
    let phone = "SELECT COUNT(*) FROM users WHERE phone = '+818011112222'";
    assert_eq!(site.count(phone).await, 0, "not before its code");

    assert_eq!(location(&submit(&jiro, "code", &code).await), "/account");
    assert_eq!(site.count(phone).await, 1);
    assert!(jiro.page("/account").await.contains("末尾2222"));
    assert!(jiro.signed_in().await && !elsewhere.signed_in().await);
    let notice = site.messages().await.pop().unwrap();
    assert_eq!(notice.destination, "+819000001234", "the former number");
    assert!(notice.text.contains("電話番号が変わりました"));
    // The next sign-in's code goes there.
    let next = site.signing_in("jiro").await;
    assert_eq!(
        site.messages().await.pop().unwrap().destination,
        "+818011112222"
    );
    assert!(next.give(&site.code().await).await.accepted());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_changes_the_number_once_and_in_its_own_session_alone() {
    let site = Site::start().await;
    let jiro = site.signed_in("jiro").await;
    let response = submit(&jiro, "phone", "080-1111-2222").await;
    let sealed = common::cookie(&response, "todoita-number").unwrap();
    let code = site.code().await;
    let stolen = async |person: &Person, session: &str| {
        let cookies = format!("todoita-session={session}; todoita-number={sealed}");
        let form = person.post(PAGE).header("cookie", cookies);
        form.form(&[("code", &code)]).send().await.unwrap().status()
    };
    let other = site.signing_in("hanako").await;
    let session = other.give(&site.code().await).await.session.unwrap();
    let nobody = site.person();
    assert_eq!(stolen(&nobody, &session).await, 422, "another account");
    let other = site.signing_in("jiro").await;
    let session = other.give(&site.code().await).await.session.unwrap();
    assert_eq!(stolen(&nobody, &session).await, 422, "another session");

    // Two tabs: the code of the second number is right, and then that of the first is worth nothing.
    site.pass(MINUTE);
    let fresh = site.signing_in("jiro").await;
    let session = fresh.give(&site.code().await).await.session.unwrap();
    let first = submit(&fresh, "phone", "080-3333-4444").await;
    let first = common::cookie(&first, "todoita-number").unwrap();
    let first_code = site.code().await;
    let code = asked(&site, &fresh, "080-5555-6666").await;
    assert_eq!(location(&submit(&fresh, "code", &code).await), "/account");
    let cookies = format!("todoita-session={session}; todoita-number={first}");
    let late = nobody.post(PAGE).header("cookie", cookies);
    let late = late.form(&[("code", &first_code)]).send().await.unwrap();
    assert_eq!(late.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let kept = "SELECT COUNT(*) FROM users WHERE phone = '+818055556666'";
    assert_eq!(site.count(kept).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_that_gets_no_message_is_refused_and_nothing_is_sent() {
    let site = Site::start().await;
    let jiro = site.signed_in("jiro").await;
    let known = site.messages().await.len();
    for (typed, sentence) in [
        ("03-1234-5678", "SMSを受け取れない"),
        ("050-1234-5678", "SMSを受け取れない"),
        ("090-1234", "読めませんでした"),
        ("<b>", "読めませんでした"),
    ] {
        let response = submit(&jiro, "phone", typed).await;
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let page = response.text().await.unwrap();
        assert!(page.contains(sentence), "{typed}");
        assert!(!page.contains("<b>"));
    }
    assert_eq!(site.messages().await.len(), known);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_form_of_a_number_is_shown_again_and_that_of_its_code_too() {
    let site = Site::start().await;
    let jiro = site.signed_in("jiro").await;
    asked(&site, &jiro, "080-1111-2222").await;
    // In another tab, or by the back button: an earlier number waits for its code.
    let refused = submit(&jiro, "phone", "03-1234-5678").await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = refused.text().await.unwrap();
    assert!(page.contains("<todoita-phone") && page.contains("value=\"03-1234-5678\""));
    let unreadable = async || {
        let refused = submit(&jiro, "code", "abc").await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
        refused.text().await.unwrap()
    };
    let page = unreadable().await;
    assert!(page.contains("<todoita-code") && page.contains("コードが違います"));
    site.pass(10 * MINUTE);
    let page = unreadable().await;
    assert!(page.contains("<todoita-phone") && page.contains("期限が切れました"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_for_the_number_that_the_account_has_is_accepted_once_too() {
    let site = Site::start().await;
    let jiro = Kept::start(&site).await;
    site.pass(COOL_DOWN);
    let (first, code) = jiro.asked(&site, "", JIROS).await;
    assert_eq!(
        location(&jiro.post(&first, "code", &code).await),
        "/account"
    );
    site.pass(COOL_DOWN);
    let (second, next) = jiro.asked(&site, "", JIROS).await;
    jiro.post(&second, "code", &other(&next)).await;
    let known = site.messages().await.len();
    // The same outcome again, but no success that would take failures back or be announced, and no failure.
    for _ in 0..6 {
        let wrong = jiro.post(&first, "code", &other(&code)).await;
        assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let again = jiro.post(&first, "code", &code).await;
        assert_eq!(location(&again), "/account");
    }
    assert_eq!(site.count("SELECT COUNT(*) FROM failures").await, 1);
    assert_eq!(site.count(CHANGES).await, 1);
    assert_eq!(site.messages().await.len(), known);
    let right = jiro.post(&second, "code", &next).await;
    assert_eq!(location(&right), "/account");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_former_cookie_opens_no_more_after_the_number_has_come_back() {
    let site = Site::start().await;
    let jiro = Kept::start(&site).await;
    let mut former = Vec::new();
    for number in [JIROS, "080-1111-2222", JIROS] {
        site.pass(COOL_DOWN);
        let (sealed, code) = jiro.asked(&site, "", number).await;
        assert_eq!(
            location(&jiro.post(&sealed, "code", &code).await),
            "/account"
        );
        former.push((sealed, code));
    }
    former.pop();
    for (sealed, code) in former {
        let late = jiro.post(&sealed, "code", &code).await;
        assert_eq!(late.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert!(late.text().await.unwrap().contains("期限が切れました"));
    }
    assert_eq!(site.count(CHANGES).await, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_posts_at_once_one_changes_the_number_and_both_succeed() {
    let site = Site::start().await;
    let jiro = Kept::start(&site).await;
    let (sealed, code) = jiro.asked(&site, "", "080-1111-2222").await;
    let known = site.messages().await.len();
    let (one, two) = tokio::join!(
        jiro.post(&sealed, "code", &code),
        jiro.post(&sealed, "code", &code)
    );
    assert_eq!((location(&one), location(&two)), ("/account", "/account"));
    // As after a lost answer.
    let again = jiro.post(&sealed, "code", &code).await;
    assert_eq!(location(&again), "/account");
    assert_eq!(site.count(CHANGES).await, 1);
    assert_eq!(site.messages().await.len(), known + 1, "one notice");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_newest_two_codes_for_a_number_are_valid_and_accepting_one_voids_both() {
    let site = Site::start().await;
    let jiro = Kept::start(&site).await;
    let number = "080-1111-2222";
    let mut codes = Vec::new();
    let mut sealed = String::new();
    for _ in 0..3 {
        let (next, code) = jiro.asked(&site, &sealed, number).await;
        sealed = next;
        codes.push(code);
        // Not at once: a message may be on its way.
        let early = jiro.post(&sealed, "phone", number).await;
        assert_eq!(early.status(), StatusCode::TOO_MANY_REQUESTS);
        site.pass(COOL_DOWN);
    }
    let oldest = jiro.post(&sealed, "code", &codes[0]).await;
    assert_eq!(oldest.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        location(&jiro.post(&sealed, "code", &codes[1]).await),
        "/account"
    );
    // The number is another one since: neither code brings the former one back.
    let (next, code) = jiro.asked(&site, "", JIROS).await;
    assert_eq!(location(&jiro.post(&next, "code", &code).await), "/account");
    for code in &codes[1..] {
        let void = jiro.post(&sealed, "code", code).await;
        assert_eq!(void.status(), StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(site.count(CHANGES).await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_codes_for_a_number_are_failures_and_its_sends_are_limited() {
    let site = Site::start().await;
    let jiro = site.signed_in("jiro").await;
    let right = asked(&site, &jiro, "080-1111-2222").await;
    for _ in 0..5 {
        let wrong = submit(&jiro, "code", &other(&right)).await;
        assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    }
    let before = site.store.write_transactions();
    let limited = submit(&jiro, "code", &right).await;
    assert_eq!(site.store.write_transactions(), before);
    assert_eq!(limited.status(), StatusCode::TOO_MANY_REQUESTS);
    let page = limited.text().await.unwrap();
    assert!(
        page.contains("今は確認できません。20:08を過ぎてから") && page.contains("<todoita-code")
    );
    site.pass(30 * SECOND);
    // The page keeps the field for as long as the code is valid, without another step-up.
    site.pass(6 * MINUTE);
    assert!(jiro.page(PAGE).await.contains("080-1111-2222"));
    assert_eq!(location(&submit(&jiro, "code", &right).await), "/account");

    // One code of the hour was that of the sign-in.
    let hanako = site.signed_in("hanako").await;
    let mut statuses = Vec::new();
    for _ in 0..=site.login.settings.limits.sends {
        let response = submit(&hanako, "phone", "080-7777-8888").await;
        statuses.push(response.status().as_u16());
        site.pass(COOL_DOWN);
    }
    assert_eq!(statuses, [303, 303, 303, 429, 429, 429, 429, 429]);
    let limited = submit(&hanako, "phone", "080-7777-8888").await;
    assert_eq!(limited.status(), StatusCode::TOO_MANY_REQUESTS);
    let page = limited.text().await.unwrap();
    assert!(page.contains("今は、この番号にコードを送れません。21:"));
    assert!(page.contains("<todoita-phone") && page.contains("value=\"080-7777-8888\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_factor_of_ones_own_makes_no_room_for_guesses_at_somebody_elses_number() {
    let site = Site::start().await;
    let jiro = Kept::start(&site).await;
    let (sealed, right) = jiro.asked(&site, "", "080-1111-2222").await;
    let failures = "SELECT COUNT(*) FROM failures";
    for _ in 0..4 {
        let wrong = jiro.post(&sealed, "code", &other(&right)).await;
        assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    }
    let session = format!("todoita-session={}", jiro.session);
    let post = async |form: &[(&str, &str)]| {
        let post = jiro.nobody.post("/account/app");
        let post = post.header("cookie", &session).form(form);
        assert_eq!(post.send().await.unwrap().status(), StatusCode::SEE_OTHER);
    };
    post(&[]).await;
    let page = jiro.nobody.get("/account/app").header("cookie", &session);
    let page = page.send().await.unwrap().text().await.unwrap();
    let code = code_of(&key_uri(&page).unwrap(), site.clock.now());
    post(&[("code", &code)]).await;
    assert_eq!(site.count(failures).await, 4, "an authenticator");
    site.pass(COOL_DOWN);
    let (own, code) = jiro.asked(&site, "", JIROS).await;
    assert_eq!(location(&jiro.post(&own, "code", &code).await), "/account");
    assert_eq!(site.count(failures).await, 4, "a number of one's own");
    // The fifth failure costs a wait, in every session.
    let (sealed, right) = jiro.asked(&site, "", "080-1111-2222").await;
    jiro.post(&sealed, "code", &other(&right)).await;
    let limited = jiro.post(&sealed, "code", &right).await;
    assert_eq!(limited.status(), StatusCode::TOO_MANY_REQUESTS);
    site.pass(COOL_DOWN);
    let right = jiro.post(&sealed, "code", &right).await;
    assert_eq!(location(&right), "/account");
    assert_eq!(site.count(failures).await, 0, "all were of this number");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_for_a_number_expires_and_another_number_can_be_entered() {
    let site = Site::start().await;
    let jiro = site.signed_in("jiro").await;
    asked(&site, &jiro, "080-1111-2222").await;
    assert_eq!(location(&press(&jiro, PAGE).await), PAGE);
    assert!(jiro.page(PAGE).await.contains("<todoita-phone"));
    site.pass(COOL_DOWN);
    let code = asked(&site, &jiro, "080-1111-2222").await;
    site.pass(10 * MINUTE);
    let late = submit(&jiro, "code", &code).await;
    assert_eq!(late.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(late.text().await.unwrap().contains("期限が切れました"));
}

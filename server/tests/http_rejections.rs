//! Requests that are refused before a code is verified; limits; the headers of responses.
#![allow(
    clippy::unwrap_used,
    reason = "a test stops at the first failed expectation"
)]

mod common;
#[path = "http_rejections/headers.rs"]
mod headers;
#[path = "http_rejections/limits.rs"]
mod limits;

use common::{HOUR, MINUTE, SECOND, Site, other};
use reqwest::StatusCode;

#[tokio::test(flavor = "multi_thread")]
async fn bad_input_gets_a_clear_refusal_and_nothing_is_counted() {
    let site = Site::start().await;
    let hanako = site.signing_in("hanako").await;
    const FORM: &str = "application/x-www-form-urlencoded";
    const JSON: &str = "application/json";
    let long_code = format!("code={}", "G-482913+".repeat(340));
    let megabyte = format!("code={}", "1".repeat(1_000_000));
    let table: &[(&str, &str, &[u8], u16)] = &[
        (FORM, "no code", b"x=1", 400),
        (FORM, "repeated code", b"code=1&code=2", 400),
        (
            FORM,
            "repeated idempotency key",
            b"code=123456&todoita-attempt=a&todoita-attempt=b",
            400,
        ),
        (FORM, "invalid UTF-8", b"code=%FF%FE", 400),
        (
            FORM,
            "an unknown action",
            b"code=&todoita-action=constructor",
            400,
        ),
        (
            FORM,
            "an idempotency key that is too long",
            &[b"code=123456&todoita-attempt=".as_slice(), &[b'a'; 65]].concat(),
            400,
        ),
        (
            FORM,
            "a null byte in the idempotency key",
            b"code=123456&todoita-attempt=%00",
            400,
        ),
        (FORM, "1 MB", megabyte.as_bytes(), 413),
        (FORM, "a code of 3 kB", long_code.as_bytes(), 413),
        (FORM, "an array's name", b"code[]=123456", 400),
        (JSON, "an array", br#"{"code":["081804"]}"#, 400),
        (JSON, "a number", br#"{"code":81804}"#, 400),
        (JSON, "an object", br#"{"code":{"$ne":null}}"#, 400),
        (JSON, "null", br#"{"code":null}"#, 400),
        (JSON, "a bare text", br#""081804""#, 400),
        (JSON, "twice", br#"{"code":"1","code":"2"}"#, 400),
        (JSON, "broken off", br#"{"code":"1"#, 400),
        (JSON, "nothing", b"", 400),
        (JSON, "invalid UTF-8", b"{\"code\":\"\xFF\"}", 400),
        ("text/plain", "a text", b"code=123456", 415),
        ("multipart/form-data; boundary=a", "parts", b"--a--", 415),
        ("", "a type without a name", b"code=123456", 415),
        (FORM, "a sign", b"code=%2B81804", 422),
        (FORM, "a letter", b"code=81804x", 422),
        (FORM, "one digit", b"code=1", 422),
        (FORM, "a null byte", b"code=%00", 422),
        (FORM, "nothing typed", b"code=", 422),
        (JSON, "nothing typed", br#"{"code":""}"#, 422),
    ];
    for (kind, what, body, status) in table {
        let post = || {
            hanako
                .post("/login/code")
                .header("content-type", *kind)
                .body(body.to_vec())
        };
        let json = post()
            .header("accept", "application/json")
            .send()
            .await
            .unwrap();
        assert_eq!(json.status().as_u16(), *status, "{what}");
        assert_eq!(
            json.headers()["content-type"],
            "application/problem+json",
            "{what}"
        );
        let json: serde_json::Value = json.json().await.unwrap();
        assert_eq!(json["status"], *status, "{what}");
        assert!(
            json["now"].is_string() && json["cause"].is_string(),
            "{what}: {json}"
        );
        let html = post().send().await.unwrap();
        assert_eq!(html.status().as_u16(), *status, "{what}");
        assert!(
            html.text().await.unwrap().contains("<html lang=\"ja\">"),
            "{what}"
        );
    }
    assert_eq!(site.count("SELECT COUNT(*) FROM failures").await, 0);
    assert_eq!(site.count("SELECT COUNT(*) FROM submissions").await, 0);
    // A flat JSON object of strings is accepted as well.
    let body = serde_json::json!({ "code": site.code().await, "todoita-attempt": "a" });
    let answer = hanako
        .post("/login/code")
        .json(&body)
        .header("accept", "application/json")
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_methods_addresses_and_missing_cookies_are_refused() {
    let site = Site::start().await;
    let person = site.person();
    for (path, method) in [
        ("/login", "PUT"),
        ("/login/code", "PUT"),
        ("/account", "POST"),
        ("/", "DELETE"),
    ] {
        let request = person
            .client
            .request(method.parse().unwrap(), site.url(path));
        assert_eq!(
            request.send().await.unwrap().status(),
            405,
            "{method} {path}"
        );
    }
    for path in [
        "/nowhere",
        "/own/nothing.css",
        "/assets/../Cargo.toml",
        "/assets/%2e%2e/Cargo.toml",
        "/test/clock",
    ] {
        assert_eq!(
            person.get(path).send().await.unwrap().status(),
            404,
            "{path}"
        );
    }
    // A sign-in that is over is answered with a page, also to the widget: it leads back to the start.
    for field in [("code", "123456"), ("todoita-action", "resend")] {
        let request = person
            .post("/login/code")
            .form(&[field])
            .header("accept", "application/json");
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 403);
        assert_eq!(answer.headers()["content-type"], "text/html; charset=utf-8");
        assert!(answer.text().await.unwrap().contains("<a href=\"/\">"));
    }
    assert_eq!(
        person
            .post("/login/code")
            .form(&[("code", "123456")])
            .send()
            .await
            .unwrap()
            .status(),
        403
    );
    for path in [
        "/account/backup",
        "/account/app",
        "/account/confirm/app",
        "/account/sessions",
    ] {
        assert_eq!(
            person.post(path).send().await.unwrap().status(),
            403,
            "{path}"
        );
    }
    for path in [
        "/login/code",
        "/account",
        "/account/app",
        "/account/backup",
        "/account/confirm/backup",
    ] {
        let answer = person.get(path).send().await.unwrap();
        assert_eq!(
            (answer.status().as_u16(), common::location(&answer)),
            (303, "/"),
            "{path}"
        );
    }
    for cookie in ["", "x", "%00", &"a".repeat(4_000), "todoita-sign-in"] {
        let request = person
            .get("/login/code")
            .header("cookie", format!("todoita-sign-in={cookie}"));
        assert_eq!(request.send().await.unwrap().status(), 303, "{cookie}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cross_site_post_is_refused() {
    let site = Site::start().await;
    let hanako = site.signing_in("hanako").await;
    let own = site.url("");
    let table = [
        (Some("cross-site"), None, false),
        (Some("same-site"), None, false),
        (Some("cross-site"), Some(own.as_str()), false),
        (None, Some("https://evil.example"), false),
        (None, Some("null"), false),
        (None, Some("http://127.0.0.1:1"), false),
        (Some("same-origin"), Some(own.as_str()), true),
        (None, Some(own.as_str()), true),
        (None, None, true),
    ];
    for (fetch_site, origin, taken) in table {
        let mut request = hanako
            .post("/login/code")
            .form(&[("code", "")])
            .header("accept", "application/json");
        if let Some(fetch_site) = fetch_site {
            request = request.header("sec-fetch-site", fetch_site);
        }
        if let Some(origin) = origin {
            request = request.header("origin", origin);
        }
        let status = request.send().await.unwrap().status().as_u16();
        assert_eq!(
            status,
            if taken { 422 } else { 403 },
            "{fetch_site:?} {origin:?}"
        );
    }
    // Another site's name that resolves to this machine is refused.
    let rebound = hanako
        .get("/login/code")
        .header("host", "evil.example")
        .send()
        .await
        .unwrap();
    assert_eq!(rebound.status(), 421);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_wrong_password_gets_the_same_response() {
    let site = Site::start().await;
    let mut answers = Vec::new();
    for (name, password) in [
        ("hanako", "wrong"),
        ("nobody", "wrong"),
        ("nobody", "demo"),
        ("' OR 1=1 --", "x"),
        ("", ""),
    ] {
        for accept in ["text/html", "application/json"] {
            let request = site
                .person()
                .post("/login")
                .form(&[("name", name), ("password", password)]);
            let answer = request.header("accept", accept).send().await.unwrap();
            assert!(answer.headers().get("set-cookie").is_none());
            let status = answer.status().as_u16();
            // The page has the typed name again, so that only the password is to be typed.
            let typed = format!("value=\"{}\"", name.replace('\'', "&#39;"));
            let body = answer.text().await.unwrap();
            assert_eq!(body.contains(&typed), accept == "text/html", "{body}");
            answers.push((accept, status, body.replace(&typed, "value=\"\"")));
        }
    }
    for answer in &answers {
        assert_eq!(answer.1, 422);
        assert_eq!(
            answer.2,
            answers.iter().find(|first| first.0 == answer.0).unwrap().2
        );
    }
    assert_eq!(site.messages().await.len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_json_of_a_refused_password_states_the_time() {
    let site =
        Site::start_with(|config| config.login.limits.passwords_per_name_and_address = 1).await;
    let submit = || {
        let request = site.person().post("/login");
        let request = request.form(&[("name", "hanako"), ("password", "guess")]);
        request.header("accept", "application/json").send()
    };
    submit().await.unwrap();
    let refused: serde_json::Value = submit().await.unwrap().json().await.unwrap();
    assert_eq!(refused["cause"], "limited");
    let sentence = "違うパスワードが続いたため、今は確認できません。20:22を過ぎてから、もう一度お試しください。";
    assert_eq!(refused["detail"], sentence);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_no_database_can_hold_is_refused() {
    let site = Site::start().await;
    for name in ["a\0b".to_owned(), "a".repeat(3_000)] {
        let answer = site.person().password(&name, "x").await;
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_host_headers_are_refused() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let site = Site::start().await;
    let mut stream = tokio::net::TcpStream::connect(site.address).await.unwrap();
    let request =
        b"GET /help HTTP/1.1\r\nhost: localhost\r\nhost: evil.example\r\nconnection: close\r\n\r\n";
    stream.write_all(request).await.unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).await.unwrap();
    assert!(response.starts_with("HTTP/1.1 400 "), "{response}");
    assert!(response.contains("content-security-policy: "));
}

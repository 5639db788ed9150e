//! Requests that are refused before a code is verified, limits, and the headers of every response.
#![allow(
    clippy::unwrap_used,
    reason = "a test stops at the first failed expectation"
)]

mod common;

use common::{HOUR, MINUTE, SECOND, Site, other};
use reqwest::StatusCode;

#[tokio::test(flavor = "multi_thread")]
async fn bad_input_gets_a_clear_refusal_and_nothing_is_counted() {
    let site = Site::start().await;
    let hanako = site.signing_in("hanako").await;
    const FORM: &str = "application/x-www-form-urlencoded";
    const JSON: &str = "application/json";
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
        (FORM, "1 MB", megabyte.as_bytes(), 413),
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
    for path in ["/account/backup", "/account/app"] {
        assert_eq!(
            person.post(path).send().await.unwrap().status(),
            403,
            "{path}"
        );
    }
    for path in ["/login/code", "/account", "/account/app"] {
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
async fn every_response_has_the_security_headers() {
    let site = Site::start().await;
    let hanako = site.signing_in("hanako").await;
    for path in [
        "/",
        "/login/code",
        "/account",
        "/help",
        "/outbox",
        "/nowhere",
        "/own/demo.css",
        "/assets/none.js",
    ] {
        let answer = hanako.get(path).send().await.unwrap();
        let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
        let policy = header("content-security-policy");
        for part in [
            "default-src 'none'",
            "script-src 'self' 'wasm-unsafe-eval'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "require-trusted-types-for 'script'",
            "trusted-types todoita",
        ] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"));
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("referrer-policy"), "same-origin");
        let cached = path.starts_with("/own/") || path.starts_with("/assets/");
        assert_eq!(
            header("cache-control"),
            if cached { "no-cache" } else { "no-store" },
            "{path}"
        );
    }
    let refused = Site::start_with(|config| config.wasm = false).await;
    let answer = refused.person().get("/").send().await.unwrap();
    assert!(
        !answer.headers()["content-security-policy"]
            .to_str()
            .unwrap()
            .contains("wasm")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_widgets_files_have_their_types_and_hashed_ones_are_immutable() {
    let folder = tempfile::TempDir::new().unwrap();
    let dist = folder.path().join("dist");
    std::fs::create_dir(&dist).unwrap();
    std::fs::write(dist.join("todoita.js"), "export {}").unwrap();
    std::fs::write(dist.join("todoita-1a2b3c4d.wasm"), b"\0asm").unwrap();
    let assets = folder.path().to_owned();
    let site = Site::start_with(|config| config.assets = assets).await;
    for (file, kind, cache) in [
        ("todoita.js", "text/javascript", "no-cache"),
        (
            "todoita-1a2b3c4d.wasm",
            "application/wasm",
            "public, max-age=31536000, immutable",
        ),
    ] {
        let path = format!("/assets/dist/{file}");
        let answer = site.person().get(&path).send().await.unwrap();
        assert_eq!(answer.headers()["content-type"], kind);
        assert_eq!(answer.headers()["cache-control"], cache);
        let jiro = site.signing_in("jiro").await;
        assert!(
            jiro.page("/login/code")
                .await
                .contains(&format!("\"{path}\"")),
            "{file}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn cookies_are_secure_under_https_and_always_hidden_from_scripts() {
    let site = Site::start().await;
    let answer = site.person().password("hanako", "demo").await;
    let plain = answer.headers()["set-cookie"].to_str().unwrap();
    assert!(
        plain.starts_with("todoita-sign-in=") && !plain.contains("Secure"),
        "{plain}"
    );
    assert!(
        plain.contains("HttpOnly") && plain.contains("SameSite=Lax") && plain.contains("Path=/"),
        "{plain}"
    );

    let site =
        Site::start_with(|config| config.origin = Some("https://login.example".into())).await;
    let answer = site.person().password("hanako", "demo").await;
    let secure = answer.headers()["set-cookie"].to_str().unwrap();
    assert!(secure.starts_with("__Host-todoita-sign-in="), "{secure}");
    assert!(
        secure.contains("; Secure") && secure.contains("HttpOnly") && !secure.contains("Domain"),
        "{secure}"
    );
    assert!(
        site.messages().await[0]
            .text
            .ends_with(&format!("@login.example #{}", site.code().await))
    );
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
            answers.push((accept, status, answer.text().await.unwrap()));
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
async fn passwords_are_limited_by_name_and_network_also_for_unknown_names() {
    let site = Site::start_with(|config| {
        config.address_header = Some("x-forwarded-for".into());
        config.login.limits.passwords_per_name = 12;
        config.login.limits.passwords_per_name_and_address = 3;
        config.login.limits.passwords_per_address = 6;
    })
    .await;
    let person = site.person();
    let submit = async |name: &str, address: &str| {
        let request = person
            .post("/login")
            .form(&[("name", name), ("password", "guess")]);
        request
            .header("x-forwarded-for", format!("203.0.113.9, {address}"))
            .send()
            .await
            .unwrap()
    };
    for _ in 0..3 {
        assert_eq!(submit("hanako", "192.0.2.1").await.status(), 422);
    }
    let refused = submit("hanako", "192.0.2.1").await;
    assert_eq!(refused.status(), 429);
    assert_eq!(refused.headers()["retry-after"], "900");
    // An unknown name is limited alike, and so is the network as a whole.
    for _ in 0..3 {
        assert_eq!(submit("nobody", "192.0.2.1").await.status(), 422);
    }
    assert_eq!(submit("taro", "192.0.2.1").await.status(), 429);
    // The limit of the name holds from ever new networks.
    for n in 2..11 {
        assert_eq!(
            submit("hanako", &format!("192.0.2.{n}")).await.status(),
            422
        );
    }
    assert_eq!(submit("hanako", "192.0.2.99").await.status(), 429);
    site.pass(15 * MINUTE);
    assert_eq!(submit("hanako", "192.0.2.1").await.status(), 422);
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_hold_when_only_the_address_changes() {
    let site =
        Site::start_with(|config| config.address_header = Some("x-forwarded-for".into())).await;
    let hanako = site.signing_in("hanako").await;
    let wrong = other(&site.code().await);
    let mut causes = Vec::new();
    for n in 0..7 {
        let request = hanako
            .post("/login/code")
            .form(&[("code", wrong.as_str())])
            .header("accept", "application/json");
        let answer = request
            .header("x-forwarded-for", format!("198.51.100.{n}"))
            .send()
            .await
            .unwrap();
        let body: serde_json::Value = answer.json().await.unwrap();
        causes.push(body["cause"].as_str().unwrap().to_owned());
    }
    assert_eq!(
        causes,
        [
            "wrong", "wrong", "wrong", "wrong", "wrong", "limited", "limited"
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_sent_again_after_half_a_minute_and_five_times_an_hour() {
    let site = Site::start().await;
    let jiro = site.signing_in("jiro").await;
    let early = jiro.press("resend").await;
    assert_eq!((early.status, early.cause()), (429, "limited"));
    assert_eq!(site.messages().await.len(), 1);
    // A call instead needs no wait, but counts.
    assert_eq!(jiro.press("voice").await.status, 200);
    site.pass(30 * SECOND);
    for n in 3..=5 {
        let sent = jiro.press("resend").await;
        assert_eq!((sent.status, site.messages().await.len()), (200, n));
        assert_eq!(sent.body["sentAt"], sent.body["now"]);
        site.pass(30 * SECOND);
    }
    let limited = jiro.press("resend").await;
    assert_eq!((limited.status, limited.cause()), (429, "limited"));
    assert!(limited.body["resendAt"].as_str() > limited.body["now"].as_str());
    // Another sign-in and another channel count in the same hour; the sign-in still begins.
    let again = site.signing_in("jiro").await;
    assert_eq!(again.press("voice").await.cause(), "limited");
    assert_eq!(site.messages().await.len(), 5);
    // Sends do not count as failures.
    assert_eq!(limited.left(), 10);
    assert!(jiro.give(&site.code().await).await.accepted());
    site.pass(HOUR);
    assert_eq!(again.press("resend").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn sends_are_limited_by_destination_prefix_and_address_too() {
    // Hanako and Jiro have numbers of one prefix (+81900000....).
    let sent = async |site: &Site, names: &[&str]| {
        for name in names {
            site.signing_in(name).await;
        }
        site.messages().await.len()
    };
    let site = Site::start_with(|config| config.login.limits.sends_per_destination = 2).await;
    assert_eq!(
        sent(&site, &["hanako", "hanako", "hanako", "jiro"]).await,
        3
    );
    let site = Site::start_with(|config| config.login.limits.sends_per_prefix = 2).await;
    assert_eq!(
        sent(&site, &["hanako", "jiro", "hanako", "jiro", "sakura"]).await,
        3
    );
    let site = Site::start_with(|config| config.login.limits.sends_per_address = 2).await;
    assert_eq!(sent(&site, &["hanako", "jiro", "sakura"]).await, 2);
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

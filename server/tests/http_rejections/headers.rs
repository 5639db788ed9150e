//! The headers of every response, of the widget's files, and of cookies.

use crate::common::Site;

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
        "/own/service.css",
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
    }
    let page = site.signing_in("jiro").await.page("/login/code").await;
    assert!(page.contains("\"/assets/dist/todoita.js\""), "{page}");
    // The script contains everything that the field needs.
    assert!(!page.contains("preload"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn outside_the_demo_only_the_files_that_pages_load_are_served() {
    let folder = tempfile::TempDir::new().unwrap();
    for name in ["dist", "words", "demo"] {
        std::fs::create_dir(folder.path().join(name)).unwrap();
    }
    for file in [
        "dist/todoita.js",
        "words/ja.guide.json",
        "pictures.json",
        "demo/index.html",
    ] {
        std::fs::write(folder.path().join(file), "").unwrap();
    }
    for demo in [true, false] {
        let site = Site::start_with(|config| {
            config.assets = folder.path().to_owned();
            config.demo = demo;
        })
        .await;
        let other = if demo { 200 } else { 404 };
        for (path, status) in [
            ("/assets/dist/todoita.js", 200),
            ("/assets/words/ja.guide.json", 200),
            ("/assets/pictures.json", 200),
            ("/assets/demo/index.html", other),
            ("/assets/%64emo/index.html", other),
            ("/assets/dist/%2e%2e/demo/index.html", other),
            ("/assets/dist/%2e%2e%2fdemo/index.html", 404),
        ] {
            assert_eq!(site.person().page_status(path).await, status, "{path}");
        }
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

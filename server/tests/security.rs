//! The tests that SECURITY.md, docs/review.md, docs/delivery.md and docs/operating.md name exist.
#![allow(
    clippy::unwrap_used,
    reason = "a test stops at the first failed expectation"
)]

use std::path::Path;

fn sources(folder: &Path, text: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, text);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            text.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
}

#[test]
fn every_test_that_security_md_names_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut code = String::new();
    for folder in ["src", "tests", "login/src", "server/src", "server/tests"] {
        sources(&root.join(folder), &mut code);
    }
    let page = std::fs::read_to_string(root.join("SECURITY.md")).unwrap();
    let review = std::fs::read_to_string(root.join("docs/review.md")).unwrap();
    let delivery = std::fs::read_to_string(root.join("docs/delivery.md")).unwrap();
    // A test's name is a sentence: three words at least.
    let operating = std::fs::read_to_string(root.join("docs/operating.md")).unwrap();
    let pages = [&page, &review, &delivery, &operating];
    let quoted = pages.map(|page| page.split('`').skip(1).step_by(2));
    let names = quoted
        .into_iter()
        .flatten()
        .filter(|name| name.matches('_').count() > 2)
        // Metrics, and expressions of them.
        .filter(|name| !name.contains("todoita_"));
    let names: Vec<&str> = names.collect();
    assert!(names.len() > 40, "{}", names.len());
    for name in names {
        assert!(code.contains(&format!("fn {name}(")), "{name}");
    }
    for rule in 1..=33 {
        assert!(page.contains(&format!("\n| {rule} | ")), "rule {rule}");
    }
}

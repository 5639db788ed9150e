//! The dependencies of the WebAssembly that a page loads.

#![cfg(not(target_arch = "wasm32"))]

use std::process::Command;

/// The names of the crates that the library depends on, in the build for browsers with `features`; without those
/// of its tests.
fn tree(features: &str) -> Vec<String> {
    let names = |line: &str| line.split(' ').next().map(str::to_owned);
    lines(features, "{p}")
        .iter()
        .filter_map(|line| names(line))
        .collect()
}

/// The lines that `cargo tree` prints of them in a format of its own.
fn lines(features: &str, format: &str) -> Vec<String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args("tree --package todoita --locked --edges normal --prefix none".split(' '))
        .args([
            "--format",
            format,
            "--target",
            "wasm32-unknown-unknown",
            "--features",
            features,
        ])
        .output()
        .expect("cargo runs");
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{error}");
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(str::to_owned)
        .collect()
}

#[test]
fn a_page_loads_no_serde_and_only_the_field_web_sys() {
    for features in ["field,bare", "guide,bare"] {
        let crates = tree(features);
        let has = |name: &str| crates.iter().any(|it| it == name);
        assert!(has("wasm-bindgen"), "{crates:?}");
        for name in ["serde", "serde-wasm-bindgen", "wasm-bindgen-futures"] {
            assert!(!has(name), "{name} in {features}");
        }
        assert_eq!(has("web-sys"), features.starts_with("field"), "{features}");
    }
}

#[test]
fn a_page_loads_no_std_with_web_sys() {
    let with_features = lines("field,bare", "{p}: {f}");
    for name in ["web-sys v", "js-sys v"] {
        let line = with_features.iter().find(|line| line.starts_with(name));
        let (_, features) = line.and_then(|line| line.split_once(": ")).expect(name);
        assert!(
            !features.split(',').any(|it| it == "std"),
            "{name}{features}"
        );
    }
}

#[test]
fn the_tree_shows_js_sys_where_it_is_used() {
    assert!(tree("functions").iter().any(|name| name == "js-sys"));
}

#[test]
fn the_set_up_elements_load_web_sys_and_hmac_without_std() {
    let crates = tree("setup,bare");
    for name in ["web-sys", "js-sys", "wasm-bindgen", "hmac", "sha1"] {
        assert!(crates.iter().any(|it| it == name), "{name} in {crates:?}");
    }
    let with_features = lines("setup,bare", "{p}: {f}");
    for name in ["web-sys v", "js-sys v"] {
        let line = with_features.iter().find(|line| line.starts_with(name));
        let (_, features) = line.and_then(|line| line.split_once(": ")).expect(name);
        assert!(
            !features.split(',').any(|it| it == "std"),
            "{name}{features}"
        );
    }
}

/// The lines of JavaScript that define the set-up elements: everything else about them is in Rust.
const MOST_LINES: usize = 150;

#[test]
fn javascript_only_defines_the_tags_of_the_set_up_elements() {
    let files = [
        "todoita-setup.js",
        "setup.js",
        "setup-bytes.js",
        "setup-bytes.inline.js",
        "setup-languages.js",
        "setup-languages.inline.js",
    ];
    let lines: usize = files
        .iter()
        .map(|name| {
            let path = format!("{}/www/{name}", env!("CARGO_MANIFEST_DIR"));
            let text = std::fs::read_to_string(&path).expect(&path);
            text.lines().count()
        })
        .sum();
    assert!((50..=MOST_LINES).contains(&lines), "{lines} lines");
}

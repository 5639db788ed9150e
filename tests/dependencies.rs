//! The dependencies of the WebAssembly that a page loads.

#![cfg(not(target_arch = "wasm32"))]

use std::process::Command;

/// The names of the crates that the library depends on, in the build for browsers with `features`; without those
/// of its tests.
fn tree(features: &str) -> Vec<String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args("tree --package todoita --locked --edges normal --prefix none".split(' '))
        .args([
            "--format",
            "{p}",
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
        .filter_map(|line| line.split(' ').next().map(str::to_owned))
        .collect()
}

#[test]
fn a_page_loads_no_web_sys_and_no_js_sys() {
    for features in ["field,bare", "guide,bare"] {
        let crates = tree(features);
        assert!(
            crates.iter().any(|name| name == "wasm-bindgen"),
            "{crates:?}"
        );
        for name in ["web-sys", "js-sys", "serde"] {
            assert!(!crates.iter().any(|it| it == name), "{name} in {features}");
        }
    }
}

#[test]
fn the_tree_shows_js_sys_where_it_is_used() {
    assert!(tree("functions").iter().any(|name| name == "js-sys"));
}

//! What the fuzzers have kept (`cargo xtask fuzz`), read again: every law holds of it.
#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::path::Path;

#[path = "../fuzz/laws.rs"]
mod laws;

/// Asks `law` of every input in the corpus of `target`.
fn hold(target: &str, law: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/corpus")
        .join(target);
    let kept = fs::read_dir(&folder).expect("the corpus is part of the project");
    let mut count = 0;
    for file in kept {
        let path = file.expect("it can be listed").path();
        let input = fs::read(&path).expect("it can be read");
        println!("{}", path.display());
        law(&input);
        count += 1;
    }
    assert!(count > 10, "{target} has a corpus");
}

#[test]
fn what_is_read() {
    hold("read", laws::read);
}

#[test]
fn what_is_a_key_uri() {
    hold("key_uri", laws::key_uri);
}

#[test]
fn what_is_base32() {
    hold("base32", laws::base32);
}

#[test]
fn what_is_a_phone_number() {
    hold("phone", laws::phone);
}

#[test]
fn what_a_page_says() {
    hold("page", laws::page);
}

#[test]
fn what_the_guide_hears() {
    hold("guide", laws::guide);
}

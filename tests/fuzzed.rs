//! Every property of fuzz/properties.rs on every input of fuzz/seeds/: the first inputs of the fuzzers, and those that
//! once failed.
#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::path::Path;

#[path = "../fuzz/properties.rs"]
mod properties;
#[path = "../fuzz/seeds.rs"]
mod seeds;

/// Checks a property on every seed of `target`, of which there are `count`.
fn check(target: &str, count: usize, property: fn(&[u8])) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("fuzz/seeds/{target}.txt"));
    let inputs = seeds::parse(&fs::read_to_string(&path).expect("the seeds are in the repository"));
    assert!(
        inputs.len() >= count,
        "{target}: {} seeds are left of {count}",
        inputs.len()
    );
    for input in inputs {
        println!("{}", input.escape_ascii());
        property(&input);
    }
}

#[test]
fn codes() {
    check("read", 65, properties::read);
}

#[test]
fn key_uris() {
    check("key_uri", 24, properties::key_uri);
}

#[test]
fn base32() {
    check("base32", 11, properties::base32);
}

#[test]
fn phone_numbers() {
    check("phone", 38, properties::phone);
}

#[test]
fn events_of_the_field() {
    check("page", 18, properties::page);
}

#[test]
fn answers_of_the_guide() {
    check("guide", 20, properties::guide);
}

/// A seed file whose escapes were read wrongly would test other inputs than it holds.
#[test]
fn seeds_are_unescaped() {
    let file = "# a comment\n\n\\x02\\x04code\\n482913\\\\\n\\x23\\xff\n";
    let inputs = seeds::parse(file);
    assert_eq!(
        inputs,
        [b"\x02\x04code\n482913\\".to_vec(), b"#\xff".to_vec()]
    );
}

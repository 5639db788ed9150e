//! Posts every seed of the fuzz target `forms`: none is answered with an internal error.
#![allow(
    clippy::unwrap_used,
    reason = "a test stops at the first failed expectation"
)]

mod common;
#[path = "../../fuzz/posts.rs"]
mod posts;
#[path = "../../fuzz/seeds.rs"]
mod seeds;

use std::path::Path;

use common::Site;

#[tokio::test]
async fn no_fuzzed_form_gets_a_server_error() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/seeds/forms.txt");
    let site = Site::start().await;
    let person = site.signing_in("hanako").await;
    let mut count = 0;
    for input in seeds::parse(&std::fs::read_to_string(path).unwrap()) {
        let Some((address, kind, body)) = posts::post(&input) else {
            continue;
        };
        let answer = person
            .post(address)
            .header("content-type", kind)
            .body(body.to_vec())
            .send()
            .await
            .unwrap();
        assert!(
            !answer.status().is_server_error(),
            "{}",
            input.escape_ascii()
        );
        assert!(answer.headers().contains_key("content-security-policy"));
        count += 1;
    }
    assert!(count >= 30, "{count} seeds are left of 30");
}

//! The forms of the fuzz corpus (fuzz/targets/forms.rs): none gets a server error.
#![allow(
    clippy::unwrap_used,
    reason = "a test stops at the first failed expectation"
)]

mod common;
#[path = "../../fuzz/posts.rs"]
mod posts;

use std::path::Path;

use common::Site;

#[tokio::test]
async fn no_fuzzed_form_gets_a_server_error() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus/forms");
    let site = Site::start().await;
    let person = site.signing_in("hanako").await;
    let mut count = 0;
    for kept in std::fs::read_dir(folder).unwrap() {
        let path = kept.unwrap().path();
        let input = std::fs::read(&path).unwrap();
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
        assert!(!answer.status().is_server_error(), "{}", path.display());
        assert!(answer.headers().contains_key("content-security-policy"));
        count += 1;
    }
    assert!(count > 10, "there is a corpus");
}

//! How an input of the fuzzer is posted to the login service: shared by the target and by the test that posts
//! its corpus again.

/// What a form says of itself.
pub const FORM: &str = "application/x-www-form-urlencoded";

const ADDRESSES: [&str; 8] = [
    "/login",
    "/login/code",
    "/login/code",
    "/login/guide",
    "/account/backup",
    "/account/app",
    "/logout",
    "/login/code?x=%ff",
];
const KINDS: [&str; 4] = [
    FORM,
    "application/json",
    "application/x-www-form-urlencoded; charset=utf-8",
    "text/plain",
];

/// The address, the content type and the body: the first byte chooses, the rest is sent.
pub fn post(input: &[u8]) -> Option<(&'static str, &'static str, &[u8])> {
    let (choice, body) = input.split_first()?;
    let address = ADDRESSES[usize::from(choice % 8)];
    let kind = KINDS[usize::from(choice / 8 % 4)];
    Some((address, kind, body))
}

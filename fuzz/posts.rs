//! How an input of the fuzz target `forms` is posted to the login service: shared by the target and by the test
//! that posts its seeds.

/// The content type of a form.
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

/// The path, the content type and the body of a post. The first byte chooses the first two, the rest is the body.
pub fn post(input: &[u8]) -> Option<(&'static str, &'static str, &[u8])> {
    let (choice, body) = input.split_first()?;
    let address = ADDRESSES[usize::from(choice % 8)];
    let kind = KINDS[usize::from(choice / 8 % 4)];
    Some((address, kind, body))
}

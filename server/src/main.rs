//! The reference login service.
fn main() {}

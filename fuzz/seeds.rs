//! The inputs in fuzz/seeds/: the first inputs of the fuzzers, and those that once failed. Shared by `cargo xtask fuzz` and
//! the tests that check every property on them.

/// The inputs of a seed file: one a line, with `\n`, `\\` and `\xNN` (a byte) as escapes. Empty lines and lines
/// that begin with `#` are skipped.
///
/// # Panics
///
/// On any other escape, naming the line.
pub fn parse(file: &str) -> Vec<Vec<u8>> {
    file.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| unescape(line).unwrap_or_else(|| panic!("an unknown escape: {line}")))
        .collect()
}

fn unescape(line: &str) -> Option<Vec<u8>> {
    let mut input = Vec::new();
    let mut rest = line.bytes();
    while let Some(byte) = rest.next() {
        input.push(match byte {
            b'\\' => match rest.next()? {
                b'\\' => b'\\',
                b'n' => b'\n',
                b'x' => {
                    let mut digit = || char::from(rest.next()?).to_digit(16);
                    (digit()? << 4 | digit()?) as u8
                }
                _ => return None,
            },
            _ => byte,
        });
    }
    Some(input)
}

//! Measures the shipped files and compares them with their budgets.

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::process;
use crate::project::{self, Project};
use crate::test_report::TestCounts;

/// A shipped file.
pub struct Shipped {
    /// Its path below `www/`.
    pub path: String,
    /// Its size in bytes.
    pub raw: u64,
    /// Its size in bytes under brotli at level 11.
    pub brotli: u64,
    /// Its hash for an `integrity` attribute.
    pub integrity: String,
    /// The group of files that are loaded together and share a budget; empty for files without one.
    pub part: String,
}

/// Measures the files of the last build.
///
/// # Errors
/// If a file is missing.
pub fn measure(project: &Project) -> Result<Vec<Shipped>> {
    let advice = "`cargo xtask build` builds missing files";
    let json = process::output(
        process::command(project, "node").arg("xtask/tools/measure.mjs"),
        advice,
    )?;
    let files: Vec<Value> =
        serde_json::from_str(&json).context("reading the output of measure.mjs")?;
    files
        .iter()
        .map(|file| {
            Some(Shipped {
                path: file["path"].as_str()?.to_owned(),
                raw: file["raw"].as_u64()?,
                brotli: file["brotli"].as_u64()?,
                integrity: file["integrity"].as_str()?.to_owned(),
                part: file["part"].as_str()?.to_owned(),
            })
        })
        .collect::<Option<_>>()
        .context("the output of measure.mjs lacks a value")
}

/// The groups with a budget in `tests/budget.json`, and their names in reports. A page loads a group as a whole, in
/// one language.
const PARTS: [(&str, &str); 8] = [
    ("script", "the field's script"),
    ("script-ja", "the field's script, Japanese only"),
    ("style", "the field's style sheet"),
    ("guide-words", "the guide's words"),
    ("guide-search", "the guide's search terms"),
    ("guide", "the guide's code"),
    ("pictures", "the guide's pictures"),
    ("setup", "the set-up elements"),
];

/// Prints a table of the files, and the sum of each group.
pub fn print(files: &[Shipped]) {
    let width = files.iter().map(|file| file.path.len()).max().unwrap_or(0);
    println!("\n{:width$}  {:>9}  {:>9}  SRI", "www/", "bytes", "brotli");
    for Shipped {
        path,
        raw,
        brotli,
        integrity,
        ..
    } in files
    {
        println!(
            "{path:width$}  {:>9}  {:>9}  {integrity}",
            grouped(*raw),
            grouped(*brotli)
        );
    }
    for (part, called) in PARTS {
        let (raw, brotli) = sum(files, part);
        println!(
            "{called:width$}  {:>9}  {:>9}",
            grouped(raw),
            grouped(brotli)
        );
    }
}

/// The size of a group in bytes, raw and under brotli.
fn sum(files: &[Shipped], part: &str) -> (u64, u64) {
    let counted = || files.iter().filter(|file| file.part == part);
    (
        counted().map(|file| file.raw).sum(),
        counted().map(|file| file.brotli).sum(),
    )
}

/// Compares each group with `tests/budget.json`, and reports which budgets can be lowered.
///
/// # Errors
/// If a file was not built, or the budget cannot be read.
pub fn check(project: &Project) -> Result<TestCounts> {
    let path = project.root.join("tests/budget.json");
    let budgets: Value = serde_json::from_str(&project::read(&path)?)
        .with_context(|| format!("{} is not JSON", path.display()))?;
    let files = measure(project)?;
    print(&files);
    let mut counts = TestCounts::default();
    for (part, called) in PARTS {
        let Some(budget) = budgets[part].as_u64() else {
            bail!("{} lacks a number of bytes for `{part}`", path.display());
        };
        let (verdict, count) = compare(part, called, sum(&files, part).1, budget);
        println!("{verdict}");
        counts += count;
    }
    Ok(counts)
}

/// Compares `size` with `budget`: the message to print, and one passed or failed check.
fn compare(part: &str, called: &str, size: u64, budget: u64) -> (String, TestCounts) {
    let (grouped_size, grouped_budget) = (grouped(size), grouped(budget));
    if size > budget {
        let over = grouped(size - budget);
        let verdict = format!(
            "{called}: {grouped_size} bytes under brotli, {over} over its budget of \
             {grouped_budget} (tests/budget.json may only be lowered)"
        );
        return (verdict, TestCounts::FAILED);
    }
    let mut verdict = format!("{called}: {grouped_size} of {grouped_budget} bytes under brotli");
    // Five per cent is room for one small change. A budget with more room would not notice growth.
    let room = (size + size / 20).next_multiple_of(100);
    if room < budget {
        verdict += &format!("; lower `{part}` in tests/budget.json to {room}");
    }
    (verdict, TestCounts::PASSED)
}

/// 24000 as `24,000`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{compare, grouped};
    use crate::test_report::TestCounts;

    #[test]
    fn groups_digits() {
        assert_eq!(
            ["0", "999", "1,000", "24,000", "1,234,567"],
            [0, 999, 1000, 24000, 1_234_567].map(grouped)[..]
        );
    }

    #[test]
    fn one_byte_over_the_budget_fails() {
        assert_eq!(
            compare("field", "the field", 24_001, 24_000).1,
            TestCounts::FAILED
        );
        assert_eq!(
            compare("field", "the field", 24_000, 24_000).1,
            TestCounts::PASSED
        );
    }

    #[test]
    fn a_budget_that_is_too_high_is_reported() {
        assert!(
            compare("field", "the field", 16_000, 24_000)
                .0
                .ends_with("to 16800")
        );
        assert!(
            !compare("field", "the field", 16_000, 16_800)
                .0
                .contains("lower")
        );
    }
}

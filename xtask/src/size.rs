//! The size of what is shipped, and its budget.

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::child;
use crate::project::{self, Project};
use crate::tally::Tally;

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
    /// What is loaded together with it, and has a budget; empty for what has none.
    pub part: String,
}

/// Measures what the last build made.
///
/// # Errors
/// If a file is missing.
pub fn measure(project: &Project) -> Result<Vec<Shipped>> {
    let advice = "`cargo xtask build` makes what is missing";
    let json = child::output(
        child::command(project, "node").arg("xtask/tools/measure.mjs"),
        advice,
    )?;
    let files: Vec<Value> = serde_json::from_str(&json).context("reading what measure.mjs said")?;
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
        .context("measure.mjs left something out")
}

/// What has a budget in `tests/budget.json`, and what it is called: each is loaded as a whole, in one language.
const PARTS: [(&str, &str); 4] = [
    ("field", "the field, in Japanese"),
    ("guide-words", "the guide's words and search terms"),
    ("guide", "the guide's code"),
    ("pictures", "the guide's pictures"),
];

/// Prints a table of the files, and the sums of those that are loaded together.
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

/// The bytes of a part, raw and under brotli.
fn sum(files: &[Shipped], part: &str) -> (u64, u64) {
    let counted = || files.iter().filter(|file| file.part == part);
    (
        counted().map(|file| file.raw).sum(),
        counted().map(|file| file.brotli).sum(),
    )
}

/// Compares each part with `tests/budget.json`, and says where a budget can be lowered.
///
/// # Errors
/// If a part was not built, or the budget cannot be read.
pub fn check(project: &Project) -> Result<Tally> {
    let path = project.root.join("tests/budget.json");
    let budgets: Value = serde_json::from_str(&project::read(&path)?)
        .with_context(|| format!("{} is not JSON", path.display()))?;
    let files = measure(project)?;
    print(&files);
    let mut tally = Tally::default();
    for (part, called) in PARTS {
        let Some(budget) = budgets[part].as_u64() else {
            bail!("{} gives no number of bytes for `{part}`", path.display());
        };
        let (verdict, judged) = judge(part, called, sum(&files, part).1, budget);
        println!("{verdict}");
        tally += judged;
    }
    Ok(tally)
}

/// Whether `size` is within `budget`, in words and as a count.
fn judge(part: &str, called: &str, size: u64, budget: u64) -> (String, Tally) {
    let (grouped_size, grouped_budget) = (grouped(size), grouped(budget));
    if size > budget {
        let over = grouped(size - budget);
        let verdict = format!(
            "{called}: {grouped_size} bytes under brotli, {over} over its budget of \
             {grouped_budget}: make it smaller (tests/budget.json only goes down)"
        );
        return (verdict, Tally::FAILED);
    }
    let mut verdict = format!("{called}: {grouped_size} of {grouped_budget} bytes under brotli");
    // Room for one small change; anything more is a budget that guards nothing.
    let room = (size + size / 20).next_multiple_of(100);
    if room < budget {
        verdict += &format!("; lower `{part}` in tests/budget.json to {room}");
    }
    (verdict, Tally::PASSED)
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
    use super::{grouped, judge};
    use crate::tally::Tally;

    #[test]
    fn groups_digits() {
        assert_eq!(
            ["0", "999", "1,000", "24,000", "1,234,567"],
            [0, 999, 1000, 24000, 1_234_567].map(grouped)[..]
        );
    }

    #[test]
    fn one_byte_over_the_budget_fails() {
        assert_eq!(judge("field", "the field", 24_001, 24_000).1, Tally::FAILED);
        assert_eq!(judge("field", "the field", 24_000, 24_000).1, Tally::PASSED);
    }

    #[test]
    fn a_budget_with_room_to_spare_asks_to_be_lowered() {
        assert!(
            judge("field", "the field", 16_000, 24_000)
                .0
                .ends_with("to 16800")
        );
        assert!(
            !judge("field", "the field", 16_000, 16_800)
                .0
                .contains("lower")
        );
    }
}

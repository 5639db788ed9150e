//! Whether the disk has room for a whole run of the tests. A linker that finds none fails after ten minutes, with an error
//! about something else.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Result, bail};

use crate::project::Project;

/// The room for `target`, `.tools` and the temporary files of a whole run, in kB (CONTRIBUTING.md).
const NEEDED: u64 = 7_000_000;

/// Checks that a whole run finds room. Says nothing where `df` or `du` is missing or has another format.
///
/// # Errors
/// If there is less.
pub fn check(project: &Project) -> Result<()> {
    let folders = [&project.target, &project.tools];
    let folders: Vec<&PathBuf> = folders.into_iter().filter(|it| it.exists()).collect();
    let taken = kilobytes(Command::new("du").arg("-skc").args(folders), 0);
    let free = kilobytes(Command::new("df").arg("-Pk").arg(&project.root), 3);
    match (taken, free) {
        (Some(taken), Some(free)) => enough(taken, free, &project.root),
        _ => Ok(()),
    }
}

fn enough(taken: u64, free: u64, folder: &Path) -> Result<()> {
    if taken + free >= NEEDED {
        return Ok(());
    }
    let gigabytes = |kilobytes: u64| kilobytes as f64 / 1e6;
    bail!(
        "the tests take {:.1} GB in {}, of which {:.1} GB are there, and the disk has only {:.1} GB left\n\
         make room for {:.1} GB, or run a part: cargo xtask test --only native",
        gigabytes(NEEDED),
        folder.display(),
        gigabytes(taken),
        gigabytes(free),
        gigabytes(NEEDED - taken - free)
    )
}

/// The number in a column of the last line that a command prints.
fn kilobytes(command: &mut Command, column: usize) -> Option<u64> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    last_number(&String::from_utf8_lossy(&output.stdout), column)
}

fn last_number(text: &str, column: usize) -> Option<u64> {
    let line = text.lines().last()?;
    line.split_whitespace().nth(column)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_room_is_read_from_the_last_line() {
        let df = "Filesystem 1024-blocks     Used Available Capacity Mounted on\n\
                  /dev/vda     263174212 38000000  57000000      41% /\n";
        assert_eq!(last_number(df, 3), Some(57_000_000));
        assert_eq!(last_number("12\ttarget\n30\ttotal\n", 0), Some(30));
        assert_eq!(last_number("", 0), None);
    }

    #[test]
    fn what_is_there_already_needs_no_more_room() {
        let folder = Path::new("todoita");
        assert!(enough(0, NEEDED, folder).is_ok());
        assert!(enough(NEEDED, 0, folder).is_ok());
        let refusal = enough(1_000_000, NEEDED - 3_000_000, folder);
        let text = refusal.map_or_else(|error| error.to_string(), |()| String::new());
        assert!(text.contains("make room for 2.0 GB"), "{text}");
    }

    #[test]
    fn this_disk_has_a_size() -> Result<()> {
        let project = Project::find()?;
        assert!(kilobytes(Command::new("df").arg("-Pk").arg(&project.root), 3).is_some());
        Ok(())
    }
}

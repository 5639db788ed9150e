//! The browser and its driver: found on PATH or in the environment, or installed by apt.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Result, bail};

use crate::child;
use crate::tools;

/// A Chromium or Chrome, and the ChromeDriver of its version.
pub struct Browser {
    /// The browser's program.
    pub chrome: PathBuf,
    /// Its WebDriver server.
    pub chromedriver: PathBuf,
}

impl Browser {
    /// Tells the browser tests where the two programs are.
    pub fn name_to(&self, mut command: Command) -> Command {
        command
            .env("CHROME", &self.chrome)
            .env("CHROMEDRIVER", &self.chromedriver);
        command
    }
}

/// Finds the browser and its driver; where one is missing and this is Debian and root, installs both
/// (with fonts for Japanese, so that the pages are laid out with real glyphs).
///
/// # Errors
/// Where they are missing and the person has to install them.
pub fn install() -> Result<Browser> {
    if let Some(browser) = find() {
        return Ok(browser);
    }
    let packages = ["chromium", "chromium-driver", "fonts-noto-cjk"];
    let by_hand = format!(
        "The browser tests need Chrome or Chromium and the ChromeDriver of the same version.\n\
         On Debian or Ubuntu, as root:  apt-get update && apt-get install {}\n\
         Elsewhere: install them, and name them by CHROME=/path/to/chrome \
         CHROMEDRIVER=/path/to/chromedriver if they are not on PATH.",
        packages.join(" ")
    );
    if on_path(&["apt-get"]).is_none() || !is_root() {
        bail!("{by_hand}");
    }
    tools::step(
        "apt-get install chromium, its driver and Japanese fonts (a minute or two)",
        || {
            child::output(apt().arg("update"), &by_hand)?;
            child::output(
                apt()
                    .args(["install", "--yes", "--no-install-recommends"])
                    .args(packages),
                &by_hand,
            )
        },
    )?;
    match find() {
        Some(browser) => Ok(browser),
        None => bail!(
            "apt installed {}, but they are not on PATH\n{by_hand}",
            packages.join(", ")
        ),
    }
}

fn apt() -> Command {
    let mut apt = Command::new("apt-get");
    apt.env("DEBIAN_FRONTEND", "noninteractive")
        .stdin(Stdio::null());
    apt
}

fn find() -> Option<Browser> {
    let named = |variable: &str| std::env::var_os(variable).map(PathBuf::from);
    Some(Browser {
        chrome: named("CHROME").or_else(|| {
            on_path(&[
                "chromium",
                "chromium-browser",
                "google-chrome",
                "google-chrome-stable",
            ])
        })?,
        chromedriver: named("CHROMEDRIVER").or_else(|| on_path(&["chromedriver"]))?,
    })
}

fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    names.iter().find_map(|name| {
        std::env::split_paths(&path)
            .map(|folder| folder.join(name))
            .find(|file| file.is_file())
    })
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").stdin(Stdio::null()).output();
    id.is_ok_and(|id| id.stdout.trim_ascii() == b"0")
}

//! The browsers and their drivers: found on PATH or in the environment, or installed by apt.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::child;
use crate::project::{self, Project};
use crate::tools;

/// A browser engine, by the browser that the tests drive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Chromium or Chrome, by ChromeDriver.
    Chrome,
    /// Firefox, by geckodriver.
    Firefox,
    /// WebKitGTK's MiniBrowser, by WebKitWebDriver, on a screen of its own: it has no headless mode.
    WebKit,
}

use Engine::{Chrome, Firefox, WebKit};

impl Engine {
    /// All of them.
    pub const ALL: [Engine; 3] = [Chrome, Firefox, WebKit];

    /// Its name for people.
    pub fn name(self) -> &'static str {
        match self {
            Chrome => "Chromium",
            Firefox => "Firefox",
            WebKit => "WebKit",
        }
    }

    /// The Debian packages that bring it. geckodriver is none; `tools` installs it.
    fn packages(self) -> &'static [&'static str] {
        match self {
            Chrome => &["chromium", "chromium-driver"],
            Firefox => &["firefox-esr"],
            WebKit => &["webkit2gtk-driver", "xvfb", "xauth", "xdotool"],
        }
    }

    /// Its programs: the variable that names each, and what it is called.
    fn programs(self) -> &'static [(&'static str, &'static [&'static str])] {
        const CHROME_NAMES: &[&str] = &[
            "chromium",
            "chromium-browser",
            "google-chrome",
            "google-chrome-stable",
        ];
        match self {
            Chrome => &[
                ("CHROME", CHROME_NAMES),
                ("CHROMEDRIVER", &["chromedriver"]),
            ],
            Firefox => &[("FIREFOX", &["firefox-esr", "firefox"])],
            // It starts its MiniBrowser itself. The others make its screen; xvfb-run asks for xauth.
            WebKit => &[
                ("WEBKITDRIVER", &["WebKitWebDriver"]),
                ("XVFB", &["Xvfb"]),
                ("XVFB_RUN", &["xvfb-run"]),
                ("XAUTH", &["xauth"]),
                // Drags by the mouse.
                ("XDOTOOL", &["xdotool"]),
            ],
        }
    }

    /// Where its programs are; nothing where one is missing.
    fn find(self) -> Option<Vec<(&'static str, PathBuf)>> {
        let find = |&(variable, names): &(&'static str, &[&str])| {
            let named = env::var_os(variable).map(PathBuf::from);
            Some((variable, named.or_else(|| on_path(names))?))
        };
        self.programs().iter().map(find).collect()
    }

    fn by_hand(self) -> String {
        let names: Vec<&str> = self.programs().iter().map(|(name, _)| *name).collect();
        format!(
            "The tests in {} need it and its driver.\n\
             On Debian or Ubuntu, as root:  apt-get update && apt-get install {}\n\
             Elsewhere: install them, and name them by {} if they are not on PATH.",
            self.name(),
            self.packages().join(" "),
            names.join(", ")
        )
    }
}

/// An engine that is there.
pub struct Browser {
    engine: Engine,
    programs: Vec<(&'static str, PathBuf)>,
}

/// Finds an engine that was installed.
///
/// # Errors
/// Where a program of it is missing; says how it is installed by hand.
pub fn find(project: &Project, engine: Engine) -> Result<Browser> {
    let mut programs = engine.find().with_context(|| engine.by_hand())?;
    if engine == Firefox {
        programs.push(("GECKODRIVER", tools::geckodriver(project)));
    }
    Ok(Browser { engine, programs })
}

impl Browser {
    /// Tells the tests which engine it is and where its programs are.
    pub fn name_to(&self, mut command: Command) -> Command {
        let engine = match self.engine {
            Chrome => "chrome",
            Firefox => "firefox",
            WebKit => "webkit",
        };
        command
            .env("ENGINE", engine)
            .envs(self.programs.iter().map(|(name, path)| (name, path)));
        command
    }

    /// `wasm-pack test` of the crate in this engine.
    ///
    /// # Errors
    /// If the file that names the browser to the driver cannot be written.
    pub fn wasm_pack(&self, project: &Project) -> Result<Command> {
        let (flag, option, driver) = match self.engine {
            Chrome => ("--chrome", "--chromedriver", self.program("CHROMEDRIVER")),
            Firefox => ("--firefox", "--geckodriver", self.program("GECKODRIVER")),
            // The driver for Safari is spoken to as any driver that knows the standard alone.
            WebKit => ("--safari", "--safaridriver", self.program("WEBKITDRIVER")),
        };
        let wasm_pack = project.tools.join("bin/wasm-pack");
        let mut command = if self.engine == WebKit {
            let mut screen = child::command(project, self.program("XVFB_RUN"));
            screen.arg("--auto-servernum").arg(wasm_pack);
            unsandboxed(&mut screen);
            screen
        } else {
            child::command(project, wasm_pack)
        };
        command
            .args(["test", "--mode", "no-install", "--headless", flag, option])
            .arg(driver)
            .env(
                "WASM_BINDGEN_TEST_WEBDRIVER_JSON",
                self.capabilities(project)?,
            );
        Ok(command)
    }

    /// A file with what the tests in WebAssembly ask of the driver: webdriver.json with the browser's
    /// place. Each driver gets its own keys alone.
    fn capabilities(&self, project: &Project) -> Result<PathBuf> {
        let given: Value =
            serde_json::from_str(&project::read(&project.root.join("webdriver.json"))?)
                .context("webdriver.json is no JSON")?;
        let named = |key: &str, binary: OsString| {
            let mut options = given.get(key).cloned().unwrap_or_else(|| json!({}));
            options["binary"] = json!(binary.to_string_lossy());
            json!({ key: options })
        };
        let capabilities = match self.engine {
            Chrome => named("goog:chromeOptions", self.program("CHROME")),
            Firefox => named("moz:firefoxOptions", self.program("FIREFOX")),
            WebKit => json!({}),
        };
        let folder = project.target.join("xtask");
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        let file = folder.join(format!("webdriver-{}.json", self.engine.name()));
        project::write(&file, capabilities.to_string())?;
        Ok(file)
    }

    fn program(&self, variable: &str) -> OsString {
        let found = self.programs.iter().find(|(name, _)| *name == variable);
        found.map_or_else(OsString::new, |(_, path)| path.into())
    }
}

/// WebKit's sandbox refuses to start in most containers, and what runs here is our own pages.
fn unsandboxed(command: &mut Command) {
    command.env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1");
}

/// Installs the engines that are missing, where this is Debian and root (with fonts for Japanese, so
/// that the pages are laid out with real glyphs).
///
/// # Errors
/// Where one is missing and the person has to install it.
pub fn install(engines: &[Engine]) -> Result<()> {
    let missing: Vec<Engine> = engines
        .iter()
        .copied()
        .filter(|engine| engine.find().is_none())
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let by_hand: Vec<String> = missing.iter().map(|engine| engine.by_hand()).collect();
    let by_hand = by_hand.join("\n");
    if on_path(&["apt-get"]).is_none() || !is_root() {
        bail!("{by_hand}");
    }
    let mut packages = vec!["fonts-noto-cjk"];
    packages.extend(missing.iter().flat_map(|engine| engine.packages()));
    let names: Vec<&str> = missing.iter().map(|engine| engine.name()).collect();
    let what = format!(
        "apt-get install {} and Japanese fonts (a minute or two)",
        names.join(", ")
    );
    tools::step(&what, || {
        child::output(apt().arg("update"), &by_hand)?;
        child::output(
            apt()
                .args(["install", "--yes", "--no-install-recommends"])
                .args(&packages),
            &by_hand,
        )
    })?;
    match missing.iter().find(|engine| engine.find().is_none()) {
        Some(engine) => bail!(
            "apt installed {}, but they are not on PATH\n{}",
            engine.packages().join(", "),
            engine.by_hand()
        ),
        None => Ok(()),
    }
}

fn apt() -> Command {
    let mut apt = Command::new("apt-get");
    apt.env("DEBIAN_FRONTEND", "noninteractive")
        .stdin(Stdio::null());
    apt
}

fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    names.iter().find_map(|name| {
        env::split_paths(&path)
            .map(|folder| folder.join(name))
            .find(|file| file.is_file())
    })
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").stdin(Stdio::null()).output();
    id.is_ok_and(|id| id.stdout.trim_ascii() == b"0")
}

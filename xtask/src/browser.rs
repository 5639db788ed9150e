//! Finds the browsers and their drivers on PATH or by variables of the environment, or installs them by apt.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::process;
use crate::project::{self, Project};
use crate::tools;

/// A browser engine, and the browser of it that the tests drive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Chromium or Chrome, driven by ChromeDriver.
    Chrome,
    /// Firefox, driven by geckodriver.
    Firefox,
    /// WebKitGTK's MiniBrowser, driven by WebKitWebDriver in a virtual screen, since it has no headless mode.
    WebKit,
}

use Engine::{Chrome, Firefox, WebKit};

impl Engine {
    /// All engines.
    pub const ALL: [Engine; 3] = [Chrome, Firefox, WebKit];

    /// The name of the browser, for messages.
    pub fn name(self) -> &'static str {
        match self {
            Chrome => "Chromium",
            Firefox => "Firefox",
            WebKit => "WebKit",
        }
    }

    /// The Debian packages of the browser. There is none of geckodriver; `tools` installs it.
    fn packages(self) -> &'static [&'static str] {
        match self {
            Chrome => &["chromium", "chromium-driver"],
            Firefox => &["firefox-esr"],
            WebKit => &["webkit2gtk-driver", "xvfb", "xauth", "xdotool"],
        }
    }

    /// The programs it needs: the variable that may name each, and their names on PATH.
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
            // The driver starts MiniBrowser itself. The other programs make its virtual screen; xvfb-run needs xauth.
            WebKit => &[
                ("WEBKITDRIVER", &["WebKitWebDriver"]),
                ("XVFB", &["Xvfb"]),
                ("XVFB_RUN", &["xvfb-run"]),
                ("XAUTH", &["xauth"]),
                // Moves the mouse, for drag and drop.
                ("XDOTOOL", &["xdotool"]),
            ],
        }
    }

    /// The paths of its programs; `None` if one is missing.
    fn find(self) -> Option<Vec<(&'static str, PathBuf)>> {
        let find = |&(variable, names): &(&'static str, &[&str])| {
            let named = env::var_os(variable).map(PathBuf::from);
            Some((variable, named.or_else(|| on_path(names))?))
        };
        self.programs().iter().map(find).collect()
    }

    fn manual_installation(self) -> String {
        let names: Vec<&str> = self.programs().iter().map(|(name, _)| *name).collect();
        format!(
            "The tests in {} need it and its driver.\n\
             On Debian or Ubuntu, as root:  apt-get update && apt-get install {}\n\
             Elsewhere: install them; if they are not on PATH, set the variables {}.",
            self.name(),
            self.packages().join(" "),
            names.join(", ")
        )
    }
}

/// An installed browser.
pub struct Browser {
    engine: Engine,
    programs: Vec<(&'static str, PathBuf)>,
}

/// Finds the browser of `engine`.
///
/// # Errors
/// If one of its programs is missing; the error explains how to install it.
pub fn find(project: &Project, engine: Engine) -> Result<Browser> {
    let mut programs = engine
        .find()
        .with_context(|| engine.manual_installation())?;
    if engine == Firefox {
        programs.push(("GECKODRIVER", tools::geckodriver(project)));
    }
    Ok(Browser { engine, programs })
}

impl Browser {
    /// Passes the engine and the paths of its programs to `command`, as variables of the environment.
    pub fn configure(&self, mut command: Command) -> Command {
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

    /// Prepares `wasm-pack test` of the crate in this browser.
    ///
    /// # Errors
    /// If the file with the capabilities cannot be written.
    pub fn wasm_pack(&self, project: &Project) -> Result<Command> {
        let (flag, option, driver) = match self.engine {
            Chrome => ("--chrome", "--chromedriver", self.program("CHROMEDRIVER")),
            Firefox => ("--firefox", "--geckodriver", self.program("GECKODRIVER")),
            // wasm-pack uses only standard WebDriver commands with a Safari driver.
            WebKit => ("--safari", "--safaridriver", self.program("WEBKITDRIVER")),
        };
        let wasm_pack = project.tools.join("bin/wasm-pack");
        let mut command = if self.engine == WebKit {
            let mut screen = process::command(project, self.program("XVFB_RUN"));
            screen.arg("--auto-servernum").arg(wasm_pack);
            unsandboxed(&mut screen);
            screen
        } else {
            process::command(project, wasm_pack)
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

    /// Writes the WebDriver capabilities of the WebAssembly tests to a file: webdriver.json with the path of
    /// the browser. A driver gets only its own keys.
    fn capabilities(&self, project: &Project) -> Result<PathBuf> {
        let given: Value =
            serde_json::from_str(&project::read(&project.root.join("webdriver.json"))?)
                .context("webdriver.json is not JSON")?;
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

/// Turns WebKit's sandbox off: it does not start in most containers, and the tests load only their own pages.
fn unsandboxed(command: &mut Command) {
    command.env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1");
}

/// Installs the missing browsers on Debian, as root; with Japanese fonts, so that the layout of pages is
/// tested with real glyphs.
///
/// # Errors
/// If a browser is missing and the person has to install it.
pub fn install(engines: &[Engine]) -> Result<()> {
    let missing: Vec<Engine> = engines
        .iter()
        .copied()
        .filter(|engine| engine.find().is_none())
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let instructions: Vec<String> = missing
        .iter()
        .map(|engine| engine.manual_installation())
        .collect();
    let instructions = instructions.join("\n");
    if on_path(&["apt-get"]).is_none() || !is_root() {
        bail!("{instructions}");
    }
    let mut packages = vec!["fonts-noto-cjk"];
    packages.extend(missing.iter().flat_map(|engine| engine.packages()));
    let names: Vec<&str> = missing.iter().map(|engine| engine.name()).collect();
    let what = format!(
        "apt-get install {} and Japanese fonts (a minute or two)",
        names.join(", ")
    );
    tools::step(&what, || apt_install(&packages, &instructions))?;
    match missing.iter().find(|engine| engine.find().is_none()) {
        Some(engine) => bail!(
            "apt installed {}, but they are not on PATH\n{}",
            engine.packages().join(", "),
            engine.manual_installation()
        ),
        None => Ok(()),
    }
}

/// Two lanes of steps may want packages at the same time; apt runs once.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Installs packages of Debian, as root; `advice` is what a person has to do where it cannot.
///
/// # Errors
/// If apt fails.
pub fn apt_install(packages: &[&str], advice: &str) -> Result<()> {
    let _turn = ONE_AT_A_TIME.lock();
    process::output(apt().arg("update"), advice)?;
    let mut install = apt();
    install.args(["install", "--yes", "--no-install-recommends"]);
    process::output(install.args(packages), advice).map(drop)
}

/// Downloads a package of Debian into a folder, as root, without installing it; `advice` as above.
///
/// # Errors
/// If apt fails.
pub fn apt_download(package: &str, folder: &Path, advice: &str) -> Result<()> {
    let _turn = ONE_AT_A_TIME.lock();
    process::output(apt().arg("update"), advice)?;
    let mut download = apt();
    download.args(["download", package]).current_dir(folder);
    process::output(&mut download, advice).map(drop)
}

/// Prepares `apt-get`.
fn apt() -> Command {
    let mut apt = Command::new("apt-get");
    apt.env("DEBIAN_FRONTEND", "noninteractive")
        .stdin(Stdio::null());
    apt
}

/// The first of some programs that is on PATH.
pub fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    names.iter().find_map(|name| {
        env::split_paths(&path)
            .map(|folder| folder.join(name))
            .find(|file| file.is_file())
    })
}

/// Whether packages can be installed.
pub fn is_root() -> bool {
    let id = Command::new("id").arg("-u").stdin(Stdio::null()).output();
    id.is_ok_and(|id| id.stdout.trim_ascii() == b"0")
}

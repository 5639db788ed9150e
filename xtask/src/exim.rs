//! Exim, the mail server of the tests of mail. They start it themselves, with configurations of their own in temporary folders.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::browser;
use crate::process;
use crate::project::Project;
use crate::tools;

const ADVICE: &str = "the tests of mail need Exim; on Debian or Ubuntu run this as root once, or, where Exim may become the mail \
                      server of the machine: apt-get install exim4-daemon-light; elsewhere, exim on PATH";

/// The environment variable by which the tests find the program.
pub const PROGRAM: &str = "TODOITA_TEST_EXIM";

const PACKAGE: &str = "exim4-daemon-light";

/// Where Debian's package has the program; not every user has the folder on PATH.
const DEBIAN: &str = "usr/sbin/exim4";

/// The user that Debian's program is built for; without it the program does not start.
const USER: &str = "Debian-exim";

/// Finds the program; on Debian, as root, takes it out of its package into `.tools/` if it is not there.
///
/// The package is not installed: it would remove another mail server of the machine, and start one. The machine gets the libraries and
/// the user.
///
/// # Errors
/// If it is missing and cannot be had.
pub fn program(project: &Project) -> Result<PathBuf> {
    let installed = Some(Path::new("/").join(DEBIAN)).filter(|path| path.is_file());
    if let Some(installed) = installed.or_else(|| browser::on_path(&["exim4", "exim"])) {
        return Ok(installed);
    }
    let program = project.tools.join("bin/exim4");
    if starts(&program) {
        return Ok(program);
    }
    if browser::on_path(&["apt-get"]).is_none() || !browser::is_root() {
        bail!("{ADVICE}");
    }
    tools::step("taking Exim out of Debian's package", || {
        // Of this process alone: another one may be doing the same.
        let folder = project.tools.join(format!("exim-{}", std::process::id()));
        let unpacked = unpack(&folder, &program);
        fs::remove_dir_all(&folder).ok();
        unpacked
    })?;
    if !starts(&program) {
        bail!("{} does not start\n{ADVICE}", program.display());
    }
    Ok(program)
}

/// Whether it is there with its libraries and its user.
fn starts(program: &Path) -> bool {
    let mut version = Command::new(program);
    version.args(["-C", "/dev/null", "-bV"]);
    let version = version.stdin(Stdio::null()).output();
    version.is_ok_and(|it| it.status.success())
}

/// Downloads the package into a folder, moves the program out of it, and installs what that needs.
fn unpack(folder: &Path, program: &Path) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    browser::apt_download(PACKAGE, folder, ADVICE)?;
    let mut files = fs::read_dir(folder)?;
    let archive = files
        .next()
        .context("apt-get has downloaded nothing")??
        .path();
    let mut field = Command::new("dpkg-deb");
    let depends = process::output(field.arg("--field").arg(&archive).arg("Depends"), ADVICE)?;
    browser::apt_install(&libraries(&depends), ADVICE)?;
    if process::output(Command::new("id").arg(USER), ADVICE).is_err() {
        let mut add = Command::new("useradd");
        add.args(["--system", "--user-group", "--badname", "--no-create-home"])
            .args([
                "--home-dir",
                "/nonexistent",
                "--shell",
                "/usr/sbin/nologin",
                USER,
            ]);
        process::output(&mut add, ADVICE)?;
    }
    let mut extract = Command::new("dpkg-deb");
    process::output(extract.arg("--extract").arg(&archive).arg(folder), ADVICE)?;
    let unpacked = folder.join(DEBIAN);
    if !unpacked.is_file() {
        bail!("{PACKAGE} has no {DEBIAN}");
    }
    // No program that becomes root is left in a folder of the project.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(&unpacked, fs::Permissions::from_mode(0o755))?;
    }
    if let Some(parent) = program.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::rename(&unpacked, program).with_context(|| format!("cannot move {DEBIAN}"))
}

/// The libraries in the field `Depends` of a package.
fn libraries(depends: &str) -> Vec<&str> {
    let names = depends
        .split(',')
        .filter_map(|one| one.split(['|', '(', ':']).next());
    names
        .map(str::trim)
        .filter(|name| name.starts_with("lib"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::libraries;

    #[test]
    fn the_libraries_are_read_without_their_versions_and_other_packages() {
        let depends = "exim4-base (>= 4.96), debconf (>= 0.5) | debconf-2.0, libc6 (>= 2.34), \
                       libcrypt1 (>= 1:4.1.0), libdb5.3, libpcre2-8-0 (>= 10.22) | libpcre3\n";
        assert_eq!(
            libraries(depends),
            ["libc6", "libcrypt1", "libdb5.3", "libpcre2-8-0"]
        );
    }
}

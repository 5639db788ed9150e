//! The login service under a real systemd: `cargo xtask systemd` boots Debian in a virtual machine, where systemd runs the unit of
//! server/deploy, and reads the outcomes of the checks in tools/systemd.py from it. The processor is emulated: no hardware or nested
//! virtualisation is needed. The machine has no network.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::browser;
use crate::bundle;
use crate::process;
use crate::project::{self, Project};
use crate::report::Outcome;
use crate::suite;
use crate::test_report::TestCounts;
use crate::tools;

const ADVICE: &str = "the virtual machine needs Debian on x86-64, root, and once the network for its packages: as root, \
                      apt-get install qemu-system-x86 mmdebstrap e2fsprogs";

/// Programs that are needed, and the packages of Debian that have them.
const PROGRAMS: [(&str, &str); 3] = [
    ("qemu-system-x86_64", "qemu-system-x86"),
    ("mmdebstrap", "mmdebstrap"),
    ("mke2fs", "e2fsprogs"),
];

/// The packages of the machine: systemd and a kernel, and what docs/operating.md and the checks call.
const PACKAGES: &str =
    "systemd-sysv,udev,dbus,linux-image-cloud-amd64,openssl,sqlite3,sudo,python3";

/// Runs the checks when the machine has started, with their output on its second serial port.
const CHECKS: &str = "\
[Unit]
Description=The checks of the project
After=multi-user.target

[Service]
Type=oneshot
ExecStartPre=mount -o ro /dev/vdb /project
ExecStart=/usr/bin/python3 /project/checks
StandardOutput=tty
StandardError=inherit
TTYPath=/dev/ttyS1

[Install]
WantedBy=multi-user.target
";

const HOSTS: &str = "127.0.0.1 localhost machine\n::1 localhost\n";

/// The configuration of the service. Its gateway is one of the checks.
const SERVER: &str = "\
origin = \"https://login.example\"
address-header = \"x-real-ip\"
metrics-listen = \"127.0.0.1:9464\"
assets = \"/usr/local/share/todoita/www\"

[delivery.webhook]
url = \"http://localhost:9000/send\"
";

/// The last line of the checks.
const END: &str = "done";

/// Seconds after which the machine is switched off.
const PATIENCE: &str = "1800";

/// Runs the checks in the machine.
///
/// # Errors
/// If the machine cannot be made here or does not start. A failed check is counted.
pub fn run(project: &Project) -> Result<Outcome> {
    install()?;
    tools::install(project)?;
    bundle::build(project, false)?;
    suite::build_server(project)?;
    let machine = Machine::of(project)?;
    machine.write_project(project)?;
    machine.run()
}

/// Installs the programs that are missing.
fn install() -> Result<()> {
    let is_debian = codename().is_ok() && cfg!(target_arch = "x86_64");
    if !is_debian || !browser::is_root() {
        bail!("{ADVICE}");
    }
    let missing = PROGRAMS
        .iter()
        .filter(|(program, _)| browser::on_path(&[program]).is_none());
    let packages: Vec<&str> = missing.map(|(_, package)| *package).collect();
    if packages.is_empty() {
        return Ok(());
    }
    tools::step(&format!("apt-get install {}", packages.join(" ")), || {
        browser::apt_install(&packages, ADVICE)
    })
}

/// The name of the release of Debian that runs here: the machine has the same, so that the service finds its libraries.
fn codename() -> Result<String> {
    let text = fs::read_to_string("/etc/os-release").context(ADVICE)?;
    let value = |name: &str| text.lines().find_map(|line| line.strip_prefix(name));
    match (value("ID="), value("VERSION_CODENAME=")) {
        (Some("debian"), Some(name)) => Ok(name.to_owned()),
        _ => bail!("{ADVICE}"),
    }
}

/// The files of the machine, in Cargo's target folder.
struct Machine {
    folder: PathBuf,
}

impl Machine {
    /// The machine, made from Debian's packages if that was not done before.
    fn of(project: &Project) -> Result<Machine> {
        let machine = Machine {
            folder: project.target.join("systemd"),
        };
        let recipe = format!("{}\n{PACKAGES}\n{CHECKS}{HOSTS}", codename()?);
        let made = machine.file("recipe");
        if fs::read_to_string(&made).is_ok_and(|former| former == recipe) {
            return Ok(machine);
        }
        fs::create_dir_all(&machine.folder)
            .with_context(|| format!("cannot make {}", machine.folder.display()))?;
        tools::step("making the machine (some minutes)", || machine.make())?;
        project::write(&made, recipe)?;
        Ok(machine)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Makes its first disk, and copies its kernel.
    fn make(&self) -> Result<()> {
        let root = self.file("root");
        fs::remove_dir_all(&root).ok();
        let mut make = Command::new("mmdebstrap");
        make.args(["--variant=minbase", &format!("--include={PACKAGES}")]);
        process::output(make.arg(codename()?).arg(&root), ADVICE)?;
        fs::create_dir_all(root.join("project"))?;
        project::write(&root.join("etc/hosts"), HOSTS)?;
        project::write(&root.join("etc/hostname"), "machine\n")?;
        let units = root.join("etc/systemd/system");
        project::write(&units.join("checks.service"), CHECKS)?;
        let mut enable = Command::new("systemctl");
        enable.arg("--root").arg(&root).args(["enable", "checks"]);
        process::output(&mut enable, ADVICE)?;
        for (start, name) in [("vmlinuz", "kernel"), ("initrd.img", "initrd")] {
            fs::copy(installed(&root.join("boot"), start)?, self.file(name))?;
        }
        self.disk("machine.ext4", &root, "2G")?;
        fs::remove_dir_all(&root).context("cannot remove the files of the disk")
    }

    /// Makes a disk with the content of a folder.
    fn disk(&self, name: &str, content: &Path, size: &str) -> Result<()> {
        let disk = self.file(name);
        fs::remove_file(&disk).ok();
        let mut make = Command::new("mke2fs");
        make.args(["-q", "-t", "ext4", "-d"]).arg(content);
        process::output(make.arg(disk).arg(size), ADVICE).map(drop)
    }

    /// Makes its second disk: the checks, and what docs/operating.md installs, in the places of a checkout.
    fn write_project(&self, project: &Project) -> Result<()> {
        let files = self.file("project");
        fs::remove_dir_all(&files).ok();
        let checkout = files.join("checkout");
        let operating = project::read(&project.root.join("docs/operating.md"))?;
        let steps = steps(&operating).context("docs/operating.md has no steps for systemd")?;
        let scripts = project.root.join("xtask/tools");
        // The program that is at hand: the sandbox is the same for one with optimisations.
        let program = project.target.join("debug/todoita-server");
        for (from, to) in [
            (scripts.join("systemd.py"), files.join("checks")),
            (scripts.join("systemd-probe.py"), files.join("probe")),
            (program, checkout.join("target/release/todoita-server")),
        ] {
            if let Some(parent) = to.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::copy(&from, to).with_context(|| format!("cannot copy {}", from.display()))?;
        }
        for folder in ["www", "server/deploy"] {
            let to = checkout.join(folder);
            fs::create_dir_all(&to)?;
            let mut copy = Command::new("cp");
            copy.arg("-r").arg(project.root.join(folder).join("."));
            process::output(copy.arg(to), "the disk may be full")?;
        }
        fs::create_dir_all(checkout.join("docs"))?;
        project::write(&checkout.join("docs/operating.md"), operating)?;
        project::write(&checkout.join("server.toml"), SERVER)?;
        project::write(&files.join("steps"), steps)?;
        self.disk("project.ext4", &files, "512M")
    }

    /// Boots it, and reads what the checks print until it is switched off. Its disks stay as they are.
    fn run(&self) -> Result<Outcome> {
        let console = self.file("console.log");
        let drive = |name: &str, how: &str| {
            let file = self.file(name);
            format!("file={},format=raw,if=virtio,{how}", file.display())
        };
        let mut machine = Command::new("timeout");
        machine
            .args(["--foreground", PATIENCE, "qemu-system-x86_64"])
            .args(["-accel", "tcg,thread=multi", "-cpu", "max"])
            .args(["-smp", "2", "-m", "2048", "-display", "none"])
            .args(["-nodefaults", "-no-user-config"])
            .arg("-kernel")
            .arg(self.file("kernel"))
            .arg("-initrd")
            .arg(self.file("initrd"))
            .args(["-append", "root=/dev/vda rw console=ttyS0 quiet panic=-1"])
            .args(["-drive", &drive("machine.ext4", "snapshot=on")])
            .args(["-drive", &drive("project.ext4", "readonly=on")])
            .args(["-serial", &format!("file:{}", console.display())])
            .args(["-serial", "stdio"])
            .stdin(std::process::Stdio::null());
        let mut outcome = Outcome::from(TestCounts::default());
        let mut is_over = false;
        process::run_with_lines(&mut machine, ADVICE, |line| {
            let line = line.trim_end();
            is_over |= line == END;
            add(&mut outcome, line);
        })?;
        if !is_over {
            bail!(
                "the machine ended before its checks did: {}",
                console.display()
            );
        }
        Ok(outcome)
    }
}

/// Counts the outcome of a check.
fn add(outcome: &mut Outcome, line: &str) {
    if line.starts_with("ok ") {
        outcome.counts += TestCounts::PASSED;
    } else if let Some(failed) = line.strip_prefix("failed ") {
        outcome.counts += TestCounts::FAILED;
        outcome.failed.push(failed.to_owned());
    }
}

/// The file in a folder whose name starts so.
fn installed(folder: &Path, start: &str) -> Result<PathBuf> {
    let mut files = fs::read_dir(folder)?.flatten();
    let file = files.find(|file| file.file_name().to_string_lossy().starts_with(start));
    let file = file.with_context(|| format!("no {start} in {}", folder.display()))?;
    Ok(file.path())
}

/// The commands in the chapter on systemd: its first indented lines.
fn steps(operating: &str) -> Option<String> {
    let (_, chapter) = operating.split_once("\n## Under systemd\n")?;
    let chapter = chapter.split("\n## ").next()?;
    let lines = chapter.lines().map(|line| line.strip_prefix("    "));
    let lines = lines.skip_while(Option::is_none).map_while(|line| line);
    let steps: String = lines.flat_map(|line| [line, "\n"]).collect();
    (!steps.is_empty()).then_some(steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_steps_are_the_first_indented_lines_of_the_chapter() {
        let text = "# A\n\n    no\n\n## Under systemd\n\nText:\n\n    one\n    two 'x\n    y'\n\nText.\n\n    no\n\n## B\n\n    no\n";
        assert_eq!(steps(text).as_deref(), Some("one\ntwo 'x\ny'\n"));
        assert_eq!(steps("# A\n\n    no\n"), None);
    }

    #[test]
    fn the_checks_are_counted_by_the_start_of_their_lines() {
        let mut outcome = Outcome::from(TestCounts::default());
        for line in ["ok one", "   ok of a log", "failed two: why", "done"] {
            add(&mut outcome, line);
        }
        assert_eq!((outcome.counts.passed, outcome.counts.failed), (1, 1));
        assert_eq!(outcome.failed, ["two: why"]);
    }
}

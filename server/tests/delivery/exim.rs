//! Exim, a mail server of Debian's, with a configuration of the tests' own in a temporary folder (`exim.conf`).

use std::fmt::Write as _;
use std::fs::{Permissions, set_permissions};
use std::net::TcpListener;
use std::os::unix::fs::{PermissionsExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;
use todoita_server::config::delivery::{Mail, MailTls};

use super::mail_site::settings;
use super::tls::Certificate;
use crate::common::PASSWORD;

/// The environment variable that names its program.
const PROGRAM: &str = "TODOITA_TEST_EXIM";

/// How often something is looked for that comes within a moment, and the wait between two looks.
const LOOKS: u32 = 500;
const LOOK: Duration = Duration::from_millis(20);

/// The differences between the servers of the tests.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Whether it offers STARTTLS.
    pub starttls: bool,
    /// The one way to sign in that it offers.
    pub mechanism: &'static str,
    /// How many connections it takes at the same time.
    pub connections: u32,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            starttls: true,
            mechanism: "PLAIN",
            connections: 20,
        }
    }
}

/// A running server with a mailbox of hanako@example.com. It ends, and its folder goes, when this is dropped.
pub struct Exim {
    process: Child,
    folder: TempDir,
    /// The ports of submission, and of submission with TLS from the start.
    starttls: u16,
    implicit: u16,
}

impl Exim {
    pub async fn start(certificate: &Certificate) -> Exim {
        Exim::start_with(certificate, |_| {}).await
    }

    /// Starts one whose settings were changed.
    pub async fn start_with(certificate: &Certificate, change: impl FnOnce(&mut Settings)) -> Exim {
        let mut settings = Settings::default();
        change(&mut settings);
        let folder = TempDir::new().unwrap();
        let place = |name: &str| folder.path().join(name);
        let program = std::env::var_os(PROGRAM).expect(PROGRAM);
        // A copy has no set-user-id bit, and every user may start it.
        std::fs::copy(&program, place("exim")).unwrap();
        for path in [folder.path(), &place("exim")] {
            set_permissions(path, Permissions::from_mode(0o755)).unwrap();
        }
        std::fs::copy(certificate.file(), place("certificate.pem")).unwrap();
        std::fs::copy(certificate.key_file(), place("key.pem")).unwrap();
        std::fs::create_dir(place("spool")).unwrap();
        for (name, text) in [
            ("answer", ""),
            ("domains", "example.com"),
            ("mailboxes", "hanako"),
            ("password", PASSWORD),
        ] {
            std::fs::write(place(name), text).unwrap();
        }
        // Another program may take a free port before Exim does.
        for _ in 0..5 {
            let [starttls, implicit] = free_ports();
            let macros = macros(folder.path(), starttls, implicit, settings);
            let config = format!("{macros}{}", include_str!("exim.conf"));
            std::fs::write(place("exim.conf"), config).unwrap();
            let mut process = daemon(folder.path());
            if takes_connections(&mut process, &place("spool/mainlog")).await {
                return Exim {
                    process,
                    folder,
                    starttls,
                    implicit,
                };
            }
        }
        panic!("{}", read(&place("spool/mainlog")));
    }

    /// The settings of a service that sends by it and trusts its certificate.
    pub fn mail(&self, tls: MailTls, certificate: &Certificate) -> Mail {
        let port = match tls {
            MailTls::Implicit => self.implicit,
            _ => self.starttls,
        };
        settings(port, tls, Some(certificate))
    }

    /// Changes the password that it accepts.
    pub fn accept(&self, password: &str) {
        self.write("password", password);
    }

    /// Lets it answer a recipient like this; by itself again if it is empty.
    pub fn answer(&self, answer: &str) {
        self.write("answer", answer);
    }

    /// Changes the domain that it takes mail for.
    pub fn take_mail_for(&self, domain: &str) {
        self.write("domains", domain);
    }

    /// Changes the only mailbox. With `None` it cannot look for any now.
    pub fn have_mailbox(&self, name: Option<&str>) {
        match name {
            Some(name) => self.write("mailboxes", name),
            None => std::fs::remove_file(self.place("mailboxes")).unwrap(),
        }
    }

    /// How many mails it has accepted, by its log.
    pub fn accepted(&self) -> usize {
        self.log().matches(" <= ").count()
    }

    /// Takes all mails out of the mailbox once there are `count` of them.
    pub async fn mails(&self, count: usize) -> Vec<String> {
        let folder = self.place("spool/mail/new");
        for _ in 0..LOOKS {
            let files = std::fs::read_dir(&folder).into_iter().flatten().flatten();
            let files: Vec<PathBuf> = files.map(|file| file.path()).collect();
            if files.len() >= count {
                assert_eq!(files.len(), count, "{}", self.log());
                let taken = files.iter().map(|file| {
                    let mail = read(file);
                    std::fs::remove_file(file).unwrap();
                    mail
                });
                return taken.collect();
            }
            tokio::time::sleep(LOOK).await;
        }
        panic!("{}", self.log());
    }

    /// Waits for a line of the log, and gives it.
    pub async fn logged(&self, what: &str) -> String {
        for _ in 0..LOOKS {
            if let Some(line) = self.log().lines().find(|line| line.contains(what)) {
                return line.to_owned();
            }
            tokio::time::sleep(LOOK).await;
        }
        panic!("{what}: {}", self.log());
    }

    pub fn log(&self) -> String {
        read(&self.place("spool/mainlog"))
    }

    fn place(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.place(name), text).unwrap();
    }
}

impl Drop for Exim {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The values that come before the configuration.
fn macros(folder: &Path, starttls: u16, implicit: u16, settings: Settings) -> String {
    let mut macros = String::new();
    let mut set = |name: &str, value: &str| writeln!(macros, "{name} = {value}").unwrap();
    set("FOLDER", &folder.display().to_string());
    set("STARTTLS_PORT", &starttls.to_string());
    set("IMPLICIT_PORT", &implicit.to_string());
    set("OFFERED", if settings.starttls { "*" } else { "" });
    set("MECHANISM", settings.mechanism);
    set("CONNECTIONS", &settings.connections.to_string());
    if !is_root() {
        // Without root's rights it cannot become the user that it was built for.
        set("exim_user", &id(&["-un"]));
        set("exim_group", &id(&["-gn"]));
    }
    macros
}

/// Starts it in the foreground. Root's is started as the user that it was built for.
fn daemon(folder: &Path) -> Child {
    let exim = || {
        let mut exim = Command::new(folder.join("exim"));
        exim.arg("-C").arg(folder.join("exim.conf"));
        exim.current_dir(folder).stdin(Stdio::null());
        exim
    };
    let mut daemon = exim();
    if is_root() {
        let user = exim().args(["-bP", "exim_user"]).output().unwrap();
        let user = String::from_utf8(user.stdout).unwrap();
        let (_, user) = user.trim().split_once(" = ").unwrap();
        let of_user = |which: &str| id(&[which, user]).parse().unwrap();
        let (user, group) = (of_user("-u"), of_user("-g"));
        chown(folder.join("spool"), Some(user), Some(group)).unwrap();
        daemon.uid(user).gid(group);
    }
    daemon.arg("-bdf").spawn().unwrap()
}

/// Whether it takes connections; else it has ended, because another program has one of its ports.
async fn takes_connections(process: &mut Child, log: &Path) -> bool {
    for _ in 0..LOOKS {
        if process.try_wait().unwrap().is_some() {
            return false;
        }
        if read(log).contains(" listening for SMTP ") {
            return true;
        }
        tokio::time::sleep(LOOK).await;
    }
    panic!("it takes no connections and has not ended: {}", read(log));
}

fn free_ports() -> [u16; 2] {
    let listeners = [(); 2].map(|()| TcpListener::bind(("127.0.0.1", 0)).unwrap());
    listeners.map(|listener| listener.local_addr().unwrap().port())
}

fn is_root() -> bool {
    id(&["-u"]) == "0"
}

fn id(arguments: &[&str]) -> String {
    let id = Command::new("id").args(arguments).output().unwrap();
    String::from_utf8(id.stdout).unwrap().trim().to_owned()
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_default()
}

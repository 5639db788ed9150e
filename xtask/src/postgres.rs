//! A PostgreSQL server of the tests' own, in a temporary folder, on this machine alone.

use std::fs;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::browser;
use crate::process;
use crate::project::Project;
use crate::tools;

const ADVICE: &str = "the tests of the stores need PostgreSQL; on Debian or Ubuntu, as root: \
                      apt-get install postgresql; elsewhere, initdb and postgres on PATH";

/// The environment variable by which the tests find the server.
pub const URL: &str = "TODOITA_TEST_POSTGRES";

/// Debian's folders of PostgreSQL, one for each version; its programs are not on PATH.
const DEBIAN: &str = "/usr/lib/postgresql";

/// Installs PostgreSQL from Debian's packages if it is not there.
///
/// # Errors
/// If it is missing and cannot be installed.
fn install() -> Result<()> {
    if program("initdb").is_some() {
        return Ok(());
    }
    if !browser::is_root() {
        bail!("{ADVICE}");
    }
    tools::step("installing PostgreSQL", || {
        browser::apt_install(&["postgresql"], ADVICE)
    })
}

/// A program of PostgreSQL.
pub fn program(name: &str) -> Option<PathBuf> {
    let versions = fs::read_dir(DEBIAN).ok();
    let mut programs = versions
        .into_iter()
        .flatten()
        .flatten()
        .map(|version| version.path().join("bin").join(name));
    programs
        .find(|path| path.is_file())
        .or_else(|| browser::on_path(&[name]))
}

/// A running server. It ends, and its folder goes, when this is dropped.
pub struct Server {
    process: std::process::Child,
    owner: Owner,
    /// Its URL, without the name of a database.
    pub url: String,
}

impl Server {
    /// Installs PostgreSQL if it is not there, makes a cluster and starts it. Nothing waits for the disk: it is for tests.
    ///
    /// # Errors
    /// If PostgreSQL cannot be installed or does not start.
    pub fn start(project: &Project) -> Result<Server> {
        Server::start_with(project, &["fsync=off"])
    }

    /// The same as where it is used: every commit is on the disk before it is answered, and it has the memory and the room for its log
    /// that a server of its own is given (the defaults are for the smallest machines).
    ///
    /// # Errors
    /// If PostgreSQL cannot be installed or does not start.
    pub fn start_durable(project: &Project) -> Result<Server> {
        Server::start_with(
            project,
            &["fsync=on", "shared_buffers=1GB", "max_wal_size=8GB"],
        )
    }

    fn start_with(project: &Project, settings: &[&str]) -> Result<Server> {
        // Two lanes of steps may have one each.
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        install()?;
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder = project.temporary.path().join(format!("postgres-{number}"));
        fs::create_dir(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        let owner = Owner::of(folder)?;
        let mut initdb = owner.command("initdb")?;
        initdb.args(["-D", "data", "-A", "trust", "-U", "todoita", "-E", "UTF8"]);
        process::output(initdb.args(["--no-locale", "--no-sync"]), ADVICE)?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let process = owner
            .command("postgres")?
            .args(["-D", "data", "-p", &port.to_string()])
            .args([
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "max_connections=200",
            ])
            .args(settings.iter().flat_map(|setting| ["-c", setting]))
            .arg("-k")
            .arg(&owner.folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context(ADVICE)?;
        let mut server = Server {
            process,
            owner,
            url: format!("postgres://todoita@127.0.0.1:{port}"),
        };
        server.wait(port)?;
        Ok(server)
    }

    /// Waits until it takes connections.
    fn wait(&mut self, port: u16) -> Result<()> {
        let ready = self.owner.folder.join("data/postmaster.pid");
        for _ in 0..600 {
            if let Some(status) = self.process.try_wait()? {
                bail!("postgres ended ({status}) before it took connections on port {port}");
            }
            // Its last line is the state.
            if fs::read_to_string(&ready).is_ok_and(|text| text.contains("ready")) {
                return Ok(());
            }
            thread::sleep(Duration::from_millis(100));
        }
        bail!("postgres took no connections on port {port} within a minute")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // At once, with its processes and its shared memory: nothing of it is kept.
        let stopped = self.owner.command("pg_ctl").and_then(|mut pg_ctl| {
            process::output(
                pg_ctl.args(["stop", "-D", "data", "-m", "immediate"]),
                ADVICE,
            )
        });
        if stopped.is_err() {
            let _ = self.process.kill();
        }
        let _ = self.process.wait();
        let _ = fs::remove_dir_all(&self.owner.folder);
    }
}

/// Whom the cluster belongs to: PostgreSQL does not run as root, for which Debian's package has a user.
struct Owner {
    folder: PathBuf,
    ids: Option<(u32, u32)>,
}

impl Owner {
    fn of(folder: PathBuf) -> Result<Owner> {
        if !browser::is_root() {
            return Ok(Owner { folder, ids: None });
        }
        let id = |which: &str| -> Result<u32> {
            let id = process::output(Command::new("id").args([which, "postgres"]), ADVICE)?;
            id.trim().parse().context("id gives no number")
        };
        let ids = (id("-u")?, id("-g")?);
        #[cfg(unix)]
        std::os::unix::fs::chown(&folder, Some(ids.0), Some(ids.1))?;
        Ok(Owner {
            folder,
            ids: Some(ids),
        })
    }

    fn command(&self, name: &str) -> Result<Command> {
        let mut command = Command::new(program(name).context(ADVICE)?);
        command.current_dir(&self.folder);
        #[cfg(unix)]
        if let Some((user, group)) = self.ids {
            use std::os::unix::process::CommandExt as _;
            command.uid(user).gid(group);
        }
        Ok(command)
    }
}

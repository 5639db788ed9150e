//! The program as a process, with one account.

use std::fs;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::process::{Child, Command};

use super::gateway::Gateway;
use crate::common::database::Place;
use crate::common::{Person, SECRET, client};

/// The name of the account.
const NAME: &str = "jiro";
/// Its password.
const PASSWORD: &str = "a long password";

/// Where the program has its files, and its database.
pub struct Files {
    folder: TempDir,
    place: Place,
}

/// The running program.
pub struct Program {
    pub process: Child,
    pub base: String,
}

impl Files {
    /// Those of a service that sends SMS by a gateway, with one account. `limits`: lines of the table of limits.
    pub async fn new(gateway: &Gateway, limits: &str) -> Files {
        let files = Files {
            folder: TempDir::new().unwrap(),
            place: Place::fresh().await,
        };
        let config = format!("{}[limits]\n{limits}\n", gateway.config());
        fs::write(files.folder.path().join("server.toml"), config).unwrap();
        let mut adds = files.command();
        adds.args(["user", "add", NAME, "--phone", "+819000001234"]);
        let mut command = adds.stdin(Stdio::piped()).spawn().unwrap();
        let mut input = command.stdin.take().unwrap();
        input.write_all(PASSWORD.as_bytes()).await.unwrap();
        drop(input);
        assert!(command.wait().await.unwrap().success());
        files
    }

    fn command(&self) -> Command {
        let folder = self.folder.path();
        let mut command = Command::new(env!("CARGO_BIN_EXE_todoita-server"));
        command
            .env_remove("TODOITA_KEY")
            .env("TODOITA_WEBHOOK_SECRET", SECRET)
            .arg("--data")
            .arg(folder.join("data"))
            .arg("--config")
            .arg(folder.join("server.toml"))
            .args(["--listen", "127.0.0.1:0"])
            .kill_on_drop(true);
        if let Some(url) = &self.place.url {
            command.args(["--database", url]);
        }
        command
    }

    /// Starts the program, whose log is in JSON.
    pub async fn start(&self) -> Program {
        let log = fs::File::options()
            .create(true)
            .append(true)
            .open(self.log_file())
            .unwrap();
        let mut process = self
            .command()
            .env("TODOITA_LOG", "json")
            .env("RUST_LOG", "info,login=trace,todoita_server=trace")
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let line = lines.next_line().await.unwrap().expect("the banner");
        let (_, address) = line.split_once("http://").unwrap();
        Program {
            process,
            base: format!("http://{}", address.trim_end_matches('/')),
        }
    }

    fn log_file(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    /// The log until now.
    pub fn log(&self) -> String {
        fs::read_to_string(self.log_file()).unwrap()
    }

    /// The rows of the database.
    pub async fn rows(&self) -> sqlx::AnyPool {
        if self.place.url.is_some() {
            return self.place.rows().await;
        }
        sqlx::any::install_default_drivers();
        let file = self.folder.path().join("data/todoita.sqlite");
        let options = sqlx::any::AnyPoolOptions::new().max_connections(1);
        let url = format!("sqlite:{}", file.display());
        options.connect(&url).await.unwrap()
    }
}

impl Program {
    /// A person who has given the right password.
    pub async fn signing_in(&self) -> Person {
        let person = Person {
            client: client(),
            base: self.base.clone(),
        };
        let answer = person.password(NAME, PASSWORD).await;
        assert_eq!(answer.status(), 303);
        person
    }
}

/// Waits until something holds, at most half a minute.
pub async fn wait_until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    for _ in 0..1_500 {
        if holds().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("after half a minute still not: {what}");
}

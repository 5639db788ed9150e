//! The program `todoita-server` as a process of its own.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use crate::databases::{Kind, Place};
use crate::service::KEY;

/// A running service. It ends when this is dropped.
pub struct Program {
    process: Child,
    pub address: SocketAddr,
    _folder: TempDir,
}

impl Program {
    /// Starts one. `file`: its configuration; `place`: its database.
    pub fn start(place: &Place, file: &str) -> Program {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("server.toml");
        std::fs::write(&path, file).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_todoita-server"));
        command
            .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
            .args(["--listen", "127.0.0.1:0", "--config"])
            .arg(&path)
            .env("TODOITA_KEY", KEY)
            .env("RUST_LOG", "error")
            .stdout(Stdio::piped())
            .arg("--data");
        match place.kind {
            Kind::Sqlite => command.arg(place.folder()),
            Kind::Postgres => command
                .arg(folder.path().join("data"))
                .args(["--database", &place.url]),
        };
        let mut process = command.spawn().unwrap();
        let mut banner = String::new();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        output.read_line(&mut banner).unwrap();
        let address = banner.split("http://").nth(1).unwrap();
        Program {
            process,
            address: address.trim().trim_end_matches('/').parse().unwrap(),
            _folder: folder,
        }
    }

    /// Its resident memory in MiB: `VmRSS` of `/proc` (`proc_pid_status(5)`).
    pub fn memory(&self) -> f64 {
        let path = format!("/proc/{}/status", self.process.id());
        let status = std::fs::read_to_string(path).unwrap();
        let line = status.lines().find_map(|it| it.strip_prefix("VmRSS:"));
        let kib: f64 = line
            .unwrap()
            .trim()
            .trim_end_matches(" kB")
            .parse()
            .unwrap();
        kib / 1024.0
    }

    /// How many sockets it has open.
    pub fn sockets(&self) -> usize {
        let files = std::fs::read_dir(format!("/proc/{}/fd", self.process.id())).unwrap();
        let links = files.filter_map(|file| std::fs::read_link(file.ok()?.path()).ok());
        links
            .filter(|link| link.to_string_lossy().starts_with("socket:"))
            .count()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

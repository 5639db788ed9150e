//! The configuration: defaults, a TOML file, the command line.

use std::net::SocketAddr;
use std::path::PathBuf;

use login::Settings;

pub mod cli; // the command line
mod file; // the TOML file

/// The configuration of the service.
#[derive(Clone, Debug)]
pub struct Config {
    /// Ready-made users and a page that shows every message that was sent.
    pub demo: bool,
    /// The origin that browsers see (`https://login.example`). `None`, on loopback only: any name of this
    /// machine.
    pub origin: Option<String>,
    /// The widget's files, served under `/assets/`.
    pub assets: PathBuf,
    /// Whether the content security policy allows WebAssembly; off shows the pages without it.
    pub wasm: bool,
    /// Whether tests may put the clock of the demo forward (`POST /test/clock`).
    pub test_clock: bool,
    /// The header in which a trusted proxy puts the client's address as the last value.
    pub address_header: Option<String>,
    /// Limits and lifetimes.
    pub login: Settings,
    /// Minutes east of UTC, for clock times in sentences.
    pub utc_offset: i32,
    /// A notice to everybody who waits for a code: that codes are late, and why. Empty: in the guide's own
    /// sentence.
    pub incident: Option<String>,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            demo: false,
            origin: None,
            assets: PathBuf::from("www"),
            wasm: true,
            test_clock: false,
            address_header: None,
            login: Settings::default(),
            utc_offset: 9 * 60,
            incident: None,
        }
    }
}

impl Config {
    /// Whether cookies are `Secure`: always, except for plain http on loopback.
    pub fn secure(&self) -> bool {
        self.origin
            .as_deref()
            .is_some_and(|origin| origin.starts_with("https://"))
    }
}

/// How the service is started: its configuration, and where it listens and keeps its files.
#[derive(Clone, Debug)]
pub struct Start {
    /// The configuration of the service.
    pub config: Config,
    /// Where it listens.
    pub listen: SocketAddr,
    /// The folder of the database and the key.
    pub data: PathBuf,
    /// Connections at the same time; below what the system allows to open (`ulimit -n`).
    pub max_connections: usize,
}

impl Default for Start {
    fn default() -> Self {
        Start {
            config: Config::default(),
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            data: PathBuf::from("data"),
            max_connections: 800,
        }
    }
}

impl Start {
    /// Whether only this machine can reach the service.
    pub fn on_loopback(&self) -> bool {
        self.listen.ip().is_loopback()
    }

    /// Refuses a configuration that is unsafe or cannot work.
    pub(super) fn check(&self) -> Result<(), String> {
        let Config {
            demo,
            origin,
            test_clock,
            wasm,
            login,
            ..
        } = &self.config;
        if *demo && !self.on_loopback() {
            return Err(
                "--demo has users whose passwords everybody knows: it runs on loopback only".into(),
            );
        }
        if *test_clock && !*demo {
            return Err("--test-clock belongs to --demo".into());
        }
        if !*wasm && !*demo {
            return Err("--no-wasm belongs to --demo".into());
        }
        if let Some(origin) = origin {
            let bare = origin
                .strip_prefix("https://")
                .or(origin.strip_prefix("http://"));
            let well_formed =
                bare.is_some_and(|host| !host.is_empty() && !host.contains(['/', '?', '#', '@']));
            if !well_formed {
                return Err(format!(
                    "{origin} is not an origin: write it as https://login.example"
                ));
            }
            if !self.on_loopback() && !origin.starts_with("https://") {
                return Err("off loopback the origin has to be https".into());
            }
        } else if !self.on_loopback() {
            return Err("off loopback --origin is required".into());
        }
        if self.max_connections == 0 {
            return Err("max-connections of 0 would refuse everybody".into());
        }
        let limits = &login.limits;
        let counts = [
            limits.failures,
            limits.failures_per_day,
            limits.failures_per_month,
            limits.sends,
            limits.passwords_per_name,
        ];
        if counts.contains(&0) || limits.codes_kept == 0 || limits.code_life == 0 {
            return Err("a limit of 0 would lock everybody out".into());
        }
        Ok(())
    }
}

fn listen(address: &str) -> Result<SocketAddr, String> {
    address
        .parse()
        .map_err(|_| format!("{address} is not an address with a port, such as 127.0.0.1:8080"))
}

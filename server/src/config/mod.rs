//! The configuration: defaults, a TOML file, the command line.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use login::Settings;

use crate::store::{self, Database, DatabaseLock, Hold, ServerSettings, Tables};

pub mod cli; // the command line
pub mod delivery; // the gateways
mod file; // the TOML file
pub mod key; // where the keys come from
mod limits; // limits that cannot hold
mod span; // spans of time

/// The configuration of the service.
#[derive(Clone, Debug)]
pub struct Config {
    /// Ready-made users and a page that shows every message that was sent.
    pub demo: bool,
    /// The origin that browsers see (`https://login.example`). `None`, on loopback only: any name of this
    /// machine.
    pub origin: Option<String>,
    /// The folder of the demo's messages, which its nodes on this machine share. `None`: they are in memory.
    pub outbox: Option<PathBuf>,
    /// The widget's files. Those that its pages load are served under `/assets/`, by the demo all of them.
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
    /// How long an answer may take. A request that waits longer, for a database that does not answer, is given up.
    pub request_limit: Duration,
    /// Where messages go; the demo shows them instead.
    pub delivery: delivery::Gateways,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            demo: false,
            origin: None,
            outbox: None,
            assets: PathBuf::from("www"),
            wasm: true,
            test_clock: false,
            address_header: None,
            login: Settings::default(),
            utc_offset: 9 * 60,
            incident: None,
            request_limit: Duration::from_secs(30),
            delivery: delivery::Gateways::default(),
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

/// The environment variable that may hold the URL of the database.
pub const DATABASE: &str = "TODOITA_DATABASE";

/// The environment variable that chooses the format of the log: `text`, or `json` for one object a line.
pub const LOG: &str = "TODOITA_LOG";

/// How the service is started: its configuration, and where it listens and keeps its files.
#[derive(Clone, Debug)]
pub struct Start {
    /// The configuration of the service.
    pub config: Config,
    /// Where it listens.
    pub listen: SocketAddr,
    /// The folder of the database file, the lock and, on loopback, the key.
    pub data: PathBuf,
    /// The URL of a PostgreSQL database (`postgres://…`). `None`: a SQLite file in the data folder.
    pub database: Option<String>,
    /// The connections to a PostgreSQL database, and their limits of time.
    pub database_settings: ServerSettings,
    /// The file of the keys. `None`: beside the data folder.
    pub key_file: Option<PathBuf>,
    /// Connections at the same time; below what the system allows to open (`ulimit -n`).
    pub max_connections: usize,
    /// Where health and metrics are asked for. `None`: nowhere.
    pub metrics_listen: Option<SocketAddr>,
    /// How long requests are still accepted after the shutdown was asked for and `/readyz` denies.
    pub shutdown_delay: Duration,
}

impl Default for Start {
    fn default() -> Self {
        Start {
            config: Config::default(),
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            data: PathBuf::from("data"),
            database: None,
            database_settings: ServerSettings::default(),
            key_file: None,
            max_connections: 800,
            metrics_listen: None,
            shutdown_delay: Duration::ZERO,
        }
    }
}

impl Start {
    /// Whether only this machine can reach the service.
    pub fn on_loopback(&self) -> bool {
        self.listen.ip().is_loopback()
    }

    /// Settings that work and are probably a mistake, as sentences for the log.
    pub fn warnings(&self) -> Vec<String> {
        let mut warnings = Vec::new();
        // The service itself does no TLS.
        if self.config.secure() && self.config.address_header.is_none() {
            warnings.push(
                "the origin is https, so a proxy is in front of the service, but no address-header is named: \
                 all clients count as one address, and its limits stop everybody"
                    .into(),
            );
        }
        if self.database.as_deref().is_some_and(store::is_unverified) {
            warnings.push(
                "the database is on another machine, and its URL does not ask for TLS with a verified certificate \
                 (sslmode=verify-full): only a private network keeps others out"
                    .into(),
            );
        }
        warnings
    }

    /// The path of the SQLite file.
    pub fn database_file(&self) -> PathBuf {
        self.data.join("todoita.sqlite")
    }

    /// Takes the URL of the database from the environment variable [`DATABASE`], unless an option has named one.
    ///
    /// # Errors
    /// A sentence: it is no such URL.
    pub fn database_from(&mut self, environment: Option<String>) -> Result<(), String> {
        self.database = self.database.take().or(environment);
        self.check()
    }

    /// Locks the database, where it is for several machines, and opens it. `tables`: what may be done to its tables.
    ///
    /// # Errors
    /// A sentence.
    pub async fn open_database(
        &self,
        hold: Hold,
        tables: Tables,
    ) -> Result<(Database, Option<DatabaseLock>), String> {
        let Some(url) = &self.database else {
            let file = Database::file_with(&self.database_file(), tables).await?;
            return Ok((file, None));
        };
        let (server, lock) =
            Database::server_with(url, &self.database_settings, hold, tables).await?;
        Ok((server, Some(lock)))
    }

    /// Creates the data folder, which only its owner may enter. An existing folder keeps its mode.
    ///
    /// # Errors
    /// A sentence that names the folder.
    pub fn create_data_folder(&self) -> Result<(), String> {
        let mut folder = std::fs::DirBuilder::new();
        folder.recursive(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::DirBuilderExt as _;
            folder.mode(0o700);
        }
        folder
            .create(&self.data)
            .map_err(|error| format!("{}: {error}", self.data.display()))?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let metadata = std::fs::metadata(&self.data);
            if metadata.is_ok_and(|folder| folder.permissions().mode() & 0o077 != 0) {
                tracing::warn!(
                    "others may enter the data folder {}; give it mode 0700",
                    self.data.display()
                );
            }
        }
        Ok(())
    }

    /// Refuses a configuration that is unsafe or cannot work.
    pub(super) fn check(&self) -> Result<(), String> {
        let Config {
            demo,
            origin,
            test_clock,
            wasm,
            login,
            delivery,
            ..
        } = &self.config;
        if *demo && !self.on_loopback() {
            return Err(
                "--demo has users whose passwords everybody knows: it runs on loopback only".into(),
            );
        }
        if *demo && delivery.any() {
            return Err(
                "--demo shows every message and delivers none: leave out [delivery]".into(),
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
        if let Some(url) = &self.database
            && !["postgres://", "postgresql://"]
                .iter()
                .any(|scheme| url.starts_with(scheme))
        {
            return Err(
                "the database is not a URL of PostgreSQL: write it as postgres://user@host/name"
                    .into(),
            );
        }
        if self.metrics_listen == Some(self.listen) && self.listen.port() != 0 {
            return Err(
                "metrics-listen is the address of the service: everybody would see them".into(),
            );
        }
        if self.config.request_limit.is_zero() {
            return Err("request-limit of 0 would give up every request".into());
        }
        if self.database.is_some() {
            self.database_settings.check(self.config.request_limit)?;
        }
        if self.max_connections == 0 {
            return Err("max-connections of 0 would refuse everybody".into());
        }
        limits::check(login)
    }
}

fn listen(address: &str) -> Result<SocketAddr, String> {
    address
        .parse()
        .map_err(|_| format!("{address} is not an address with a port, such as 127.0.0.1:8080"))
}

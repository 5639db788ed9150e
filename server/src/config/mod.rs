//! What an operator decides: one table, from a TOML file and the command line.

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use jiff::SignedDuration;
use serde::Deserialize;
use todoita::policy::Limits;

/// Everything that the built service goes by.
#[derive(Clone, Debug)]
pub struct Config {
    /// Ready-made users and a page that shows every message that was sent.
    pub demo: bool,
    /// The origin that people see (`https://login.example`). `None`, on loopback only: whatever name of
    /// this machine the browser used.
    pub origin: Option<String>,
    /// The widget's files, served under `/assets/`.
    pub assets: PathBuf,
    /// Whether the pages' policy allows WebAssembly; off shows what a person gets without it.
    pub wasm: bool,
    /// Whether the demo has a door for tests to put its clock forward.
    pub test_clock: bool,
    /// The header in which a trusted proxy puts the client's address as the last value.
    pub address_header: Option<String>,
    /// The limits of the code step.
    pub limits: Limits,
    /// How long a person may take from the password to the code, in milliseconds: longer than a lock.
    pub sign_in_life: u64,
    /// How long a session lives, in milliseconds.
    pub session_life: u64,
    /// Minutes east of UTC, for the clock times in sentences.
    pub utc_offset: i32,
    /// What everybody who waits for a code is told: that codes are late, and why. Empty: in the guide's
    /// own words.
    pub incident: Option<String>,
}

const MINUTE: u64 = 60_000;
const HOUR: u64 = 60 * MINUTE;

impl Default for Config {
    fn default() -> Self {
        Config {
            demo: false,
            origin: None,
            assets: PathBuf::from("www"),
            wasm: true,
            test_clock: false,
            address_header: None,
            limits: Limits::default(),
            sign_in_life: 3 * HOUR,
            session_life: 12 * HOUR,
            utc_offset: 9 * 60,
            incident: None,
        }
    }
}

impl Config {
    /// Whether cookies are `Secure`: always, but for plain http on loopback.
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
}

impl Default for Start {
    fn default() -> Self {
        Start {
            config: Config::default(),
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            data: PathBuf::from("data"),
        }
    }
}

/// The options, for `--help`.
pub const USAGE: &str = "\
todoita-server: the reference login service of todoita

  --demo              ready-made users, and a page that shows every message (loopback only)
  --listen ADDR       address and port (127.0.0.1:8080)
  --data DIR          folder of the database and the key (data)
  --assets DIR        folder of the widget's files (www)
  --origin URL        the origin that people see, such as https://login.example
  --config FILE       a TOML file with any of these and the limits
  --no-wasm           refuse WebAssembly in the pages' policy (demo)
  --test-clock        let tests put the clock forward by POST /test/clock (demo)
  --help              this text

The key comes from TODOITA_KEY (64 hexadecimal digits) or from todoita.key in the data folder, where a
service on loopback makes one by itself.";

impl Start {
    /// Reads the command line (without the program's name). `None`: help was asked for.
    ///
    /// # Errors
    /// What is wrong with it, in a sentence that names the option or the file.
    pub fn read(arguments: impl IntoIterator<Item = String>) -> Result<Option<Start>, String> {
        let mut start = Start::default();
        let arguments: Vec<String> = arguments.into_iter().collect();
        // The file first, wherever it is named: the command line has the last word.
        if let Some(place) = arguments.iter().position(|argument| argument == "--config") {
            let path = arguments.get(place + 1).ok_or("--config wants a file")?;
            start.read_file(Path::new(path))?;
        }
        let mut rest = arguments.into_iter();
        while let Some(option) = rest.next() {
            let mut value = || rest.next().ok_or_else(|| format!("{option} wants a value"));
            match option.as_str() {
                "--help" | "-h" => return Ok(None),
                "--demo" => start.config.demo = true,
                "--no-wasm" => start.config.wasm = false,
                "--test-clock" => start.config.test_clock = true,
                "--config" => drop(value()?),
                "--data" => start.data = value()?.into(),
                "--assets" => start.config.assets = value()?.into(),
                "--origin" => start.config.origin = Some(value()?),
                "--listen" => start.listen = listen(&value()?)?,
                _ => return Err(format!("there is no option {option}; --help lists them")),
            }
        }
        start.check()?;
        Ok(Some(start))
    }

    /// Whether only this machine can reach the service.
    pub fn on_loopback(&self) -> bool {
        self.listen.ip().is_loopback()
    }

    /// Refuses what would be unsafe, or could not work.
    fn check(&self) -> Result<(), String> {
        let Config {
            demo,
            origin,
            test_clock,
            wasm,
            limits,
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
                    "{origin} is no origin: give it as https://login.example"
                ));
            }
            if !self.on_loopback() && !origin.starts_with("https://") {
                return Err("off loopback the origin has to be https".into());
            }
        } else if !self.on_loopback() {
            return Err("off loopback the service has to know its --origin".into());
        }
        let counts = [
            limits.failures,
            limits.failures_in_a_row,
            limits.sends,
            limits.passwords_per_name,
        ];
        if counts.contains(&0) || limits.codes_kept == 0 || limits.code_life == 0 {
            return Err("a limit of 0 would shut everybody out".into());
        }
        Ok(())
    }

    fn read_file(&mut self, path: &Path) -> Result<(), String> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| format!("{}: {error}", path.display()))?;
        let file: File =
            toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
        self.take(file)
    }

    fn take(&mut self, file: File) -> Result<(), String> {
        fn set<T>(to: &mut T, from: Option<T>) {
            if let Some(value) = from {
                *to = value;
            }
        }
        let config = &mut self.config;
        set(&mut config.demo, file.demo);
        set(&mut config.wasm, file.wasm);
        set(&mut config.assets, file.assets);
        set(&mut self.data, file.data);
        set(&mut config.test_clock, file.test_clock);
        set(&mut config.utc_offset, file.utc_offset_minutes);
        set(
            &mut config.sign_in_life,
            file.sign_in_life.map(|span| span.0),
        );
        set(
            &mut config.session_life,
            file.session_life.map(|span| span.0),
        );
        config.origin = file.origin.or(config.origin.take());
        config.incident = file.incident.or(config.incident.take());
        config.address_header = file.address_header.or(config.address_header.take());
        if let Some(address) = file.listen {
            self.listen = listen(&address)?;
        }
        let (limits, from) = (&mut config.limits, file.limits);
        set(&mut limits.code_life, from.code_life.map(|span| span.0));
        set(&mut limits.codes_kept, from.codes_kept);
        set(&mut limits.free_failures, from.free_failures);
        set(&mut limits.first_wait, from.first_wait.map(|span| span.0));
        set(&mut limits.failures, from.failures);
        set(
            &mut limits.failures_within,
            from.failures_within.map(|span| span.0),
        );
        set(&mut limits.lock, from.lock.map(|span| span.0));
        set(&mut limits.failures_in_a_row, from.failures_in_a_row);
        set(
            &mut limits.resend_after,
            from.resend_after.map(|span| span.0),
        );
        set(&mut limits.sends, from.sends);
        set(
            &mut limits.sends_per_destination,
            from.sends_per_destination,
        );
        set(&mut limits.sends_per_prefix, from.sends_per_prefix);
        set(&mut limits.sends_per_address, from.sends_per_address);
        set(
            &mut limits.sends_within,
            from.sends_within.map(|span| span.0),
        );
        set(&mut limits.passwords_per_name, from.passwords_per_name);
        set(
            &mut limits.passwords_per_name_and_address,
            from.passwords_per_name_and_address,
        );
        set(
            &mut limits.passwords_per_address,
            from.passwords_per_address,
        );
        set(
            &mut limits.passwords_within,
            from.passwords_within.map(|span| span.0),
        );
        Ok(())
    }
}

fn listen(address: &str) -> Result<SocketAddr, String> {
    address
        .parse()
        .map_err(|_| format!("{address} is no address with a port, such as 127.0.0.1:8080"))
}

/// The network that a limit on addresses counts by: an IPv6 customer has a whole /64.
pub fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

/// The configuration file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    demo: Option<bool>,
    listen: Option<String>,
    data: Option<PathBuf>,
    assets: Option<PathBuf>,
    origin: Option<String>,
    wasm: Option<bool>,
    test_clock: Option<bool>,
    address_header: Option<String>,
    sign_in_life: Option<Span>,
    session_life: Option<Span>,
    utc_offset_minutes: Option<i32>,
    incident: Option<String>,
    #[serde(default)]
    limits: LimitsFile,
}

/// The table `[limits]`: as [`Limits`], each with its default.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct LimitsFile {
    code_life: Option<Span>,
    codes_kept: Option<usize>,
    free_failures: Option<u32>,
    first_wait: Option<Span>,
    failures: Option<u32>,
    failures_within: Option<Span>,
    lock: Option<Span>,
    failures_in_a_row: Option<u32>,
    resend_after: Option<Span>,
    sends: Option<u32>,
    sends_per_destination: Option<u32>,
    sends_per_prefix: Option<u32>,
    sends_per_address: Option<u32>,
    sends_within: Option<Span>,
    passwords_per_name: Option<u32>,
    passwords_per_name_and_address: Option<u32>,
    passwords_per_address: Option<u32>,
    passwords_within: Option<Span>,
}

/// A span of time as people write it: `30s`, `10m`, `24h`, `1h 30m`.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "String")]
struct Span(u64);

impl TryFrom<String> for Span {
    type Error = String;

    fn try_from(text: String) -> Result<Span, String> {
        let span: SignedDuration = text.parse().map_err(|error| format!("{text:?}: {error}"))?;
        let milliseconds =
            u64::try_from(span.as_millis()).map_err(|_| format!("{text:?} is before now"))?;
        Ok(Span(milliseconds))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Option<Start>, String> {
        Start::read(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn the_command_line_is_read_and_a_mistake_is_named() {
        let start = read("--demo --listen 127.0.0.1:9 --data d --assets a")
            .unwrap()
            .unwrap();
        assert!(start.config.demo && start.on_loopback());
        assert_eq!(start.listen.port(), 9);
        assert!(read("--help").unwrap().is_none());
        assert!(read("--dmeo").unwrap_err().contains("--dmeo"));
        assert!(read("--listen").unwrap_err().contains("--listen"));
        assert!(read("--listen here").unwrap_err().contains("here"));
    }

    #[test]
    fn what_would_be_unsafe_is_refused() {
        assert!(read("--demo --listen 0.0.0.0:80").is_err());
        assert!(read("--test-clock").is_err());
        assert!(read("--no-wasm").is_err());
        assert!(read("--listen 0.0.0.0:80").is_err(), "no origin");
        assert!(read("--listen 0.0.0.0:80 --origin http://a.example").is_err());
        assert!(read("--listen 0.0.0.0:80 --origin https://a.example/b").is_err());
        assert!(read("--listen 0.0.0.0:80 --origin https://a.example").is_ok());
    }

    #[test]
    fn the_file_sets_every_limit_and_an_unknown_key_is_an_error() {
        let mut start = Start::default();
        let file = "session-life = '1h 30m'\n[limits]\ncode-life = '2s'\nsends = 3";
        start.take(toml::from_str(file).unwrap()).unwrap();
        assert_eq!(start.config.limits.code_life, 2_000);
        assert_eq!(start.config.limits.sends, 3);
        assert_eq!(start.config.session_life, 5_400_000);
        assert!(toml::from_str::<File>("[limits]\ncode-live = '2s'").is_err());
        assert!(toml::from_str::<File>("[limits]\ncode-life = '-2s'").is_err());
        assert!(toml::from_str::<File>("[limits]\ncode-life = 2").is_err());
    }

    #[test]
    fn the_example_names_every_limit_with_its_default() {
        let example = include_str!("../../example.toml");
        let mut start = Start::default();
        start.config.limits.code_life = 1;
        start.config.session_life = 1;
        start.take(toml::from_str(example).unwrap()).unwrap();
        assert_eq!(start.config.limits, Limits::default());
        assert_eq!(format!("{start:?}"), format!("{:?}", Start::default()));
        let limits = example.split("[limits]").nth(1).unwrap();
        let named = limits.lines().filter(|line| line.contains(" = ")).count();
        assert_eq!(
            named,
            format!("{:?}", Limits::default()).matches(": ").count()
        );
    }

    #[test]
    fn an_address_counts_by_its_network() {
        assert_eq!(network("192.0.2.7".parse().unwrap()), "192.0.2.7");
        assert_eq!(network("::ffff:192.0.2.7".parse().unwrap()), "192.0.2.7");
        assert_eq!(
            network("2001:db8:1:2:3:4:5:6".parse().unwrap()),
            "2001:db8:1:2::/64"
        );
    }
}

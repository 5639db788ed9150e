//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;

use lexopt::{Arg, Parser, ValueExt as _};

use super::{Start, listen};

/// A command line: options, and the words of an operator's command, which may be none.
#[derive(Clone, Debug, Default)]
pub struct CommandLine {
    /// How the service is started, and where its files are.
    pub start: Start,
    /// The words of the command.
    pub words: Vec<String>,
    /// The options that belong to commands.
    pub options: CommandOptions,
}

/// The options that belong to commands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommandOptions {
    /// `--phone`
    pub phone: Option<String>,
    /// `--mail`
    pub mail: Option<String>,
    /// `--backup-codes`
    pub backup_codes: bool,
    /// `--since`
    pub since: Option<String>,
    /// `--until`
    pub until: Option<String>,
    /// `--lang`
    pub lang: Option<String>,
}

/// The options, for `--help`.
pub const USAGE: &str = "\
todoita-server: the reference login service of todoita

todoita-server [OPTIONS]                   run the service
todoita-server [OPTIONS] COMMAND           work on its database, beside the running service

  user list                                accounts with methods, state and sessions
  user add NAME [--phone NUMBER] [--mail ADDRESS] [--backup-codes]
                                           the password is read from standard input
  user unlock NAME                         forget wrong codes and passwords
  user reset-factor NAME app               remove the authenticator, end the sessions
  user reset-factor NAME backup-codes      print new backup codes, end the sessions
  user end-sessions NAME                   end the sessions and sign-ins
  user disable NAME                        end the sessions and refuse every password
  user enable NAME
  audit export [--since TIME] [--until TIME]
                                           who did what, as JSON lines; TIME is 2026-03-01T00:00:00Z
  rekey                                    seal everything with the current key; what is left under which
  after-restore                            end all sign-ins and sessions of a restored copy (service stopped)
  import                                   copy the file of the data folder into an empty PostgreSQL database
                                           (service stopped)
  clock reset                              go back to the system's clock after it was ahead (service stopped)

  --demo              ready-made users, and a page that shows every message (loopback only)
  --listen ADDR       address and port (127.0.0.1:8080)
  --data DIR          folder of the database (data)
  --database URL      a PostgreSQL database instead, for several machines: postgres://user@host/name
  --key-file FILE     keys, one a line, the current one first (beside the data folder: data.key)
  --assets DIR        folder of the widget's files (www)
  --origin URL        the origin that browsers see, such as https://login.example
  --config FILE       a TOML file with any of these and the limits
  --no-wasm           refuse WebAssembly in the content security policy (demo)
  --test-clock        let tests put the clock forward by POST /test/clock (demo)
  --lang TAG          language of the notices that a command sends: ja or en (ja)
  --help              this text

A key is 64 hexadecimal digits. TODOITA_KEY may hold the keys instead of the file. A service on loopback creates
the file for a database without accounts. TODOITA_DATABASE may hold the URL of the database, which has a password
that other users of the machine would see on the command line; TODOITA_MAIL_PASSWORD and TODOITA_WEBHOOK_SECRET the
secrets of the gateways.
TODOITA_LOG=json writes the log as one JSON object a line, RUST_LOG chooses its levels.";

impl CommandLine {
    /// Reads the command line (without the program's name). `None` for `--help`.
    ///
    /// # Errors
    /// A sentence that names the wrong option or file.
    pub fn read(
        arguments: impl IntoIterator<Item = OsString>,
    ) -> Result<Option<CommandLine>, String> {
        let arguments: Vec<OsString> = arguments.into_iter().collect();
        let mut line = CommandLine::default();
        // The file first, wherever it is named: the command line overrides it.
        if let Some(file) = config_file(&arguments).map_err(|error| error.to_string())? {
            line.start.read_file(&file)?;
        }
        if !line
            .read_options(Parser::from_args(arguments))
            .map_err(|error| error.to_string())?
        {
            return Ok(None);
        }
        if line.words.is_empty() && line.options != CommandOptions::default() {
            return Err("options of commands (--phone, --mail, --backup-codes, --since, --until, --lang) need a command".into());
        }
        line.start.check()?;
        Ok(Some(line))
    }

    /// Reads every option. `false` for `--help`.
    fn read_options(&mut self, mut parser: Parser) -> Result<bool, lexopt::Error> {
        let (start, options) = (&mut self.start, &mut self.options);
        while let Some(argument) = parser.next()? {
            match argument {
                Arg::Value(word) => self.words.push(word.string()?),
                Arg::Long("phone") => options.phone = Some(parser.value()?.string()?),
                Arg::Long("mail") => options.mail = Some(parser.value()?.string()?),
                Arg::Long("since") => options.since = Some(parser.value()?.string()?),
                Arg::Long("until") => options.until = Some(parser.value()?.string()?),
                Arg::Long("lang") => options.lang = Some(parser.value()?.string()?),
                Arg::Long("backup-codes") => options.backup_codes = true,
                Arg::Long("help") | Arg::Short('h') => return Ok(false),
                Arg::Long("demo") => start.config.demo = true,
                Arg::Long("no-wasm") => start.config.wasm = false,
                Arg::Long("test-clock") => start.config.test_clock = true,
                Arg::Long("config") => drop(parser.value()?),
                Arg::Long("key-file") => start.key_file = Some(parser.value()?.into()),
                Arg::Long("data") => start.data = parser.value()?.into(),
                Arg::Long("database") => start.database = Some(parser.value()?.string()?),
                Arg::Long("assets") => start.config.assets = parser.value()?.into(),
                Arg::Long("origin") => start.config.origin = Some(parser.value()?.string()?),
                Arg::Long("listen") => start.listen = listen(&parser.value()?.string()?)?,
                _ => return Err(argument.unexpected()),
            }
        }
        Ok(true)
    }
}

/// The file that `--config` names.
fn config_file(arguments: &[OsString]) -> Result<Option<PathBuf>, lexopt::Error> {
    let mut parser = Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("config") => return Ok(Some(parser.value()?.into())),
            Arg::Long(
                "data" | "database" | "key-file" | "assets" | "origin" | "listen" | "phone"
                | "mail" | "since" | "until" | "lang",
            ) => drop(parser.value()?),
            _ => {}
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Option<Start>, String> {
        let line = CommandLine::read(line.split_whitespace().map(Into::into))?;
        Ok(line.map(|line| line.start))
    }

    #[test]
    fn a_command_and_its_options_are_in_any_order() {
        let words = "--data d user --phone 1 add --backup-codes hanako --config=no.toml";
        let error = CommandLine::read(words.split(' ').map(Into::into)).unwrap_err();
        assert!(error.contains("no.toml"), "{error}");
        let words = "--data d user --phone 1 add --backup-codes hanako --mail a@b";
        let line = CommandLine::read(words.split(' ').map(Into::into))
            .unwrap()
            .unwrap();
        assert_eq!(line.words, ["user", "add", "hanako"]);
        assert_eq!(line.start.data, PathBuf::from("d"));
        assert_eq!(line.options.phone.as_deref(), Some("1"));
        assert_eq!(line.options.mail.as_deref(), Some("a@b"));
        assert!(line.options.backup_codes);
        assert!(read("--backup-codes").is_err(), "no command");
    }

    #[test]
    fn an_error_in_the_command_line_is_named() {
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
    fn an_unsafe_configuration_is_refused() {
        assert!(read("--demo --listen 0.0.0.0:80").is_err());
        let folder = tempfile::TempDir::new().unwrap();
        let file = folder.path().join("server.toml");
        let gateway = "[delivery.webhook]\nurl = 'https://sms.example'";
        std::fs::write(&file, gateway).unwrap();
        let with_gateway = format!("--config {}", file.display());
        assert!(read(&with_gateway).is_ok());
        let demo = read(&format!("--demo {with_gateway}"));
        assert!(demo.unwrap_err().contains("[delivery]"));
        assert!(read("--test-clock").is_err());
        assert!(read("--no-wasm").is_err());
        assert!(read("--listen 0.0.0.0:80").is_err(), "no origin");
        assert!(read("--listen 0.0.0.0:80 --origin http://a.example").is_err());
        assert!(read("--listen 0.0.0.0:80 --origin https://a.example/b").is_err());
        assert!(read("--listen 0.0.0.0:80 --origin https://a.example").is_ok());
    }

    #[test]
    fn the_database_is_the_file_or_a_url_of_postgresql() {
        const URL: &str = "postgres://login@10.0.0.5/todoita";
        let database = |line: &str| read(line).unwrap().unwrap();
        assert_eq!(database("").database, None);
        let mut named = database(&format!("--database {URL}"));
        assert_eq!(named.database.as_deref(), Some(URL));
        // An option comes before the environment.
        named.database_from(Some("postgres://b/c".into())).unwrap();
        assert_eq!(named.database.as_deref(), Some(URL));
        let mut by_environment = database("");
        by_environment.database_from(Some(URL.into())).unwrap();
        assert_eq!(by_environment.database.as_deref(), Some(URL));
        for wrong in ["sqlite:todoita.sqlite", "10.0.0.5/todoita", ""] {
            assert!(read(&format!("--database={wrong}")).is_err(), "{wrong}");
            let refused = database("").database_from(Some(wrong.into()));
            assert!(refused.unwrap_err().contains("postgres://"), "{wrong}");
        }
    }

    #[test]
    fn a_proxy_without_an_address_header_is_warned_of() {
        let start = |line: &str| read(line).unwrap().unwrap();
        let mut proxied = start("--origin https://login.example");
        let elsewhere = start("--listen 0.0.0.0:443 --origin https://login.example");
        for start in [&proxied, &elsewhere] {
            assert!(start.warnings()[0].contains("address-header"));
        }
        proxied.config.address_header = Some("x-real-ip".into());
        for quiet in [
            proxied,
            start("--demo"),
            start("--origin http://localhost:8080"),
        ] {
            assert!(quiet.warnings().is_empty());
        }
    }
}

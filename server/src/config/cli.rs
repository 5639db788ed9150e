//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;

use lexopt::{Arg, Parser, ValueExt as _};

use super::{Start, listen};

/// The options, for `--help`.
pub const USAGE: &str = "\
todoita-server: the reference login service of todoita

  --demo              ready-made users, and a page that shows every message (loopback only)
  --listen ADDR       address and port (127.0.0.1:8080)
  --data DIR          folder of the database and the key (data)
  --assets DIR        folder of the widget's files (www)
  --origin URL        the origin that browsers see, such as https://login.example
  --config FILE       a TOML file with any of these and the limits
  --no-wasm           refuse WebAssembly in the content security policy (demo)
  --test-clock        let tests put the clock forward by POST /test/clock (demo)
  --help              this text

The key is read from TODOITA_KEY (64 hexadecimal digits) or from todoita.key in the data folder. A service
on loopback creates that file.";

impl Start {
    /// Reads the command line (without the program's name). `None` for `--help`.
    ///
    /// # Errors
    /// A sentence that names the wrong option or file.
    pub fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Option<Start>, String> {
        let arguments: Vec<OsString> = arguments.into_iter().collect();
        let mut start = Start::default();
        // The file first, wherever it is named: the command line overrides it.
        if let Some(file) = config_file(&arguments).map_err(|error| error.to_string())? {
            start.read_file(&file)?;
        }
        if !start
            .read_options(Parser::from_args(arguments))
            .map_err(|error| error.to_string())?
        {
            return Ok(None);
        }
        start.check()?;
        Ok(Some(start))
    }

    /// Reads every option. `false` for `--help`.
    fn read_options(&mut self, mut parser: Parser) -> Result<bool, lexopt::Error> {
        while let Some(argument) = parser.next()? {
            match argument {
                Arg::Long("help") | Arg::Short('h') => return Ok(false),
                Arg::Long("demo") => self.config.demo = true,
                Arg::Long("no-wasm") => self.config.wasm = false,
                Arg::Long("test-clock") => self.config.test_clock = true,
                Arg::Long("config") => drop(parser.value()?),
                Arg::Long("data") => self.data = parser.value()?.into(),
                Arg::Long("assets") => self.config.assets = parser.value()?.into(),
                Arg::Long("origin") => self.config.origin = Some(parser.value()?.string()?),
                Arg::Long("listen") => self.listen = listen(&parser.value()?.string()?)?,
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
            Arg::Long("data" | "assets" | "origin" | "listen") => drop(parser.value()?),
            _ => {}
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Option<Start>, String> {
        Start::read(line.split_whitespace().map(Into::into))
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
        assert!(read("--test-clock").is_err());
        assert!(read("--no-wasm").is_err());
        assert!(read("--listen 0.0.0.0:80").is_err(), "no origin");
        assert!(read("--listen 0.0.0.0:80 --origin http://a.example").is_err());
        assert!(read("--listen 0.0.0.0:80 --origin https://a.example/b").is_err());
        assert!(read("--listen 0.0.0.0:80 --origin https://a.example").is_ok());
    }
}

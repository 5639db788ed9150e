//! The tests of the login service again, with PostgreSQL. The native tests have run them with SQLite. Those that need PostgreSQL or Exim,
//! which the native tests have counted as skipped, run here alone.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::exim;
use crate::postgres;
use crate::process;
use crate::project::Project;
use crate::report::{Outcome, tests};
use crate::test_report::TestCounts;

const PACKAGE: &str = "server";

/// The test programs of the login service that know no database by its name.
const ON_BOTH_DATABASES: [&str; 21] = [
    "account",
    "audit",
    "background",
    "clock",
    "code_step",
    "crash",
    "delivery",
    "fuzzed_requests",
    "guide_pages",
    "http_rejections",
    "keys",
    "known_places",
    "monitor",
    "nodes",
    "notices",
    "operator",
    "page",
    "program",
    "sends",
    "shutdown",
    "write_transactions",
];

/// Those whose tests need PostgreSQL, and are left out of the native tests.
const ON_POSTGRES: [&str; 9] = [
    "import",
    "postgres_conflicts",
    "postgres_counters",
    "postgres_lock",
    "postgres_migrations",
    "postgres_outage",
    "postgres_plans",
    "postgres_settings",
    "postgres_tls",
];

/// Those with tests that need Exim, which the native tests leave out.
const WITH_EXIM: [&str; 1] = ["delivery"];

/// Starts a PostgreSQL server and runs those programs with it.
///
/// # Errors
/// If PostgreSQL or Exim cannot be installed or started, or a program is not there.
pub fn run(project: &Project) -> Result<Outcome> {
    let exim = exim::program(project)?;
    let server = postgres::Server::start(project)?;
    let built = programs(project)?;
    let mut outcome = Outcome::from(TestCounts::default());
    for name in ON_BOTH_DATABASES.into_iter().chain(ON_POSTGRES) {
        let mut command = program(project, &built, name)?;
        if ON_POSTGRES.contains(&name) || WITH_EXIM.contains(&name) {
            command.arg("--include-ignored");
        }
        command.env(postgres::URL, &server.url);
        outcome += tests(command.env(exim::PROGRAM, &exim))?;
    }
    Ok(outcome)
}

/// How often a node is stopped by `cargo xtask faults`, for each database. The tests alone do it some times.
const CRASHES: &str = "100";

/// Runs the tests of faults with both databases, with many more crashes than `cargo xtask test` has.
///
/// # Errors
/// If PostgreSQL cannot be installed or started, or a program is not there.
pub fn faults(project: &Project) -> Result<Outcome> {
    let server = postgres::Server::start(project)?;
    let built = programs(project)?;
    let mut outcome = Outcome::from(TestCounts::default());
    for url in [None, Some(&server.url)] {
        println!("\n━━ {}", url.map_or("SQLite", |_| "PostgreSQL"));
        let programs = match url {
            None => ["crash", "program", "nodes", "database_outage"],
            Some(_) => ["crash", "program", "nodes", "postgres_outage"],
        };
        for name in programs {
            let mut command = program(project, &built, name)?;
            if ON_POSTGRES.contains(&name) {
                command.arg("--include-ignored");
            }
            command
                .arg("--nocapture")
                .env("TODOITA_CRASHES", CRASHES)
                .envs(url.map(|url| (postgres::URL, url)));
            outcome += tests(&mut command)?;
        }
    }
    Ok(outcome)
}

/// Prepares a test program of the service.
fn program(project: &Project, built: &[(String, PathBuf)], name: &str) -> Result<Command> {
    let program = built.iter().find(|(built, _)| built == name);
    let (_, program) = program.with_context(|| format!("no test program {name} was built"))?;
    println!("\n{name}");
    let mut command = Command::new(program);
    command.current_dir(project.root.join(PACKAGE));
    Ok(command)
}

/// The test programs of the service, by name. They are those of the native tests: a selection of cargo's would have other
/// features of the dependencies, and compile all of them again.
fn programs(project: &Project) -> Result<Vec<(String, PathBuf)>> {
    let mut cargo = process::cargo(project);
    let line = "test --workspace --no-run --locked --message-format=json";
    let output = process::output(cargo.args(line.split(' ')), "mend the native tests")?;
    let folder = project.root.join(PACKAGE);
    let mut programs = Vec::new();
    for line in output.lines() {
        let message: serde_json::Value = serde_json::from_str(line).context("cargo's messages")?;
        let manifest = message["manifest_path"].as_str().unwrap_or_default();
        let is_test = message["target"]["kind"] == serde_json::json!(["test"]);
        let name = message["target"]["name"].as_str();
        if let (true, Some(name), Some(program)) = (is_test, name, message["executable"].as_str())
            && PathBuf::from(manifest).parent() == Some(&folder)
        {
            programs.push((name.to_owned(), program.into()));
        }
    }
    if programs.is_empty() {
        bail!("cargo has named no test program of {}", folder.display());
    }
    Ok(programs)
}

#[cfg(test)]
mod tests {
    use super::{ON_BOTH_DATABASES, ON_POSTGRES};
    use crate::project::Project;
    use anyhow::Result;
    use std::fs;

    /// Those that look into SQLite's file, or need no database.
    const ON_ONE: [&str; 3] = ["database_outage", "listener", "security"];

    #[test]
    fn every_test_program_of_the_service_runs_with_both_databases_or_is_named_here() -> Result<()> {
        let mut found: Vec<String> = Vec::new();
        for entry in fs::read_dir(Project::find()?.root.join("server/tests"))? {
            let path = entry?.path();
            if path.extension().is_some_and(|it| it == "rs") {
                found.extend(path.file_stem().map(|name| name.to_string_lossy().into()));
            }
        }
        found.sort();
        let mut expected = [&ON_BOTH_DATABASES[..], &ON_ONE[..], &ON_POSTGRES[..]].concat();
        expected.sort_unstable();
        assert_eq!(found, expected);
        Ok(())
    }
}

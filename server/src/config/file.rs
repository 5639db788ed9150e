//! The TOML file.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;

use super::delivery::GatewaysFile;
use super::span::Span;
use super::{Start, listen};

impl Start {
    pub(super) fn read_file(&mut self, path: &Path) -> Result<(), String> {
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
        self.database = file.database.or(self.database.take());
        self.key_file = file.key_file.or(self.key_file.take());
        set(&mut self.max_connections, file.max_connections);
        if let Some(address) = file.metrics_listen {
            self.metrics_listen = Some(listen(&address)?);
        }
        let duration = |span: Span| Duration::from_millis(span.0);
        let database = &mut self.database_settings;
        set(&mut database.connections, file.database_connections);
        set(&mut database.wait, file.database_wait.map(duration));
        set(
            &mut database.statement_timeout,
            file.database_statement_timeout.map(duration),
        );
        set(
            &mut database.lock_timeout,
            file.database_lock_timeout.map(duration),
        );
        set(
            &mut database.idle_transaction_timeout,
            file.database_idle_transaction_timeout.map(duration),
        );
        set(&mut self.shutdown_delay, file.shutdown_delay.map(duration));
        set(&mut config.request_limit, file.request_limit.map(duration));
        set(&mut config.test_clock, file.test_clock);
        set(&mut config.utc_offset, file.utc_offset_minutes);
        set(
            &mut config.login.sign_in_life,
            file.sign_in_life.map(|span| span.0),
        );
        set(
            &mut config.login.session_life,
            file.session_life.map(|span| span.0),
        );
        set(
            &mut config.login.session_idle,
            file.session_idle.map(|span| span.0),
        );
        set(
            &mut config.login.fresh_for,
            file.fresh_for.map(|span| span.0),
        );
        set(
            &mut config.login.audit_kept,
            file.audit_kept.map(|span| span.0),
        );
        set(&mut config.login.audit_passwords, file.audit_passwords);
        if let Some(delivery) = file.delivery {
            config.delivery = delivery.read()?;
        }
        config.origin = file.origin.or(config.origin.take());
        config.incident = file.incident.or(config.incident.take());
        config.address_header = file.address_header.or(config.address_header.take());
        if let Some(address) = file.listen {
            self.listen = listen(&address)?;
        }
        let (limits, from) = (&mut config.login.limits, file.limits);
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
        set(&mut limits.failures_per_day, from.failures_per_day);
        set(&mut limits.failures_per_month, from.failures_per_month);
        set(
            &mut limits.failures_per_day_kept,
            from.failures_per_day_kept,
        );
        set(
            &mut limits.failures_per_month_kept,
            from.failures_per_month_kept,
        );
        set(
            &mut limits.resend_after,
            from.resend_after.map(|span| span.0),
        );
        set(&mut limits.sends, from.sends);
        set(&mut limits.sends_kept, from.sends_kept);
        set(
            &mut limits.sends_per_destination,
            from.sends_per_destination,
        );
        set(&mut limits.sends_per_prefix, from.sends_per_prefix);
        limits.sends_per_domain = from.sends_per_domain.or(limits.sends_per_domain);
        set(&mut limits.sends_per_address, from.sends_per_address);
        set(&mut limits.sends_per_range, from.sends_per_range);
        set(&mut limits.sends_paid, from.sends_paid);
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
            &mut limits.passwords_per_name_and_range,
            from.passwords_per_name_and_range,
        );
        set(
            &mut limits.passwords_per_address,
            from.passwords_per_address,
        );
        set(&mut limits.passwords_per_subnet, from.passwords_per_subnet);
        set(&mut limits.passwords_per_range, from.passwords_per_range);
        set(
            &mut limits.passwords_within,
            from.passwords_within.map(|span| span.0),
        );
        Ok(())
    }
}

/// The configuration file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    demo: Option<bool>,
    listen: Option<String>,
    data: Option<PathBuf>,
    database: Option<String>,
    database_connections: Option<u32>,
    database_wait: Option<Span>,
    database_statement_timeout: Option<Span>,
    database_lock_timeout: Option<Span>,
    database_idle_transaction_timeout: Option<Span>,
    key_file: Option<PathBuf>,
    max_connections: Option<usize>,
    metrics_listen: Option<String>,
    shutdown_delay: Option<Span>,
    request_limit: Option<Span>,
    assets: Option<PathBuf>,
    origin: Option<String>,
    wasm: Option<bool>,
    test_clock: Option<bool>,
    address_header: Option<String>,
    sign_in_life: Option<Span>,
    session_life: Option<Span>,
    session_idle: Option<Span>,
    fresh_for: Option<Span>,
    audit_kept: Option<Span>,
    audit_passwords: Option<u32>,
    utc_offset_minutes: Option<i32>,
    incident: Option<String>,
    delivery: Option<GatewaysFile>,
    #[serde(default)]
    limits: LimitsFile,
}

/// The table `[limits]`, as `todoita::policy::Limits`; each has a default.
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
    failures_per_day: Option<u32>,
    failures_per_month: Option<u32>,
    failures_per_day_kept: Option<u32>,
    failures_per_month_kept: Option<u32>,
    resend_after: Option<Span>,
    sends: Option<u32>,
    sends_kept: Option<u32>,
    sends_per_destination: Option<u32>,
    sends_per_prefix: Option<u32>,
    sends_per_domain: Option<u32>,
    sends_per_address: Option<u32>,
    sends_per_range: Option<u32>,
    sends_paid: Option<u32>,
    sends_within: Option<Span>,
    passwords_per_name: Option<u32>,
    passwords_per_name_and_address: Option<u32>,
    passwords_per_name_and_range: Option<u32>,
    passwords_per_address: Option<u32>,
    passwords_per_subnet: Option<u32>,
    passwords_per_range: Option<u32>,
    passwords_within: Option<Span>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use todoita::policy::Limits;

    #[test]
    fn the_file_sets_every_limit_and_an_unknown_key_is_an_error() {
        let mut start = Start::default();
        let file = "session-life = '1h 30m'\n[limits]\ncode-life = '2s'\nsends = 3";
        start.take(toml::from_str(file).unwrap()).unwrap();
        assert_eq!(start.config.login.limits.code_life, 2_000);
        assert_eq!(start.config.login.limits.sends, 3);
        assert_eq!(start.config.login.session_life, 5_400_000);
        assert!(toml::from_str::<File>("[limits]\ncode-live = '2s'").is_err());
        assert!(toml::from_str::<File>("[limits]\ncode-life = '-2s'").is_err());
        assert!(toml::from_str::<File>("[limits]\ncode-life = 2").is_err());
    }

    #[test]
    fn the_example_names_every_limit_with_its_default() {
        let example = include_str!("../../example.toml");
        let mut start = Start::default();
        start.config.login.limits.code_life = 1;
        start.config.login.session_life = 1;
        start.config.login.session_idle = 1;
        start.config.login.fresh_for = 1;
        start.take(toml::from_str(example).unwrap()).unwrap();
        assert_eq!(start.config.login.limits, Limits::default());
        assert_eq!(format!("{start:?}"), format!("{:?}", Start::default()));
        let limits = example.split("[limits]").nth(1).unwrap();
        let named = limits.lines().filter(|line| line.contains(" = ")).count();
        assert_eq!(
            named,
            format!("{:?}", Limits::default()).matches(": ").count()
        );
    }
}

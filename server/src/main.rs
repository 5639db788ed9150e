//! Starts the reference login service.

use std::future::pending;
use std::io::Write as _;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use login::clock::Clock;
use todoita::channel::Channel;
use todoita_server::config::cli::{CommandLine, USAGE};
use todoita_server::config::key::{KEY, Missing, Opened};
use todoita_server::config::{DATABASE, LOG, Start};
use todoita_server::data_lock::DataLock;
use todoita_server::delivery;
use todoita_server::listener;
use todoita_server::monitor::{self, Health, Metrics};
use todoita_server::operator;
use todoita_server::operator::command::{Command, lang};
use todoita_server::startup;
use todoita_server::store::{Hold, Tables};
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tracing_subscriber::EnvFilter;

#[tokio::main]
async fn main() -> ExitCode {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    match std::env::var(LOG).as_deref() {
        Err(_) | Ok("" | "text") => log.init(),
        Ok("json") => log.json().flatten_event(true).init(),
        Ok(_) => return fail("TODOITA_LOG is text or json", USAGE_ERROR),
    }
    let mut line = match CommandLine::read(std::env::args_os().skip(1)) {
        Ok(Some(line)) => line,
        Ok(None) => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        Err(error) => return fail(&error, USAGE_ERROR),
    };
    if let Err(error) = line.start.database_from(std::env::var(DATABASE).ok()) {
        return fail(&error, USAGE_ERROR);
    }
    let keys = std::env::var(KEY).ok();
    let result = if line.words.is_empty() {
        serve(line.start, keys.as_deref())
            .await
            .map(|()| String::new())
    } else {
        let command = Command::read(&line.words, &line.options);
        match command.and_then(|command| Ok((command, lang(&line.options)?))) {
            Ok((command, lang)) => {
                operator::run(&line.start, &command, keys.as_deref(), lang.as_str()).await
            }
            Err(error) => return fail(&error, USAGE_ERROR),
        }
    };
    match result {
        Ok(text) => {
            // A closed standard output is no reason to fail.
            let _ = std::io::stdout().write_all(text.as_bytes());
            ExitCode::SUCCESS
        }
        Err(error) => fail(&error, 1),
    }
}

/// The exit status of a wrong command line. That of a service or command that failed is 1.
const USAGE_ERROR: u8 = 2;

fn fail(error: &str, status: u8) -> ExitCode {
    eprintln!("todoita-server: {error}");
    ExitCode::from(status)
}

async fn serve(mut start: Start, environment: Option<&str>) -> Result<(), String> {
    for warning in start.warnings() {
        tracing::warn!("{warning}");
    }
    start.create_data_folder()?;
    let _lock = DataLock::shared(&start.data)?;
    if start.config.demo && start.database.is_some() {
        // Several nodes may have this data folder: a message that one has delivered is on the phone of all.
        start.config.outbox = Some(start.data.join("outbox"));
    }
    let tables = Tables::BroughtUpToDate;
    let opened = start.open(environment, Missing::IsMade, Hold::Beside, tables);
    let Opened { store, keys, lock } = opened.await?;
    let mut locks = JoinSet::new();
    if let Some(lock) = lock {
        locks.spawn(lock.keep());
    }
    let limits = listener::Limits {
        connections: start.max_connections,
        ..listener::Limits::default()
    };
    let (demo, secure) = (start.config.demo, start.config.secure());
    let clock = Clock::system();
    let connected = if demo {
        None
    } else {
        let environment = |name: &str| std::env::var(name).ok();
        let connected = delivery::connect(&start.config.delivery, environment, &clock)?;
        for channel in [Channel::Sms, Channel::Voice, Channel::Email] {
            if start.config.delivery.of(channel).is_none() {
                let channel = channel.as_str();
                tracing::warn!(
                    channel,
                    "no gateway is configured: the channel is not offered"
                );
            }
        }
        Some(connected)
    };
    let store_of_service = Arc::new(store.clone());
    let built = startup::build_with(start.config, store_of_service, keys, clock, connected)
        .map_err(|error| format!("{error:?}"))?;
    login::timekeeping::resume(&built.login)
        .await
        .map_err(|error| format!("the time: {error:?}"))?;
    if demo {
        todoita_server::demo::people::seed(&built.login)
            .await
            .map_err(|error| format!("the demo's users: {error:?}"))?;
    }
    let background = startup::spawn_background(&built.login);
    let (listener, address) = bind(start.listen, "--listen").await?;
    let health = Health::new(built.login.clone());
    let mut monitors = JoinSet::new();
    let mut banner = format!("todoita-server: http://{address}/\n");
    if demo {
        banner +=
            &format!("  demo user: hanako   password: demo   messages: http://{address}/outbox\n");
    } else if !secure {
        banner += "  cookies are not Secure: plain http on loopback\n";
    }
    if let Some(address) = start.metrics_listen {
        let (listener, address) = bind(address, "metrics-listen").await?;
        let metrics = Metrics::install(built.login.clone(), store.clone());
        let metrics = metrics.map_err(|error| format!("metrics: {error}"))?;
        let router = monitor::router(health.clone(), Some(metrics.clone()));
        let limits = listener::Limits {
            connections: MONITORS,
            ..limits
        };
        monitors.spawn(listener::serve(listener, router, limits, pending()));
        monitors.spawn(metrics.keep());
        banner +=
            &format!("  health: http://{address}/readyz   metrics: http://{address}/metrics\n");
    }
    // A closed standard output is no reason to stop.
    let _ = std::io::stdout().write_all(banner.as_bytes());
    let shutdown = async {
        shutdown_signal().await;
        tracing::info!("shutting down");
        health.stop();
        // Until those who ask for the readiness have noticed, requests still come.
        tokio::time::sleep(start.shutdown_delay).await;
    };
    listener::serve(listener, built.router, limits, shutdown).await;
    background.stop().await;
    // A request that was cut off may still hold a connection.
    let _ = tokio::time::timeout(Duration::from_secs(5), store.close()).await;
    Ok(())
}

/// Connections of programs that ask for health and metrics.
const MONITORS: usize = 16;

/// Listens on an address. `option`: the name of the option that chooses it.
async fn bind(address: SocketAddr, option: &str) -> Result<(TcpListener, SocketAddr), String> {
    let bound = async {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        Ok((listener, address))
    };
    bound.await.map_err(|error: std::io::Error| {
        format!("cannot listen on {address} ({error}); choose another address with {option}")
    })
}

/// Waits for Ctrl+C, or for the signal that a service manager sends.
async fn shutdown_signal() {
    let interrupt = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}

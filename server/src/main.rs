//! Starts the reference login service.

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use login::clock::Clock;
use login::crypto::key::Key;
use todoita_server::config::Start;
use todoita_server::config::cli::USAGE;
use todoita_server::listener;
use todoita_server::startup;
use todoita_server::store::sqlite::SqliteStore;
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

/// The environment variable of the key.
const KEY: &str = "TODOITA_KEY";

#[tokio::main]
async fn main() -> ExitCode {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    let start = match Start::read(std::env::args_os().skip(1)) {
        Ok(Some(start)) => start,
        Ok(None) => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        Err(error) => return fail(&error),
    };
    match serve(start).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error),
    }
}

fn fail(error: &str) -> ExitCode {
    eprintln!("todoita-server: {error}");
    ExitCode::FAILURE
}

async fn serve(start: Start) -> Result<(), String> {
    std::fs::create_dir_all(&start.data)
        .map_err(|error| format!("{}: {error}", start.data.display()))?;
    let key = key(&start)?;
    let database = start.data.join("todoita.sqlite");
    let store = SqliteStore::open(&database)
        .await
        .map_err(|error| format!("{}: {error}", database.display()))?;
    let limits = listener::Limits {
        connections: start.max_connections,
        ..listener::Limits::default()
    };
    let (demo, secure) = (start.config.demo, start.config.secure());
    let built = startup::build(start.config, Arc::new(store.clone()), key, Clock::system())
        .map_err(|error| format!("{error:?}"))?;
    if demo {
        todoita_server::demo::people::seed(&built.login)
            .await
            .map_err(|error| format!("the demo's users: {error:?}"))?;
    } else {
        tracing::warn!("no gateway is built in: outside the demo, messages are not delivered");
    }
    startup::spawn_background(&built.login);
    let listener = TcpListener::bind(start.listen).await.map_err(|error| {
        format!(
            "cannot listen on {} ({error}); choose another address with --listen",
            start.listen
        )
    })?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    let mut banner = format!("todoita-server: http://{address}/\n");
    if demo {
        banner +=
            &format!("  demo user: hanako   password: demo   messages: http://{address}/outbox\n");
    } else if !secure {
        banner += "  cookies are not Secure: plain http on loopback\n";
    }
    // A closed standard output is no reason to stop.
    let _ = std::io::stdout().write_all(banner.as_bytes());
    listener::serve(listener, built.router, limits, shutdown_signal()).await;
    // A request that was cut off may still hold a connection.
    let _ = tokio::time::timeout(Duration::from_secs(5), store.close()).await;
    Ok(())
}

/// The key from the environment or the data folder. A service that only this machine can reach creates one.
fn key(start: &Start) -> Result<Key, String> {
    if let Ok(text) = std::env::var(KEY) {
        return Key::from_hex(&text)
            .ok_or_else(|| format!("{KEY} is not a key (64 hexadecimal digits)"));
    }
    let path: &Path = &start.data.join("todoita.key");
    let named = |error: std::io::Error| format!("the key: {error}");
    if path.exists() {
        Key::read(path).map_err(named)
    } else if start.on_loopback() {
        Key::create(path).map_err(named)
    } else {
        Err(format!(
            "off loopback a key is required: 64 hexadecimal digits in {KEY} or in {} (mode 0600), kept out of \
             the database's backups",
            path.display()
        ))
    }
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

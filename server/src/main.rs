//! Starts the reference login service.

use std::io::Write as _;
use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;

use todoita_server::clock::Clock;
use todoita_server::config::{Start, USAGE};
use todoita_server::key::Key;
use todoita_server::service::Service;
use todoita_server::store::Store;
use todoita_server::web::router::router;
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

/// The environment's name for the key.
const KEY: &str = "TODOITA_KEY";

#[tokio::main]
async fn main() -> ExitCode {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    let start = match Start::read(std::env::args().skip(1)) {
        Ok(Some(start)) => start,
        Ok(None) => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        Err(mistake) => return fail(&mistake),
    };
    match serve(start).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(mistake) => fail(&mistake),
    }
}

fn fail(mistake: &str) -> ExitCode {
    eprintln!("todoita-server: {mistake}");
    ExitCode::FAILURE
}

async fn serve(start: Start) -> Result<(), String> {
    std::fs::create_dir_all(&start.data)
        .map_err(|error| format!("{}: {error}", start.data.display()))?;
    let key = key(&start)?;
    let database = start.data.join("todoita.sqlite");
    let store = Store::open(&database)
        .await
        .map_err(|error| format!("{}: {error}", database.display()))?;
    let (demo, secure) = (start.config.demo, start.config.secure());
    let service = Service::new(start.config, store.clone(), key, Clock::system())
        .map_err(|error| format!("{error:?}"))?;
    if demo {
        todoita_server::settle_demo(&service)
            .await
            .map_err(|error| format!("the demo's users: {error:?}"))?;
    } else {
        tracing::warn!(
            "no gateway is built in: outside the demo, messages are made and go nowhere"
        );
    }
    let listener = TcpListener::bind(start.listen).await.map_err(|error| {
        format!(
            "{} cannot be listened on ({error}); name another address with --listen",
            start.listen
        )
    })?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    let mut said = format!("todoita-server: http://{address}/\n");
    if demo {
        said +=
            &format!("  demo user: hanako   password: demo   messages: http://{address}/outbox\n");
    } else if !secure {
        said += "  cookies are not Secure: plain http on loopback\n";
    }
    // Whoever started the service may not be listening.
    let _ = std::io::stdout().write_all(said.as_bytes());
    let app = router(service).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, app)
        .with_graceful_shutdown(asked_to_end())
        .await
        .map_err(|error| error.to_string())?;
    store.close().await;
    Ok(())
}

/// The key from the environment or the data folder. A service that only this machine can reach makes
/// one by itself.
fn key(start: &Start) -> Result<Key, String> {
    if let Ok(text) = std::env::var(KEY) {
        return Key::from_hex(&text)
            .ok_or_else(|| format!("{KEY} is no key (64 hexadecimal digits)"));
    }
    let path: &Path = &start.data.join("todoita.key");
    let known = |error: std::io::Error| format!("the key: {error}");
    if path.exists() {
        Key::read(path).map_err(known)
    } else if start.on_loopback() {
        Key::create(path).map_err(known)
    } else {
        Err(format!(
            "off loopback there has to be a key: 64 hexadecimal digits in {KEY} or in {} (mode 0600), kept \
             outside the database's backups",
            path.display()
        ))
    }
}

/// Waits for Ctrl+C, or for the signal that a service manager sends.
async fn asked_to_end() {
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

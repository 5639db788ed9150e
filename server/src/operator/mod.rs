//! The operator's commands: each runs against the database, beside the running service, and is logged.

use std::sync::Arc;

use login::clock::Clock;
use login::network::Network;
use login::operator::{self, NewAccount};
use login::service::Requester;
use login::{Service, rekey, timekeeping};

use crate::config::Start;
use crate::config::key::Missing;
use crate::data_lock::DataLock;
use crate::delivery;
use crate::startup;
use crate::store::{Database, DatabaseLock, Hold, Tables};

pub mod audit; // the audit log as JSON lines
pub mod command; // the commands, as they are written
mod password; // reads a new password
mod report; // results as text

use command::Command;

/// Runs a command. `environment`: the keys of the environment variable, if there are any; `lang`: the tag of the
/// language of notices. Gives the text for standard output.
///
/// # Errors
/// A sentence.
pub async fn run(
    start: &Start,
    command: &Command,
    environment: Option<&str>,
    lang: &'static str,
) -> Result<String, String> {
    let result = match open(start, command, environment).await {
        Ok((service, store, _locks)) => {
            let requester = Requester {
                host: String::new(),
                lang,
                network: Network::default(),
                browser: None,
            };
            let result = carry_out(start, (&service, &store), &requester, command).await;
            store.close().await;
            result.map_err(|error| sentence(&error))
        }
        Err(error) => Err(error),
    };
    let (action, account) = (command.action(), command.account());
    match &result {
        Ok(_) => tracing::info!(who = "operator", action, account, "done"),
        Err(error) => tracing::warn!(who = "operator", action, account, error, "refused"),
    }
    result
}

/// The locks of the data folder, for this machine, and of the database, for all.
type Locks = (DataLock, Option<DatabaseLock>);

/// Opens the database. Only `user add` creates a file, of a database or of its key: a wrong `--data` is an error and not an empty list.
async fn open(
    start: &Start,
    command: &Command,
    environment: Option<&str>,
) -> Result<(Service, Database, Locks), String> {
    let path = start.database_file();
    let needs_file = match command {
        Command::Add { .. } => false,
        Command::Import => true,
        _ => start.database.is_none(),
    };
    if !needs_file {
        start.create_data_folder()?;
    } else if !path.exists() {
        return Err(format!("{}: there is no such database", path.display()));
    }
    let (lock, hold) = if command.needs_service_stopped() {
        (DataLock::exclusive(&start.data)?, Hold::Alone)
    } else {
        (DataLock::shared(&start.data)?, Hold::Beside)
    };
    let missing = match command {
        Command::Add { .. } => Missing::IsMade,
        _ => Missing::IsError,
    };
    // Beside a service that runs, which may be of an older version, the tables stay as they are.
    let tables = match (hold, command) {
        (Hold::Alone, _) => Tables::BroughtUpToDate,
        (Hold::Beside, Command::Add { .. }) => Tables::MadeWhereNone,
        (Hold::Beside, _) => Tables::OfThisVersion,
    };
    let opened = start.open(environment, missing, hold, tables).await?;
    let (store, keys, locks) = (opened.store, opened.keys, (lock, opened.lock));
    let config = start.config.clone();
    // Without a configuration it is not known which channels the running service has: all of them count.
    let connected = config
        .delivery
        .any()
        .then(|| delivery::unconnected(&config.delivery));
    let store_of_service = Arc::new(store.clone());
    let clock = Clock::system();
    let built = startup::build_with(config, store_of_service, keys, clock, connected)
        .map_err(|error| sentence(&error))?;
    timekeeping::resume(&built.login)
        .await
        .map_err(|error| sentence(&error))?;
    Ok((built.login, store, locks))
}

async fn carry_out(
    start: &Start,
    (service, store): (&Service, &Database),
    requester: &Requester,
    command: &Command,
) -> Result<String, login::Error> {
    match command {
        Command::Import => import(start, store, service.clock.now()).await,
        Command::List => Ok(report::accounts(&operator::list(service).await?)),
        Command::Add {
            name,
            phone,
            mail,
            backup_codes,
        } => {
            let given = password::read()
                .map_err(|_| login::Error::InvalidInput("the password cannot be read".into()))?;
            let account = NewAccount {
                name,
                phone: phone.as_deref(),
                email: mail.as_deref(),
                backup_codes: *backup_codes,
            };
            Ok(lines(&operator::add(service, account, &given).await?))
        }
        Command::Unlock(name) => {
            operator::unlock(service, name).await?;
            Ok(String::new())
        }
        Command::ResetFactor(name, factor) => {
            let codes = operator::reset_factor(service, requester, name, *factor).await?;
            Ok(lines(&codes))
        }
        Command::EndSessions(name) => {
            let ended = operator::end_sessions(service, requester, name).await?;
            Ok(format!("sessions ended: {ended}\n"))
        }
        Command::SetDisabled(name, disabled) => {
            operator::set_disabled(service, name, *disabled).await?;
            Ok(String::new())
        }
        Command::Rekey => {
            let result = rekey::rekey(service).await?;
            Ok(report::rekeyed(&result, &service.key))
        }
        Command::AfterRestore => {
            operator::after_restore(service).await?;
            Ok("all sign-ins and sessions were ended, queued messages deleted\n".into())
        }
        Command::ExportAudit(period) => {
            audit::export(service, *period, &mut std::io::stdout()).await?;
            Ok(String::new())
        }
        Command::ResetClock => {
            timekeeping::reset(service).await?;
            Ok("the service's time is that of the system's clock\n".into())
        }
    }
}

async fn import(start: &Start, store: &Database, now: u64) -> Result<String, login::Error> {
    let imported = store.import(&start.database_file(), now).await;
    imported
        .map(|tables| report::imported(&tables))
        .map_err(|why| login::Error::InvalidInput(why.into()))
}

fn lines(codes: &[String]) -> String {
    codes.iter().map(|code| format!("{code}\n")).collect()
}

/// An error as a sentence for an operator.
fn sentence(error: &login::Error) -> String {
    match error {
        login::Error::InvalidInput(why) => why.clone().into_owned(),
        login::Error::Store(error) => error.to_string(),
        login::Error::NoRandomness(error) => error.to_string(),
        other => format!("{other:?}"),
    }
}

//! The databases of the benchmark: files in a temporary folder, and databases of a server that waits for the disk.

use std::path::Path;

use sqlx::AnyPool;
use tempfile::TempDir;
use todoita_server::store::{Database, ServerSettings};

/// The environment variable that names the server, without a database.
const SERVER: &str = "TODOITA_BENCH_POSTGRES";
/// Connections of a service to a server.
const CONNECTIONS: u32 = 20;

/// An empty database.
pub struct Place {
    /// Which kind.
    pub kind: Kind,
    /// As the tables name it.
    pub name: &'static str,
    /// Its URL.
    pub url: String,
    folder: TempDir,
}

/// A kind of database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Sqlite,
    Postgres,
}

impl Place {
    /// The kinds of databases that there are: without a server, the file alone.
    pub fn kinds() -> Vec<Kind> {
        if std::env::var(SERVER).is_ok() {
            return vec![Kind::Sqlite, Kind::Postgres];
        }
        println!("PostgreSQL: no server; `cargo xtask bench server` starts one");
        vec![Kind::Sqlite]
    }

    /// Makes one. `name`: of the database on a server.
    pub async fn new(kind: Kind, name: &str) -> Place {
        sqlx::any::install_default_drivers();
        let folder = TempDir::new().unwrap();
        match kind {
            Kind::Sqlite => {
                let file = folder.path().join("todoita.sqlite");
                Place {
                    kind,
                    name: "SQLite",
                    url: format!("sqlite:{}", file.display()),
                    folder,
                }
            }
            Kind::Postgres => {
                let server = std::env::var(SERVER).unwrap();
                let pool = connect(&format!("{server}/postgres")).await;
                execute(&pool, &format!("CREATE DATABASE {name}")).await;
                pool.close().await;
                Place {
                    kind,
                    name: "PostgreSQL",
                    url: format!("{server}/{name}"),
                    folder,
                }
            }
        }
    }

    /// The folder of a file.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Opens it as a service does.
    pub async fn open(&self) -> Database {
        match self.kind {
            Kind::Sqlite => {
                let file = self.folder.path().join("todoita.sqlite");
                Database::file(&file).await.unwrap()
            }
            Kind::Postgres => {
                let settings = ServerSettings::with_connections(CONNECTIONS);
                Database::server(&self.url, &settings).await.unwrap()
            }
        }
    }

    /// One connection, for rows that no service has written.
    pub async fn rows(&self) -> AnyPool {
        connect(&self.url).await
    }
}

async fn connect(url: &str) -> AnyPool {
    let options = sqlx::any::AnyPoolOptions::new().max_connections(1);
    options.connect(url).await.unwrap()
}

/// Carries out a statement without parameters.
pub async fn execute(pool: &AnyPool, statement: &str) {
    let query = sqlx::query(sqlx::AssertSqlSafe(statement.to_owned()));
    if let Err(error) = query.execute(pool).await {
        panic!("{statement}: {error}");
    }
}

//! The databases of the tests: SQLite files, or, where the environment variable names a PostgreSQL server, databases
//! on it. `cargo xtask test` runs the same tests for both.

use std::path::Path;
use std::process::Stdio;
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::AnyPool;
use tempfile::TempDir;
use todoita_server::store::{Database, ServerSettings};
use tokio::process::Command;
use tokio::sync::Mutex;

use super::proxy::Proxy;

/// The URL of a server of PostgreSQL on which the tests may make databases, without the name of one.
const SERVER: &str = "TODOITA_TEST_POSTGRES";

/// Connections of a service, as many as the tests need at once beside each other on one server.
const CONNECTIONS: u32 = 4;

/// A copy of a database, for further sites.
pub enum Template {
    File(Vec<u8>),
    /// The name of a database that nobody uses.
    Server(String),
}

/// One site's database.
pub struct Place {
    pub folder: TempDir,
    /// For a server: the URL.
    pub url: Option<String>,
}

impl Place {
    /// An empty one.
    pub async fn fresh() -> Place {
        let url = match server() {
            Some(server) => Some(create(&server, "template0").await),
            None => None,
        };
        let folder = TempDir::new().unwrap();
        Place { folder, url }
    }

    /// An empty file, whatever the other databases are.
    pub fn file() -> Place {
        let folder = TempDir::new().unwrap();
        Place { folder, url: None }
    }

    /// The path of a file.
    pub fn path(&self) -> std::path::PathBuf {
        file(self.folder.path())
    }

    /// A copy.
    pub async fn copy_of(template: &Template) -> Place {
        let folder = TempDir::new().unwrap();
        let url = match template {
            Template::File(bytes) => {
                std::fs::write(file(folder.path()), bytes).unwrap();
                None
            }
            Template::Server(name) => Some(create(&server().unwrap(), name).await),
        };
        Place { folder, url }
    }

    /// Makes a closed database the template of others.
    pub fn into_template(self) -> Template {
        match &self.url {
            Some(url) => Template::Server(url.rsplit_once('/').unwrap().1.to_owned()),
            None => Template::File(std::fs::read(file(self.folder.path())).unwrap()),
        }
    }

    pub async fn open(&self) -> Database {
        match &self.url {
            Some(url) => server_at(url).await.unwrap(),
            None => Database::file(&file(self.folder.path())).await.unwrap(),
        }
    }

    /// The same database of a server, through a proxy.
    pub async fn open_behind_proxy(&self) -> (Database, Proxy) {
        let url = self.url.as_deref().expect(SERVER);
        let (user, rest) = url.split_once('@').unwrap();
        let (server, name) = rest.split_once('/').unwrap();
        let proxy = Proxy::start(server.parse().unwrap()).await;
        let url = format!("{user}@{}/{name}", proxy.address);
        (server_at(&url).await.unwrap(), proxy)
    }

    /// The program on a machine of its own, whose data folder is `machine`: nothing but this PostgreSQL database is shared.
    pub fn program(&self, machine: &TempDir) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_todoita-server"));
        command
            .arg("--data")
            .arg(machine.path())
            .env("TODOITA_DATABASE", self.url.as_deref().unwrap())
            .env("TODOITA_KEY", "01".repeat(32))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        command
    }

    /// The rows, for facts that no page shows. Parameters are `$1`, `$2`.
    pub async fn rows(&self) -> AnyPool {
        sqlx::any::install_default_drivers();
        let url = match &self.url {
            Some(url) => url.clone(),
            None => format!("sqlite:{}", file(self.folder.path()).display()),
        };
        let options = sqlx::any::AnyPoolOptions::new().max_connections(1);
        options.connect(&url).await.unwrap()
    }

    /// Lets every update of a table fail.
    pub async fn refuse_updates(&self, table: &str) {
        let statements = if self.url.is_some() {
            [
                "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS \
                 'BEGIN RAISE EXCEPTION ''no''; END'"
                    .to_owned(),
                format!(
                    "CREATE TRIGGER broken BEFORE UPDATE ON {table} \
                     FOR EACH ROW EXECUTE FUNCTION refuse()"
                ),
            ]
        } else {
            [
                format!(
                    "CREATE TRIGGER broken BEFORE UPDATE ON {table} \
                     BEGIN SELECT RAISE(ABORT, 'no'); END"
                ),
                "SELECT 1".to_owned(),
            ]
        };
        for statement in statements {
            self.execute(statement).await;
        }
    }

    pub async fn allow_updates(&self, table: &str) {
        let of_table = if self.url.is_some() {
            format!(" ON {table}")
        } else {
            String::new()
        };
        self.execute(format!("DROP TRIGGER broken{of_table}")).await;
    }

    async fn execute(&self, statement: String) {
        let statement = sqlx::query(sqlx::AssertSqlSafe(statement));
        statement.execute(&self.rows().await).await.unwrap();
    }

    /// Everything in the tables of a database on a server.
    pub async fn rows_as_bytes(&self) -> Vec<u8> {
        let pool = self.rows().await;
        let tables = "SELECT CAST(table_name AS TEXT) FROM information_schema.tables \
                      WHERE table_schema = 'public'";
        let tables: Vec<String> = sqlx::query_scalar(tables).fetch_all(&pool).await.unwrap();
        assert!(tables.len() > 10, "{tables:?}");
        let mut bytes = Vec::new();
        for table in tables {
            let select = format!("SELECT CAST({table} AS TEXT) FROM {table}");
            let rows = sqlx::query_scalar::<_, String>(sqlx::AssertSqlSafe(select));
            let rows = rows.fetch_all(&pool).await.unwrap();
            bytes.extend(rows.iter().flat_map(|row| with_binary(row)));
        }
        bytes
    }
}

/// A row as text, with the bytes of its binary columns, which the text has as `\\x` and hexadecimal digits.
fn with_binary(row: &str) -> Vec<u8> {
    let mut bytes = row.as_bytes().to_vec();
    for binary in row.split("\\x").skip(1) {
        let digits: Vec<char> = binary.chars().take_while(char::is_ascii_hexdigit).collect();
        let byte = |pair: &[char]| u8::from_str_radix(&pair.iter().collect::<String>(), 16);
        bytes.extend(digits.chunks(2).flat_map(byte));
    }
    bytes
}

fn file(folder: &Path) -> std::path::PathBuf {
    folder.join("todoita.sqlite")
}

async fn server_at(url: &str) -> Result<Database, String> {
    Database::server(url, &ServerSettings::with_connections(CONNECTIONS)).await
}

fn server() -> Option<String> {
    std::env::var(SERVER).ok()
}

/// Creates a database on a server, and gives its URL.
async fn create(server: &str, template: &str) -> String {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    /// Two copies of one template at the same instant would refuse each other.
    static ONE_AT_A_TIME: Mutex<()> = Mutex::const_new(());
    sqlx::any::install_default_drivers();
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let name = format!("test_{}_{number}", std::process::id());
    let _turn = ONE_AT_A_TIME.lock().await;
    let options = sqlx::any::AnyPoolOptions::new().max_connections(1);
    let pool = options
        .connect(&format!("{server}/postgres"))
        .await
        .unwrap();
    let statement = format!("CREATE DATABASE {name} TEMPLATE {template}");
    sqlx::query(sqlx::AssertSqlSafe(statement))
        .execute(&pool)
        .await
        .unwrap();
    pool.close().await;
    format!("{server}/{name}")
}

//! Copying the database of a file: the step from SQLite to PostgreSQL.

use futures_util::TryStreamExt as _;
use login::operator;
use sqlx::sqlite::{SqlitePool, SqliteRow};
use sqlx::{AssertSqlSafe, PgConnection, Postgres, QueryBuilder, Row as _};

use super::PostgresStore;

/// Every table, after those that its rows refer to.
const TABLES: [&str; 15] = [
    "users",
    "backup_codes",
    "sign_ins",
    "sent_codes",
    "submissions",
    "failures",
    "known_places",
    "events",
    "sessions",
    "authenticator_candidates",
    "messages",
    "deliveries",
    "gateways",
    "audit",
    "clock",
];

/// Rows inserted by one statement.
const BATCH: usize = 500;

/// A copied table and the number of its rows.
pub type Copied = (&'static str, u64);

/// Why nothing was copied.
#[derive(Debug)]
pub enum ImportError {
    /// The table has rows. Only an empty database is imported into: nothing says which of two accounts of a name is right.
    NotEmpty(&'static str),
    /// A statement failed.
    Database(sqlx::Error),
    /// The entry of the audit log failed.
    Unrecorded(login::Error),
}

impl From<sqlx::Error> for ImportError {
    fn from(error: sqlx::Error) -> ImportError {
        ImportError::Database(error)
    }
}

/// A column, and how it is read.
struct Column {
    name: String,
    kind: Kind,
}

#[derive(Clone, Copy)]
enum Kind {
    Integer,
    Flag,
    Text,
    Bytes,
}

enum Value {
    Integer(Option<i64>),
    Flag(Option<bool>),
    Text(Option<String>),
    Bytes(Option<Vec<u8>>),
}

impl Kind {
    fn of(data_type: &str) -> Result<Kind, sqlx::Error> {
        Ok(match data_type {
            "bigint" | "integer" => Kind::Integer,
            "boolean" => Kind::Flag,
            "text" => Kind::Text,
            "bytea" => Kind::Bytes,
            other => {
                let why = format!("no value of SQLite becomes a value of {other}");
                return Err(sqlx::Error::Protocol(why));
            }
        })
    }

    fn read(self, row: &SqliteRow, at: usize) -> Result<Value, sqlx::Error> {
        Ok(match self {
            Kind::Integer => Value::Integer(row.try_get(at)?),
            Kind::Flag => Value::Flag(row.try_get(at)?),
            Kind::Text => Value::Text(row.try_get(at)?),
            Kind::Bytes => Value::Bytes(row.try_get(at)?),
        })
    }
}

impl PostgresStore {
    /// Copies all rows of a file into the tables, which have to be empty, and records it as of `now`, in one transaction.
    ///
    /// # Errors
    /// [`ImportError`]; nothing is copied then.
    pub(crate) async fn import(
        &self,
        file: &SqlitePool,
        now: u64,
    ) -> Result<Vec<Copied>, ImportError> {
        let mut transaction = self.begin_writing().await?;
        let db = transaction.db();
        // A service that starts meanwhile waits.
        execute(db, "LOCK TABLE users IN ACCESS EXCLUSIVE MODE".to_owned()).await?;
        // Every service writes its time.
        execute(db, "DELETE FROM clock".to_owned()).await?;
        for table in TABLES {
            if count(db, table).await? > 0 {
                return Err(ImportError::NotEmpty(table));
            }
        }
        let mut copied = Vec::new();
        for table in TABLES {
            copied.push((table, copy(file, db, table).await?));
        }
        let recorded = operator::record_import(&mut transaction, now).await;
        recorded.map_err(ImportError::Unrecorded)?;
        transaction.transaction.commit().await?;
        Ok(copied)
    }
}

/// Copies a table, and gives the number of its rows.
async fn copy(file: &SqlitePool, db: &mut PgConnection, table: &str) -> Result<u64, sqlx::Error> {
    let columns = columns(db, table).await?;
    let names: Vec<&str> = columns.iter().map(|it| it.name.as_str()).collect();
    let names = names.join(", ");
    let select = format!("SELECT {names} FROM {table}");
    let mut rows = sqlx::query(AssertSqlSafe(select)).fetch(file);
    let mut batch = Vec::new();
    let mut copied = 0;
    loop {
        let row = rows.try_next().await?;
        let is_last = row.is_none();
        if let Some(row) = row {
            let values = columns.iter().enumerate();
            let values = values.map(|(at, column)| column.kind.read(&row, at));
            batch.push(values.collect::<Result<Vec<Value>, _>>()?);
        }
        if batch.len() == BATCH || (is_last && !batch.is_empty()) {
            copied += batch.len() as u64;
            insert(db, table, &names, batch.drain(..)).await?;
        }
        if is_last {
            break;
        }
    }
    if columns
        .iter()
        .any(|it| it.name == "id" && matches!(it.kind, Kind::Integer))
    {
        continue_numbers(db, table).await?;
    }
    Ok(copied)
}

async fn insert(
    db: &mut PgConnection,
    table: &str,
    names: &str,
    rows: impl Iterator<Item = Vec<Value>>,
) -> Result<(), sqlx::Error> {
    let insert = format!("INSERT INTO {table} ({names}) OVERRIDING SYSTEM VALUE ");
    let mut query = QueryBuilder::<Postgres>::new(insert);
    query.push_values(rows, |mut values, row| {
        for value in row {
            match value {
                Value::Integer(value) => values.push_bind(value),
                Value::Flag(value) => values.push_bind(value),
                Value::Text(value) => values.push_bind(value),
                Value::Bytes(value) => values.push_bind(value),
            };
        }
    });
    query.build().execute(db).await?;
    Ok(())
}

/// The columns in their order.
async fn columns(db: &mut PgConnection, table: &str) -> Result<Vec<Column>, sqlx::Error> {
    let select = "SELECT CAST(column_name AS TEXT), CAST(data_type AS TEXT) \
                  FROM information_schema.columns \
                  WHERE table_schema = current_schema() AND table_name = $1 \
                  ORDER BY ordinal_position";
    let rows: Vec<(String, String)> = sqlx::query_as(select).bind(table).fetch_all(db).await?;
    let column = |(name, data_type): (String, String)| {
        let kind = Kind::of(&data_type)?;
        Ok(Column { name, kind })
    };
    rows.into_iter().map(column).collect()
}

/// Lets the next row of a table that numbers its rows have a number of its own.
async fn continue_numbers(db: &mut PgConnection, table: &str) -> Result<(), sqlx::Error> {
    let sequence = format!("pg_get_serial_sequence('{table}', 'id')");
    let select = format!(
        "SELECT setval({sequence}, (SELECT COALESCE(MAX(id), 0) + 1 FROM {table}), FALSE) \
         WHERE {sequence} IS NOT NULL"
    );
    execute(db, select).await
}

async fn count(db: &mut PgConnection, table: &str) -> Result<i64, sqlx::Error> {
    let select = format!("SELECT COUNT(*) FROM {table}");
    let counted = sqlx::query_scalar(AssertSqlSafe(select));
    counted.fetch_one(db).await
}

async fn execute(db: &mut PgConnection, statement: String) -> Result<(), sqlx::Error> {
    sqlx::query(AssertSqlSafe(statement)).execute(db).await?;
    Ok(())
}

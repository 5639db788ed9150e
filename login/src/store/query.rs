//! A query that is under way, and its error.

use std::error;
use std::fmt;
use std::pin::Pin;

/// The number of an account.
pub type AccountId = i64;

/// A query that is under way.
pub type StoreFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// When the same may succeed that has failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    /// Never: the statement or the database is wrong.
    Never,
    /// In a moment: the database is busy or unreachable.
    Later,
    /// At once: the transaction gave way to another one, and left nothing.
    AtOnce,
}

/// The database failed.
#[derive(Debug)]
pub struct StoreError {
    /// Whether the same request may succeed in a moment.
    pub transient: bool,
    /// Whether the transaction gave way to another one and left nothing: it may be run again from its beginning, at once.
    pub conflict: bool,
    source: Box<dyn error::Error + Send + Sync>,
}

impl StoreError {
    /// Wraps an error of a database driver.
    pub fn new(source: impl error::Error + Send + Sync + 'static, again: Again) -> StoreError {
        StoreError {
            transient: again != Again::Never,
            conflict: again == Again::AtOnce,
            source: Box::new(source),
        }
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the database failed: {}", self.source)
    }
}

impl error::Error for StoreError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        Some(self.source.as_ref())
    }
}

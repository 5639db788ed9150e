//! The audit log.

use super::query::StoreFuture;

/// An entry to be added to the audit log.
#[derive(Clone, Copy, Debug)]
pub struct NewAuditEntry<'a> {
    /// When it happened, milliseconds since the Unix epoch.
    pub at: u64,
    /// Who did it: `person`, `operator` or `service`.
    pub who: &'a str,
    /// The name of the account; `None` where there is no such account, or it concerns all.
    pub account: Option<&'a str>,
    /// The network of the request as limits count it; empty for an operator.
    pub network: &'a str,
    /// The kind of event.
    pub action: &'a str,
    /// How it ended.
    pub outcome: &'a str,
    /// Further facts; empty where there are none.
    pub detail: &'a str,
}

/// An entry of the audit log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// Its number: later entries have higher ones.
    pub id: i64,
    /// When it happened, milliseconds since the Unix epoch.
    pub at: u64,
    /// Who did it.
    pub who: String,
    /// The name of the account.
    pub account: Option<String>,
    /// The network of the request.
    pub network: String,
    /// The kind of event.
    pub action: String,
    /// How it ended.
    pub outcome: String,
    /// Further facts.
    pub detail: String,
}

/// The entries that are read.
#[derive(Clone, Copy, Debug)]
pub struct AuditRange {
    /// Only entries with a higher number than this.
    pub after: i64,
    /// Only entries from this time on, milliseconds since the Unix epoch.
    pub since: u64,
    /// Only entries from before this time, milliseconds since the Unix epoch.
    pub until: u64,
    /// The most entries.
    pub limit: u32,
}

/// Reads the audit log.
pub trait ReadAudit {
    /// The entries of a range, in the order of their numbers.
    fn audit_entries(&mut self, range: AuditRange) -> StoreFuture<'_, Vec<AuditEntry>>;
}

/// Writes the audit log.
pub trait WriteAudit {
    /// Adds an entry, and gives its number.
    fn add_audit_entry<'a>(&'a mut self, entry: NewAuditEntry<'a>) -> StoreFuture<'a, i64>;

    /// Changes the outcome of the entry with a number, which was not known when it was added.
    fn set_audit_outcome<'a>(&'a mut self, id: i64, outcome: &'a str) -> StoreFuture<'a, ()>;

    /// Removes the entry with a number: of a password that was right and is not recorded as such.
    fn remove_audit_entry(&mut self, id: i64) -> StoreFuture<'_, ()>;
}

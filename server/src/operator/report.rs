//! The results of commands as text for standard output.

use std::collections::BTreeMap;

use login::crypto::key::KeyId;
use login::crypto::keys::Keys;
use login::operator::Account;
use login::rekey::Rekeyed;
use login::store::Keyed;

use crate::instant::instant;
use crate::store::Copied;

/// Accounts, one a line: name, methods, backup codes left, sessions, state; separated by tabulators.
pub fn accounts(accounts: &[Account]) -> String {
    let mut text = String::from("name\tmethods\tbackup codes\tsessions\tstate\n");
    for account in accounts {
        let methods: Vec<&str> = account.methods.iter().map(|it| it.as_str()).collect();
        let state = match (account.disabled, account.locked_until) {
            (true, _) => "disabled".to_owned(),
            (false, Some(until)) => format!("locked until {}", instant(until)),
            (false, None) => "open".to_owned(),
        };
        text += &format!(
            "{}\t{}\t{}\t{}\t{state}\n",
            account.name,
            methods.join(" "),
            account.backup_codes,
            account.sessions,
        );
    }
    text
}

/// The copied tables, one a line, with the numbers of their rows.
pub fn imported(tables: &[Copied]) -> String {
    tables
        .iter()
        .map(|(table, rows)| format!("{table}\t{rows}\n"))
        .collect()
}

/// The result of a change of the key.
pub fn rekeyed(result: &Rekeyed, keys: &Keys) -> String {
    let mut text = format!("sealed again: {}\n", result.sealed);
    if result.unopened > 0 {
        text += &format!("not opened: {} (see the log)\n", result.unopened);
    }
    let mut by_key: BTreeMap<KeyId, Vec<String>> = BTreeMap::new();
    for keyed in &result.uses {
        let what = match keyed.what {
            Keyed::AuthenticatorSecrets => "secrets of authenticators",
            Keyed::Messages => "queued messages",
            Keyed::BackupCodes => "backup codes",
            Keyed::SignIns => "sign-ins",
            Keyed::Sessions => "sessions",
            Keyed::KnownPlaces => "known places",
        };
        let line = format!("{what}: {}", keyed.rows);
        by_key.entry(keyed.key).or_default().push(line);
    }
    let current = keys.current_id();
    let mut older = false;
    for (key, values) in by_key {
        let role = match key {
            key if key == current => "current",
            key if keys.has(key) => "older",
            _ => "not given",
        };
        older |= role == "older";
        text += &format!("key {key} ({role}): {}\n", values.join(", "));
    }
    text += if older {
        "Keep the older key until nothing names it: sign-ins and sessions end, backup codes are used or replaced.\n"
    } else {
        "Nothing names an older key: it may be removed.\n"
    };
    text
}

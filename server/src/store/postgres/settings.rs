//! How many connections a program has to the server, and how long it waits there.

use std::time::Duration;

use super::connection::PATIENCE;

/// The connections to a server, and their limits of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServerSettings {
    /// Connections at the same time.
    pub connections: u32,
    /// How long a request waits for one of them.
    pub wait: Duration,
    /// How long a statement may take.
    pub statement_timeout: Duration,
    /// How long a statement waits for a lock, such as that of an account.
    pub lock_timeout: Duration,
    /// How long a transaction may be open whose client is silent, since its machine has lost the network: it holds the lock of its
    /// account.
    pub idle_transaction_timeout: Duration,
}

impl Default for ServerSettings {
    fn default() -> Self {
        ServerSettings {
            connections: 10,
            wait: Duration::from_secs(30),
            statement_timeout: Duration::from_secs(20),
            lock_timeout: Duration::from_secs(10),
            idle_transaction_timeout: Duration::from_secs(30),
        }
    }
}

/// The names of the settings.
const CONNECTIONS: &str = "database-connections";
const WAIT: &str = "database-wait";
const STATEMENT: &str = "database-statement-timeout";
const LOCK: &str = "database-lock-timeout";
const IDLE: &str = "database-idle-transaction-timeout";

/// Shorter limits would end what a busy machine does.
const SHORTEST: Duration = Duration::from_secs(1);

impl ServerSettings {
    /// The defaults, with so many connections.
    pub fn with_connections(connections: u32) -> ServerSettings {
        ServerSettings {
            connections,
            ..ServerSettings::default()
        }
    }

    /// Refuses settings of which one would have no effect. `request_limit`: how long an answer may take.
    ///
    /// # Errors
    /// A sentence that names the setting.
    pub fn check(&self, request_limit: Duration) -> Result<(), String> {
        if self.connections < 2 {
            return Err(format!(
                "{CONNECTIONS}: at least 2, one of them for the queue"
            ));
        }
        for (name, limit) in self.limits() {
            if limit < SHORTEST {
                return Err(format!(
                    "{name}: at least 1s; the server takes 0s for no limit"
                ));
            }
        }
        if self.lock_timeout >= self.statement_timeout {
            return Err(format!(
                "{LOCK}: below {STATEMENT}, which ends a statement that waits for a lock too"
            ));
        }
        for (name, limit) in [(WAIT, self.wait), (STATEMENT, self.statement_timeout)] {
            if limit > request_limit {
                return Err(format!(
                    "{name}: at most request-limit, after which nobody waits for the answer"
                ));
            }
        }
        let patience = PATIENCE.as_secs();
        if self.statement_timeout > PATIENCE {
            return Err(format!(
                "{STATEMENT}: at most {patience}s, after which the server counts as lost"
            ));
        }
        if self.wait.saturating_add(self.lock_timeout) > PATIENCE {
            return Err(format!(
                "{WAIT} and {LOCK}: together at most {patience}s, after which the server counts as lost"
            ));
        }
        Ok(())
    }

    fn limits(&self) -> [(&'static str, Duration); 4] {
        [
            (WAIT, self.wait),
            (STATEMENT, self.statement_timeout),
            (LOCK, self.lock_timeout),
            (IDLE, self.idle_transaction_timeout),
        ]
    }

    /// Those that the server keeps, by its names for them, in milliseconds.
    pub(super) fn of_the_session(&self) -> [(&'static str, String); 3] {
        [
            ("statement_timeout", self.statement_timeout),
            ("lock_timeout", self.lock_timeout),
            (
                "idle_in_transaction_session_timeout",
                self.idle_transaction_timeout,
            ),
        ]
        .map(|(name, limit)| (name, limit.as_millis().to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REQUEST: Duration = Duration::from_secs(30);

    /// The refusal of settings that were changed.
    fn refusal(change: impl FnOnce(&mut ServerSettings)) -> String {
        let mut settings = ServerSettings::default();
        change(&mut settings);
        settings.check(REQUEST).err().unwrap_or_default()
    }

    #[test]
    fn a_limit_that_would_have_no_effect_is_refused() {
        let seconds = Duration::from_secs;
        assert_eq!(refusal(|_| ()), "");
        assert!(refusal(|it| it.connections = 1).contains("database-connections: at least 2"));
        for none in [Duration::ZERO, Duration::from_millis(999)] {
            let refused = refusal(|it| it.idle_transaction_timeout = none);
            assert!(
                refused.contains("database-idle-transaction-timeout: at least 1s"),
                "{refused}"
            );
            assert!(refusal(|it| it.lock_timeout = none).contains("at least 1s"));
        }
        assert!(refusal(|it| it.lock_timeout = seconds(20)).contains("below database-statement"));
        assert!(refusal(|it| it.statement_timeout = seconds(31)).contains("request-limit"));
        assert!(refusal(|it| it.wait = seconds(31)).contains("request-limit"));
        assert!(refusal(|it| it.lock_timeout = seconds(11)).contains("together at most 40s"));
        let long = ServerSettings {
            statement_timeout: seconds(41),
            ..ServerSettings::default()
        };
        let refused = long.check(seconds(60)).unwrap_err();
        assert!(refused.contains("at most 40s"), "{refused}");
    }
}

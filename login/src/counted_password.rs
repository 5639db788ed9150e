//! The counters of submitted passwords: by name, by network, and by both.

use todoita::policy;

use crate::error::Error;
use crate::service::{Requester, Service};
use crate::store::{Counter, Transaction};

/// A password that was counted before it is checked.
#[derive(Debug)]
pub struct CountedPassword {
    name: String,
    network: String,
    name_and_network: String,
    at: u64,
}

impl CountedPassword {
    /// Counts a password for a name.
    ///
    /// # Errors
    /// [`Error::TooManyPasswords`]. Internal errors: database.
    pub async fn count(
        service: &Service,
        requester: &Requester,
        name: &str,
    ) -> Result<CountedPassword, Error> {
        let (now, limits) = (service.clock.now(), &service.settings.limits);
        let counted = CountedPassword {
            name: name.to_owned(),
            network: requester.network.clone(),
            name_and_network: format!("{name} {}", requester.network),
            at: now,
        };
        let allowed = [
            limits.passwords_per_name,
            limits.passwords_per_name_and_address,
            limits.passwords_per_address,
        ];
        let since = now.saturating_sub(limits.passwords_within);
        let mut tx = service.store.begin().await?;
        for ((counter, key), allowed) in counted.counters().into_iter().zip(allowed) {
            let times = tx.events(counter, key, since).await?;
            if let Some(retry_at) = policy::window(&times, allowed, limits.passwords_within, now) {
                return Err(Error::TooManyPasswords { retry_at, now });
            }
        }
        for (counter, key) in counted.counters() {
            tx.add_event(counter, key, now).await?;
        }
        tx.commit().await?;
        Ok(counted)
    }

    fn counters(&self) -> [(Counter, &str); 3] {
        [
            (Counter::PasswordForName, &self.name),
            (Counter::PasswordForNameFromNetwork, &self.name_and_network),
            (Counter::PasswordFromNetwork, &self.network),
        ]
    }

    /// Takes the count back after the password was right: right passwords use up no limit. Wrong ones of
    /// others stay counted; those of the same name from the same network were the person's own mistakes.
    ///
    /// # Errors
    /// Internal errors: database.
    pub async fn take_back(&self, tx: &mut dyn Transaction) -> Result<(), Error> {
        for (counter, key) in self.counters() {
            if counter == Counter::PasswordForNameFromNetwork {
                tx.clear_events(counter, key).await?;
            } else {
                tx.remove_event(counter, key, self.at).await?;
            }
        }
        Ok(())
    }
}

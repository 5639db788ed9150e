//! The counters of submitted passwords: by name and by network, at three widths.
//!
//! In a known place of the account only the counter of that place counts, which nobody elsewhere can use up.

use todoita::policy::{DAY, Limits};

use crate::audit;
use crate::crypto::hex::hex;
use crate::error::Error;
use crate::known_places::KnownPlace;
use crate::rerun;
use crate::service::{Requester, Service};
use crate::sliding_window::{self, Room, SlidingWindow};
use crate::store::{Counter, Snapshot, Transaction, User};

/// A password that is counted before it is checked.
#[derive(Debug)]
pub struct CountedPassword {
    windows: Vec<SlidingWindow>,
    at: u64,
    entry: Option<i64>,
}

impl CountedPassword {
    /// Prepares the count of a password for a name. `place`: the known place of the name's account, if the request
    /// comes from one.
    pub fn new(
        service: &Service,
        requester: &Requester,
        name: &str,
        place: Option<KnownPlace>,
    ) -> CountedPassword {
        let limits = &service.settings.limits;
        let at = service.clock.now();
        let windows = match place {
            Some(KnownPlace { place, .. }) => {
                vec![name_and_address(limits, format!("{name} {}", hex(&place)))]
            }
            None => elsewhere(limits, requester, name),
        };
        CountedPassword {
            windows,
            at,
            entry: None,
        }
    }

    /// Refuses a password that a limit does not allow. Reads only, so that a flood of passwords writes nothing.
    ///
    /// # Errors
    /// [`Error::TooManyPasswords`]. Internal errors: database.
    pub async fn check(&self, db: &mut dyn Snapshot) -> Result<(), Error> {
        self.rooms(db).await.map(|_| ())
    }

    /// The counters that this password uses up.
    async fn rooms(&self, db: &mut dyn Snapshot) -> Result<Vec<Counter>, Error> {
        let mut until = None;
        let mut used_up = Vec::new();
        for window in &self.windows {
            match window.room(db, self.at).await? {
                Room::Open => {}
                Room::One => used_up.push(window.counter),
                Room::Full(at) => until = until.max(Some(at)),
            }
        }
        until.map_or(Ok(used_up), |retry_at| {
            Err(Error::TooManyPasswords {
                retry_at,
                now: self.at,
            })
        })
    }

    /// Counts the password, and records it. `user`: the account of the name, if there is one.
    ///
    /// # Errors
    /// [`Error::TooManyPasswords`]. Internal errors: database.
    pub async fn count(
        &mut self,
        service: &Service,
        requester: &Requester,
        user: Option<&User>,
    ) -> Result<(), Error> {
        let counted = &*self;
        self.entry = rerun::on_conflict(|| counted.counted(service, requester, user)).await?;
        Ok(())
    }

    /// Counts and records it. Gives the number of its entry in the audit log.
    async fn counted(
        &self,
        service: &Service,
        requester: &Requester,
        user: Option<&User>,
    ) -> Result<Option<i64>, Error> {
        let mut tx = service.store.begin().await?;
        sliding_window::lock(&mut *tx, &self.windows).await?;
        let used_up = self.rooms(&mut *tx).await?;
        for window in &self.windows {
            tx.add_event(window.counter, &window.key, self.at).await?;
        }
        let account = user.map(|user| user.name.as_str());
        let (db, at) = (&mut *tx, self.at);
        let entry = audit::password(service, db, requester, account, at, &used_up).await?;
        tx.commit().await?;
        Ok(entry)
    }

    /// The number of its entry in the audit log, if it has one, and when it was counted (milliseconds since the Unix epoch).
    pub fn entry(&self) -> (Option<i64>, u64) {
        (self.entry, self.at)
    }

    /// Takes the count back after the password was right: right passwords use up no limit. Wrong ones of
    /// others stay counted; those of the same name from the same place were the person's own mistakes.
    ///
    /// # Errors
    /// Internal errors: database.
    pub async fn take_back(&self, tx: &mut dyn Transaction) -> Result<(), Error> {
        for SlidingWindow { counter, key, .. } in &self.windows {
            if *counter == Counter::PasswordForNameFromAddress {
                tx.clear_events(*counter, key).await?;
            } else {
                tx.remove_event(*counter, key, self.at).await?;
            }
        }
        Ok(())
    }
}

fn name_and_address(limits: &Limits, key: String) -> SlidingWindow {
    SlidingWindow {
        counter: Counter::PasswordForNameFromAddress,
        key,
        allowed: limits.passwords_per_name_and_address,
        within: limits.passwords_within,
    }
}

/// The windows of a place that is not known.
fn elsewhere(limits: &Limits, requester: &Requester, name: &str) -> Vec<SlidingWindow> {
    let network = &requester.network;
    let within = limits.passwords_within;
    let window = |counter, key: &str, allowed| SlidingWindow {
        counter,
        key: key.to_owned(),
        allowed,
        within,
    };
    vec![
        name_and_address(limits, format!("{name} {}", network.address)),
        SlidingWindow {
            counter: Counter::PasswordForNameFromRange,
            key: format!("{name} {}", network.range),
            allowed: limits.passwords_per_name_and_range,
            within: DAY,
        },
        window(Counter::PasswordForName, name, limits.passwords_per_name),
        window(
            Counter::PasswordFromAddress,
            &network.address,
            limits.passwords_per_address,
        ),
        window(
            Counter::PasswordFromSubnet,
            &network.subnet,
            limits.passwords_per_subnet,
        ),
        window(
            Counter::PasswordFromRange,
            &network.range,
            limits.passwords_per_range,
        ),
    ]
}

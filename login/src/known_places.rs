//! Known places: the networks and browsers in which an account has completed a sign-in.
//!
//! Limits that somebody else can use up (of a name, of a range of addresses, of failures elsewhere) do not hold in a
//! known place: it has limits of its own, so that whoever guesses elsewhere does not keep the owner out. A known
//! place replaces no password and no code.

use crate::crypto::hex::hex;
use crate::crypto::key::{KeyId, Use};
use crate::error::Error;
use crate::service::{Requester, Service};
use crate::store::{AccountId, Snapshot, Transaction};

/// The most known places of one account. The oldest are deleted.
const KEPT: u32 = 20;
/// How long a place stays known after a completed sign-in: 90 days, in milliseconds.
pub const LIFE: u64 = 90 * 24 * 60 * 60 * 1_000;

/// The kinds of places, as parts of their hashes.
const NETWORK: &[u8] = b"network";
const BROWSER: &[u8] = b"browser";

/// The value of the cookie by which a browser is known after the sign-in of this session. It is derived, so that a
/// lost answer that is given again sets the same one; each sign-in has another, so that a value that somebody planted
/// in a browser is worth nothing after it.
pub fn browser_cookie(service: &Service, session: &str) -> String {
    let key = KeyId::of_hex(session);
    hex(&service
        .key
        .hash_under(key, Use::BrowserCookie, &[session.as_bytes()]))
}

/// A known place that a request comes from.
#[derive(Clone, Copy, Debug)]
pub struct KnownPlace {
    /// Its keyed hash for the account.
    pub(crate) place: [u8; 32],
}

/// A place, as the database stores it for an account: under each key, the current one first.
fn places<'a>(
    service: &'a Service,
    user: AccountId,
    kind: &'a [u8],
    value: &'a str,
) -> impl Iterator<Item = [u8; 32]> + 'a {
    service.key.ids().map(move |key| {
        let parts = [&user.to_be_bytes()[..], kind, value.as_bytes()];
        service.key.hash_under(key, Use::KnownPlace, &parts)
    })
}

/// The known place of an account that a request comes from: its browser, else its network. For no account the same
/// work is done, and there is none.
///
/// # Errors
/// Internal errors: database.
pub async fn find(
    service: &Service,
    db: &mut dyn Snapshot,
    user: Option<AccountId>,
    requester: &Requester,
) -> Result<Option<KnownPlace>, Error> {
    // No account has the number 0.
    let user = user.unwrap_or(0);
    let since = service.clock.now().saturating_sub(LIFE);
    let browser = requester.browser.as_deref().map(|value| (BROWSER, value));
    let network = Some((NETWORK, requester.network.address.as_str()));
    for (kind, value) in [browser, network].into_iter().flatten() {
        for place in places(service, user, kind, value) {
            if db.knows_place(user, &place, since).await? {
                return Ok(Some(KnownPlace { place }));
            }
        }
    }
    Ok(None)
}

/// Remembers the network of a completed sign-in, and its browser by the cookie that the session's answer sets in place
/// of the former one.
///
/// # Errors
/// Internal errors: database.
pub(crate) async fn remember(
    service: &Service,
    tx: &mut dyn Transaction,
    user: AccountId,
    requester: &Requester,
    session: &str,
) -> Result<(), Error> {
    let now = service.clock.now();
    if let Some(former) = &requester.browser {
        for former in places(service, user, BROWSER, former) {
            tx.forget_place(user, &former).await?;
        }
    }
    let browser = browser_cookie(service, session);
    for (kind, value) in [
        (NETWORK, requester.network.address.as_str()),
        (BROWSER, browser.as_str()),
    ] {
        // Under the current key alone: a place that is used stays known when an older key is removed.
        if let Some(place) = places(service, user, kind, value).next() {
            tx.remember_place(user, &place, now, KEPT).await?;
        }
    }
    Ok(())
}

//! Who is signed in, and signing out.

use crate::crypto::key::Use;
use crate::error::Error;
use crate::service::Service;
use crate::store::User;

/// The account of a session's cookie.
///
/// # Errors
/// [`Error::NoSession`]. Internal errors: database.
pub async fn account(service: &Service, cookie: Option<&str>) -> Result<User, Error> {
    let cookie = cookie.ok_or(Error::NoSession)?;
    let stored = stored_cookie(service, cookie);
    let mut db = service.store.read().await?;
    let session = db
        .session(&stored, service.clock.now())
        .await?
        .ok_or(Error::NoSession)?;
    Ok(db.user(session.user).await?)
}

/// Ends a session, and the sign-in that began it, by their cookies.
///
/// # Errors
/// Internal errors: database.
pub async fn sign_out(
    service: &Service,
    session: Option<&str>,
    sign_in: Option<&str>,
) -> Result<(), Error> {
    let now = service.clock.now();
    let mut db = service.store.read().await?;
    let mut live = false;
    if let Some(cookie) = session {
        live |= db
            .session(&stored_cookie(service, cookie), now)
            .await?
            .is_some();
    }
    if let Some(cookie) = sign_in {
        live |= db
            .sign_in(&stored_cookie(service, cookie), now)
            .await?
            .is_some();
    }
    drop(db);
    // Without a valid cookie there is nothing to end, and no lock is taken.
    if !live {
        return Ok(());
    }
    let mut tx = service.store.begin().await?;
    if let Some(cookie) = session {
        tx.end_session(&stored_cookie(service, cookie), now).await?;
    }
    if let Some(cookie) = sign_in {
        tx.end_sign_in(&stored_cookie(service, cookie)).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// The hash that the database keeps of a cookie's value.
pub(crate) fn stored_cookie(service: &Service, cookie: &str) -> [u8; 32] {
    service.key.hash(Use::StoredCookie, &[cookie.as_bytes()])
}

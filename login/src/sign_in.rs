//! A pending sign-in, between the password and the session: how it begins and how it is looked up. Codes are
//! verified in [`crate::code_step`].

use todoita::cause::Cause;
use todoita::channel::Channel;
use todoita::policy::{self, Gate};

use crate::counted_password::CountedPassword;
use crate::crypto::hex::hex;
use crate::crypto::random;
use crate::error::Error;
use crate::factors;
use crate::send_code;
use crate::service::{Requester, Service};
use crate::session::stored_cookie;
use crate::status::{self, SignInStatus};
use crate::store::{NewSignIn, SignIn, Snapshot, User};

/// A sign-in that has begun.
#[derive(Debug)]
pub struct Begun {
    /// The value of its cookie.
    pub cookie: String,
    /// [`Cause::Limited`] where the first code could not be sent.
    pub refusal: Option<Cause>,
}

/// A pending sign-in as a page shows it.
#[derive(Clone, Debug)]
pub struct Pending {
    /// Whose it is.
    pub user: User,
    /// The status of the sign-in.
    pub status: SignInStatus,
    /// The methods of the account, in the order in which they are offered.
    pub methods: Vec<Channel>,
}

/// Begins a sign-in after a right password, sends the first code, and ends the `previous` sign-in of the
/// same browser (by its cookie). The `password` is no longer counted: a right one is no guess.
///
/// # Errors
/// [`Error::NoMethod`] for an account that cannot receive or find a code. Internal errors: database,
/// randomness.
pub(crate) async fn begin(
    service: &Service,
    requester: &Requester,
    user: &User,
    password: &CountedPassword,
    previous: Option<&str>,
) -> Result<Begun, Error> {
    let now = service.clock.now();
    let limits = &service.settings.limits;
    let id: [u8; 16] = random::bytes()?;
    let cookie = hex(&random::bytes::<32>()?);
    let mut tx = service.store.begin_for(user.id).await?;
    password.take_back(&mut *tx).await?;
    if let Some(previous) = previous {
        tx.end_sign_in(&stored_cookie(service, previous)).await?;
    }
    let methods = factors::methods(&mut *tx, user).await?;
    let Some(&channel) = methods.first() else {
        tx.commit().await?;
        return Err(Error::NoMethod);
    };
    tx.begin_sign_in(NewSignIn {
        id: &id,
        cookie: &stored_cookie(service, &cookie),
        user: user.id,
        channel,
        now,
        expires_at: now.saturating_add(service.settings.sign_in_life),
    })
    .await?;
    let failures = status::failures(&mut *tx, user.id, now).await?;
    // A code that is sent while the code step is locked would have expired when it opens.
    let open = matches!(
        policy::gate(&failures, now, limits),
        Gate::Open | Gate::Wait { .. }
    );
    let mut refusal = None;
    if open && channel.is_sent() {
        let sent = send_code::send(service, requester, &mut *tx, user, &id, channel, now).await?;
        refusal = sent.err().map(|_| Cause::Limited);
    }
    tx.commit().await?;
    service.delivery.wake();
    Ok(Begun { cookie, refusal })
}

/// The sign-in of a cookie, and its account. It may have been accepted already.
///
/// # Errors
/// [`Error::NoSignIn`]. Internal errors: database.
pub(crate) async fn by_cookie(
    service: &Service,
    db: &mut dyn Snapshot,
    cookie: Option<&str>,
) -> Result<(SignIn, User), Error> {
    let cookie = cookie.ok_or(Error::NoSignIn)?;
    let sign_in = db
        .sign_in(&stored_cookie(service, cookie), service.clock.now())
        .await?
        .ok_or(Error::NoSignIn)?;
    let user = db.user(sign_in.user).await?;
    Ok((sign_in, user))
}

/// A pending sign-in as a page shows it. Reads only.
///
/// # Errors
/// [`Error::NoSignIn`], also for a sign-in that was accepted. Internal errors: database.
pub async fn pending(service: &Service, cookie: Option<&str>) -> Result<Pending, Error> {
    let now = service.clock.now();
    let mut db = service.store.read().await?;
    let (sign_in, user) = by_cookie(service, &mut *db, cookie).await?;
    if sign_in.accepted.is_some() {
        return Err(Error::NoSignIn);
    }
    let status = status::read(service, &mut *db, &sign_in, &user, now).await?;
    let methods = factors::methods(&mut *db, &user).await?;
    Ok(Pending {
        user,
        status,
        methods,
    })
}

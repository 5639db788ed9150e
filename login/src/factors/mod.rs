//! The kinds of codes that an account may have. A new factor is a file of its own here and a line in
//! [`Factor`]; the code step is not edited for it.

use todoita::cause::Cause;
use todoita::channel::Channel;

use crate::delivery::Notice;
use crate::error::Error;
use crate::service::Service;
use crate::store::{Snapshot, Transaction, User};

pub mod authenticator; // RFC 6238
pub mod backup_code; // ten at a time, each once
pub mod sent_code; // SMS, call, mail
mod typed_code; // a typed code, and the verdict on it

pub use typed_code::{SlowHash, TypedCode, Verdict};

/// A kind of code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Factor {
    SentCode,
    Authenticator,
    BackupCode,
}

impl Factor {
    const ALL: [Factor; 3] = [Factor::SentCode, Factor::Authenticator, Factor::BackupCode];

    /// Its name in the audit log.
    fn name(self) -> &'static str {
        match self {
            Factor::SentCode => "sent",
            Factor::Authenticator => "app",
            Factor::BackupCode => "backup",
        }
    }

    /// Verifies a code and consumes it where it is right.
    async fn verify(
        self,
        service: &Service,
        tx: &mut dyn Transaction,
        code: &TypedCode<'_>,
    ) -> Result<Verdict, Error> {
        match self {
            Factor::SentCode => sent_code::verify(service, tx, code).await,
            Factor::Authenticator => authenticator::verify(service, tx, code).await,
            Factor::BackupCode => backup_code::verify(tx, code).await,
        }
    }

    /// The methods that an account has by this factor.
    async fn methods(
        self,
        service: &Service,
        db: &mut dyn Snapshot,
        user: &User,
    ) -> Result<Vec<Channel>, Error> {
        match self {
            Factor::SentCode => Ok(sent_code::methods(service, user)),
            Factor::Authenticator => Ok(authenticator::methods(user)),
            Factor::BackupCode => backup_code::methods(db, user).await,
        }
    }
}

/// Asks each factor in turn; the first that accepts the code consumes it, and is named, with the notice that the person gets once
/// the sign-in is accepted. The cause of a refusal is that of the factor that recognised the code, else [`Cause::Wrong`].
///
/// # Errors
/// Internal errors: database.
pub async fn verify(
    service: &Service,
    tx: &mut dyn Transaction,
    code: &TypedCode<'_>,
) -> Result<Result<(&'static str, Option<Notice>), Cause>, Error> {
    let mut refusal = None;
    for factor in Factor::ALL {
        match factor.verify(service, tx, code).await? {
            Verdict::Accepted(notice) => return Ok(Ok((factor.name(), notice))),
            Verdict::Refused(cause) => refusal = refusal.or(Some(cause)),
            Verdict::NoMatch => {}
        }
    }
    Ok(Err(refusal.unwrap_or(Cause::Wrong)))
}

/// The methods of an account, in the order in which they are offered. A channel without a gateway is none.
///
/// # Errors
/// Internal errors: database.
pub async fn methods(
    service: &Service,
    db: &mut dyn Snapshot,
    user: &User,
) -> Result<Vec<Channel>, Error> {
    let mut methods = Vec::new();
    for factor in Factor::ALL {
        methods.extend(factor.methods(service, db, user).await?);
    }
    let offered = Channel::ALL
        .into_iter()
        .filter(|channel| methods.contains(channel));
    Ok(offered.collect())
}

//! Who is signed in.

use login::store::{
    AccountId, Candidate, EndedSession, Live, NewSession, ReadSessions, Session, StoreFuture,
    WriteSessions,
};
use sqlx::Row as _;

use super::connection::{Access, Connection, Row, Writing, integer, number, query};

fn session(row: &Row) -> Result<Session, sqlx::Error> {
    let sealed: Option<Vec<u8>> = row.try_get("sealed")?;
    let candidate_expires_at: Option<i64> = row.try_get("candidate_expires_at")?;
    Ok(Session {
        sign_in: row.try_get("sign_in")?,
        user: row.try_get("account")?,
        began_at: number(row.try_get("created_at")?),
        last_seen: number(row.try_get("last_seen")?),
        expires_at: number(row.try_get("expires_at")?),
        candidate: sealed
            .zip(candidate_expires_at)
            .map(|(sealed, at)| Candidate {
                sealed,
                expires_at: number(at),
            }),
    })
}

impl<Mode: Access> ReadSessions for Connection<Mode> {
    fn session<'a>(&'a mut self, cookie: &'a [u8], live: Live) -> StoreFuture<'a, Option<Session>> {
        query(async move {
            let row = sqlx::query(
                "SELECT sign_in, sessions.account, sessions.created_at, last_seen, sessions.expires_at, sealed, \
                 authenticator_candidates.expires_at AS candidate_expires_at \
                 FROM sessions LEFT JOIN authenticator_candidates ON session = sign_in \
                 WHERE cookie = $1 AND ended_at IS NULL \
                 AND sessions.expires_at > $2 AND last_seen > $3",
            )
            .bind(cookie)
            .bind(integer(live.now))
            .bind(integer(live.seen_since))
            .fetch_optional(self.db())
            .await?;
            row.as_ref().map(session).transpose()
        })
    }

    fn sessions(&mut self, user: AccountId, live: Live) -> StoreFuture<'_, usize> {
        query(async move {
            let count: i64 = sqlx::query_scalar(
                "SELECT COUNT(*) FROM sessions WHERE account = $1 AND ended_at IS NULL \
                 AND expires_at > $2 AND last_seen > $3",
            )
            .bind(user)
            .bind(integer(live.now))
            .bind(integer(live.seen_since))
            .fetch_one(self.db())
            .await?;
            Ok(usize::try_from(count).unwrap_or(0))
        })
    }
}

impl WriteSessions for Connection<Writing> {
    fn begin_session<'a>(&'a mut self, session: NewSession<'a>) -> StoreFuture<'a, ()> {
        query(async move {
            sqlx::query(
                "INSERT INTO sessions (sign_in, cookie, account, created_at, last_seen, expires_at) \
                 VALUES ($1, $2, $3, $4, $4, $5)",
            )
            .bind(session.sign_in)
            .bind(session.cookie)
            .bind(session.user)
            .bind(integer(session.now))
            .bind(integer(session.expires_at))
            .execute(self.db())
            .await?;
            Ok(())
        })
    }

    fn see_session<'a>(&'a mut self, sign_in: &'a [u8], now: u64) -> StoreFuture<'a, ()> {
        query(async move {
            sqlx::query("UPDATE sessions SET last_seen = $1 WHERE sign_in = $2")
                .bind(integer(now))
                .bind(sign_in)
                .execute(self.db())
                .await?;
            Ok(())
        })
    }

    fn propose_secret<'a>(
        &'a mut self,
        session: &'a Session,
        candidate: &'a Candidate,
    ) -> StoreFuture<'a, ()> {
        query(async move {
            sqlx::query(
                "INSERT INTO authenticator_candidates (session, account, sealed, expires_at) \
                 VALUES ($1, $2, $3, $4) ON CONFLICT (session) DO UPDATE \
                 SET sealed = excluded.sealed, expires_at = excluded.expires_at",
            )
            .bind(&session.sign_in)
            .bind(session.user)
            .bind(&candidate.sealed)
            .bind(integer(candidate.expires_at))
            .execute(self.db())
            .await?;
            Ok(())
        })
    }

    fn end_session<'a>(
        &'a mut self,
        sign_in: &'a [u8],
        now: u64,
    ) -> StoreFuture<'a, Option<EndedSession>> {
        query(async move {
            sqlx::query("DELETE FROM authenticator_candidates WHERE session = $1")
                .bind(sign_in)
                .execute(self.db())
                .await?;
            let row = sqlx::query(
                "UPDATE sessions SET ended_at = $1 \
                 WHERE sign_in = $2 AND ended_at IS NULL RETURNING account, expires_at",
            )
            .bind(integer(now))
            .bind(sign_in)
            .fetch_optional(self.db())
            .await?;
            let ended = |row: &Row| {
                Ok(EndedSession {
                    user: row.try_get("account")?,
                    expires_at: number(row.try_get("expires_at")?),
                })
            };
            row.as_ref().map(ended).transpose()
        })
    }

    fn end_sessions<'a>(
        &'a mut self,
        user: AccountId,
        but: Option<&'a [u8]>,
        now: u64,
    ) -> StoreFuture<'a, u64> {
        query(async move {
            sqlx::query("DELETE FROM authenticator_candidates WHERE account = $1 AND session IS DISTINCT FROM $2")
                .bind(user)
                .bind(but)
                .execute(self.db())
                .await?;
            let ended = sqlx::query(
                "UPDATE sessions SET ended_at = $1 \
                 WHERE account = $2 AND ended_at IS NULL AND sign_in IS DISTINCT FROM $3",
            )
            .bind(integer(now))
            .bind(user)
            .bind(but)
            .execute(self.db())
            .await?;
            Ok(ended.rows_affected())
        })
    }
}

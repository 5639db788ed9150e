//! Who is signed in.

use login::store::{NewSession, ReadSessions, Session, StoreFuture, WriteSessions};
use sqlx::Row as _;

use super::connection::{Connection, Writing, integer, query};

impl<Mode: Send> ReadSessions for Connection<Mode> {
    fn session<'a>(&'a mut self, cookie: &'a [u8], now: u64) -> StoreFuture<'a, Option<Session>> {
        query(async move {
            let row = sqlx::query(
                "SELECT sign_in, user FROM sessions \
                 WHERE cookie = ? AND ended_at IS NULL AND expires_at > ?",
            )
            .bind(cookie)
            .bind(integer(now))
            .fetch_optional(self.db())
            .await?;
            let session = row.map(|row| {
                Ok(Session {
                    sign_in: row.try_get("sign_in")?,
                    user: row.try_get("user")?,
                })
            });
            session.transpose()
        })
    }
}

impl WriteSessions for Connection<Writing> {
    fn begin_session<'a>(&'a mut self, session: NewSession<'a>) -> StoreFuture<'a, ()> {
        query(async move {
            sqlx::query(
                "INSERT INTO sessions (sign_in, cookie, user, created_at, expires_at) \
                 VALUES (?, ?, ?, ?, ?)",
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

    fn end_session<'a>(&'a mut self, cookie: &'a [u8], now: u64) -> StoreFuture<'a, ()> {
        query(async move {
            sqlx::query("UPDATE sessions SET ended_at = ? WHERE cookie = ? AND ended_at IS NULL")
                .bind(integer(now))
                .bind(cookie)
                .execute(self.db())
                .await?;
            Ok(())
        })
    }
}

//! Known places: networks and browsers in which an account has completed a sign-in.

use login::store::{AccountId, ReadPlaces, StoreFuture, WritePlaces};

use super::connection::{Access, Connection, Writing, integer, query};

impl<Mode: Access> ReadPlaces for Connection<Mode> {
    fn knows_place<'a>(
        &'a mut self,
        user: AccountId,
        place: &'a [u8; 32],
        since: u64,
    ) -> StoreFuture<'a, bool> {
        query(async move {
            sqlx::query_scalar(
                "SELECT EXISTS (SELECT 1 FROM known_places WHERE account = $1 AND place = $2 AND at > $3)",
            )
            .bind(user)
            .bind(place.as_slice())
            .bind(integer(since))
            .fetch_one(self.db())
            .await
        })
    }
}

impl WritePlaces for Connection<Writing> {
    fn remember_place<'a>(
        &'a mut self,
        user: AccountId,
        place: &'a [u8; 32],
        now: u64,
        keep: u32,
    ) -> StoreFuture<'a, ()> {
        query(async move {
            sqlx::query(
                "INSERT INTO known_places (account, place, at) VALUES ($1, $2, $3) \
                 ON CONFLICT (account, place) DO UPDATE SET at = excluded.at",
            )
            .bind(user)
            .bind(place.as_slice())
            .bind(integer(now))
            .execute(self.db())
            .await?;
            sqlx::query(
                "DELETE FROM known_places WHERE account = $1 AND place NOT IN \
                 (SELECT place FROM known_places WHERE account = $1 ORDER BY at DESC, place LIMIT $2)",
            )
            .bind(user)
            .bind(i64::from(keep))
            .execute(self.db())
            .await?;
            Ok(())
        })
    }

    fn forget_place<'a>(&'a mut self, user: AccountId, place: &'a [u8; 32]) -> StoreFuture<'a, ()> {
        query(async move {
            sqlx::query("DELETE FROM known_places WHERE account = $1 AND place = $2")
                .bind(user)
                .bind(place.as_slice())
                .execute(self.db())
                .await?;
            Ok(())
        })
    }
}

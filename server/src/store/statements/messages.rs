//! The queue of sealed messages, and what became of each.

use login::store::{
    Claim, DeliveryReport, DeliveryState, GatewayFailures, NewMessage, NewestCodes, PassedCode,
    QueueLength, QueuedMessage, ReadMessages, StoreFuture, WriteMessages,
};
use sqlx::Row as _;
use todoita::channel::Channel;

use super::connection::{Access, CLAIM, Connection, Row, Writing, integer, number, query};

/// The channel of a row with the failures of a gateway for all its channels.
const WHOLE_GATEWAY: &str = "";

fn message(row: &Row) -> Result<QueuedMessage, sqlx::Error> {
    Ok(QueuedMessage {
        id: row.try_get("id")?,
        idempotency_key: row.try_get("idempotency_key")?,
        channel: Channel::from_name(row.try_get("channel")?),
        sealed: row.try_get("sealed")?,
        enqueued_at: number(row.try_get("enqueued_at")?),
        expires_at: number(row.try_get("expires_at")?),
        claims: u32::try_from(row.try_get::<i64, _>("claims")?).unwrap_or(u32::MAX),
    })
}

/// The names of at most three channels.
fn names(channels: &[Channel]) -> [&'static str; 3] {
    std::array::from_fn(|place| channels.get(place).map_or("", |channel| channel.as_str()))
}

fn failures(row: &Row) -> Result<GatewayFailures, sqlx::Error> {
    Ok(GatewayFailures {
        gateway: row.try_get("gateway")?,
        channel: Channel::from_name(row.try_get("channel")?),
        failures: number(row.try_get("failures")?),
        failed_at: number(row.try_get("failed_at")?),
    })
}

impl<Mode: Access> ReadMessages for Connection<Mode> {
    fn next_due_message<'a>(&'a mut self, channels: &'a [Channel]) -> StoreFuture<'a, Option<u64>> {
        query(async move {
            let [a, b, c] = names(channels);
            // Of each channel by its index: however many messages the others have.
            let due: Option<i64> = sqlx::query_scalar(
                "SELECT MIN(due_at) FROM ( \
                 SELECT MIN(due_at) AS due_at FROM messages WHERE channel = $1 UNION ALL \
                 SELECT MIN(due_at) FROM messages WHERE channel = $2 UNION ALL \
                 SELECT MIN(due_at) FROM messages WHERE channel = $3 UNION ALL \
                 SELECT MIN(due_at) FROM messages WHERE channel = '') AS next",
            )
            .bind(a)
            .bind(b)
            .bind(c)
            .fetch_one(self.db())
            .await?;
            Ok(due.map(number))
        })
    }

    fn queue_length(&mut self, now: u64) -> StoreFuture<'_, QueueLength> {
        query(async move {
            let row = sqlx::query(
                "SELECT COUNT(*) AS messages, MIN(enqueued_at) AS oldest FROM messages \
                 WHERE expires_at > $1",
            )
            .bind(integer(now))
            .fetch_one(self.db())
            .await?;
            Ok(QueueLength {
                messages: number(row.try_get("messages")?),
                oldest: row.try_get::<Option<i64>, _>("oldest")?.map(number),
            })
        })
    }

    fn gateway_failures(&mut self) -> StoreFuture<'_, Vec<GatewayFailures>> {
        query(async move {
            let select =
                "SELECT gateway, channel, failures, failed_at FROM gateways WHERE failures > 0";
            let rows = sqlx::query(select).fetch_all(self.db()).await?;
            rows.iter().map(failures).collect()
        })
    }

    fn is_undelivered<'a>(&'a mut self, idempotency_key: &'a str) -> StoreFuture<'a, bool> {
        query(async move {
            let [expired, failed] = DeliveryState::UNDELIVERED.map(DeliveryState::as_str);
            sqlx::query_scalar(
                "SELECT EXISTS (SELECT 1 FROM deliveries \
                 WHERE idempotency_key = $1 AND state IN ($2, $3))",
            )
            .bind(idempotency_key)
            .bind(expired)
            .bind(failed)
            .fetch_one(self.db())
            .await
        })
    }

    fn newest_codes<'a>(&'a mut self, codes: NewestCodes<'a>) -> StoreFuture<'a, Vec<PassedCode>> {
        query(async move {
            let rows = sqlx::query(
                // The inner limit bounds the work after an outage, whose codes no gateway has taken. For EXISTS, PostgreSQL would
                // read all messages first.
                "SELECT account, sent_at, entered, state FROM ( \
                 SELECT sign_in, sent_at, message, \
                 (consumed_at IS NOT NULL OR expired_at IS NOT NULL) AS entered \
                 FROM sent_codes WHERE gateway = $1 AND channel = $2 AND sent_at > $3 \
                 AND (sent_at <= $4 OR consumed_at IS NOT NULL OR expired_at IS NOT NULL \
                 OR (SELECT state FROM deliveries WHERE idempotency_key = message) = $6) \
                 ORDER BY sent_at DESC LIMIT 10 * $5) AS newest \
                 JOIN sign_ins ON sign_ins.id = sign_in \
                 JOIN deliveries ON idempotency_key = message \
                 WHERE entered OR state IN ($6, $7, $8) \
                 ORDER BY sent_at DESC LIMIT $5",
            )
            .bind(codes.gateway)
            .bind(codes.channel.as_str())
            .bind(integer(codes.after))
            .bind(integer(codes.expired_until))
            .bind(i64::from(codes.limit))
            .bind(DeliveryState::Failed.as_str())
            .bind(DeliveryState::Taken.as_str())
            .bind(DeliveryState::Delivered.as_str())
            .fetch_all(self.db())
            .await?;
            rows.iter().map(passed_code).collect()
        })
    }
}

fn passed_code(row: &Row) -> Result<PassedCode, sqlx::Error> {
    Ok(PassedCode {
        account: row.try_get("account")?,
        sent_at: number(row.try_get("sent_at")?),
        entered: row.try_get("entered")?,
        failed: row.try_get::<&str, _>("state")? == DeliveryState::Failed.as_str(),
    })
}

impl WriteMessages for Connection<Writing> {
    fn enqueue<'a>(&'a mut self, message: NewMessage<'a>) -> StoreFuture<'a, ()> {
        query(async move {
            sqlx::query(
                "INSERT INTO messages \
                 (idempotency_key, channel, sealed, enqueued_at, due_at, expires_at) \
                 VALUES ($1, $2, $3, $4, $4, $5)",
            )
            .bind(message.idempotency_key)
            .bind(message.channel.as_str())
            .bind(message.sealed)
            .bind(integer(message.now))
            .bind(integer(message.expires_at))
            .execute(self.db())
            .await?;
            sqlx::query(
                "INSERT INTO deliveries (idempotency_key, channel, state, enqueued_at, changed_at) \
                 VALUES ($1, $2, $3, $4, $4)",
            )
            .bind(message.idempotency_key)
            .bind(message.channel.as_str())
            .bind(DeliveryState::Queued.as_str())
            .bind(integer(message.now))
            .execute(self.db())
            .await?;
            Ok(())
        })
    }

    fn claim_messages<'a>(
        &'a mut self,
        channels: &'a [Channel],
        now: u64,
        until: u64,
        limit: u32,
    ) -> StoreFuture<'a, Vec<QueuedMessage>> {
        query(async move {
            let [a, b, c] = names(channels);
            let rows = sqlx::query(CLAIM)
                .bind(integer(now))
                .bind(integer(until))
                .bind(i64::from(limit))
                .bind(a)
                .bind(b)
                .bind(c)
                .fetch_all(self.db())
                .await?;
            let mut claimed: Vec<QueuedMessage> =
                rows.iter().map(message).collect::<Result<_, _>>()?;
            // The order of RETURNING is not defined.
            claimed.sort_by_key(|message| message.id);
            Ok(claimed)
        })
    }

    fn postpone_message(&mut self, claim: Claim, due_at: u64) -> StoreFuture<'_, ()> {
        query(async move {
            sqlx::query("UPDATE messages SET due_at = $3 WHERE id = $1 AND claims = $2")
                .bind(claim.message)
                .bind(i64::from(claim.number))
                .bind(integer(due_at))
                .execute(self.db())
                .await?;
            Ok(())
        })
    }

    fn remove_message(&mut self, claim: Claim) -> StoreFuture<'_, bool> {
        query(async move {
            let removed = sqlx::query("DELETE FROM messages WHERE id = $1 AND claims = $2")
                .bind(claim.message)
                .bind(i64::from(claim.number))
                .execute(self.db())
                .await?;
            Ok(removed.rows_affected() > 0)
        })
    }

    fn remove_delivered<'a>(&'a mut self, idempotency_key: &'a str) -> StoreFuture<'a, ()> {
        query(async move {
            sqlx::query("DELETE FROM messages WHERE idempotency_key = $1")
                .bind(idempotency_key)
                .execute(self.db())
                .await?;
            Ok(())
        })
    }

    fn report_delivery<'a>(&'a mut self, report: DeliveryReport<'a>) -> StoreFuture<'a, bool> {
        query(async move {
            let earlier = |place: usize| {
                let state = DeliveryState::ALL[place];
                if state < report.state {
                    state.as_str()
                } else {
                    ""
                }
            };
            let updated = sqlx::query(
                "UPDATE deliveries SET state = $2, gateway_id = COALESCE($3, gateway_id), \
                 changed_at = $4 WHERE idempotency_key = $1 AND state IN ($5, $6, $7, $8)",
            )
            .bind(report.idempotency_key)
            .bind(report.state.as_str())
            .bind(report.gateway_id)
            .bind(integer(report.now))
            .bind(earlier(0))
            .bind(earlier(1))
            .bind(earlier(2))
            .bind(earlier(3))
            .execute(self.db())
            .await?;
            if updated.rows_affected() > 0 {
                return Ok(true);
            }
            sqlx::query_scalar(
                "SELECT EXISTS (SELECT 1 FROM deliveries WHERE idempotency_key = $1)",
            )
            .bind(report.idempotency_key)
            .fetch_one(self.db())
            .await
        })
    }

    fn count_gateway_failures<'a>(
        &'a mut self,
        gateway: &'a str,
        channel: Channel,
        failures: u64,
        now: u64,
    ) -> StoreFuture<'a, ()> {
        query(async move {
            let statement = if failures == 0 {
                "UPDATE gateways SET failures = 0 WHERE gateway = $1 AND channel = $2 \
                 AND failures > 0 AND $3 = 0 AND $4 >= 0"
            } else {
                "INSERT INTO gateways (gateway, channel, failures, failed_at) \
                 VALUES ($1, $2, $3, $4) ON CONFLICT (gateway, channel) DO UPDATE \
                 SET failures = gateways.failures + EXCLUDED.failures, failed_at = EXCLUDED.failed_at"
            };
            // Always in this order: two transactions do not wait for each other.
            for row in [WHOLE_GATEWAY, channel.as_str()] {
                sqlx::query(statement)
                    .bind(gateway)
                    .bind(row)
                    .bind(integer(failures))
                    .bind(integer(now))
                    .execute(self.db())
                    .await?;
            }
            Ok(())
        })
    }
}

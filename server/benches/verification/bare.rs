//! The statements of a verification alone, through the same store: the ceiling that the database sets.

use std::time::{Duration, Instant};

use login::clock::Clock;
use login::crypto::random;
use login::store::{
    AccountId, NewAuditEntry, NewCode, NewSession, NewSignIn, Outcome, Store as _, SubmissionKey,
};
use todoita::channel::Channel;
use todoita::policy::{Failure, MONTH};
use todoita_server::store::Database;

use crate::times::Times;

/// Lets each account verify `each` codes, one after the other and all accounts at the same time, by the statements alone.
pub async fn verify_all(store: &Database, accounts: &[AccountId], each: usize) -> Times {
    let mut ready = Vec::new();
    for &account in accounts {
        let mut sign_ins = Vec::new();
        for _ in 0..each {
            sign_ins.push(Bare::prepare(store, account).await);
        }
        ready.push(sign_ins);
    }
    let began = Instant::now();
    let clients = ready.into_iter().map(|sign_ins| {
        let store = store.clone();
        tokio::spawn(async move {
            let mut times = Vec::<Duration>::new();
            for sign_in in sign_ins {
                let sent = Instant::now();
                sign_in.verify(&store).await;
                times.push(sent.elapsed());
            }
            times
        })
    });
    Times::of(clients.collect(), began).await
}

/// The rows of a sign-in, by which the statements of its verification are tried alone.
struct Bare {
    account: AccountId,
    id: [u8; 32],
    cookie: [u8; 32],
    key: String,
    now: u64,
}

const BYTES: [u8; 32] = [7; 32];
const HOUR: u64 = 60 * 60 * 1_000;

impl Bare {
    async fn prepare(store: &Database, account: AccountId) -> Bare {
        let bytes = || {
            let mut bytes = [0; 32];
            let text = random::idempotency_key().unwrap();
            for (byte, from) in bytes.iter_mut().zip(text.bytes()) {
                *byte = from;
            }
            bytes
        };
        let bare = Bare {
            account,
            id: bytes(),
            cookie: bytes(),
            key: random::idempotency_key().unwrap(),
            now: Clock::system().now(),
        };
        let mut tx = store.begin_for(account).await.unwrap();
        let sign_in = NewSignIn {
            id: &bare.id,
            cookie: Some(&bare.cookie),
            replaces: None,
            user: account,
            channel: Channel::Sms,
            known: true,
            now: bare.now,
            expires_at: bare.now + HOUR,
        };
        tx.begin_sign_in(sign_in).await.unwrap();
        let code = NewCode {
            sign_in: &bare.id,
            channel: Channel::Sms,
            destination: "+819000000000",
            hash: &BYTES,
            message: "",
            gateway: "",
            now: bare.now,
        };
        tx.add_sent_code(code).await.unwrap();
        tx.commit().await.unwrap();
        bare
    }

    fn submission(&self) -> SubmissionKey<'_> {
        SubmissionKey {
            sign_in: &self.id,
            idempotency_key: &self.key,
            digest: &BYTES,
        }
    }

    /// The requests of login::code_step to the store.
    async fn verify(&self, store: &Database) {
        let now = self.now;
        let mut db = store.read().await.unwrap();
        let sign_in = db.sign_in(&self.cookie, now).await.unwrap().unwrap();
        db.user(sign_in.user).await.unwrap();
        db.submission(self.submission()).await.unwrap();
        db.failures(self.account, now - MONTH).await.unwrap();
        drop(db);

        let mut tx = store.begin_for(self.account).await.unwrap();
        tx.sign_in(&self.cookie, now).await.unwrap();
        tx.user(self.account).await.unwrap();
        tx.submission(self.submission()).await.unwrap();
        tx.failures(self.account, now - MONTH).await.unwrap();
        let failure = Failure {
            at: now,
            known: true,
        };
        tx.add_failure(self.account, &self.id, failure)
            .await
            .unwrap();
        tx.add_submission(self.submission()).await.unwrap();
        tx.commit().await.unwrap();

        let mut tx = store.begin_for(self.account).await.unwrap();
        tx.sign_in(&self.cookie, now).await.unwrap();
        tx.user(self.account).await.unwrap();
        tx.submission(self.submission()).await.unwrap();
        let sent = tx.sent_codes(&self.id).await.unwrap();
        tx.consume_sent_code(sent[0].id, now).await.unwrap();
        let entry = NewAuditEntry {
            at: now,
            who: "person",
            account: Some("bench"),
            network: "127.0.0.1",
            action: "code",
            outcome: "accepted",
            detail: "sent",
        };
        tx.add_audit_entry(entry).await.unwrap();
        assert!(tx.accept_sign_in(self.submission(), now).await.unwrap());
        tx.clear_failures(&self.id).await.unwrap();
        for place in [BYTES, self.cookie] {
            tx.remember_place(self.account, &place, now, 10)
                .await
                .unwrap();
        }
        let session = NewSession {
            sign_in: &self.id,
            cookie: &self.cookie,
            user: self.account,
            now,
            expires_at: now + HOUR,
        };
        tx.begin_session(session).await.unwrap();
        tx.set_outcome(self.submission(), Outcome::Accepted)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }
}

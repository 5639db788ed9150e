//! The workers of the queue. Each hands the messages of its channels to their gateway, many side by side, and stores what became of
//! each as soon as it is known: a slow destination holds up no other one, and a crash repeats what was under way alone.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::{Id, JoinError, JoinSet};

use super::attempt::{self, Outcome};
use super::settle::settle_all;
use crate::clock;
use crate::delivery::Lane;
use crate::error::Error;
use crate::rerun;
use crate::service::Service;
use crate::store::{Claim, QueuedMessage};

/// How long a claimed message is left to its worker, milliseconds: then it is delivered again. Longer than an attempt takes
/// ([`crate::delivery::LONGEST_TIMEOUT`]), by what the clocks of two machines may differ: 30 s, and 10 s for the database.
const CLAIM: u64 = 60_000;
/// Messages that a worker delivers at a time.
const PLACES: usize = 20;
/// How often a worker looks for messages that nobody announced: those of another machine, or of a worker that crashed.
const POLL: Duration = Duration::from_secs(5);
/// The shortest time until a worker looks again, milliseconds: another machine may be claiming the messages that are due.
const SHORTEST_POLL: u64 = 100;

/// The work that a worker still does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// It claims and delivers.
    Running,
    /// It delivers what it holds.
    Finishing,
    /// It puts back what it holds.
    Ended,
}

/// The workers of a running service: they deliver whatever is enqueued. Where this is dropped they end at once, and what they hold
/// is delivered again when their claims have lapsed.
#[derive(Debug)]
pub struct Workers {
    phase: watch::Sender<Phase>,
    lanes: JoinSet<()>,
}

impl Workers {
    /// Starts a worker for each channel.
    pub fn start(service: &Service) -> Workers {
        let (sender, phase) = watch::channel(Phase::Running);
        let mut lanes = JoinSet::new();
        for place in 0..service.delivery.lanes.len() {
            let (service, phase) = (service.clone(), phase.clone());
            lanes.spawn(async move { run(&service, &service.delivery.lanes[place], phase).await });
        }
        Workers {
            phase: sender,
            lanes,
        }
    }

    /// Claims nothing more, and waits for what is being delivered. An attempt that takes longer goes on until
    /// [`Workers::put_back`].
    pub async fn finish(&mut self, at_most: Duration) {
        self.phase.send_replace(Phase::Finishing);
        let _ = tokio::time::timeout(at_most, self.end()).await;
    }

    /// Breaks off what is being delivered, and puts it back: it is due at once, on every machine.
    pub async fn put_back(mut self) {
        self.phase.send_replace(Phase::Ended);
        self.end().await;
    }

    async fn end(&mut self) {
        while let Some(ended) = self.lanes.join_next().await {
            if let Err(error) = ended {
                tracing::error!(%error, "a worker of the queue broke off");
            }
        }
    }
}

async fn run(service: &Service, lane: &Lane, mut phase: watch::Receiver<Phase>) {
    let mut worker = Worker::new(service, lane, phase.clone());
    loop {
        let pause = {
            let _turn = lane.turn.lock().await;
            match worker.work().await {
                Ok(next_due) => worker.pause(next_due),
                Err(error) => {
                    tracing::error!(?error, "messages could not be delivered");
                    POLL
                }
            }
        };
        let now = *phase.borrow_and_update();
        if now == Phase::Ended {
            if let Err(error) = worker.put_back().await {
                tracing::warn!(?error, "messages could not be put back");
            }
            return;
        }
        if now == Phase::Finishing && worker.is_idle() {
            return;
        }
        tokio::select! {
            _ = phase.changed() => {}
            _ = tokio::time::timeout(pause, lane.wake.notified()) => {}
        }
    }
}

/// Delivers all messages that are due. Gives how many a gateway has taken.
///
/// # Errors
/// Internal errors: database.
pub async fn deliver_due(service: &Service) -> Result<usize, Error> {
    let mut lanes = JoinSet::new();
    for place in 0..service.delivery.lanes.len() {
        let service = service.clone();
        lanes.spawn(async move { deliver_lane(&service, &service.delivery.lanes[place]).await });
    }
    let mut taken = 0;
    for of_lane in lanes.join_all().await {
        taken += of_lane?;
    }
    Ok(taken)
}

async fn deliver_lane(service: &Service, lane: &Lane) -> Result<usize, Error> {
    // One at a time, so that a caller that returns knows that what was enqueued before was handed over.
    let _turn = lane.turn.lock().await;
    let (_running, phase) = watch::channel(Phase::Running);
    let mut worker = Worker::new(service, lane, phase);
    worker.work().await?;
    Ok(worker.taken)
}

/// A worker, and the messages that it holds.
struct Worker<'a> {
    service: &'a Service,
    lane: &'a Lane,
    phase: watch::Receiver<Phase>,
    /// Claimed, and not begun: the gateway wants them in order.
    waiting: VecDeque<QueuedMessage>,
    /// The attempts that are under way.
    under_way: JoinSet<Outcome>,
    /// Their messages.
    held: HashMap<Id, Arc<QueuedMessage>>,
    /// The outcomes that are not stored yet.
    ended: Vec<(Arc<QueuedMessage>, Outcome)>,
    /// How many messages a gateway has taken.
    taken: usize,
}

impl<'a> Worker<'a> {
    fn new(service: &'a Service, lane: &'a Lane, phase: watch::Receiver<Phase>) -> Worker<'a> {
        Worker {
            service,
            lane,
            phase,
            waiting: VecDeque::new(),
            under_way: JoinSet::new(),
            held: HashMap::new(),
            ended: Vec::new(),
            taken: 0,
        }
    }

    /// Works until nothing is due and nothing under way, or until it is to put back what it holds. Gives from when the next message
    /// is due.
    async fn work(&mut self) -> Result<Option<u64>, Error> {
        loop {
            self.settle().await?;
            if *self.phase.borrow() == Phase::Ended {
                return Ok(None);
            }
            let next_due = self.claim().await?;
            while !self.waiting.is_empty() && self.free() > 0 {
                self.begin();
            }
            if self.is_idle() {
                return Ok(next_due);
            }
            self.wait(next_due).await;
        }
    }

    /// Whether it holds no message.
    fn is_idle(&self) -> bool {
        self.waiting.is_empty() && self.under_way.is_empty() && self.ended.is_empty()
    }

    /// How many further attempts may be under way.
    fn free(&self) -> usize {
        let places = if self.service.delivery.gateway.in_order() {
            1
        } else {
            PLACES
        };
        places.saturating_sub(self.under_way.len())
    }

    fn may_claim(&self) -> bool {
        self.free() > 0 && self.waiting.is_empty() && *self.phase.borrow() == Phase::Running
    }

    /// How long it waits until it looks for messages again.
    fn pause(&self, next_due: Option<u64>) -> Duration {
        let now = self.service.clock.now();
        let due = next_due.map(|due| due.saturating_sub(now).max(SHORTEST_POLL));
        due.map_or(POLL, |due| POLL.min(Duration::from_millis(due)))
    }

    /// Claims messages that are due, as many as can begin. Gives from when the next one is due.
    async fn claim(&mut self) -> Result<Option<u64>, Error> {
        if !self.may_claim() {
            return Ok(None);
        }
        let next_due = (self.service.store.read().await?)
            .next_due_message(&self.lane.channels)
            .await?;
        if next_due.is_none_or(|due| due > self.service.clock.now()) {
            return Ok(next_due);
        }
        let limit = if self.service.delivery.gateway.in_order() {
            // A claim of the oldest alone could be one of the oldest of each channel.
            PLACES
        } else {
            self.free()
        };
        let limit = u32::try_from(limit).unwrap_or(u32::MAX);
        let claimed = rerun::on_conflict(|| claim(self.service, self.lane, limit)).await?;
        // None where another machine is claiming them.
        self.waiting.extend(claimed);
        Ok(next_due)
    }

    fn begin(&mut self) {
        let Some(queued) = self.waiting.pop_front().map(Arc::new) else {
            return;
        };
        let (service, its_own) = (self.service.clone(), queued.clone());
        let attempt = async move { attempt::deliver(&service, &its_own).await };
        let task = self.under_way.spawn(attempt);
        self.held.insert(task.id(), queued);
    }

    /// Waits until an attempt has ended, or there may be messages to claim.
    async fn wait(&mut self, next_due: Option<u64>) {
        let (may_claim, pause, lane) = (self.may_claim(), self.pause(next_due), self.lane);
        tokio::select! {
            Some(ended) = self.under_way.join_next_with_id() => self.end(ended),
            _ = self.phase.changed() => {}
            () = lane.wake.notified(), if may_claim => {}
            () = tokio::time::sleep(pause), if may_claim => {}
        }
        self.collect();
    }

    /// Takes the outcomes of all attempts that have ended by now.
    fn collect(&mut self) {
        while let Some(ended) = self.under_way.try_join_next_with_id() {
            self.end(ended);
        }
    }

    fn end(&mut self, ended: Result<(Id, Outcome), JoinError>) {
        match ended {
            Ok((attempt, outcome)) => {
                if let Some(queued) = self.held.remove(&attempt) {
                    self.ended.push((queued, outcome));
                }
            }
            Err(error) => {
                // Its claim lapses by itself.
                self.held.remove(&error.id());
                tracing::error!(%error, "an attempt to deliver broke off");
            }
        }
    }

    /// Stores the outcomes of the attempts that have ended. After an error they are kept for the next time.
    async fn settle(&mut self) -> Result<(), Error> {
        if self.ended.is_empty() {
            return Ok(());
        }
        // Two workers that have had the same messages lock them in the same order.
        self.ended.sort_by_key(|(queued, _)| queued.id);
        rerun::on_conflict(|| settle_all(self.service, self.lane, &self.ended)).await?;
        let taken = |(_, outcome): &&(_, Outcome)| matches!(outcome, Outcome::Taken { .. });
        self.taken += self.ended.iter().filter(taken).count();
        self.ended.clear();
        Ok(())
    }

    /// Breaks off the attempts that are under way, and puts back their messages: they are due on every machine, whatever its clock.
    async fn put_back(&mut self) -> Result<(), Error> {
        self.collect();
        self.settle().await?;
        self.under_way.abort_all();
        let held = self.held.values().map(|queued| queued.claim());
        let mut claims: Vec<_> = held.collect();
        claims.extend(self.waiting.iter().map(QueuedMessage::claim));
        if claims.is_empty() {
            return Ok(());
        }
        claims.sort_by_key(|claim| claim.message);
        rerun::on_conflict(|| put_back(self.service, &claims)).await?;
        let messages = claims.len();
        tracing::info!(messages, "put back: they were being delivered at the end");
        Ok(())
    }
}

/// Claims messages of a lane that are due.
async fn claim(service: &Service, lane: &Lane, limit: u32) -> Result<Vec<QueuedMessage>, Error> {
    let mut tx = service.store.begin().await?;
    // Only now: beginning may have taken long, and a claim counts from here.
    let now = service.clock.now();
    let until = now.saturating_add(CLAIM);
    let claimed = (tx.claim_messages(&lane.channels, now, until, limit)).await?;
    tx.commit().await?;
    Ok(claimed)
}

/// Makes claimed messages due at once.
async fn put_back(service: &Service, claims: &[Claim]) -> Result<(), Error> {
    let mut tx = service.store.begin().await?;
    let due_at = clock::past_everywhere(service.clock.now());
    for &claim in claims {
        tx.postpone_message(claim, due_at).await?;
    }
    Ok(tx.commit().await?)
}

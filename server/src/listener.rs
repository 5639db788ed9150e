//! The listener: bounded connections, time limits, a shutdown with a deadline. `axum::serve` has none of them.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use http_body_util::BodyExt as _;
use hyper::body::{Body as _, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use tower::ServiceExt as _;

/// The limits of a listener.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections at the same time; a further one takes the place of the one that has waited longest for a whole
    /// request. Below the number of files that the process may open (`ulimit -n`).
    pub connections: usize,
    /// How long a client may take to send the head of a request, also the next one on a kept connection.
    pub head: Duration,
    /// How long open requests may take after the shutdown was asked for.
    pub shutdown: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            connections: 800,
            head: Duration::from_secs(5),
            shutdown: Duration::from_secs(10),
        }
    }
}

/// Bytes of the head of a request.
const HEAD: usize = 32 * 1024;
/// After an error of the system (no file descriptor left), before the next connection is accepted.
const PAUSE: Duration = Duration::from_millis(100);

/// Serves connections until `shutdown` is done, then finishes open requests within the deadline.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    shutdown: impl Future<Output = ()>,
) {
    let graceful = GracefulShutdown::new();
    let slots = Arc::new(Semaphore::new(limits.connections));
    let waiting = Waiting::default();
    tokio::pin!(shutdown);
    loop {
        let accepted = tokio::select! {
            () = &mut shutdown => break,
            accepted = accept(&listener, &slots, &waiting) => accepted,
        };
        let Some((stream, peer, slot)) = accepted else {
            continue;
        };
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new())
            .header_read_timeout(limits.head)
            .max_buf_size(HEAD);
        let place = Place::new(&waiting);
        let ended = place.clone();
        let router = router.clone();
        let service = service_fn(move |request| {
            let (place, router) = (place.clone(), router.clone());
            async move {
                let request = place.leave_after_body(request);
                let response = respond(router, peer, request).await;
                place.take();
                response
            }
        });
        let connection = http.serve_connection(TokioIo::new(stream), service);
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            // A connection that breaks off, or a head that is late, concerns nobody else.
            tokio::select! {
                ended = connection => if let Err(error) = ended {
                    tracing::debug!(%peer, %error, "a connection ended early");
                },
                () = ended.closed.notified() => tracing::debug!(%peer, "a waiting connection was closed"),
            }
            ended.leave();
            drop(slot);
        });
    }
    drop(listener);
    if tokio::time::timeout(limits.shutdown, graceful.shutdown())
        .await
        .is_err()
    {
        tracing::warn!("requests were still open at the deadline of the shutdown");
    }
}

/// The connections that wait for a request, its head or its body, by the order in which they began to wait.
#[derive(Clone, Debug, Default)]
struct Waiting(Arc<Mutex<Queue>>);

#[derive(Debug, Default)]
struct Queue {
    next: u64,
    connections: BTreeMap<u64, Arc<Notify>>,
}

impl Waiting {
    fn with<T>(&self, change: impl FnOnce(&mut Queue) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn leave(&self, number: u64) {
        self.with(|queue| queue.connections.remove(&number));
    }

    /// Closes the connection that has waited longest.
    fn close_oldest(&self) {
        if let Some((_, closed)) = self.with(|queue| queue.connections.pop_first()) {
            closed.notify_one();
        }
    }
}

/// A connection among those that wait. It leaves them when it ends.
#[derive(Clone, Debug)]
struct Place {
    waiting: Waiting,
    number: Arc<Mutex<u64>>,
    closed: Arc<Notify>,
}

impl Place {
    fn new(waiting: &Waiting) -> Place {
        let place = Place {
            waiting: waiting.clone(),
            number: Arc::default(),
            closed: Arc::default(),
        };
        place.take();
        place
    }

    /// It waits for a request, from now on.
    fn take(&self) {
        let closed = self.closed.clone();
        self.leave();
        let number = self.waiting.with(|queue| {
            queue.next += 1;
            queue.connections.insert(queue.next, closed);
            queue.next
        });
        *self.number.lock().unwrap_or_else(PoisonError::into_inner) = number;
    }

    /// It waits until the request's body has arrived, or until the handler has dropped it, whole or not: a client that
    /// sends a head and holds the body back waits like one that holds back the head.
    fn leave_after_body(&self, request: hyper::Request<Incoming>) -> hyper::Request<Body> {
        if request.body().is_end_stream() {
            self.leave();
        }
        let leaving = Leaving(self.waiting.clone(), self.number());
        request.map(|body| {
            Body::new(body.map_frame(move |frame| {
                let _held = &leaving;
                frame
            }))
        })
    }

    /// Its request is being answered, or it has ended.
    fn leave(&self) {
        self.waiting.leave(self.number());
    }

    fn number(&self) -> u64 {
        *self.number.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Removes a connection, by its number, from those that wait when it is dropped.
struct Leaving(Waiting, u64);

impl Drop for Leaving {
    fn drop(&mut self) {
        self.0.leave(self.1);
    }
}

/// Accepts the next connection when there is a slot for it. `None` after an error of the system.
async fn accept(
    listener: &TcpListener,
    slots: &Arc<Semaphore>,
    waiting: &Waiting,
) -> Option<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    match listener.accept().await {
        Ok((stream, peer)) => {
            if slots.available_permits() == 0 {
                waiting.close_oldest();
            }
            let slot = slots.clone().acquire_owned().await.ok()?;
            Some((stream, peer, slot))
        }
        Err(error) => {
            tracing::error!(%error, "a connection could not be accepted");
            tokio::time::sleep(PAUSE).await;
            None
        }
    }
}

async fn respond(
    router: Router,
    peer: SocketAddr,
    mut request: Request,
) -> Result<axum::response::Response, Infallible> {
    request.extensions_mut().insert(ConnectInfo(peer));
    router.oneshot(request).await
}

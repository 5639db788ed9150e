//! A network between the service and its database that breaks when a test wants it to.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// The state of the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Network {
    /// Everything passes.
    Open,
    /// Nothing passes, and no connection is closed.
    Stalled,
    /// Connections are closed as soon as they are made.
    Refusing,
}

/// Where a connection is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// Before the server gets a commit: nothing was done.
    BeforeCommit,
    /// After it has done it, before the service gets its answer.
    AfterCommit,
}

/// A proxy in front of a server. Clones share it.
#[derive(Clone, Debug)]
pub struct Proxy {
    pub address: SocketAddr,
    network: Arc<watch::Sender<Network>>,
    /// Changes when all connections are cut.
    cuts: Arc<watch::Sender<u64>>,
    armed: Arc<Armed>,
}

/// The commit at which a connection is cut.
#[derive(Debug)]
struct Armed {
    /// How many commits pass before. Negative: none is cut.
    passing: AtomicI64,
    cut: std::sync::Mutex<Cut>,
}

/// With the end of its text: a transaction begins with READ COMMITTED.
const COMMIT: &[u8] = b"COMMIT\0";

impl Proxy {
    /// Starts a proxy in front of `server`, for as long as the test runs.
    pub async fn start(server: SocketAddr) -> Proxy {
        Proxy::start_at(SocketAddr::from(([127, 0, 0, 1], 0)), server).await
    }

    /// The same at an address.
    pub async fn start_at(address: SocketAddr, server: SocketAddr) -> Proxy {
        let listener = TcpListener::bind(address).await.unwrap();
        let proxy = Proxy {
            address: listener.local_addr().unwrap(),
            network: Arc::new(watch::Sender::new(Network::Open)),
            cuts: Arc::default(),
            armed: Arc::new(Armed {
                passing: AtomicI64::new(-1),
                cut: Cut::BeforeCommit.into(),
            }),
        };
        let shared = proxy.clone();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                if *shared.network.borrow() != Network::Refusing {
                    tokio::spawn(shared.clone().pass(client, server));
                }
            }
        });
        proxy
    }

    pub fn set(&self, network: Network) {
        self.network.send_replace(network);
        if network == Network::Refusing {
            self.cut();
        }
    }

    /// Closes all connections.
    pub fn cut(&self) {
        self.cuts.send_modify(|cuts| *cuts += 1);
    }

    /// Cuts the connection of the commit after `passing` others.
    pub fn cut_at_commit(&self, passing: i64, cut: Cut) {
        *self.armed.cut.lock().unwrap() = cut;
        self.armed.passing.store(passing, Ordering::SeqCst);
    }

    /// Where the connection of these bytes is to be cut.
    fn cut_of(&self, bytes: &[u8]) -> Option<Cut> {
        let commits = bytes.windows(COMMIT.len()).any(|part| part == COMMIT);
        if !commits || self.armed.passing.load(Ordering::SeqCst) < 0 {
            return None;
        }
        let passing = self.armed.passing.fetch_sub(1, Ordering::SeqCst);
        (passing == 0).then(|| *self.armed.cut.lock().unwrap())
    }

    async fn pass(self, client: TcpStream, server: SocketAddr) {
        let Ok(server) = TcpStream::connect(server).await else {
            return;
        };
        let mut cuts = self.cuts.subscribe();
        let (from_client, to_client) = client.into_split();
        let (from_server, to_server) = server.into_split();
        let cut_replies = watch::Sender::new(false);
        tokio::select! {
            _ = cuts.changed() => {}
            () = self.requests(from_client, to_server, &cut_replies) => {}
            () = self.replies(from_server, to_client, cut_replies.subscribe()) => {}
        }
    }

    async fn open(&self) {
        let mut network = self.network.subscribe();
        let _ = network.wait_for(|it| *it != Network::Stalled).await;
    }

    async fn requests(
        &self,
        mut from: OwnedReadHalf,
        mut to: OwnedWriteHalf,
        cut_replies: &watch::Sender<bool>,
    ) {
        let mut bytes = vec![0; 64 * 1024];
        loop {
            let Ok(length @ 1..) = from.read(&mut bytes).await else {
                return;
            };
            self.open().await;
            match self.cut_of(&bytes[..length]) {
                Some(Cut::BeforeCommit) => return,
                Some(Cut::AfterCommit) => {
                    cut_replies.send_replace(true);
                }
                None => {}
            }
            if to.write_all(&bytes[..length]).await.is_err() {
                return;
            }
        }
    }

    async fn replies(
        &self,
        mut from: OwnedReadHalf,
        mut to: OwnedWriteHalf,
        cut: watch::Receiver<bool>,
    ) {
        let mut bytes = vec![0; 64 * 1024];
        loop {
            let Ok(length @ 1..) = from.read(&mut bytes).await else {
                return;
            };
            self.open().await;
            if *cut.borrow() || to.write_all(&bytes[..length]).await.is_err() {
                return;
            }
        }
    }
}

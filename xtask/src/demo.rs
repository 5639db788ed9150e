//! `cargo xtask demo`: the login service with the demo's users, by itself or as two nodes with one PostgreSQL database.

use std::fs;
use std::io::{self, BufRead as _, BufReader};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::postgres;
use crate::process;
use crate::project::Project;
use crate::{balancer, bundle, suite, tools};

/// The options of the command.
#[derive(Default)]
pub struct Options {
    /// Address and port. `None`: 127.0.0.1:8080, or the next free port.
    pub listen: Option<String>,
    /// Whether there are two nodes, PostgreSQL and a proxy.
    pub postgres: bool,
    /// Whether to start what was built before.
    pub is_built: bool,
}

/// Builds everything and runs the service in the foreground, until Ctrl+C.
///
/// # Errors
/// If something cannot be built or started, or the service ends by itself.
pub fn run(project: &Project, options: &Options) -> Result<()> {
    if !options.is_built {
        tools::install(project)?;
        bundle::build(project, false)?;
        println!("· building the login service (the first build takes some minutes)");
        suite::build_server(project)?;
    }
    let address = match &options.listen {
        Some(address) => address.clone(),
        None => free_address()?,
    };
    if options.postgres {
        return two_nodes(project, &address);
    }
    println!("· starting the login service; Ctrl+C stops it");
    process::run(
        process::command(project, program(project))
            .args(["--demo", "--listen", &address, "--assets", "www", "--data"])
            .arg(project.target.join("demo")),
        STOPPED,
    )
}

const STOPPED: &str = "the login service has stopped; its message above has the reason";

fn program(project: &Project) -> std::path::PathBuf {
    project.target.join("debug/todoita-server")
}

/// 127.0.0.1 with port 8080, or the first free port after it.
fn free_address() -> Result<String> {
    const FIRST: u16 = 8080;
    for port in FIRST..FIRST + 50 {
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            if port != FIRST {
                println!("· port {FIRST} is in use: using {port}");
            }
            return Ok(format!("127.0.0.1:{port}"));
        }
    }
    bail!(
        "no free port from {FIRST} on; choose one with `cargo xtask demo --listen 127.0.0.1:PORT`"
    )
}

/// Runs a PostgreSQL server of its own, two nodes and a proxy before them. The database ends with the command.
fn two_nodes(project: &Project, address: &str) -> Result<()> {
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM] {
        signal_hook::flag::register(signal, Arc::clone(&stop))?;
    }
    let listener = TcpListener::bind(address).with_context(|| {
        format!("cannot listen on {address}; choose another address with --listen")
    })?;
    println!("· starting PostgreSQL and two nodes of the login service; Ctrl+C stops them");
    let server = postgres::Server::start(project)?;
    let database = format!("{}/postgres", server.url);
    let data = project.target.join("demo-nodes");
    // Messages about sign-ins of an earlier database.
    let outbox = data.join("outbox");
    if outbox.exists() {
        fs::remove_dir_all(&outbox)
            .with_context(|| format!("cannot remove {}", outbox.display()))?;
    }
    let nodes = [(); 2].map(|()| Node::start(project, &data, &database));
    let mut nodes = nodes.into_iter().collect::<Result<Vec<Node>>>()?;
    for (node, number) in nodes.iter().zip(1..) {
        let pid = node.process.id();
        println!("  node {number}: http://{}/ (process {pid})", node.address);
    }
    let servers = nodes.iter().map(|node| node.address).collect();
    let local = listener.local_addr()?;
    balancer::serve(listener, servers);
    println!("  both:   http://{local}/\n  demo user: hanako   password: demo");
    while !stop.load(Ordering::Relaxed) {
        thread::sleep(Duration::from_millis(50));
        let mut left = 0;
        for (node, number) in nodes.iter_mut().zip(1..) {
            left += usize::from(node.is_running(number)?);
        }
        if left == 0 {
            bail!("both nodes have ended\n{STOPPED}");
        }
    }
    Ok(())
}

/// A running service. It ends when this is dropped.
struct Node {
    process: Child,
    address: SocketAddr,
    has_ended: bool,
}

impl Node {
    fn start(project: &Project, data: &Path, database: &str) -> Result<Node> {
        let mut process = process::command(project, program(project))
            .args(["--demo", "--listen", "127.0.0.1:0", "--assets", "www"])
            .args(["--database", database, "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("{} cannot be started", program(project).display()))?;
        let output = process.stdout.take().context("a pipe was asked for")?;
        let mut lines = BufReader::new(output).lines();
        let banner = lines.next().context(STOPPED)??;
        let address = banner.split("http://").nth(1).unwrap_or_default();
        let node = Node {
            process,
            address: address
                .trim_end_matches('/')
                .parse()
                .context(banner.clone())?,
            has_ended: false,
        };
        // A pipe that nobody reads would stop the node when it is full.
        thread::spawn(move || lines.map_while(io::Result::ok).for_each(drop));
        Ok(node)
    }

    /// Whether it runs. Its end is reported once.
    fn is_running(&mut self, number: u32) -> Result<bool> {
        if !self.has_ended && self.process.try_wait()?.is_some() {
            self.has_ended = true;
            println!("  node {number} has ended");
        }
        Ok(!self.has_ended)
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

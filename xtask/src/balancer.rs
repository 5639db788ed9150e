//! A proxy that spreads TCP connections over several servers, and goes on while one of them is left.

use std::io;
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

/// How long a server is waited for before the next one is tried. One on this machine that is gone refuses at once.
const PATIENCE: Duration = Duration::from_secs(1);

/// Takes connections of `listener` for as long as the program runs, each to the next of `servers` that answers.
pub fn serve(listener: TcpListener, servers: Vec<SocketAddr>) {
    thread::spawn(move || {
        for (number, near) in listener.incoming().flatten().enumerate() {
            let order = (0..servers.len()).map(|more| servers[(number + more) % servers.len()]);
            let order: Vec<SocketAddr> = order.collect();
            thread::spawn(move || {
                let mut found = order
                    .iter()
                    .filter_map(|server| TcpStream::connect_timeout(server, PATIENCE).ok());
                // Where none is left, the connection is closed.
                if let Some(far) = found.next() {
                    join(near, far).ok();
                }
            });
        }
    });
}

/// Passes on what either side sends, until both have ended or one has failed.
fn join(near: TcpStream, far: TcpStream) -> io::Result<()> {
    let (from_near, to_far) = (near.try_clone()?, far.try_clone()?);
    thread::spawn(move || pass(from_near, to_far));
    pass(far, near);
    Ok(())
}

/// Passes on what `from` sends, and that it has ended.
fn pass(mut from: TcpStream, mut to: TcpStream) {
    let ended = io::copy(&mut from, &mut to);
    let how = if ended.is_ok() {
        Shutdown::Write
    } else {
        Shutdown::Both
    };
    to.shutdown(how).ok();
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::Result;
    use std::io::{Read as _, Write as _};

    /// A server that sends its name to each connection; gives its address.
    fn named(name: &'static str) -> Result<(SocketAddr, TcpListener)> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let own = listener.try_clone()?;
        thread::spawn(move || {
            for mut near in own.incoming().flatten() {
                near.write_all(name.as_bytes()).ok();
            }
        });
        Ok((address, listener))
    }

    fn ask(address: SocketAddr) -> Result<String> {
        let mut name = String::new();
        TcpStream::connect(address)?.read_to_string(&mut name)?;
        Ok(name)
    }

    #[test]
    fn connections_are_spread_and_a_server_that_is_gone_is_passed_over() -> Result<()> {
        let (first, _listener) = named("first")?;
        let (second, _listener) = named("second")?;
        // A port at which nothing listens any more.
        let gone = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        serve(listener, vec![first, gone, second]);
        let names = (0..4).map(|_| ask(address)).collect::<Result<Vec<_>>>()?;
        assert_eq!(names, ["first", "second", "second", "first"]);
        Ok(())
    }
}

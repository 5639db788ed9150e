//! Memory of the program at rest, and with ten thousand connections that have each had one answer and are kept.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::databases::Place;
use crate::program::Program;

/// Connections.
const CONNECTIONS: usize = 10_000;
/// Clients that make them.
const CLIENTS: usize = 50;
/// A configuration that keeps them all.
const FILE: &str = "max-connections = 12000\n";

/// Measures, and prints a table.
pub async fn measure() {
    println!("| | at rest | connections open | with them | for each |\n|---|---:|---:|---:|---:|");
    for kind in Place::kinds() {
        let place = Place::new(kind, "idle").await;
        let program = Program::start(&place, FILE);
        let (at_rest, sockets) = (program.memory(), program.sockets());
        let clients: Vec<_> = (0..CLIENTS)
            .map(|_| tokio::spawn(connections(program.address, CONNECTIONS / CLIENTS)))
            .collect();
        let mut kept = Vec::new();
        for client in clients {
            kept.extend(client.await.unwrap());
        }
        let (with_them, open) = (program.memory(), program.sockets() - sockets);
        #[expect(clippy::cast_precision_loss, reason = "a number of connections")]
        let each = (with_them - at_rest) * 1024.0 / open as f64;
        println!(
            "| {} | {at_rest:.1} MiB | {open} | {with_them:.1} MiB | {each:.1} KiB |",
            place.name
        );
        drop(kept);
    }
}

/// Makes connections, each with one request and its whole answer. Ends early where none is accepted any more.
async fn connections(address: SocketAddr, count: usize) -> Vec<TcpStream> {
    let mut kept = Vec::new();
    for _ in 0..count {
        let Ok(mut stream) = TcpStream::connect(address).await else {
            break;
        };
        let request = "GET /login HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
        stream.write_all(request.as_bytes()).await.unwrap();
        if !read_answer(&mut stream).await {
            break;
        }
        kept.push(stream);
    }
    kept
}

/// Reads a head and as many bytes as it announces. `false` if the connection ends before.
async fn read_answer(stream: &mut TcpStream) -> bool {
    let mut answer = Vec::new();
    loop {
        if let Some(head) = answer.windows(4).position(|it| it == b"\r\n\r\n") {
            let text = String::from_utf8_lossy(&answer[..head]).to_ascii_lowercase();
            let length = text.split("content-length: ").nth(1).unwrap();
            let length: usize = length.lines().next().unwrap().parse().unwrap();
            if answer.len() >= head + 4 + length {
                return true;
            }
        }
        match stream.read_buf(&mut answer).await {
            Ok(0) | Err(_) => return false,
            Ok(_) => {}
        }
    }
}

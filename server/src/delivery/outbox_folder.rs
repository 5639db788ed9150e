//! An outbox in a folder: each message is a file, whose name is its number.

use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use login::delivery::Message;

use super::delivered::{Delivered, NEWEST};

/// The folder.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Opens the folder, and makes it if it is not there.
    ///
    /// # Errors
    /// If it cannot be made.
    pub fn open(path: PathBuf) -> io::Result<Folder> {
        fs::create_dir_all(&path)?;
        Ok(Folder { path })
    }

    /// The newest messages, oldest first.
    ///
    /// # Errors
    /// If the folder cannot be read.
    pub fn messages(&self) -> io::Result<Vec<Delivered>> {
        let mut messages = Vec::new();
        for number in self.numbers()? {
            // Another node may have removed it as too old.
            let Ok(text) = fs::read(self.path.join(name(number))) else {
                continue;
            };
            let (idempotency_key, message) = serde_json::from_slice(&text)?;
            messages.push(Delivered {
                number,
                message,
                idempotency_key,
            });
        }
        Ok(messages)
    }

    /// Adds a message, unless one of the newest has its key, and removes the oldest.
    ///
    /// # Errors
    /// If the folder cannot be read or written.
    pub fn push(&self, idempotency_key: &str, message: &Message) -> io::Result<()> {
        let messages = self.messages()?;
        if messages
            .iter()
            .any(|it| it.idempotency_key == idempotency_key)
        {
            return Ok(());
        }
        static TEMPORARY: AtomicU64 = AtomicU64::new(0);
        let count = TEMPORARY.fetch_add(1, Ordering::Relaxed);
        let temporary = self
            .path
            .join(format!("{}-{count}.temporary", std::process::id()));
        let mut file = fs::File::create(&temporary)?;
        file.write_all(&serde_json::to_vec(&(idempotency_key, message))?)?;
        let last = messages.last().map_or(0, |it| it.number);
        let linked = self.link(&temporary, last + 1);
        fs::remove_file(&temporary)?;
        let number = linked?;
        for old in self.numbers()? {
            if old + NEWEST as u64 <= number {
                fs::remove_file(self.path.join(name(old))).ok();
            }
        }
        Ok(())
    }

    /// Gives the file the first free number from `number` on. A link appears whole, and replaces none.
    fn link(&self, file: &std::path::Path, mut number: u64) -> io::Result<u64> {
        loop {
            match fs::hard_link(file, self.path.join(name(number))) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => number += 1,
                linked => return linked.map(|()| number),
            }
        }
    }

    /// The numbers of the messages, the oldest first.
    fn numbers(&self) -> io::Result<Vec<u64>> {
        let mut numbers = Vec::new();
        for entry in fs::read_dir(&self.path)? {
            let name = entry?.file_name();
            let number = name.to_str().and_then(|name| name.strip_suffix(".json"));
            numbers.extend(number.and_then(|number| number.parse::<u64>().ok()));
        }
        numbers.sort_unstable();
        Ok(numbers)
    }
}

fn name(number: u64) -> String {
    format!("{number}.json")
}

//! The file of the keys, which only its owner may read.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::crypto::hex::hex;
use crate::crypto::key::Key;
use crate::crypto::keys::Keys;
use crate::crypto::random;

/// Reads a file of keys: one a line, the current one first.
///
/// # Errors
/// When it cannot be read, when others than its owner may read it, or when it holds something else.
pub fn read(path: &Path) -> io::Result<Keys> {
    let refuse = |why: &str| {
        io::Error::new(
            io::ErrorKind::InvalidData,
            format!("{}: {why}", path.display()),
        )
    };
    let named =
        |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        if fs::metadata(path).map_err(named)?.permissions().mode() & 0o077 != 0 {
            return Err(refuse("others may read this key; give it mode 0600"));
        }
    }
    let text = Zeroizing::new(fs::read_to_string(path).map_err(named)?);
    Keys::from_hex(&text)
        .ok_or_else(|| refuse("not a list of distinct keys (64 hexadecimal digits a line)"))
}

/// Makes a key and writes it to a new file that only its owner may read. The file has its name when it is whole: nobody reads a
/// part of it, and a crash leaves none of it under that name.
///
/// # Errors
/// When the file exists ([`io::ErrorKind::AlreadyExists`]) or cannot be written, or when the system gives no randomness.
pub fn create(path: &Path) -> io::Result<Keys> {
    let key = Key::generate().map_err(io::Error::other)?;
    let draft = draft_of(path)?;
    let linked = write(&draft, &key).and_then(|()| fs::hard_link(&draft, path));
    // The key is under its own name by now, or the error says why not.
    let _ = fs::remove_file(&draft);
    match linked {
        Ok(()) => Ok(key.into()),
        Err(error) => Err(io::Error::new(
            error.kind(),
            format!("{}: {error}", path.display()),
        )),
    }
}

/// A name in the same folder that no other program has.
fn draft_of(path: &Path) -> io::Result<PathBuf> {
    let random: [u8; 8] = random::bytes().map_err(io::Error::other)?;
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}", hex(&random)));
    Ok(path.with_file_name(name))
}

fn write(path: &Path, key: &Key) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    let text = Zeroizing::new(format!("{}\n", *key.to_hex()));
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_survives_its_file_and_a_loose_file_is_refused() {
        let folder = std::env::temp_dir().join(format!("todoita-key-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join("a.key");
        let _ = fs::remove_file(&path);
        let keys = create(&path).unwrap();
        assert_eq!(read(&path).unwrap().current_id(), keys.current_id());
        assert!(
            create(&path).is_err(),
            "an existing key is never overwritten"
        );
        assert_eq!(read(&path).unwrap().current_id(), keys.current_id());
        let files = fs::read_dir(&folder).unwrap().count();
        assert_eq!(files, 1, "nothing is left beside it");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(
                fs::metadata(&path).unwrap().permissions().mode() & 0o777,
                0o600
            );
            fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
            assert!(read(&path).is_err());
        }
        fs::remove_dir_all(&folder).unwrap();
    }
}

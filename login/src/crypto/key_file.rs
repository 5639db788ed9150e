//! The file of the keys, which only its owner may read.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use zeroize::Zeroizing;

use crate::crypto::key::Key;
use crate::crypto::keys::Keys;

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

/// Makes a key and writes it to a new file that only its owner may read.
///
/// # Errors
/// When the file exists or cannot be written, or when the system gives no randomness.
pub fn create(path: &Path) -> io::Result<Keys> {
    let key = Key::generate().map_err(io::Error::other)?;
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let named =
        |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
    let mut file = options.open(path).map_err(named)?;
    let text = Zeroizing::new(format!("{}\n", *key.to_hex()));
    file.write_all(text.as_bytes()).map_err(named)?;
    file.sync_all().map_err(named)?;
    Ok(key.into())
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

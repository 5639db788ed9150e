//! QR codes (ISO/IEC 18004) as the path of an SVG, so that a page and a server draw the same one.

use alloc::string::String;
use alloc::vec;

use qrcodegen_no_heap::{QrCode, QrCodeEcc, Version};
use zeroize::{Zeroize as _, Zeroizing};

use crate::text::push_number;

/// Modules of the light margin on each side (ISO/IEC 18004, 5.3.8).
const QUIET_ZONE: i32 = 4;

/// A QR code of error correction level M or better.
#[derive(Debug, PartialEq, Eq)]
pub struct Qr {
    /// The width and height in modules, quiet zone included: the SVG's `viewBox` is `0 0 size size`.
    pub size: u32,
    /// The dark modules, as the attribute `d` of a `path`. It contains the secret of a key URI; wiped when dropped.
    pub path: Zeroizing<String>,
}

/// The QR code of `text`; `None` if the text is too long for one (2,331 bytes).
pub fn encode(text: &str) -> Option<Qr> {
    let length = Version::MAX.buffer_len();
    let (mut work, mut modules) = (vec![0; length], vec![0; length]);
    // As bytes: a key URI has lower-case letters, for which the shorter modes have no signs.
    work.get_mut(..text.len())?.copy_from_slice(text.as_bytes());
    let path = QrCode::encode_binary(
        &mut work,
        text.len(),
        &mut modules,
        QrCodeEcc::Medium,
        Version::MIN,
        Version::MAX,
        None,
        true,
    )
    .ok()
    .map(|code| Qr {
        size: (code.size() + 2 * QUIET_ZONE).unsigned_abs(),
        path: path(&code),
    });
    work.zeroize();
    modules.zeroize();
    path
}

/// A rectangle for each run of dark modules in a row.
fn path(code: &QrCode<'_>) -> Zeroizing<String> {
    let size = code.size();
    // At most half of the modules begin a run, of some twelve characters each: without growing, no copy is left.
    let capacity = size.unsigned_abs() as usize * size.unsigned_abs() as usize * 8;
    let mut path = Zeroizing::new(String::with_capacity(capacity));
    for y in 0..size {
        let mut x = 0;
        while x < size {
            let mut end = x;
            while code.get_module(end, y) {
                end += 1;
            }
            if end > x {
                let left = x + QUIET_ZONE;
                for (name, value) in [
                    ("M", left),
                    (" ", y + QUIET_ZONE),
                    ("h", end - x),
                    ("v1H", left),
                ] {
                    path.push_str(name);
                    push_number(&mut path, u64::from(value.unsigned_abs()));
                }
                path.push('z');
            }
            x = end + 1;
        }
    }
    path
}

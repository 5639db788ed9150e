//! QR codes: their path against the modules of an independent encoder's description (finder patterns, quiet zone).
//! That readers read them is tested in browsers.

use todoita::setup::qr::encode;

/// The dark modules of a path, row by row.
fn modules(path: &str, size: usize) -> Vec<Vec<bool>> {
    let mut rows = vec![vec![false; size]; size];
    for run in path.split('M').skip(1) {
        let (at, rest) = run.split_once('h').expect("a width");
        let (x, y) = at.split_once(' ').expect("a place");
        let (width, _) = rest.split_once('v').expect("a height");
        let number = |text: &str| text.parse::<usize>().expect("a number");
        rows[number(y)][number(x)..][..number(width)].fill(true);
    }
    rows
}

#[test]
fn a_code_has_its_finder_patterns_and_its_quiet_zone() {
    let qr = encode("otpauth://totp/Example:hana?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
        .expect("short enough");
    let size = qr.size as usize;
    assert_eq!((size - 8 - 17) % 4, 0, "the size of a version");
    let rows = modules(&qr.path, size);
    for (left, top) in [(4, 4), (size - 11, 4), (4, size - 11)] {
        for y in 0..7_usize {
            for x in 0..7_usize {
                let ring = x.abs_diff(3).max(y.abs_diff(3));
                assert_eq!(rows[top + y][left + x], ring != 2, "{x} {y}");
            }
        }
    }
    for (y, row) in rows.iter().enumerate() {
        for (x, dark) in row.iter().enumerate() {
            let margin = x.min(y).min(size - 1 - x).min(size - 1 - y) < 4;
            assert!(!(margin && *dark), "{x} {y}");
        }
    }
}

#[test]
fn a_text_that_is_too_long_has_no_code() {
    assert!(encode(&"a".repeat(2331)).is_some());
    assert_eq!(encode(&"a".repeat(2332)), None);
}

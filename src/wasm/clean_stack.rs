//! Wipes the stack of WebAssembly, which JavaScript can read as long as the page or the process lives: computing
//! an HMAC leaves the padded key there. Freed memory is wiped by the allocator (`lib.rs`).

use zeroize::Zeroize as _;

/// Bytes of the stack that are wiped. The functions use less than half of it (`tests/package/memory.test.mjs`).
const STACK: usize = 2048;

/// Does `work` and wipes the part of the stack that it used.
///
/// `work` runs in a frame of its own, which the frame of [`wipe`] covers afterwards.
pub fn with_clean_stack<T>(work: impl FnOnce() -> T) -> T {
    let result = in_own_frame(work);
    wipe();
    result
}

#[inline(never)]
fn in_own_frame<T>(work: impl FnOnce() -> T) -> T {
    work()
}

#[inline(never)]
fn wipe() {
    let mut frame = [0_u64; STACK / size_of::<u64>()];
    frame.zeroize();
    core::hint::black_box(&frame);
}

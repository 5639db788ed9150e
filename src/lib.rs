//! todoita (届いた, "it has arrived") takes a person from "a code was sent" to "I am in".
//!
//! The core is pure: it reads no clock, no randomness and no network, and names no browser; such input arrives
//! as values. Only the module `wasm` depends on a browser.
//!
//! Times are milliseconds since the Unix epoch, spans of time are milliseconds.

#![no_std]

extern crate alloc;
// For the allocator and the panic messages of builds without the feature `bare`.
#[cfg(not(feature = "bare"))]
extern crate std;

pub mod cause; // why a code or a request was refused
pub mod channel; // how a code arrives, what the buttons do, methods of recovery
pub mod code; // reads a code from typed or pasted text
pub mod entry; // the field's whole behaviour, without a browser: State, Event, Effects, update
pub mod facts; // facts of a sign-in, from the server
// For callers outside Rust, which no page is.
#[cfg(not(feature = "bare"))]
pub mod functions; // the functions of the contract, with their arguments checked
pub mod guide; // which screen helps: its table, replay, parts and search
// A server counts by it.
#[cfg(not(feature = "bare"))]
pub mod network; // the network of a request at three widths
pub mod otp; // HOTP and TOTP, secrets, key URIs
#[cfg(all(test, not(target_arch = "wasm32")))]
#[path = "code/page_rows.rs"]
mod page_rows; // the rows of the test vectors, as the build of a page reads them
pub mod phone; // phone numbers as people write them, and what can receive an SMS
pub mod policy; // expiry, attempts, waits and locks, resend cool-down: pure rules
// No other module of a page has use for it.
#[cfg(any(feature = "setup", not(feature = "bare")))]
pub mod setup; // setting up an authenticator app, backup codes and a phone number: their pages' elements
pub mod text; // the rules of sentences: values, conditions, paths, clock times
pub mod view; // the view model of the field
mod word_list; // lists of words in one string
pub mod words; // the key of every sentence

#[cfg(target_arch = "wasm32")]
#[doc(hidden)] // public for tests/field.rs, tests/boundary.rs and tests/setup_dom.rs
pub mod wasm; // the boundary: every #[wasm_bindgen] of the project

/// Freed memory is wiped: it may have held a secret, also in a copy that no function of this crate made.
#[cfg(all(
    target_arch = "wasm32",
    not(feature = "bare"),
    any(feature = "functions", feature = "host", feature = "setup")
))]
#[global_allocator]
static ALLOCATOR: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);

#[cfg(all(target_arch = "wasm32", feature = "bare"))]
mod bare {
    use lol_alloc::LockedAllocator;

    // Freed memory is wiped, as above.
    #[cfg(feature = "setup")]
    #[global_allocator]
    static ALLOCATOR: zeroizing_alloc::ZeroAlloc<LockedAllocator<lol_alloc::FreeListAllocator>> =
        zeroizing_alloc::ZeroAlloc(LockedAllocator::new(lol_alloc::FreeListAllocator::new()));

    #[cfg(not(any(feature = "guide", feature = "setup")))]
    #[global_allocator]
    static ALLOCATOR: LockedAllocator<lol_alloc::FreeListAllocator> =
        LockedAllocator::new(lol_alloc::FreeListAllocator::new());

    // A question to the guide takes some 5 kB, a search some 60, and a person asks a few times: to give memory back
    // would cost 190 bytes of code (brotli).
    #[cfg(feature = "guide")]
    #[global_allocator]
    static ALLOCATOR: LockedAllocator<lol_alloc::LeakingAllocator> =
        LockedAllocator::new(lol_alloc::LeakingAllocator::new());

    #[panic_handler]
    fn stop(_: &core::panic::PanicInfo<'_>) -> ! {
        core::arch::wasm32::unreachable()
    }
}
